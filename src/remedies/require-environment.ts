import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';
import { possibilities, type Value } from '../analysis/value.ts';
import type { Edit } from '../define-rule.ts';
import { failFastRead } from './environment.ts';

/**
 * Replaces a reading of the environment, with the conversion or the empty fallback around it, by one that fails at
 * start-up. `undefined` where it is not written in this file as one plain expression.
 */
export function requireEnvironment(whole: Value, file: SourceFile): { readonly edits: readonly Edit[]; readonly name: string } | undefined {
  const readings = [...readingsIn(whole)];
  const [reading] = readings;
  if (readings.length !== 1 || reading?.kind !== 'environment' || reading.name === undefined || whole.file !== file) return undefined;
  const node = whole.node.parent?.type === AST_NODE_TYPES.TSNonNullExpression ? whole.node.parent : whole.node;
  if (!isPlain(node, reading.node, file)) return undefined;
  const read = failFastRead(reading.name, node, file);
  return read && { edits: [{ file, range: node.range, text: read.text }, ...read.edits], name: reading.name };
}

function* readingsIn(value: Value): Iterable<Value> {
  for (const one of possibilities(value)) {
    if (one.kind === 'text') for (const part of one.parts) yield* readingsIn(part);
    else if (one.kind === 'environment' || one.kind === 'configuration') yield one;
  }
}

/** The expression is the reading itself, or holds it in the same line of thought: not a variable that stands for it. */
function isPlain(node: TSESTree.Node, reading: TSESTree.Node, file: SourceFile): boolean {
  return /^(?:`\$\{|String\(|\(?process\.env|\(?import\.meta\.env|\(?Bun\.env)/.test(file.sourceCode.getText(node as never)) && reading.range[0] >= node.range[0] && reading.range[1] <= node.range[1];
}
