import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';

const STRING = String.raw`'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"`;
const WHOLE_STRING = new RegExp(`^(?:${STRING})$`);
/** A list of strings, names and calls, as remedies write them, and what may follow it. */
const LIST = new RegExp(`^\\[((?:${STRING}|[^[\\]'"])+)\\]`);
const ELEMENT = new RegExp(`(?:${STRING})|[\\w$.]+(?:\\((?:${STRING})?\\))?`, 'g');

/**
 * Text for a value that a remedy writes into an object. In TypeScript, where nothing says what type the object has, a
 * literal widens (`'HS256'` to `string`, `['a']` to `string[]`), and libraries whose types name the values refuse it.
 */
export function narrowed(text: string, object: TSESTree.Node | undefined, file: SourceFile): string {
  if (!object || !/\.[cm]?tsx?$/.test(file.filename) || isTyped(object, file)) return text;
  if (WHOLE_STRING.test(text)) return `${text} as const`;
  return text.replace(LIST, (list, inner: string) => `${list} as [${(inner.match(ELEMENT) ?? []).map((element) => (WHOLE_STRING.test(element) ? element : 'string')).join(', ')}]`);
}

/** Whether the place that an expression stands in has a type of its own, which the compiler then holds it to. */
function isTyped(node: TSESTree.Node, file: SourceFile): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.ObjectExpression:
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.LogicalExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.ReturnStatement:
      return isTyped(parent, file);
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
      return file.sourceCode.getText(parent.typeAnnotation as never) !== 'const';
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.AssignmentExpression:
      return true;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return !/^Object\.freeze$/.test(file.sourceCode.getText(parent.callee as never)) || isTyped(parent, file);
    case AST_NODE_TYPES.VariableDeclarator: return parent.id.typeAnnotation !== undefined;
    case AST_NODE_TYPES.AssignmentPattern: return parent.left.typeAnnotation !== undefined;
    case AST_NODE_TYPES.PropertyDefinition: return parent.typeAnnotation !== undefined;
    case AST_NODE_TYPES.ArrowFunctionExpression: return isTypedFunction(parent, file);
    case AST_NODE_TYPES.BlockStatement:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.TryStatement:
    case AST_NODE_TYPES.SwitchCase:
    case AST_NODE_TYPES.SwitchStatement:
      return isTyped(parent, file);
    case AST_NODE_TYPES.FunctionExpression:
    case AST_NODE_TYPES.FunctionDeclaration:
      return isTypedFunction(parent, file);
    default: return false;
  }
}

/** A function says what it returns, or whoever is given the function does. */
function isTypedFunction(node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression | TSESTree.FunctionDeclaration, file: SourceFile): boolean {
  return node.returnType !== undefined || (node.type !== AST_NODE_TYPES.FunctionDeclaration && isTyped(node, file));
}
