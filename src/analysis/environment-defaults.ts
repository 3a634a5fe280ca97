import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { onceFor } from './once-for.ts';
import type { SourceFile } from './source-file.ts';
import { primitive, type Provenance, unionOf, type Value } from './value.ts';

const known = new WeakMap<SourceFile, ReadonlyMap<string, TSESTree.StringLiteral>>();

/** A reading of the environment together with the text that the file itself writes there: `process.env.JWT_SECRET ||= 'x'`. */
export function withDefault(reading: Value, at: Provenance): Value {
  if (reading.kind !== 'environment') return reading;
  const spare = writtenInto(at.file).get(reading.name ?? '');
  return spare ? unionOf(at, [{ ...reading, guaranteed: false }, primitive({ node: spare, file: at.file }, spare.value)], 'fallback') : reading;
}

/** Texts that a file writes into the environment, by variable. */
function writtenInto(file: SourceFile): ReadonlyMap<string, TSESTree.StringLiteral> {
  return onceFor(known, file, () => new Map(nodesOf(file).flatMap((node) => {
    if (node.type !== AST_NODE_TYPES.AssignmentExpression || !isText(node.right)) return [];
    const [, name] = /^process\.env(?:\.|\[['"])([A-Za-z_]\w*)/.exec(file.sourceCode.getText(node.left as never)) ?? [];
    return name === undefined ? [] : [[name, node.right]];
  })));
}

/** An empty text is no default. */
function isText(node: TSESTree.Node): node is TSESTree.StringLiteral {
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && node.value !== '';
}
