import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from './source-file.ts';
import { variableOf } from './variables.ts';

/** What becomes of the value of an expression. */
export type Consumption =
  /** Nothing takes it: a statement of its own, `void`, a variable that nobody reads. */
  | 'discarded'
  /** A condition asks whether it is truthy, or a comparison looks at it. */
  | 'tested'
  /** A property of it is read, also by destructuring. */
  | 'opened'
  /** A property of it is read if it is there. */
  | 'opened-if-there'
  | 'awaited' | 'returned'
  /** `then`, `catch` or `finally` is called on it. */
  | 'chained'
  /** It is made the user of a request. */
  | 'made-user'
  /** It is handed to something that may do anything with it. */
  | 'passed';

/** One use of a value. */
export interface Use {
  readonly consumption: Consumption;
  /** The expression that is consumed: the value itself, or the variable that holds it. */
  readonly value: TSESTree.Node;
  /** The node around it that consumes it. */
  readonly consumer: TSESTree.Node;
}

const COMBINATORS = /^(?:all|allSettled|any|race|resolve)$/;

/** Everything that becomes of the value of an expression; variables are followed to their readings. */
export function usesOf(expression: TSESTree.Node, file: SourceFile): readonly Use[] {
  return follow(expression, file, new Set());
}

function follow(expression: TSESTree.Node, file: SourceFile, seen: Set<TSESTree.Node>): readonly Use[] {
  let value = expression;
  for (let parent = value.parent; parent; value = parent, parent = value.parent) {
    const one = (consumption: Consumption): readonly Use[] => [{ consumption, value, consumer: parent as TSESTree.Node }];
    switch (parent.type) {
      case AST_NODE_TYPES.ChainExpression: case AST_NODE_TYPES.TSAsExpression: case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSSatisfiesExpression: case AST_NODE_TYPES.TSTypeAssertion:
        continue;
      case AST_NODE_TYPES.AwaitExpression: case AST_NODE_TYPES.YieldExpression:
        return one('awaited');
      case AST_NODE_TYPES.ForOfStatement:
        return one(parent.await ? 'awaited' : 'passed');
      case AST_NODE_TYPES.ReturnStatement:
        return one('returned');
      case AST_NODE_TYPES.ArrowFunctionExpression:
        return one(parent.body === value ? 'returned' : 'passed');
      case AST_NODE_TYPES.ExpressionStatement:
        return one('discarded');
      case AST_NODE_TYPES.UnaryExpression:
        return one(parent.operator === 'void' ? 'discarded' : 'tested');
      case AST_NODE_TYPES.IfStatement: case AST_NODE_TYPES.WhileStatement: case AST_NODE_TYPES.DoWhileStatement: case AST_NODE_TYPES.SwitchStatement: case AST_NODE_TYPES.ForStatement:
        return one('tested');
      case AST_NODE_TYPES.BinaryExpression:
        return one('tested');
      case AST_NODE_TYPES.ConditionalExpression:
        if (parent.test === value) return one('tested');
        continue;
      case AST_NODE_TYPES.LogicalExpression:
        if (parent.left === value && parent.operator !== '??') return one('tested');
        if (parent.left === value) return [...one('tested'), ...follow(parent, file, seen)];
        continue;
      case AST_NODE_TYPES.SequenceExpression:
        if (parent.expressions.at(-1) !== value) return one('discarded');
        continue;
      case AST_NODE_TYPES.MemberExpression:
        if (isHandlerCall(parent)) return one('chained');
        return one(parent.optional ? 'opened-if-there' : 'opened');
      case AST_NODE_TYPES.ArrayExpression: {
        const call = parent.parent;
        if (call.type !== AST_NODE_TYPES.CallExpression || !isCombinator(call)) return one('passed');
        continue;
      }
      case AST_NODE_TYPES.CallExpression:
        if (isCombinator(parent)) continue;
        if (parent.callee.type === AST_NODE_TYPES.Identifier && parent.callee.name === 'Boolean') return one('tested');
        return one('passed');
      case AST_NODE_TYPES.VariableDeclarator:
        if (parent.init !== value) return one('passed');
        if (parent.id.type === AST_NODE_TYPES.ObjectPattern) return one('opened');
        return parent.id.type === AST_NODE_TYPES.Identifier ? readings(parent.id, value, parent, file, seen) : one('passed');
      case AST_NODE_TYPES.AssignmentExpression:
        if (parent.right !== value) return one('passed');
        if (parent.left.type === AST_NODE_TYPES.Identifier) return readings(parent.left, value, parent, file, seen);
        if (parent.left.type === AST_NODE_TYPES.ObjectPattern) return one('opened');
        return one(parent.left.type === AST_NODE_TYPES.MemberExpression && isUserOfRequest(parent.left, file) ? 'made-user' : 'passed');
      default:
        return one('passed');
    }
  }
  return [];
}

/** Readings of a variable after a value was put into it. */
function readings(name: TSESTree.Identifier, value: TSESTree.Node, consumer: TSESTree.Node, file: SourceFile, seen: Set<TSESTree.Node>): readonly Use[] {
  const variable = variableOf(name, file);
  if (!variable || seen.has(name)) return [{ consumption: 'passed', value, consumer }];
  seen.add(name);
  // What another module imports is used there.
  if (variable.defs.some((definition) => (definition.parent as TSESTree.Node | undefined)?.parent?.type === AST_NODE_TYPES.ExportNamedDeclaration)) return [{ consumption: 'passed', value, consumer }];
  const read = variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as TSESTree.Node);
  if (read.length === 0) return [{ consumption: 'discarded', value, consumer }];
  return read.flatMap((identifier) => (identifier.parent ? follow(identifier, file, seen) : []));
}

function isHandlerCall(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === AST_NODE_TYPES.CallExpression && member.parent.callee === member && member.property.type === AST_NODE_TYPES.Identifier && /^(?:then|catch|finally|pipe)$/.test(member.property.name);
}

function isCombinator({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === 'Promise' && callee.property.type === AST_NODE_TYPES.Identifier && COMBINATORS.test(callee.property.name);
}

/** `req.user = …`, `ctx.state.user = …`, `res.locals.auth = …`. */
function isUserOfRequest(member: TSESTree.MemberExpression, file: SourceFile): boolean {
  return /^\(?(?:req|request|ctx|context|res|response|socket|event|c)\b.*\.(?:user\w*|auth\w*|claims|payload|principal|account|token|session|decoded\w*|currentUser|identity|jwt\w*)$/.test(file.sourceCode.getText(member as never));
}

/** What becomes of the value that a promise yields, where it is awaited; of the expression itself where it is none. */
export function usesOfResult(expression: TSESTree.Node, isPromise: boolean, file: SourceFile): readonly Use[] {
  if (!isPromise) return usesOf(expression, file);
  return usesOf(expression, file).flatMap((use) => (use.consumption === 'awaited' ? usesOf(use.consumer, file) : [use]));
}
