import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { walk } from '../analysis/call-nodes.ts';
import { enclosingFunction, isFunction } from '../analysis/order.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { ProjectFunction } from '../analysis/value.ts';
import { indentStep, lineBreak } from '../remedies/style.ts';
import { isTypeScript, isUnusedWithin, usesOfName } from './loads.ts';
import type { Rewriting } from './rewriting.ts';

/** What stands around a result that is handed on: a conversion of it. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** A call of a function's callback, by what it means. */
interface Settlement {
  readonly call: TSESTree.CallExpression;
  /** `handed`: another function is given the callback, and decides. */
  readonly kind: 'fulfilled' | 'rejected' | 'either' | 'handed';
  /** The result or the error, or the callback where it is handed on; undefined for a result of nothing. */
  readonly value: TSESTree.Node | undefined;
}

/**
 * Rewrites the body of a function that hands its result to a callback (`done(error, result)`) so that it returns a
 * promise of the result, with something around it if need be. Its parameters are for the caller to change. Gives the
 * reason where that is not simple.
 */
export function returnPromise(owner: ProjectFunction, callback: TSESTree.Identifier, rewriting: Rewriting, around: Around = { before: '', after: '' }): string | undefined {
  const { file } = rewriting;
  if (owner.generator) return 'It is a generator.';
  const settlements: Settlement[] = [];
  for (const use of usesOfName(callback, file)) {
    const settlement = settlementOf(use);
    if (!settlement) return `It does more with its callback \`${callback.name}\` than call it or hand it on.`;
    if (settlement.kind === 'handed' && isTypeScript(file)) return `It hands its callback \`${callback.name}\` on, which needs types of its own then.`;
    settlements.push(settlement);
  }
  if (settlements.every((settlement) => isFinal(settlement, owner))) {
    for (const settlement of settlements) settleDirectly(settlement, around, rewriting);
    if (!owner.async) rewriting.insert(asyncPosition(owner), 'async ');
    return undefined;
  }
  return wrapInPromise(owner, settlements, around, rewriting);
}

/** Where `async` stands in front of a function: before a method's name. */
export function asyncPosition(owner: ProjectFunction): number {
  const { parent } = owner;
  const isMethod = (parent.type === AST_NODE_TYPES.Property && parent.method) || parent.type === AST_NODE_TYPES.MethodDefinition;
  if (!isMethod) return owner.range[0];
  return parent.computed ? parent.key.range[0] - 1 : parent.key.range[0];
}

function settlementOf(use: TSESTree.Identifier): Settlement | undefined {
  const { parent } = use;
  // `promise.then(…).catch(done)` is a rejection, and nothing else calls it there.
  if (parent.type === AST_NODE_TYPES.CallExpression && parent.arguments.length === 1 && parent.arguments[0] === use && parent.callee.type === AST_NODE_TYPES.MemberExpression && parent.callee.property.type === AST_NODE_TYPES.Identifier && parent.callee.property.name === 'catch') {
    return { call: parent, kind: 'rejected', value: undefined };
  }
  if (parent.type !== AST_NODE_TYPES.CallExpression) return undefined;
  if (parent.callee !== use) return { call: parent, kind: 'handed', value: use };
  if (parent.arguments.length > 2 || parent.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement)) return undefined;
  const [error, value] = parent.arguments;
  if (!error || isNothing(error)) return { call: parent, kind: 'fulfilled', value };
  return value && !isNothing(value) ? { call: parent, kind: 'either', value: error } : { call: parent, kind: 'rejected', value: error };
}

function isNothing(node: TSESTree.Node): boolean {
  return (node.type === AST_NODE_TYPES.Literal && node.value === null) || (node.type === AST_NODE_TYPES.Identifier && node.name === 'undefined');
}

/** Whether nothing of the function runs after a settlement, so that it may return or throw instead. */
function isFinal({ call, kind }: Settlement, owner: ProjectFunction): boolean {
  if (kind === 'either' || kind === 'handed' || call.callee.type !== AST_NODE_TYPES.Identifier || enclosingFunction(call) !== owner) return false;
  if (call.parent === owner) return kind === 'fulfilled';
  const statement = call.parent;
  if (statement.type !== AST_NODE_TYPES.ReturnStatement && !(statement.type === AST_NODE_TYPES.ExpressionStatement && isLast(statement, owner))) return false;
  // What is thrown or returned in a `try` would meet its own handlers.
  for (let node: TSESTree.Node = statement; node.parent && node !== owner; node = node.parent) {
    if (node.parent.type === AST_NODE_TYPES.TryStatement && (node.parent.finalizer || (node.parent.block === node && kind === 'rejected'))) return false;
  }
  return true;
}

/** Whether a statement is the last one on its way through the function. */
export function isLast(statement: TSESTree.Node, owner: ProjectFunction): boolean {
  for (let node: TSESTree.Node = statement; ; node = node.parent as TSESTree.Node) {
    const { parent } = node;
    switch (parent?.type) {
      case AST_NODE_TYPES.BlockStatement: {
        const next = parent.body[parent.body.indexOf(node as TSESTree.Statement) + 1];
        const returns = next?.type === AST_NODE_TYPES.ReturnStatement && next.argument === null;
        if (next && !returns) return false;
        if (parent.parent === owner || returns) return true;
        break;
      }
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.CatchClause:
      case AST_NODE_TYPES.TryStatement:
        break;
      default: return false;
    }
  }
}

function settleDirectly({ call, kind, value }: Settlement, around: Around, rewriting: Rewriting): void {
  const { parent } = call;
  const whole = parent.type === AST_NODE_TYPES.ReturnStatement || parent.type === AST_NODE_TYPES.ExpressionStatement;
  const [start] = whole ? parent.range : call.range;
  const keyword = !whole ? '' : kind === 'rejected' ? 'throw' : 'return';
  if (!value) {
    rewriting.replace([start, call.range[1]], whole ? keyword : 'undefined');
    return;
  }
  const braced = !whole && value.type === AST_NODE_TYPES.ObjectExpression;
  const { before, after } = kind === 'rejected' ? { before: '', after: '' } : around;
  rewriting.replace([start, value.range[0]], `${whole ? `${keyword} ` : braced ? '(' : ''}${before}`);
  rewriting.replace([value.range[1], call.range[1]], `${after}${braced ? ')' : ''}`);
}

/** `new Promise((resolve, reject) => { … })` around the body, in which the callback's calls become those of the promise. */
function wrapInPromise(owner: ProjectFunction, settlements: readonly Settlement[], around: Around, rewriting: Rewriting): string | undefined {
  const { file } = rewriting;
  if (owner.async) return 'It is async and calls its callback from within other functions.';
  if (['resolve', 'reject'].some((name) => !isUnusedWithin(name, owner, file))) return 'The names `resolve` and `reject` mean something else in it.';
  if (owner.type !== AST_NODE_TYPES.ArrowFunctionExpression && usesOwnThis(owner.body, file)) return 'It uses `this` or `arguments` of its own.';
  for (const settlement of settlements) settlePromise(settlement, around, rewriting);
  const { body } = owner;
  if (owner.type === AST_NODE_TYPES.ArrowFunctionExpression) {
    rewriting.insert(body.range[0], 'new Promise((resolve, reject) => ');
    rewriting.insert(body.range[1], ')');
    return undefined;
  }
  const step = indentStep(file);
  const indentation = /^[ \t]*/.exec(file.sourceCode.lines[body.loc.end.line - 1] ?? '')?.[0] ?? '';
  const end = lineBreak(file);
  rewriting.insert(body.range[0] + 1, `${end}${indentation}${step}return new Promise((resolve, reject) => {`);
  if (body.loc.start.line === body.loc.end.line) {
    rewriting.insert(body.range[1] - 1, `});${end}${indentation}`);
    return undefined;
  }
  indentLines(body.loc.start.line + 1, body.loc.end.line - 1, step, rewriting);
  rewriting.insert(file.sourceCode.getIndexFromLoc({ line: body.loc.end.line, column: 0 }), `${indentation}${step}});${end}`);
  return undefined;
}

function settlePromise({ call, kind, value }: Settlement, { before, after }: Around, rewriting: Rewriting): void {
  const [only] = call.arguments;
  if (kind === 'handed' && value) {
    rewriting.replace(value.range, `(error, result) => (error ? reject(error) : resolve(${before}result${after}))`);
    return;
  }
  if (call.callee.type !== AST_NODE_TYPES.Identifier) {
    if (only) rewriting.replace(only.range, 'reject');
    return;
  }
  if (kind === 'either' && value) {
    // `done(error, result)`: the error decides, as it does in the callback.
    const result = call.arguments[1];
    const text = rewriting.text(value);
    const choice = `${text} ? reject(${text}) : resolve(${result ? `${before}${rewriting.text(result)}${after}` : ''})`;
    rewriting.replace(call.range, call.parent.type === AST_NODE_TYPES.ExpressionStatement ? choice : `(${choice})`);
    return;
  }
  rewriting.replace([call.range[0], value ? value.range[0] : call.range[1] - 1], kind === 'rejected' ? 'reject(' : `resolve(${value ? before : ''}`);
  if (value) rewriting.replace([value.range[1], call.range[1] - 1], kind === 'rejected' ? '' : after);
}

/** Moves lines one step in, but for those that begin inside a template, whose text they are. */
function indentLines(first: number, last: number, step: string, rewriting: Rewriting): void {
  const { sourceCode } = rewriting.file;
  for (let line = first; line <= last; line++) {
    if ((sourceCode.lines[line - 1] ?? '').trim() === '') continue;
    const index = sourceCode.getIndexFromLoc({ line, column: 0 });
    if (sourceCode.getNodeByRangeIndex(index)?.type !== AST_NODE_TYPES.TemplateElement) rewriting.insert(index, step);
  }
}

function usesOwnThis(body: TSESTree.Node, file: SourceFile): boolean {
  let found = false;
  walk(body, file.sourceCode.visitorKeys, (node) => {
    const isOwn = (): boolean => {
      for (let around = enclosingFunction(node); around && around !== body.parent; around = enclosingFunction(around)) if (isFunction(around) && around.type !== AST_NODE_TYPES.ArrowFunctionExpression) return false;
      return true;
    };
    if ((node.type === AST_NODE_TYPES.ThisExpression || (node.type === AST_NODE_TYPES.Identifier && node.name === 'arguments')) && isOwn()) found = true;
  });
  return found;
}
