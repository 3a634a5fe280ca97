import type { TSESTree } from '@typescript-eslint/utils';
import { analysisOf } from './analysis/operations.ts';
import type { Reader } from './analysis/reader.ts';
import { codemod, remedyOf, type Codemod } from './codemod.ts';
import { defineRule, type Edit, type RuleContext } from './define-rule.ts';

/** What a migration is given about one file. */
export interface MigrationContext extends Pick<RuleContext<object>, 'file' | 'operations' | 'policy'> {
  readonly reader: Reader;
}

/** A place and what is the matter there, as one sentence. */
export interface Reason {
  readonly node: TSESTree.Node;
  readonly reason: string;
}

/** What becomes of a file: all edits at once, or none of them and the reasons why; `left` is for a person either way. */
export interface MigrationOutcome {
  /** The place that stands for the file in a report: where the old library is loaded. */
  readonly node: TSESTree.Node | undefined;
  readonly edits: readonly Edit[];
  readonly refusals: readonly Reason[];
  readonly left: readonly Reason[];
}

/** A change from one library, or one version of it, to another, a whole file at a time. */
export interface MigrationDefinition {
  readonly name: string;
  /** One sentence: what it rewrites. */
  readonly description: string;
  /** What the file is written for, and what it can be carried over to: `express-jwt up to version 6`. */
  readonly from: string;
  readonly to: string;
  /** `undefined` where the file has nothing to do with it. */
  migrate(context: MigrationContext): MigrationOutcome | undefined;
}

/**
 * Makes a codemod out of a migration. To the hosts it is the only remedy of a rule that no preset holds: so comments that
 * disable are honoured, and what is left is listed, as everywhere.
 */
export function migration({ name, description, from, to, migrate }: MigrationDefinition): Codemod {
  const rule = defineRule({
    name,
    description,
    messages: { old: 'This file is written for {{from}}. It can be carried over to {{to}}.', refused: '{{reason}} The file is left as it is.', left: '{{reason}}' },
    remedies: { migrate: 'Carry the file over to {{to}}.' },
    references: [],
    presets: {},
    *checkFile({ file, operations, policy }) {
      const analysis = analysisOf(file);
      const outcome = analysis && migrate({ file, operations, policy, reader: analysis.reader });
      if (!outcome) return;
      const { node, edits, refusals, left } = outcome;
      const common = { file, exploitability: 'hardening' } as const;
      for (const one of left) yield { ...common, message: 'left', node: one.node, data: { reason: one.reason } };
      for (const one of refusals) yield { ...common, message: 'refused', node: one.node, data: { reason: one.reason } };
      if (node && refusals.length === 0 && edits.length > 0) yield { ...common, message: 'old', node, data: { from, to }, remedies: [{ id: 'migrate', safety: 'stricter', edits, data: { to } }] };
    },
  });
  return { ...codemod({ name, description, repairs: [remedyOf(rule, 'migrate')] }), migration: true };
}
