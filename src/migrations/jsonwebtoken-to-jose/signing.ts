import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../../analysis/call-nodes.ts';
import { writtenName } from '../../analysis/expressions.ts';
import type { JwtOperation } from '../../analysis/operation.ts';
import { possibilities, type Value } from '../../analysis/value.ts';
import { variableOf } from '../../analysis/variables.ts';
import type { MigrationContext } from '../../migration.ts';
import { indentationOf, indentStep, lineBreak, quote } from '../../remedies/style.ts';
import type { AsyncFunctions } from '../async-functions.ts';
import { isTypeScript } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';
import { thenCallback } from './callbacks.ts';
import { durationFromNow } from './durations.ts';
import { keyConversion } from './keys.ts';
import type { NeededNames } from './names.ts';
import { optionsOf, type Option } from './options.ts';

/** Everything that the rewriting of one call needs. */
export interface Carrying {
  readonly context: MigrationContext;
  readonly rewriting: Rewriting;
  readonly functions: AsyncFunctions;
  readonly names: NeededNames;
}

const CLAIMS: Readonly<Record<string, string>> = { audience: 'setAudience', issuer: 'setIssuer', subject: 'setSubject', jwtid: 'setJti' };
/** Options of objects only: a text with one of these is refused by jsonwebtoken. */
const OF_OBJECTS = ['expiresIn', 'notBefore', 'noTimestamp', 'audience', 'issuer', 'subject', 'jwtid'];

/** Writes `jwt.sign(payload, key, options)` as a `SignJWT`. */
export function rewriteSigning(operation: JwtOperation, carrying: Carrying): void {
  const { rewriting, functions, names, context } = carrying;
  const { node } = operation;
  const payload = operation.argumentNode('payload');
  const key = operation.argumentNode('key');
  const options = optionsOf(operation, rewriting);
  if (typeof options === 'string' || !payload || !key || node.type !== AST_NODE_TYPES.CallExpression) {
    rewriting.refuse(node, typeof options === 'string' ? options : `\`${operation.name}\` is called in a way that is not carried over.`);
    return;
  }
  const calls = builderCalls(operation, options, carrying);
  const conversion = keyConversion(operation, operation.argument('key'), context, names, rewriting);
  if (typeof calls === 'string' || typeof conversion === 'string') {
    rewriting.refuse(typeof calls === 'string' ? node : key, typeof calls === 'string' ? calls : String(conversion));
    return;
  }
  const callback = operation.argumentNode('callback');
  if (conversion.isPromise && callback) rewriting.refuse(node, 'The key has to be waited for, and the function around this call does not wait.');
  const separator = `${lineBreak(rewriting.file)}${indentationOf(node, rewriting.file)}${indentStep(rewriting.file)}`;
  const comments = commentsBehind(payload, node, [key, ...[...options.values()].map((option) => option.node)], rewriting);
  const [open, close] = claimsSet(payload, rewriting);
  rewriting.replace([node.range[0], payload.range[0]], `new ${names.jose('SignJWT')}(${open}`);
  rewriting.replace([payload.range[1], callback ? callback.range[0] : node.range[1]], `${close})${[...comments, ...calls, `.sign(${conversion.before}${rewriting.text(key)}${conversion.after})`].map((call) => `${separator}${call}`).join('')}${callback ? `${separator}.then(` : ''}`);
  if (callback) thenCallback(operation, callback, (result) => result, rewriting);
  else if (!operation.returnsPromise || conversion.isPromise) functions.await(node);
}

function builderCalls(operation: JwtOperation, options: ReadonlyMap<string, Option>, { context, rewriting }: Carrying): readonly string[] | string {
  const payload = operation.argument('payload');
  const isObject = isObjectValue(payload) || OF_OBJECTS.some((name) => options.has(name)) || isObjectTyped(operation, rewriting) || isObjectForCallers(operation, context);
  if (!isObject) return 'Nothing proves that the payload is an object: jsonwebtoken also signs texts, which jose does not.';
  const known = payload?.kind === 'object' ? payload.entries : undefined;
  const header = [`alg: ${options.get('algorithm')?.text ?? quote('HS256', rewriting.file)}`, `typ: ${quote('JWT', rewriting.file)}`];
  const calls: string[] = [];
  const timestamp = options.get('noTimestamp');
  if (timestamp && !(timestamp.value.kind === 'primitive' && typeof timestamp.value.value === 'boolean')) return '`noTimestamp` is not known here.';
  if (!known?.has('iat') && !(timestamp?.value.kind === 'primitive' && timestamp.value.value === true)) calls.push('.setIssuedAt()');
  for (const option of options.values()) {
    if (option.name in CLAIMS) {
      calls.push(`.${CLAIMS[option.name] ?? ''}(${option.text})`);
    } else if (option.name === 'keyid') {
      header.push(`kid: ${option.text}`);
    } else if (option.name === 'expiresIn' || option.name === 'notBefore') {
      if (known?.has('iat')) return `The claims name \`iat\`, from which jsonwebtoken counts \`${option.name}\`; jose counts from now.`;
      const duration = durationFromNow(option, rewriting);
      if (duration === undefined) return `\`${option.name}\` is a length of time that jose reads in another way.`;
      calls.push(`.${option.name === 'expiresIn' ? 'setExpirationTime' : 'setNotBefore'}(${duration})`);
    } else if (option.name === 'header') {
      const members = headerMembers(option, rewriting);
      if (!members) return 'The header is put together elsewhere.';
      header.push(...members);
    } else if (option.name !== 'algorithm' && option.name !== 'noTimestamp') {
      return `jose has nothing for the option \`${option.name}\`.`;
    }
  }
  return [`.setProtectedHeader({ ${header.join(', ')} })`, ...calls];
}

/** Members of a header that is written out; one that names the algorithm would go before the option. */
function headerMembers({ node }: Option, rewriting: Rewriting): readonly string[] | undefined {
  if (node.type !== AST_NODE_TYPES.ObjectExpression || node.properties.some((property) => property.type !== AST_NODE_TYPES.Property || ['alg', 'typ'].includes(writtenName(property) ?? 'alg'))) return undefined;
  return node.properties.map((property) => rewriting.text(property));
}

function isObjectValue(value: Value | undefined): boolean {
  return value !== undefined && possibilities(value).every(({ kind }) => kind === 'object');
}

/** A parameter of a function that this file calls with objects, and with nothing else. */
function isObjectForCallers(operation: JwtOperation, { operations }: MigrationContext): boolean {
  const callers = operations.filter(({ wrapped }) => wrapped?.node === operation.node);
  return callers.length > 0 && callers.every((caller) => isObjectValue(caller.argument('payload') ?? caller.wrapped?.argument('payload')));
}

/** A parameter whose written type is that of an object. */
function isObjectTyped(operation: JwtOperation, { file }: Rewriting): boolean {
  const payload = operation.argumentNode('payload');
  if (payload?.type !== AST_NODE_TYPES.Identifier) return false;
  const name = variableOf(payload, file)?.defs[0]?.name as TSESTree.Node | undefined;
  const type = name?.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation.type : undefined;
  return type === AST_NODE_TYPES.TSTypeLiteral || type === AST_NODE_TYPES.TSObjectKeyword || type === AST_NODE_TYPES.TSTypeReference;
}

/** Comments in the arguments behind the payload, but for those whose text is kept where they stand. */
function commentsBehind(payload: TSESTree.Node, call: TSESTree.Node, kept: readonly TSESTree.Node[], { file }: Rewriting): readonly string[] {
  return file.sourceCode.getAllComments().filter(({ range }) => range[0] >= payload.range[1] && range[1] <= call.range[1] && !kept.some((node) => range[0] >= node.range[0] && range[1] <= node.range[1]))
    .map((comment) => file.sourceCode.text.slice(comment.range[0], comment.range[1]));
}

/** What stands around a payload so that jose takes it. */
function claimsSet(payload: TSESTree.Node, rewriting: Rewriting): readonly [string, string] {
  if (copiesRecords(payload, rewriting)) return ['JSON.parse(JSON.stringify(', '))'];
  // An interface has no index signature, which jose's type of claims asks for; a copy has.
  return isTypeScript(rewriting.file) && payload.type !== AST_NODE_TYPES.ObjectExpression ? ['{ ...', ' }'] : ['', ''];
}

/**
 * jsonwebtoken writes claims as JSON, jose copies them first, in which values lose the methods that say how they are
 * written (an id of MongoDB). So where the payload holds such a value, it is made plain before.
 */
function copiesRecords(payload: TSESTree.Node, { file }: Rewriting): boolean {
  return nodesOf(file).some((node) => node.range[0] >= payload.range[0] && node.range[1] <= payload.range[1] && node.type === AST_NODE_TYPES.MemberExpression && writtenName(node) === '_id' && !isMadeText(node));
}

function isMadeText({ parent }: TSESTree.MemberExpression): boolean {
  return parent.type === AST_NODE_TYPES.MemberExpression || parent.type === AST_NODE_TYPES.TemplateLiteral || (parent.type === AST_NODE_TYPES.CallExpression && parent.arguments.length === 1);
}
