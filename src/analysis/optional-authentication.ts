import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf, walk } from './call-nodes.ts';
import type { JwtOperation } from './operation.ts';
import { isFunction } from './order.ts';
import type { SourceFile } from './source-file.ts';
import type { FunctionValue } from './value.ts';

const USER = /\b(?:req|request|ctx|context|c|res|reply|socket)\b(?:\??\.\w+(?:\([^)]*\))?)*\??\.(?:user|auth|isAuthenticated|credentials|currentUser|jwtPayload|decoded_token|payload)\b|\.get\(\s*['"](?:jwtPayload|user)['"]|\bisAuthenticated\b/;

const known = new WeakMap<SourceFile, boolean>();

/** Whether some condition in a file asks for the user that middleware puts on a request. */
export function looksAtUser(file: SourceFile): boolean {
  const before = known.get(file);
  if (before !== undefined) return before;
  let found = false;
  nodesOf(file).forEach((node) => {
    if (found) return;
    const test = node.type === AST_NODE_TYPES.IfStatement || node.type === AST_NODE_TYPES.ConditionalExpression ? node.test : node.type === AST_NODE_TYPES.LogicalExpression ? node.left : undefined;
    if (test && USER.test(file.sourceCode.getText(test as never))) found = true;
  });
  known.set(file, found);
  return found;
}

/** Whether a handler of expired tokens never throws, so that each of them passes. */
export function refusesNobody({ node, file }: FunctionValue): boolean {
  let refuses = node.body.type !== AST_NODE_TYPES.BlockStatement && /reject|throw/i.test(file.sourceCode.getText(node.body as never));
  walk(node.body, file.sourceCode.visitorKeys, (inner) => {
    if (inner.type === AST_NODE_TYPES.ThrowStatement || (inner.type === AST_NODE_TYPES.CallExpression && /reject|throw|fail|assert/i.test(file.sourceCode.getText(inner.callee as never)))) refuses = true;
  });
  return !refuses;
}

/** Routes whose configuration makes authentication optional, in the file that sets the strategy up. */
export function optionalRoutes({ model, file }: JwtOperation, publicRoutes: readonly string[]): readonly { readonly node: TSESTree.Node; readonly mode: string }[] {
  const { maySkip } = model;
  if (!maySkip) return [];
  const found: { node: TSESTree.Node; mode: string }[] = [];
  nodesOf(file).forEach((node) => {
    if (node.type !== AST_NODE_TYPES.Property || node.key.type !== AST_NODE_TYPES.Identifier || node.key.name !== maySkip.property || node.value.type !== AST_NODE_TYPES.Literal) return;
    const mode = String(node.value.value);
    const holder = node.parent.parent;
    const below = holder?.type === AST_NODE_TYPES.Property && holder.key.type === AST_NODE_TYPES.Identifier ? holder.key.name : holder?.type === AST_NODE_TYPES.CallExpression && /\.auth\.default$/.test(file.sourceCode.getText(holder.callee as never)) ? maySkip.below : undefined;
    if (below === maySkip.below && maySkip.values.includes(mode) && !isPublicRoute(node, publicRoutes)) found.push({ node: node.value, mode });
  });
  return found;
}

/** The `path` of the route around a property. */
function isPublicRoute(property: TSESTree.Node, routes: readonly string[]): boolean {
  for (let node = property.parent; node && !isFunction(node); node = node.parent) {
    if (node.type !== AST_NODE_TYPES.ObjectExpression) continue;
    for (const one of node.properties) {
      if (one.type === AST_NODE_TYPES.Property && one.key.type === AST_NODE_TYPES.Identifier && one.key.name === 'path' && one.value.type === AST_NODE_TYPES.Literal && routes.some((route) => String((one.value as TSESTree.Literal).value).startsWith(route))) return true;
    }
  }
  return false;
}
