import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, walk } from './call-nodes.ts';
import { calledName } from './expressions.ts';
import type { SourceFile } from './source-file.ts';
import { enclosingFunction, isFunction, isInside } from './order.ts';
import { variableOf } from './variables.ts';

/** Whether a node stands in the initial value of a constant of this file that is read in one place only, so that changing it changes nothing else. */
export function isUsedOnce(node: TSESTree.Node, file: SourceFile): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === AST_NODE_TYPES.VariableDeclarator) {
      if (parent.init !== current || parent.id.type !== AST_NODE_TYPES.Identifier || parent.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
      return variableOf(parent.id, file)?.references.filter((reference) => !reference.init).length === 1;
    }
    // A property of an object that is used in one place is used there or not at all.
    if (isFunction(parent) || /Statement$/.test(parent.type) || (parent.type === AST_NODE_TYPES.Property && parent.value !== current)) return false;
  }
  return false;
}

/** Whether the function around an expression parses what comes of it as JSON. */
export function isParsedAsJson(expression: TSESTree.Node, file: SourceFile): boolean {
  const owner = enclosingFunction(expression);
  return collectCalls(file).some((call) => calledName(call) === 'JSON.parse' && enclosingFunction(call) === owner && call.arguments.some((argument) => stemsFrom(argument, expression, file)));
}

/** Whether an expression holds another, or a variable whose initial value does. */
function stemsFrom(node: TSESTree.Node, origin: TSESTree.Node, file: SourceFile, depth = 0): boolean {
  if (isInside(origin, node)) return true;
  let stems = false;
  walk(node, file.sourceCode.visitorKeys, (inner) => {
    if (stems || depth > 4 || inner.type !== AST_NODE_TYPES.Identifier) return;
    const declaration = variableOf(inner, file)?.defs[0]?.node as TSESTree.Node | undefined;
    stems = declaration?.type === AST_NODE_TYPES.VariableDeclarator && declaration.init !== null && !isInside(node, declaration) && stemsFrom(declaration.init, origin, file, depth + 1);
  });
  return stems;
}
