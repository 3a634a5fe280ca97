import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { callsWithin, walk } from './call-nodes.ts';
import { lastName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction } from './order.ts';
import type { SourceFile } from './source-file.ts';

/** Queries that give what is kept, or nothing. */
const QUERY = /^(?:find|get|select|count|exists)/;

/** Whether the function around a verification looks the token itself up in a store: what is kept with it then decides. */
export function isLookedUp(operation: JwtOperation): boolean {
  const { node, file } = operation;
  const token = operation.argumentNode('token');
  const owner = enclosingFunction(node);
  if (token?.type !== AST_NODE_TYPES.Identifier || !owner) return false;
  return callsWithin(owner, file).some((call) => QUERY.test(lastName(call)) && call.arguments.some((argument) => asksFor(token.name, argument, file)));
}

/** `{ token }`, also inside `{ where: { token } }`. */
function asksFor(name: string, query: TSESTree.Node, file: SourceFile): boolean {
  let asks = false;
  walk(query, file.sourceCode.visitorKeys, (node) => {
    asks ||= node.type === AST_NODE_TYPES.Property && node.value.type === AST_NODE_TYPES.Identifier && node.value.name === name;
  });
  return asks;
}
