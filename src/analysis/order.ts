import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';

/** What a write means for a use of the same variable: it has surely happened, it may have, or it cannot matter. */
export type Effect = 'surely' | 'maybe' | 'never';

const LOOPS = new Set<string>([
  AST_NODE_TYPES.ForStatement, AST_NODE_TYPES.ForInStatement, AST_NODE_TYPES.ForOfStatement, AST_NODE_TYPES.WhileStatement, AST_NODE_TYPES.DoWhileStatement,
]);

/** The function (or program) whose code a node runs in. */
export function enclosingFunction(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (isFunction(current) || current.type === AST_NODE_TYPES.PropertyDefinition || current.type === AST_NODE_TYPES.StaticBlock) return current;
  }
  return undefined;
}

export function isFunction(node: TSESTree.Node | undefined): node is TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression {
  return node?.type === AST_NODE_TYPES.FunctionDeclaration || node?.type === AST_NODE_TYPES.FunctionExpression || node?.type === AST_NODE_TYPES.ArrowFunctionExpression;
}

export function isInside(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

/** Whether a write has happened when a use runs, judged by blocks, loops and functions. */
export function effectOf(write: TSESTree.Node, use: TSESTree.Node): Effect {
  const writer = enclosingFunction(write);
  const user = enclosingFunction(use);
  if (writer === user) {
    // The right side of an assignment runs before it.
    const assignment = assignmentOf(write);
    if (assignment && isInside(use, assignment) && !isInside(use, write.type === AST_NODE_TYPES.AssignmentExpression ? write.left : write)) return sharedLoop(write, use, writer) ? 'maybe' : 'never';
    if (write.range[0] > use.range[0]) return sharedLoop(write, use, writer) ? 'maybe' : 'never';
    return dominates(write, use) ? 'surely' : 'maybe';
  }
  // The use stands in a function inside the one that writes: it runs after the function's own place, whenever that is.
  const inner = outermostFunction(use, writer);
  if (inner === undefined) return 'maybe';
  return write.range[1] <= inner.range[0] && dominates(write, inner) ? 'surely' : 'maybe';
}

/** The outermost function around a node that is still inside another; undefined where the node is not inside that one. */
function outermostFunction(node: TSESTree.Node, within: TSESTree.Node | undefined): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  for (let current = enclosingFunction(node); current !== within; current = enclosingFunction(current)) {
    if (current === undefined) return undefined;
    found = current;
  }
  return found;
}

function assignmentOf(write: TSESTree.Node): TSESTree.Node | undefined {
  if (write.type === AST_NODE_TYPES.AssignmentExpression) return write;
  for (let child = write, current = write.parent; current; child = current, current = current.parent) {
    if (current.type === AST_NODE_TYPES.AssignmentExpression) return current.left === child ? current : undefined;
    if (current.type.endsWith('Statement') || isFunction(current)) return undefined;
  }
  return undefined;
}

function sharedLoop(a: TSESTree.Node, b: TSESTree.Node, within: TSESTree.Node | undefined): boolean {
  for (let current = a.parent; current && current !== within; current = current.parent) if (LOOPS.has(current.type) && isInside(b, current)) return true;
  return false;
}

/** Whether every way to the use leads over the write: the write's own block holds the use. */
function dominates(write: TSESTree.Node, use: TSESTree.Node): boolean {
  for (let child = write, current = write.parent; current; child = current, current = current.parent) {
    const holdsUse = isInside(use, current);
    if (isBranch(current, child) && !(holdsUse && isInside(use, child))) return false;
    if (holdsUse) return true;
  }
  return true;
}

/** Whether a child runs only on some ways through its parent. */
function isBranch(parent: TSESTree.Node, child: TSESTree.Node): boolean {
  switch (parent.type) {
    case AST_NODE_TYPES.IfStatement: return child !== parent.test;
    case AST_NODE_TYPES.ConditionalExpression: return child !== parent.test;
    case AST_NODE_TYPES.LogicalExpression: return child === parent.right;
    case AST_NODE_TYPES.SwitchCase: return true;
    case AST_NODE_TYPES.CatchClause: return true;
    case AST_NODE_TYPES.TryStatement: return child === parent.block && parent.handler !== null;
    case AST_NODE_TYPES.ForStatement: return child !== parent.init;
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement: return child === parent.body;
    case AST_NODE_TYPES.WhileStatement: return child === parent.body;
    default: return false;
  }
}
