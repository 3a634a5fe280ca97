import { readFileSync } from 'node:fs';
import { applyRemedies, type Repair } from './apply-remedies.ts';
import type { AnyRule } from './define-rule.ts';
import type { Policy, Settings } from './policy.ts';
import { problemOfPolicy } from './validate-settings.ts';

/** What jscodeshift hands a transform about one file. */
export interface TransformFile { readonly path: string; readonly source: string }

/** Options from the command line: `--policy FILE`, or single values such as `--audience`, `--issuer`, `--algorithms`, `--lifetime`. */
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
  readonly phases?: Readonly<Record<string, 'issue' | 'enforce'>>;
}

export interface Codemod extends CodemodDefinition {
  readonly transform: Transform;
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
      const { output, fatal } = applyRemedies(file.source, file.path, inPhase(definition, options['phase']), settings);
      if (fatal !== undefined) throw new SyntaxError(`${file.path}: ${fatal}`);
      return output === file.source ? undefined : output;
    },
  };
}

/** The repairs of a codemod that belong to a phase; all of them where none is named. */
export function inPhase(definition: CodemodDefinition, phase: unknown): readonly Repair[] {
  if (phase === undefined || !definition.phases) return definition.repairs;
  return definition.repairs.map((repair) => ({ ...repair, remedies: repair.remedies.filter((id) => (definition.phases?.[id] ?? phase) === phase) }));
}

function policyOfFile(path: string): Policy {
  const policy: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const problem = problemOfPolicy(policy, '');
  if (problem !== undefined) throw new Error(`The policy file ${path} cannot be used: ${problem}.`);
  return policy as Policy;
}

/** Settings from a transform's options: a policy file, and single values that override it. */
export function settingsFrom(options: TransformOptions): Settings {
  const base = typeof options['policy'] === 'string' ? policyOfFile(options['policy']) : (options['policy'] as Policy | undefined);
  const text = (name: string) => (typeof options[name] === 'string' ? (options[name]) : undefined);
  const list = (name: string) => text(name)?.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const audience = text('audience');
  const issuer = text('issuer');
  const algorithms = list('algorithms');
  const lifetime = text('lifetime');
  const versions = options['versions'] as Settings['versions'];
  return {
    ...(versions && { versions }),
    policy: {
      ...base,
      ...(audience !== undefined && { audience }),
      ...(issuer !== undefined && { issuer }),
      ...(algorithms && { algorithms }),
      ...(lifetime !== undefined && { lifetimes: { ...base?.lifetimes, access: lifetime } }),
    },
  };
}
