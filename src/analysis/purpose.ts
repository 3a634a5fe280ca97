import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { decoratorsOf } from './expressions.ts';
import type { JwtOperation } from './operation.ts';

const RENEWAL = /refresh|renew|log_?-?out|sign_?-?out|revo(?:ke|cation)|(?:black|block|deny)_?-?list|invalidate/i;

/**
 * Whether the code around an operation says that it renews, ends or revokes a session, where an expired token may be
 * meant to pass: by names of functions, methods, classes and constants, or by the path of a route.
 */
export function servesRenewal(operation: JwtOperation): boolean {
  for (let node: TSESTree.Node | undefined = operation.node; node; node = node.parent) {
    if (namesOf(node).some((name) => RENEWAL.test(name))) return true;
  }
  return false;
}

function namesOf(node: TSESTree.Node): readonly string[] {
  switch (node.type) {
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.FunctionExpression:
    case AST_NODE_TYPES.ClassDeclaration:
    case AST_NODE_TYPES.ClassExpression:
      return node.id ? [node.id.name] : [];
    case AST_NODE_TYPES.VariableDeclarator:
      return node.id.type === AST_NODE_TYPES.Identifier ? [node.id.name] : [];
    case AST_NODE_TYPES.MethodDefinition:
    case AST_NODE_TYPES.PropertyDefinition:
      return [...keyName(node.key), ...decoratorsOf(node).flatMap(({ expression }) => (expression.type === AST_NODE_TYPES.CallExpression ? firstText(expression) : []))];
    case AST_NODE_TYPES.Property:
      return keyName(node.key);
    case AST_NODE_TYPES.AssignmentExpression:
      return node.left.type === AST_NODE_TYPES.MemberExpression ? keyName(node.left.property) : node.left.type === AST_NODE_TYPES.Identifier ? [node.left.name] : [];
    case AST_NODE_TYPES.CallExpression:
      return firstText(node);
    default:
      return [];
  }
}

function keyName(key: TSESTree.Node): readonly string[] {
  if (key.type === AST_NODE_TYPES.Identifier) return [key.name];
  return key.type === AST_NODE_TYPES.Literal ? [String(key.value)] : [];
}

/** The first argument of a call, if it is written out: the path of a route, the name of a message or strategy. */
function firstText(call: TSESTree.CallExpression): readonly string[] {
  const [first] = call.arguments;
  return first?.type === AST_NODE_TYPES.Literal ? [String(first.value)] : [];
}
