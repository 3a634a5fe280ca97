import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { leaves } from '../../analysis/guards.ts';
import type { JwtOperation } from '../../analysis/operation.ts';
import { enclosingFunction, isFunction } from '../../analysis/order.ts';
import { usesOfName } from '../loads.ts';
import { isLast } from '../promise-functions.ts';
import type { Rewriting } from '../rewriting.ts';

type Callback = TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration;

/** What a promise gives, as a parameter: `{ payload: name }`; the name itself where it is the result. */
export type Parameter = (name: string) => string;

/**
 * Turns `…, (error, result) => …)` at the end of a call into `).then(…)`. The callback ran at once, so nothing may follow
 * the call that counts on it.
 */
export function thenCallback(operation: JwtOperation, callback: TSESTree.Node, parameter: Parameter, rewriting: Rewriting): void {
  const { node } = operation;
  const owner = enclosingFunction(node);
  const isFinal = node.parent.type === AST_NODE_TYPES.ReturnStatement || node.parent === owner || (node.parent.type === AST_NODE_TYPES.ExpressionStatement && (isFunction(owner) ? isLast(node.parent, owner) : node.parent.parent.type === AST_NODE_TYPES.Program && node.parent.parent.body.at(-1) === node.parent));
  if (!isFinal) {
    rewriting.refuse(node, 'What follows this call would run before its callback does.');
    return;
  }
  if (callback.type === AST_NODE_TYPES.Identifier) rewriting.replace(callback.range, `(${parameter('result')}) => ${callback.name}(null, result), ${callback.name}`);
  else if (isFunction(callback) && !callback.generator) takeApart(callback, parameter, rewriting);
  else rewriting.refuse(callback, 'This callback is made by another function.');
  const next = nextOf(owner);
  if (next !== undefined) rewriting.insert(node.range[1], `.catch(${next})`);
}

/** Where express waits for an error that a callback throws. */
function nextOf(owner: TSESTree.Node | undefined): string | undefined {
  const last = isFunction(owner) && owner.params.length >= 3 ? owner.params.at(-1) : undefined;
  return last?.type === AST_NODE_TYPES.Identifier && last.name === 'next' ? last.name : undefined;
}

function takeApart(callback: Callback, parameter: Parameter, rewriting: Rewriting): void {
  const [error, result] = callback.params;
  const isPlain = error?.type === AST_NODE_TYPES.Identifier && callback.params.length <= 2 && (!result || result.type === AST_NODE_TYPES.Identifier || result.type === AST_NODE_TYPES.ObjectPattern);
  if (isPlain && splits(callback, error, rewriting)) {
    writeParameters(callback, result ? parameter(bareText(result, rewriting)) : '', rewriting);
    return;
  }
  // The outcome as the list of what the callback is called with.
  rewriting.insert(callback.range[0], `(${parameter('result')}) => [null, result], (error) => [error]).then(`);
  writeParameters(callback, `[${callback.params.map((one) => bareText(one, rewriting)).join(', ')}]`, rewriting);
}

function writeParameters(callback: Callback, text: string, rewriting: Rewriting): void {
  const [first] = callback.params;
  const last = callback.params.at(-1);
  if (!first || !last) return;
  const isBare = rewriting.file.sourceCode.getTokenBefore(first as never)?.value !== '(';
  rewriting.replace([first.range[0], last.range[1]], isBare ? `(${text})` : text);
}

/** A parameter without its written type: that of the promise holds now. */
function bareText(parameter: TSESTree.Parameter, { file }: Rewriting): string {
  const annotation = (parameter as { readonly typeAnnotation?: TSESTree.TSTypeAnnotation }).typeAnnotation;
  return file.sourceCode.text.slice(parameter.range[0], annotation?.range[0] ?? parameter.range[1]).replace(/\?$/, '');
}

/** Moves what a callback does about an error into a function of its own; false where that is not all that it does about it. */
function splits({ body, range }: Callback, error: TSESTree.Identifier, rewriting: Rewriting): boolean {
  const uses = usesOfName(error, rewriting.file);
  const within = (node: TSESTree.Node) => uses.filter((use) => use.range[0] >= node.range[0] && use.range[1] <= node.range[1]).length;
  const isTest = (test: TSESTree.Node) => test.type === AST_NODE_TYPES.Identifier && test.name === error.name;
  const [first, ...rest] = body.type === AST_NODE_TYPES.BlockStatement ? body.body : [];
  if (body.type === AST_NODE_TYPES.ConditionalExpression && isTest(body.test) && within(body.alternate) === 0) {
    const { consequent, alternate } = body;
    rewriting.move(consequent.range, range[1], (text) => `, ${arrow(text, within(consequent) > 0, error)}${consequent.type === AST_NODE_TYPES.ObjectExpression ? `(${text})` : text}`);
    rewriting.replace([body.range[0], consequent.range[0]], '');
    rewriting.replace([consequent.range[1], alternate.range[0]], '');
    return true;
  }
  if (body.type !== AST_NODE_TYPES.BlockStatement || first?.type !== AST_NODE_TYPES.IfStatement || !isTest(first.test)) return false;
  const { consequent, alternate } = first;
  if (within(first.test) + within(consequent) !== uses.length || (alternate ? rest.length > 0 : rest.length > 0 && !leaves(consequent))) return false;
  moveRejection(consequent, range[1], within(consequent) > 0, error, rewriting);
  keepFulfilment(body, first, rewriting);
  return true;
}

/** `async ` where what was moved now waits. */
function arrow(text: string, usesError: boolean, error: TSESTree.Identifier): string {
  return `${/\bawait\b/.test(text) ? 'async ' : ''}(${usesError ? error.name : ''}) => `;
}

function moveRejection(consequent: TSESTree.Statement, to: number, usesError: boolean, error: TSESTree.Identifier, rewriting: Rewriting): void {
  const [only, ...more] = consequent.type === AST_NODE_TYPES.BlockStatement ? consequent.body : [consequent];
  const isValue = only?.type === AST_NODE_TYPES.ReturnStatement && only.argument && more.length === 0 && rewriting.file.sourceCode.getCommentsInside(consequent as never).length === 0;
  const moved = isValue && only.argument ? only.argument : consequent;
  const open = moved.type === AST_NODE_TYPES.BlockStatement ? '' : moved === consequent ? '{ ' : moved.type === AST_NODE_TYPES.ObjectExpression ? '(' : '';
  const close = open === '{ ' ? ' }' : open === '(' ? ')' : '';
  rewriting.move(moved.range, to, (text) => `, ${arrow(text, usesError, error)}${open}${text}${close}`);
}

/** Takes the test of the error out of the body of a callback, whose value it no longer gets. */
function keepFulfilment(body: TSESTree.BlockStatement, first: TSESTree.IfStatement, rewriting: Rewriting): void {
  const moved = rewriting.movedWithin(first.consequent.range);
  const clear = (start: number, end: number) => {
    for (const [from, to] of without([start, end], moved)) rewriting.replace([from, to], '');
  };
  if (first.alternate) {
    const { alternate } = first;
    const isBlock = alternate.type === AST_NODE_TYPES.BlockStatement;
    const start = isBlock ? body.range[0] : first.range[0];
    clear(start, alternate.range[0]);
    if (isBlock) rewriting.replace([alternate.range[1], body.range[1]], '');
    return;
  }
  // Comments behind the test belong to what follows it.
  const space = body.body.length > 1 ? /^\s*/.exec(rewriting.file.sourceCode.text.slice(first.range[1]))?.[0] ?? '' : '';
  clear(first.range[0], first.range[1] + space.length);
}

/** A range without those that have been moved out of it. */
function without([start, end]: readonly [number, number], moved: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const [one] = moved;
  return one ? [[start, one[0]], [one[1], end]] : [[start, end]];
}
