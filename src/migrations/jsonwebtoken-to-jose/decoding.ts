import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation } from '../../analysis/operation.ts';
import { isFunction } from '../../analysis/order.ts';
import type { Carrying } from './signing.ts';

/** Writes `jwt.decode(token)` as `decodeJwt(token)`, where it does not matter that jose throws for what is no token. */
export function rewriteDecoding(operation: JwtOperation, { rewriting, names }: Carrying): void {
  const { node, name } = operation;
  const token = operation.argumentNode('token');
  const options = operation.argumentNode('options');
  if (!token || node.type !== AST_NODE_TYPES.CallExpression || options) {
    rewriting.refuse(node, `\`${name}\` gives more than the claims, which jose gives one by one.`);
    return;
  }
  if (!isThrowHandled(node) && !isTakenForGranted(node)) {
    rewriting.refuse(node, `\`${name}\` gives null for what is no token, where jose throws.`);
    return;
  }
  rewriting.replace([node.range[0], token.range[0]], `${names.jose('decodeJwt')}(`);
}

function isThrowHandled(place: TSESTree.Node): boolean {
  for (let node: TSESTree.Node = place; node.parent && !isFunction(node.parent); node = node.parent) {
    if (node.parent.type === AST_NODE_TYPES.TryStatement && node.parent.block === node && node.parent.handler) return true;
  }
  return false;
}

/** A member of the result is read at once, so that null throws as well. */
function isTakenForGranted({ parent }: TSESTree.Node): boolean {
  const outer = parent?.type === AST_NODE_TYPES.TSAsExpression || parent?.type === AST_NODE_TYPES.TSNonNullExpression ? parent.parent : parent;
  return (outer?.type === AST_NODE_TYPES.MemberExpression && !outer.optional) || (outer?.type === AST_NODE_TYPES.VariableDeclarator && outer.id.type === AST_NODE_TYPES.ObjectPattern);
}
