import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';

/** Whether a node is written as an element of an array literal, so that it can be taken out. */
export function isElementOf(node: TSESTree.Node): boolean {
  return node.parent?.type === AST_NODE_TYPES.ArrayExpression;
}
