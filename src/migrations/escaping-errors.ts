import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../analysis/call-nodes.ts';
import { writtenName } from '../analysis/expressions.ts';
import { enclosingFunction } from '../analysis/order.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { ProjectFunction } from '../analysis/value.ts';

/** The first place in a handler, outside of every `try` that has a `catch`, that may well throw; undefined where there is none. */
export function escapingErrors(owner: ProjectFunction, file: SourceFile): TSESTree.Node | undefined {
  const own = nodesOf(file).filter((node) => node.range[0] >= owner.body.range[0] && node.range[1] <= owner.body.range[1] && enclosingFunction(node) === owner);
  return own.find((node) => mayThrow(node, owner, file) && !isCaught(node, owner));
}

function isCaught(node: TSESTree.Node, owner: ProjectFunction): boolean {
  for (let current: TSESTree.Node = node; current.parent && current !== owner; current = current.parent) {
    if (current.parent.type === AST_NODE_TYPES.TryStatement && current.parent.block === current && current.parent.handler) return true;
  }
  return false;
}

function mayThrow(node: TSESTree.Node, owner: ProjectFunction, file: SourceFile): boolean {
  if (node.type === AST_NODE_TYPES.ThrowStatement) return true;
  if (node.type !== AST_NODE_TYPES.CallExpression || node.optional) return false;
  const { callee } = node;
  const root = rootOf(callee);
  const isParameter = root?.type === AST_NODE_TYPES.Identifier && owner.params.some((parameter) => parameter.type === AST_NODE_TYPES.Identifier && parameter.name === root.name);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return !isParameter;
  // Methods of the request and the response themselves, and of the console.
  if (root?.type === AST_NODE_TYPES.Identifier && root.name === 'console') return false;
  if (isParameter && isOwnMethod(callee)) return false;
  return !isGuarded(callee.object, node, owner, file);
}

/** `res.status(401).json({})`: every step to the method is a call, so that nothing on the way can be undefined. */
function isOwnMethod(callee: TSESTree.MemberExpression): boolean {
  const { object } = callee;
  if (object.type === AST_NODE_TYPES.Identifier) return true;
  return object.type === AST_NODE_TYPES.CallExpression && object.callee.type === AST_NODE_TYPES.MemberExpression && isOwnMethod(object.callee);
}

function rootOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === AST_NODE_TYPES.MemberExpression) return rootOf(node.object);
  return node.type === AST_NODE_TYPES.CallExpression ? rootOf(node.callee) : node;
}

/** Text methods of what a test has looked at before: `header && header.split(' ')`, `if (!header) return`. */
function isGuarded(object: TSESTree.Node, call: TSESTree.CallExpression, owner: ProjectFunction, file: SourceFile): boolean {
  if (call.callee.type !== AST_NODE_TYPES.MemberExpression || !/^(?:split|replace|startsWith|slice|substring|substr|trim|toLowerCase|includes|match)$/.test(writtenName(call.callee) ?? '')) return false;
  const text = file.sourceCode.getText(object as never);
  const names = (node: TSESTree.Node) => file.sourceCode.getText(node as never).includes(text);
  for (let node: TSESTree.Node = call; node.parent && node !== owner; node = node.parent) {
    const parent: TSESTree.Node = node.parent;
    if (parent.type === AST_NODE_TYPES.LogicalExpression && parent.right === node && parent.operator === '&&' && names(parent.left)) return true;
    if ((parent.type === AST_NODE_TYPES.IfStatement || parent.type === AST_NODE_TYPES.ConditionalExpression) && parent.test !== node && names(parent.test)) return true;
    if (parent.type === AST_NODE_TYPES.BlockStatement && parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement)).some((before) => before.type === AST_NODE_TYPES.IfStatement && names(before.test))) return true;
  }
  return false;
}
