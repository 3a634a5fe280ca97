/** A mistake planted in the examples. */
export interface Mistake {
  readonly rule: string;
  /** The step of the project from which on it can be seen: its rule, its library or the file it stands in came then. */
  readonly since: string;
  readonly file: string;
  /** Text that occurs once in the file, on the line of the mistake. */
  readonly anchor: string;
  /** The attack that it lets through; null where it only weakens a defence. */
  readonly attack: string | null;
  /** The codemod that repairs it, or `by hand`. */
  readonly repair: string;
  readonly note: string;
  /** The rule that reports the same defect in its place, once it exists. */
  readonly supersededBy?: string;
}

export interface ScenarioResult {
  readonly name: string;
  readonly kind: 'honest' | 'attack';
  readonly accepted: boolean;
  readonly expectedBefore: boolean;
  readonly expectedAfter: boolean;
}

export const pristine: string;
export const serviceNames: readonly string[];
export function readManifest(): Promise<Mistake[]>;
export function copyExamples(destination: string): Promise<void>;
export function runScenario(options: {
  readonly root: string;
  readonly repaired?: (mistake: Mistake) => boolean;
}): Promise<ScenarioResult[]>;
