import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Use } from '../analysis/consumption.ts';
import { enclosingFunction, isFunction } from '../analysis/order.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';

/** Waits for a call's promise where it is made; `undefined` where the function around it is not async. */
export function addAwait(call: TSESTree.Node, uses: readonly Use[], file: SourceFile): readonly Edit[] | undefined {
  const owner = enclosingFunction(call);
  if (!isFunction(owner) || !owner.async || !isInside(call, owner.body)) return undefined;
  const [first] = uses;
  // Where a list of promises is made, the list is waited for.
  const expression = first && uses.length === 1 && isInside(call, first.value) ? first.value : call;
  const { parent } = expression;
  if (parent?.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'void') return [{ file, range: [parent.range[0], expression.range[0]], text: 'await ' }];
  const open = parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === expression;
  if (!open) return [{ file, range: [expression.range[0], expression.range[0]], text: 'await ' }];
  return [{ file, range: [expression.range[0], expression.range[0]], text: '(await ' }, { file, range: [expression.range[1], expression.range[1]], text: ')' }];
}

function isInside(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
