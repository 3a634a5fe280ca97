import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { walk } from './call-nodes.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction } from './order.ts';

/**
 * Whether the function around a verification (or its callback) compares a claim of the result itself: `payload.aud !== X`,
 * `payload.aud.includes(X)`. A mere read is no check.
 */
export function isCheckedByHand(operation: JwtOperation, claim: string): boolean {
  const { node, file } = operation;
  const scope = enclosingFunction(node) ?? (file.sourceCode.ast as TSESTree.Node);
  const names = new Set<string>();
  let checked = false;
  walk(scope, file.sourceCode.visitorKeys, (inner) => {
    if (inner.type === AST_NODE_TYPES.Property && inner.parent.type === AST_NODE_TYPES.ObjectPattern && !inner.computed && inner.key.type === AST_NODE_TYPES.Identifier && inner.key.name === claim && inner.value.type === AST_NODE_TYPES.Identifier) names.add(inner.value.name);
    if (inner.type === AST_NODE_TYPES.MemberExpression && claimOf(inner) === claim && inner.range[0] > node.range[0]) checked ||= isCompared(inner);
    if (inner.type === AST_NODE_TYPES.Identifier && names.has(inner.name) && inner.parent.type !== AST_NODE_TYPES.Property) checked ||= isCompared(inner);
  });
  return checked;
}

function claimOf(node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed && node.property.type === AST_NODE_TYPES.Identifier) return node.property.name;
  return node.property.type === AST_NODE_TYPES.Literal ? String(node.property.value) : undefined;
}

/** Whether an expression is compared, tested for membership, or handed to a function that tests. */
function isCompared(expression: TSESTree.Node): boolean {
  let node = expression;
  for (let parent = node.parent; parent; node = parent, parent = node.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.BinaryExpression:
        return ['===', '!==', '==', '!=', 'in'].includes(parent.operator);
      case AST_NODE_TYPES.MemberExpression:
        if (parent.object !== node || parent.parent.type !== AST_NODE_TYPES.CallExpression) return false;
        return parent.property.type === AST_NODE_TYPES.Identifier && /^(?:includes|some|every|has|indexOf|startsWith|equals)$/.test(parent.property.name);
      case AST_NODE_TYPES.CallExpression:
        return parent.arguments.includes(node as TSESTree.CallExpressionArgument) && /(?:includes|has|test|equals?|assert|match|check|verify|valid|isArray|expect)\w*$/i.test(parent.callee.type === AST_NODE_TYPES.MemberExpression && parent.callee.property.type === AST_NODE_TYPES.Identifier ? parent.callee.property.name : parent.callee.type === AST_NODE_TYPES.Identifier ? parent.callee.name : '');
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.UnaryExpression:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.ArrayExpression:
        continue;
      default:
        return false;
    }
  }
  return false;
}
