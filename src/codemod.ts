import { applyRemedies, type Repair } from './apply-remedies.ts';
import type { AnyRule, PresetName } from './define-rule.ts';
import type { Policy, Settings } from './policy.ts';
import { readPolicyFile } from './policy-file.ts';
import { presetNames } from './presets.ts';

/** What jscodeshift hands a transform about one file. */
export interface TransformFile { readonly path: string; readonly source: string }

/** Options from the command line: `--policy FILE`, single values such as `--audience`, `--issuer`, `--algorithms`, `--lifetime`, and `--phase`. */
export type TransformOptions = Readonly<Record<string, unknown>>;

/** A jscodeshift transform: text to text, `undefined` where nothing changes. */
export type Transform = (file: TransformFile, api: unknown, options: TransformOptions) => string | undefined;

/** A codemod of the catalogue: named remedies of rules, applied to many files. */
export interface CodemodDefinition {
  readonly name: string;
  /** One sentence: what it rewrites. */
  readonly description: string;
  readonly repairs: readonly Repair[];
  /** Which phase of a two-phase rollout a remedy belongs to, by remedy id. */
  readonly phases?: Readonly<Record<string, Phase>>;
  /**
   * It stands for the whole catalogue: it follows the rules that are switched on, those of this preset where nothing
   * says which, and begins with the phase `issue`, as `jwt-guard fix` does without `--only`.
   */
  readonly follows?: PresetName;
}

/** Two halves of a repair that must be deployed one after the other: claims are written, then they are demanded. */
export type Phase = 'issue' | 'enforce';

export interface Codemod extends CodemodDefinition {
  readonly transform: Transform;
  /** It carries files over to another library or version, and belongs to no rule of the catalogue. */
  readonly migration?: boolean;
}

/** One remedy of a rule as a codemod. */
export function remedyOf(rule: AnyRule, ...remedies: readonly string[]): Repair {
  return { rule, remedies };
}

/** Makes a jscodeshift transform out of rules' own remedies: the codemod cannot disagree with the rule, because it is the rule. */
export function codemod(definition: CodemodDefinition): Codemod {
  return {
    ...definition,
    transform(file, _api, options) {
      const settings = settingsFrom(options);
      const { output, fatal } = applyRemedies(file.source, file.path, repairsOf(definition, options), settings);
      if (fatal !== undefined) throw new SyntaxError(`${file.path}: ${fatal}`);
      return output === file.source ? undefined : output;
    },
  };
}

/** What a transform repairs: all of a codemod, or its part of a phase; of one that follows a preset, what that holds. */
function repairsOf(definition: CodemodDefinition, options: TransformOptions): readonly Repair[] {
  const { follows } = definition;
  if (!follows) return inPhase(definition, options['phase']);
  const preset = presetNames.find((name) => name === (options['preset'] ?? follows));
  if (!preset) throw new Error(`There is no preset ${String(options['preset'])}. The presets are ${presetNames.join(', ')}.`);
  return inPhase(definition, options['phase'] ?? 'issue').flatMap((repair) => {
    const entry = repair.rule.presets[preset];
    if (entry === undefined) return [];
    return typeof entry === 'string' ? [repair] : [{ ...repair, options: entry[1] }];
  });
}

/** The repairs of a codemod that belong to a phase; all of them where none is named. */
export function inPhase(definition: CodemodDefinition, phase: unknown): readonly Repair[] {
  if (phase === undefined || !definition.phases) return definition.repairs;
  return definition.repairs.map((repair) => ({ ...repair, remedies: repair.remedies.filter((id) => (definition.phases?.[id] ?? phase) === phase) }));
}

/** Settings from a transform's options: a policy file, single values that override it, and what else `settings['jwt-guard']` may hold. */
export function settingsFrom(options: TransformOptions): Settings {
  const base = typeof options['policy'] === 'string' ? readPolicyFile(options['policy'], process.cwd()) : (options['policy'] as Policy | undefined);
  const text = (name: string) => (typeof options[name] === 'string' ? (options[name]) : undefined);
  const list = (name: string) => text(name)?.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const audience = text('audience');
  const issuer = text('issuer');
  const algorithms = list('algorithms');
  const lifetime = text('lifetime');
  const { versions, libraries, followImports } = options as Settings;
  return {
    ...(versions && { versions }),
    ...(libraries && { libraries }),
    ...(followImports !== undefined && { followImports }),
    policy: {
      ...base,
      ...(audience !== undefined && { audience }),
      ...(issuer !== undefined && { issuer }),
      ...(algorithms && { algorithms }),
      ...(lifetime !== undefined && { lifetimes: { ...base?.lifetimes, access: lifetime } }),
    },
  };
}
