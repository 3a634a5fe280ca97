import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { walk } from './call-nodes.ts';
import { usesOf } from './consumption.ts';
import { firstFound } from './first-found.ts';
import { leaves } from './guards.ts';
import type { JwtOperation } from './operation.ts';
import { isFunction, isInside } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { variableOf } from './variables.ts';

/** How code goes on after a failed verification as if it had succeeded, and where it says so. */
export interface IgnoredFailure {
  readonly how: 'next' | 'decode' | 'true' | 'swallowed' | 'callback' | 'untested';
  readonly node: TSESTree.Node;
}

/** What a `catch` around a verification, or a handler of its promise, does wrong; undefined where the failure is refused. */
export function ignoredByHandlers(operation: JwtOperation, operations: readonly JwtOperation[]): IgnoredFailure | undefined {
  const { file, node } = operation;
  for (const use of usesOf(node, file)) {
    if (use.consumption !== 'chained') continue;
    const ignored = ignoredInChain(use.consumer, operations, file);
    if (ignored) return ignored;
  }
  return ignoredByCatch(node, operation, operations);
}

/** `verify(…).then(…).catch(handler)`: what the handlers of failure do. */
function ignoredInChain(member: TSESTree.Node, operations: readonly JwtOperation[], file: SourceFile): IgnoredFailure | undefined {
  const call = member.parent;
  if (member.type !== AST_NODE_TYPES.MemberExpression || call?.type !== AST_NODE_TYPES.CallExpression || member.property.type !== AST_NODE_TYPES.Identifier) return undefined;
  const handler = member.property.name === 'catch' ? call.arguments[0] : member.property.name === 'then' ? call.arguments[1] : undefined;
  if (isFunction(handler as TSESTree.Node | undefined)) {
    const owner = handler as TSESTree.ArrowFunctionExpression;
    const ignored = goesOn(owner.body, operations, file);
    if (ignored) return ignored;
    // Nothing is made of the failure, and nobody looks at what is left.
    if (member.property.name === 'catch' && isSilent(owner.body, file)) {
      const awaited = call.parent.type === AST_NODE_TYPES.AwaitExpression ? call.parent : undefined;
      // `then` had the last word where it stands in front.
      if (awaited?.parent.type === AST_NODE_TYPES.ExpressionStatement && !/\.then\b/.test(file.sourceCode.getText(member.object as never))) return { how: 'swallowed', node: owner };
    }
  }
  for (const use of usesOf(call, file)) {
    if (use.consumption === 'chained') {
      const further = ignoredInChain(use.consumer, operations, file);
      if (further) return further;
    }
  }
  return undefined;
}

/** The nearest `catch` in the same function that a failure reaches. */
function ignoredByCatch(node: TSESTree.Node, operation: JwtOperation, operations: readonly JwtOperation[]): IgnoredFailure | undefined {
  if (operation.callback || (operation.returnsPromise && !usesOf(node, operation.file).some(({ consumption }) => consumption === 'awaited'))) return undefined;
  for (let child: TSESTree.Node = node, current = node.parent; current; child = current, current = current.parent) {
    if (isFunction(current)) return undefined;
    if (current.type !== AST_NODE_TYPES.TryStatement || current.block !== child || !current.handler) continue;
    const { body } = current.handler;
    return goesOn(body, operations, operation.file) ?? swallowed(current, body, node, operation.file);
  }
  return undefined;
}

/** Whether a handler of failure lets the request go on, reads the token unverified, or says yes. */
function goesOn(body: TSESTree.Node, operations: readonly JwtOperation[], file: SourceFile): IgnoredFailure | undefined {
  const decoding = decodingIn(body, operations, file);
  if (decoding) return { how: 'decode', node: decoding.node };
  let found: IgnoredFailure | undefined;
  const marked = marksFailure(body, file);
  each(body, file, (node) => {
    if (found) return;
    if (node.type === AST_NODE_TYPES.CallExpression && node.arguments.length === 0 && node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === 'next' && !marked && !isAfterLeaving(node, body)) found = { how: 'next', node };
    if (node.type === AST_NODE_TYPES.ReturnStatement && node.argument && saysYes(node.argument)) found = { how: 'true', node: node.argument };
  });
  if (!found && body.type !== AST_NODE_TYPES.BlockStatement && saysYes(body)) found = { how: 'true', node: body };
  return found;
}

/** The call in a handler of failure that reads the token once more and lets what it says count. */
function decodingIn(body: TSESTree.Node, operations: readonly JwtOperation[], file: SourceFile): JwtOperation | undefined {
  return operations.find((other) => {
    if (other.kind !== 'decode' || other.file !== file || !isInside(other.node, body)) return false;
    if (isForExpired(other.node, body, file) || isVerifiedAfterwards(other.node, body, operations) || isRefusedAfterwards(other.node, body, file)) return false;
    return usesOf(other.node, file).some(({ consumption, consumer }) => consumption !== 'discarded' && !isLogging(consumer, file));
  });
}

/** What is read only picks another key, and the token is verified again with it. */
function isVerifiedAfterwards(decoding: TSESTree.Node, body: TSESTree.Node, operations: readonly JwtOperation[]): boolean {
  return operations.some(({ kind, node }) => kind === 'verify' && node.range[0] > decoding.range[0] && isInside(node, body));
}

/** What is read only tells the failure better: the token is refused behind it in any case. */
function isRefusedAfterwards(decoding: TSESTree.Node, body: TSESTree.Node, file: SourceFile): boolean {
  for (let current: TSESTree.Node | undefined = decoding; current && isInside(current, body); current = current.parent) {
    if (current.type === AST_NODE_TYPES.BlockStatement && current.body.some((statement) => statement.range[0] > decoding.range[0] && refuses(statement, file))) return true;
  }
  return false;
}

const REFUSAL = /\b40[0-9]\b|unauthori[sz]ed|forbidden|\bdenied\b|\breject/i;

/** A statement that leaves with a failure: it throws, says no, or answers so. */
function refuses(statement: TSESTree.Statement, file: SourceFile): boolean {
  if (statement.type === AST_NODE_TYPES.ThrowStatement) return true;
  if (statement.type !== AST_NODE_TYPES.ReturnStatement) return false;
  const { argument } = statement;
  if (argument?.type === AST_NODE_TYPES.Literal) return argument.value === false || argument.value === null;
  return argument?.type === AST_NODE_TYPES.CallExpression && REFUSAL.test(file.sourceCode.getText(argument as never));
}

/** `return true`, `{ valid: true }`, `{ success: true, … }`. */
function saysYes(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Literal) return node.value === true;
  if (node.type === AST_NODE_TYPES.CallExpression) return /^Promise\.resolve$/.test(calleeText(node)) && node.arguments[0] !== undefined && saysYes(node.arguments[0]);
  return node.type === AST_NODE_TYPES.ObjectExpression && node.properties.some((property) => property.type === AST_NODE_TYPES.Property && property.key.type === AST_NODE_TYPES.Identifier && /^(?:valid|ok|isValid|authenticated|isAuthenticated|authorized|isAuthorized|active|success)$/.test(property.key.name) && property.value.type === AST_NODE_TYPES.Literal && property.value.value === true);
}

/** A caught failure of which nothing is made, in front of code that goes on. */
function swallowed(statement: TSESTree.TryStatement, body: TSESTree.BlockStatement, node: TSESTree.Node, file: SourceFile): IgnoredFailure | undefined {
  if (!isSilent(body, file) || statement.parent.type !== AST_NODE_TYPES.BlockStatement) return undefined;
  const after = statement.parent.body.slice(statement.parent.body.indexOf(statement) + 1);
  if (endsInBareVerification(statement.block, node) && after.some(answers) && !after.some((next) => /\buser\b/i.test(file.sourceCode.getText(next as never)))) return { how: 'swallowed', node: statement.handler ?? statement };
  const assigned = assignedIn(statement.block, file);
  for (const next of after) {
    // Whatever the attempt left behind is looked at first.
    if (assigned.some((text) => mentionsInTest(next, text, file))) return undefined;
    const going = goesOnAt(next);
    if (going) return { how: 'swallowed', node: statement.handler ?? statement };
    if (leaves(next) || next.type === AST_NODE_TYPES.IfStatement) return undefined;
  }
  return undefined;
}

/** `try { await request.jwtVerify(); }`: of the verification nothing is kept, only its failure could stop what follows. */
function endsInBareVerification(block: TSESTree.BlockStatement, node: TSESTree.Node): boolean {
  const last = block.body.at(-1);
  return last?.type === AST_NODE_TYPES.ExpressionStatement && (last.expression === node || (last.expression.type === AST_NODE_TYPES.AwaitExpression && last.expression.argument === node));
}

/** `return orders` and the like; `return false` says no. */
function answers(statement: TSESTree.Statement): boolean {
  if (statement.type !== AST_NODE_TYPES.ReturnStatement || !statement.argument) return false;
  return statement.argument.type !== AST_NODE_TYPES.Identifier && !(statement.argument.type === AST_NODE_TYPES.Literal && (statement.argument.value === false || statement.argument.value === null));
}

function goesOnAt(statement: TSESTree.Statement): boolean {
  const expression = statement.type === AST_NODE_TYPES.ExpressionStatement ? statement.expression : statement.type === AST_NODE_TYPES.ReturnStatement ? statement.argument : null;
  const plain = expression?.type === AST_NODE_TYPES.AwaitExpression ? expression.argument : expression;
  if (plain?.type === AST_NODE_TYPES.CallExpression) return plain.callee.type === AST_NODE_TYPES.Identifier && plain.callee.name === 'next' && plain.arguments.length === 0;
  return statement.type === AST_NODE_TYPES.ReturnStatement && plain?.type === AST_NODE_TYPES.Literal && plain.value === true;
}

/** Variables and properties that a block writes. */
function assignedIn(block: TSESTree.Node, file: SourceFile): readonly string[] {
  const texts: string[] = [];
  each(block, file, (node) => {
    if (node.type === AST_NODE_TYPES.AssignmentExpression) texts.push(file.sourceCode.getText(node.left as never));
  });
  return texts;
}

function mentionsInTest(node: TSESTree.Node, text: string, file: SourceFile): boolean {
  let found = false;
  each(node, file, (inner) => {
    if ((inner.type === AST_NODE_TYPES.IfStatement || inner.type === AST_NODE_TYPES.ConditionalExpression) && file.sourceCode.getText(inner.test as never).includes(text)) found = true;
    if (inner.type === AST_NODE_TYPES.LogicalExpression && file.sourceCode.getText(inner.left as never).includes(text)) found = true;
  });
  return found;
}

/** Nothing but logging: no answer, no throw, no call that could refuse, nothing written down. */
function isSilent(body: TSESTree.Node, file: SourceFile): boolean {
  if (body.type !== AST_NODE_TYPES.BlockStatement) return (body.type === AST_NODE_TYPES.Identifier && body.name === 'undefined') || (body.type === AST_NODE_TYPES.Literal && (body.value === null || body.value === false)) || isLogging(body, file) || (body.type === AST_NODE_TYPES.ObjectExpression && body.properties.length === 0);
  return body.body.every((statement) => statement.type === AST_NODE_TYPES.EmptyStatement || (statement.type === AST_NODE_TYPES.ExpressionStatement && isLogging(statement.expression, file)));
}

function isLogging(node: TSESTree.Node, file: SourceFile): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && /^(?:console|\w*log(?:ger)?|debug|this\.\w*log(?:ger)?|(?:req|request|ctx|app|fastify|server)\.log(?:ger)?|winston|pino|Sentry)\b/i.test(file.sourceCode.getText(node.callee as never));
}

/** The failure is written down as the absence of a user. */
function marksFailure(body: TSESTree.Node, file: SourceFile): boolean {
  let marked = false;
  each(body, file, (node) => {
    if (node.type === AST_NODE_TYPES.AssignmentExpression) marked = true;
    if (node.type === AST_NODE_TYPES.UnaryExpression && node.operator === 'delete') marked = true;
  });
  return marked;
}

/** The signature of an expired token has been verified: reading it then is a refresh, not a bypass. */
function isForExpired(node: TSESTree.Node, within: TSESTree.Node, file: SourceFile): boolean {
  for (let current = node.parent; current && current !== within.parent; current = current.parent) {
    if ((current.type === AST_NODE_TYPES.IfStatement || current.type === AST_NODE_TYPES.ConditionalExpression) && /expired/i.test(file.sourceCode.getText(current.test as never))) return true;
  }
  return false;
}

function isAfterLeaving(node: TSESTree.Node, body: TSESTree.Node): boolean {
  return body.type === AST_NODE_TYPES.BlockStatement && body.body.some((statement) => statement.range[1] <= node.range[0] && leaves(statement));
}

function calleeText(call: TSESTree.CallExpression): string {
  const { callee } = call;
  return callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.property.type === AST_NODE_TYPES.Identifier ? `${callee.object.name}.${callee.property.name}` : '';
}

/** Visits a node and what is below it, but not the functions inside. */
function each(node: TSESTree.Node, file: SourceFile, visit: (node: TSESTree.Node) => void): void {
  const inner: TSESTree.Node[] = [];
  walk(node, file.sourceCode.visitorKeys, (one) => {
    if (isFunction(one) && one !== node) inner.push(one);
  });
  walk(node, file.sourceCode.visitorKeys, (one) => {
    if (!inner.some((owner) => isInside(one, owner))) visit(one);
  });
}

/** A callback that does not look at the error it is given, or reads the token unverified where there is one. */
export function ignoredByCallback(operation: JwtOperation, operations: readonly JwtOperation[]): IgnoredFailure | undefined {
  const callback = operation.callback;
  if (callback?.kind !== 'function' || callback.promisified || operation.wrapped) return undefined;
  const { node, file } = callback;
  if (file !== operation.file) return undefined;
  const [error, claims] = node.params;
  if (node.params.some((parameter) => parameter.type === AST_NODE_TYPES.RestElement) || usesArguments(node.body, file)) return undefined;
  if (error && error.type !== AST_NODE_TYPES.Identifier) return undefined;
  const decoding = firstFound(failureBranches(node, error, claims, file), (branch) => decodingIn(branch, operations, file));
  if (decoding) return { how: 'decode', node: decoding.node };
  if (claims?.type === AST_NODE_TYPES.Identifier && isLookedAt(claims, file)) return undefined;
  const unfinished = error && answeredOnly(error, file);
  if (unfinished) return { how: 'swallowed', node: unfinished };
  if (error && isHandled(error, file)) return undefined;
  // An empty function does nothing with the answer either.
  if (node.body.type === AST_NODE_TYPES.BlockStatement && node.body.body.every((statement) => statement.type === AST_NODE_TYPES.ExpressionStatement && isLogging(statement.expression, file))) return undefined;
  return { how: 'callback', node: error ?? node };
}

/** What of a callback runs where the verification failed: `if (error) …`, `claims ?? …`. */
function failureBranches(callback: TSESTree.Node, error: TSESTree.Identifier | undefined, claims: TSESTree.Node | undefined, file: SourceFile): readonly TSESTree.Node[] {
  const failed = error ? referencesOf(error, file) : [];
  const given = claims?.type === AST_NODE_TYPES.Identifier ? referencesOf(claims, file) : [];
  const branches: TSESTree.Node[] = [];
  each(callback, file, (node) => {
    if (node.type === AST_NODE_TYPES.IfStatement || node.type === AST_NODE_TYPES.ConditionalExpression) {
      if (failed.includes(node.test)) branches.push(node.consequent);
      if (given.includes(node.test) && node.alternate) branches.push(node.alternate);
    } else if (node.type === AST_NODE_TYPES.LogicalExpression && node.operator !== '&&' && given.includes(node.left)) {
      branches.push(node.right);
    }
  });
  return branches;
}

function usesArguments(body: TSESTree.Node, file: SourceFile): boolean {
  return /\barguments\b/.test(file.sourceCode.getText(body as never));
}

/** Whether a parameter is tested in a condition. */
function isLookedAt(parameter: TSESTree.Identifier, file: SourceFile): boolean {
  return referencesOf(parameter, file).some((identifier) => usesOf(identifier, file).some(({ consumption }) => consumption === 'tested' || consumption === 'opened-if-there'));
}

/** Whether an error leads anywhere: handed on, thrown, returned, or tested with consequences. */
function isHandled(parameter: TSESTree.Identifier, file: SourceFile): boolean {
  return referencesOf(parameter, file).some((identifier) => {
    for (let child: TSESTree.Node = identifier, current = identifier.parent; current; child = current, current = current.parent) {
      if (isFunction(current)) return current.body === child;
      switch (current.type) {
        case AST_NODE_TYPES.CallExpression: case AST_NODE_TYPES.NewExpression:
          if (child === current.callee) continue;
          if (isLogging(current, file)) return false;
          return true;
        case AST_NODE_TYPES.ThrowStatement: case AST_NODE_TYPES.ReturnStatement: case AST_NODE_TYPES.AssignmentExpression: case AST_NODE_TYPES.VariableDeclarator:
          return true;
        case AST_NODE_TYPES.ConditionalExpression: case AST_NODE_TYPES.SwitchStatement:
          return true;
        case AST_NODE_TYPES.LogicalExpression:
          if (current.parent.type === AST_NODE_TYPES.ExpressionStatement) return true;
          continue;
        case AST_NODE_TYPES.IfStatement:
          if (current.test !== child) continue;
          return hasConsequences(current, file);
        case AST_NODE_TYPES.ExpressionStatement: case AST_NODE_TYPES.BlockStatement:
          return false;
        default:
      }
    }
    return false;
  });
}

/** `if (error) { answer }` without a way out, in front of code that lets the request go on. */
function answeredOnly(parameter: TSESTree.Identifier, file: SourceFile): TSESTree.Node | undefined {
  return referencesOf(parameter, file).map(({ parent }) => parent).find((statement) => {
    if (statement?.type !== AST_NODE_TYPES.IfStatement || statement.alternate || leaves(statement.consequent) || statement.parent.type !== AST_NODE_TYPES.BlockStatement) return false;
    const { body } = statement.parent;
    return body.slice(body.indexOf(statement) + 1).some(goesOnAt);
  });
}

function hasConsequences(statement: TSESTree.IfStatement, file: SourceFile): boolean {
  if (statement.alternate || leaves(statement.consequent)) return true;
  const only = statement.consequent.type === AST_NODE_TYPES.BlockStatement ? statement.consequent.body : [statement.consequent];
  const onlyLogs = only.every((one) => one.type === AST_NODE_TYPES.ExpressionStatement && isLogging(one.expression, file));
  // `if (!error) { … }` keeps what follows success inside.
  return !onlyLogs;
}

function referencesOf(parameter: TSESTree.Identifier, file: SourceFile): readonly TSESTree.Node[] {
  return (variableOf(parameter, file)?.references ?? []).map((reference) => reference.identifier as TSESTree.Node);
}
