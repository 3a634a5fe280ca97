import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isFunction } from '../../analysis/order.ts';
import type { JwtOperation } from '../../analysis/operation.ts';
import { possibilities, type FunctionValue } from '../../analysis/value.ts';
import { isTypeScript } from '../loads.ts';
import { returnPromise } from '../promise-functions.ts';
import type { Rewriting } from '../rewriting.ts';
import { thenCallback } from './callbacks.ts';
import { age } from './durations.ts';
import { keyConversion } from './keys.ts';
import { optionsOf, type Option } from './options.ts';
import type { Carrying } from './signing.ts';

/** Options of the same name and meaning. */
const SAME = new Set(['algorithms', 'subject', 'clockTolerance', 'issuer']);
/** Options that switch a check off, unless they say `false`. */
const SWITCHES = new Set(['ignoreExpiration', 'ignoreNotBefore', 'complete', 'allowInvalidAsymmetricKeyTypes']);

/** Writes `jwt.verify(token, key, options)` as `jwtVerify`. */
export function rewriteVerification(operation: JwtOperation, carrying: Carrying): void {
  const { rewriting, names } = carrying;
  const { node } = operation;
  const token = operation.argumentNode('token');
  const key = operation.argumentNode('key');
  const options = optionsOf(operation, rewriting);
  if (typeof options === 'string' || !token || !key || node.type !== AST_NODE_TYPES.CallExpression) {
    rewriting.refuse(node, typeof options === 'string' ? options : `\`${operation.name}\` is called in a way that is not carried over.`);
    return;
  }
  for (const option of options.values()) rewriteOption(operation, option, rewriting);
  dropOptions([...options.values()].filter(isDropped), rewriting);
  const callback = operation.argumentNode('callback');
  rewriting.replace([node.range[0], token.range[0]], `${names.jose('jwtVerify')}${typeArgument(operation, rewriting)}(`);
  rewriteKey(operation, key, callback !== undefined, carrying);
  if (callback) {
    const before = operation.argumentNode('options') ?? key;
    rewriting.replace([before.range[1], callback.range[0]], ').then(');
    thenCallback(operation, callback, (name) => (name === 'payload' ? '{ payload }' : `{ payload: ${name} }`), rewriting);
  } else if (operation.returnsPromise && node.parent.type !== AST_NODE_TYPES.AwaitExpression) {
    rewriting.insert(node.range[1], '.then(({ payload }) => payload)');
  } else {
    deliverPayload(node, carrying);
  }
}

/** The claims that the compiler let everybody read, where no written type says more. */
function typeArgument({ node }: JwtOperation, { file }: Rewriting): string {
  const outer = node.parent.type === AST_NODE_TYPES.AwaitExpression ? node.parent.parent : node.parent;
  const isCast = outer.type === AST_NODE_TYPES.TSAsExpression || outer.type === AST_NODE_TYPES.ExpressionStatement;
  return isTypeScript(file) && !isCast ? '<Record<string, any>>' : '';
}

/** The claims in the place where they stood: taken apart where they get a name, else out of the awaited result. */
function deliverPayload(call: TSESTree.CallExpression, { rewriting, functions }: Carrying): void {
  const isAwaited = call.parent.type === AST_NODE_TYPES.AwaitExpression;
  const result = isAwaited ? call.parent : call;
  const { parent } = result;
  if (parent?.type === AST_NODE_TYPES.ExpressionStatement) {
    functions.await(call);
  } else if (parent?.type === AST_NODE_TYPES.VariableDeclarator && parent.init === result && !annotationOf(parent.id)) {
    rewriting.insert(parent.id.range[0], parent.id.type === AST_NODE_TYPES.Identifier && parent.id.name === 'payload' ? '{ ' : '{ payload: ');
    rewriting.insert(parent.id.range[1], ' }');
    functions.await(call);
  } else if (isAwaited) {
    // `(await …).sub` has its parentheses.
    const close = rewriting.file.sourceCode.getTokenAfter(result as never);
    const isBraced = parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === result && close?.value === ')';
    if (isBraced) rewriting.insert(close.range[1], '.payload');
    else {
      rewriting.insert(result.range[0], '(');
      rewriting.insert(result.range[1], ').payload');
    }
  } else {
    functions.await(call, '(', ').payload');
  }
}

function annotationOf(pattern: TSESTree.Node): TSESTree.Node | undefined {
  return (pattern as { readonly typeAnnotation?: TSESTree.Node }).typeAnnotation;
}

function rewriteKey(operation: JwtOperation, key: TSESTree.Node, isThen: boolean, { context, names, rewriting }: Carrying): void {
  const value = operation.argument('key');
  const functions = value ? possibilities(value).filter((one) => one.kind === 'function') : [];
  const conversion = keyConversion(operation, functions.length > 0 ? undefined : value, context, names, rewriting);
  if (typeof conversion === 'string') {
    rewriting.refuse(key, conversion);
    return;
  }
  const [callback] = functions;
  if (callback) {
    const reason = conversion.isPromise ? 'Its keys would have to be imported one by one.' : keyFunction(callback, key, conversion, rewriting);
    if (reason !== undefined) rewriting.refuse(key, `The function that finds the key cannot be written as one that returns a promise. ${reason}`);
    return;
  }
  if (conversion.isPromise && isThen) {
    rewriting.refuse(key, 'The key has to be waited for, and the function around this call does not wait.');
    return;
  }
  if (conversion.before !== '') rewriting.insert(key.range[0], conversion.before);
  if (conversion.after !== '') rewriting.insert(key.range[1], conversion.after);
}

/** `(header, callback) => …` becomes `async (header) => …`, which gives what jose takes for a key. */
function keyFunction({ node: owner, file }: FunctionValue, key: TSESTree.Node, conversion: { readonly before: string; readonly after: string }, rewriting: Rewriting): string | undefined {
  if (file !== rewriting.file) return 'It stands in another file.';
  if (!rewriting.isFirst(owner, 'key')) return undefined;
  const [header, callback, ...more] = owner.params;
  if (!header || callback?.type !== AST_NODE_TYPES.Identifier || more.length > 0) return 'Its parameters are not a header and a callback.';
  if (isTypeScript(file) && (annotationOf(header) ?? owner.returnType)) return 'Its written types have to change.';
  if (isFunction(key) === false && key.type !== AST_NODE_TYPES.Identifier) return 'It is a member of something else.';
  rewriting.replace([header.range[1], callback.range[1]], '');
  return returnPromise(owner, callback, rewriting, conversion);
}

function rewriteOption(operation: JwtOperation, option: Option, rewriting: Rewriting): void {
  const { name, property, node } = option;
  if (!rewriting.isFirst(property, 'verify')) return;
  if (option.isConstant && !SAME.has(name) && name !== 'audience' && operation.optionsObject === undefined) {
    rewriting.refuse(property, `\`${name}\` stands in options that other calls share.`);
    return;
  }
  if (SWITCHES.has(name)) {
    if (!isDropped(option)) rewriting.refuse(property, `jose has nothing for the option \`${name}\`.`);
  } else if (name === 'maxAge') {
    if (age(option) === undefined) rewriting.refuse(property, '`maxAge` is a length of time that jose reads in another way.');
    rewriting.replace(property.shorthand ? property.range : property.key.range, property.shorthand ? `maxTokenAge: ${name}` : 'maxTokenAge');
  } else if (name === 'clockTimestamp') {
    rewriting.replace(property.range, `currentDate: new Date((${rewriting.text(node)}) * 1000)`);
  } else if (name === 'audience') {
    if (mayBePattern(option)) rewriting.refuse(property, 'jose compares an audience with texts, not with a regular expression.');
  } else if (!SAME.has(name)) {
    rewriting.refuse(property, `jose has nothing for the option \`${name}\`.`);
  }
}

/** A check that is not switched off is what jose does anyway. */
function isDropped({ name, value }: Option): boolean {
  return SWITCHES.has(name) && value.kind === 'primitive' && value.value === false;
}

/** Takes options out of their object, neighbours together. */
function dropOptions(dropped: readonly Option[], rewriting: Rewriting): void {
  const [first] = dropped;
  if (first?.property.parent.type !== AST_NODE_TYPES.ObjectExpression || !rewriting.isFirst(first.property.parent, 'drop')) return;
  const { properties } = first.property.parent;
  const isGone = (property: TSESTree.Node | undefined) => dropped.some((option) => option.property === property);
  for (let index = 0; index < properties.length; index++) {
    if (!isGone(properties[index])) continue;
    const start = index;
    while (isGone(properties[index + 1])) index++;
    const [before, last, next] = [properties[start - 1], properties[index], properties[index + 1]];
    const begin = properties[start];
    if (!begin || !last) return;
    if (next) rewriting.replace([begin.range[0], next.range[0]], '');
    else rewriting.replace([before ? before.range[1] : begin.range[0], last.range[1]], '');
  }
}

function mayBePattern({ value }: Option): boolean {
  return possibilities(value).some((one) => one.kind === 'regexp' || (one.kind === 'array' && one.elements.some(({ kind }) => kind === 'regexp')));
}
