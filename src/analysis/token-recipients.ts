import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { runsInBrowser } from './browser-files.ts';
import { entriesOf } from './call-sites.ts';
import { carrierOf } from './callers-token.ts';
import { lastName, unwrapped } from './expressions.ts';
import { isCallNode, readerOf } from './operations.ts';
import { isFunction, isInside } from './order.ts';
import { type OutgoingRequest, outgoingRequests, requestOf, type SentToken } from './outgoing-requests.ts';
import type { Reader } from './reader.ts';
import { type Destination, destinationsOf, isAboutTokens } from './request-destinations.ts';
import type { SourceFile } from './source-file.ts';
import { namedToken } from './token-evidence.ts';
import { tokenKey } from './token-identity.ts';
import { type Frame, parametersOf, possibilities, type ProjectFunction, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** A token that goes to a second service. */
export interface SharedToken {
  readonly node: TSESTree.Node;
  /** The service that gets it here, and the one that got it before. */
  readonly service: string;
  readonly other: string;
  /** Line of the request to the other one. */
  readonly line: number;
}

/** One token on its way to one service. */
interface Sending {
  /** Equal for the same token. */
  readonly token: string;
  readonly service: Service;
  readonly node: TSESTree.Node;
  readonly request: TSESTree.Node;
}

interface Service {
  readonly kind: 'host' | 'variable';
  /** Equal for the same service. */
  readonly id: string;
  readonly name: string;
}

/** Companies whose tokens are meant for all of their hosts. */
const ONE_PROVIDER = /(?:^|\.)((?:googleapis|google|github|githubusercontent|gitlab|microsoft|office|azure|amazonaws|slack|atlassian|salesforce|spotify|linkedin|facebook|instagram|twitter|x|dropbox|dropboxapi|discord|hubapi|shopify|notion|stripe|twilio|openai)\.com|windows\.net|zoom\.us)(?::\d+)?$/;

/** Tokens that a file sends to more than one service, at each service after the first. `callers` says whether tokens of callers count. */
export function sharedTokens(file: SourceFile, { callers }: { readonly callers: boolean }): readonly SharedToken[] {
  if (runsInBrowser(file)) return [];
  const reader = readerOf(file);
  const sendings = outgoingRequests(file).flatMap((request) => sendingsOf(request, file, reader, callers)).sort((a, b) => a.request.range[0] - b.request.range[0]);
  return sendings.flatMap((sending, index) => {
    const before = sendings.slice(0, index).filter(({ token }) => token === sending.token);
    const [first] = before;
    // One request for a whole list of services is one finding.
    if (!first || before.filter(({ request }) => request === sending.request).length > 1 || before.some(({ service }) => !areDifferent(service, sending.service))) return [];
    // An object of headers that several requests take is written once; each of them is a place of its own.
    const node = before.some((one) => one.node === sending.node) ? sending.request : sending.node;
    return [{ node, service: sending.service.name, other: first.service.name, line: first.request.loc.start.line }];
  });
}

function areDifferent(a: Service, b: Service): boolean {
  return a.kind === b.kind && a.id !== b.id;
}

function sendingsOf(request: OutgoingRequest, file: SourceFile, reader: Reader, callers: boolean): readonly Sending[] {
  const { node: call } = request;
  const [token] = request.tokens.filter(({ value }) => !isKey(value) && (callers || carrierOf(value, reader) === undefined));
  if (!token) return [];
  const owners = [...new Set([...(request.address ? parametersOf(request.address) : []), ...parametersOf(token.value)].map(({ owner }) => owner))];
  const alone = serviceOf(request);
  const key = alone && identityOf(token, call, file, reader);
  if (alone && key !== undefined) return [{ token: key, service: alone, node: token.file === file ? token.node : call, request: call }];
  if (!isCallNode(call)) return [];
  const all = alone ? undefined : iterated(request, token, file, reader);
  if (all) return all;
  return owners.flatMap((owner) => entriesOf(owner, file, reader).flatMap(({ frame, site }): readonly Sending[] => {
    // The way of a token through several helpers is not followed.
    if (frame.parent) return [];
    const sent = requestOf(reader, call, file, frame);
    const service = sent && serviceOf(sent);
    const [carried] = sent?.tokens ?? [];
    const entered = service && carried && enteredIdentity(token, frame, site, file, reader);
    return entered !== undefined && service ? [{ token: entered, service, node: site, request: site }] : [];
  }));
}

/** One token on its way to each address of a list: `for (const url of urls)`, `urls.map((url) => …)`. */
function iterated(request: OutgoingRequest, token: SentToken, file: SourceFile, reader: Reader): readonly Sending[] | undefined {
  const { node: call } = request;
  const loop = loopAround(call, file, reader);
  const services = destinationsOf(request).map(asService);
  if (!loop || loop.length !== services.length || isInside(sourceOf(withoutScheme(token.node), token.file), loop.body)) return undefined;
  const key = identityOf(token, call, file, reader);
  // Anything that the loop declares makes another token of it each time.
  if (key === undefined || [...key.matchAll(/@(\d+)/g)].some(([, start]) => Number(start) >= loop.body.range[0] && Number(start) < loop.body.range[1])) return undefined;
  return services.flatMap((service) => (service ? [{ token: key, service, node: token.file === file ? token.node : call, request: call }] : []));
}

/** The nearest loop over a list that is written out, and how many elements that has. */
function loopAround(node: TSESTree.Node, file: SourceFile, reader: Reader): { readonly body: TSESTree.Node; readonly length: number } | undefined {
  for (let current = node.parent; current; current = current.parent) {
    const call = isFunction(current) && current.parent.type === AST_NODE_TYPES.CallExpression && /^(?:map|forEach|flatMap)$/.test(lastName(current.parent)) ? current.parent : undefined;
    const list = current.type === AST_NODE_TYPES.ForOfStatement ? current.right : call?.callee.type === AST_NODE_TYPES.MemberExpression ? call.callee.object : undefined;
    const value = list && reader.evaluate(list, file);
    if (value?.kind === 'array' && !value.open) return { body: current, length: value.elements.length };
  }
  return undefined;
}

/** An environment variable or configuration value that is named for a key of some service, and not for a token. */
function isKey(value: Value): boolean {
  return possibilities(value).some((one) => {
    if (one.kind === 'text') return one.parts.some(isKey);
    return (one.kind === 'environment' || one.kind === 'configuration') && one.name !== undefined && namedToken(one.name) === undefined;
  });
}

/** The one service that a request goes to; undefined where that is not known, or where the token's own issuer answers. */
function serviceOf(request: OutgoingRequest): Service | undefined {
  const all = destinationsOf(request);
  if (all.some(isAboutTokens)) return undefined;
  const held = all.filter(({ variables }) => variables.length > 0);
  const services = (held.length > 0 ? held : all).map(asService);
  const [first] = services;
  return first && services.every((one) => one?.id === first.id) ? first : undefined;
}

function asService({ host, variables }: Destination): Service | undefined {
  if (host !== undefined) return { kind: 'host', id: ONE_PROVIDER.exec(host)?.[1] ?? host, name: host };
  const [variable, ...others] = variables;
  const id = variable === undefined || others.length > 0 ? '' : nameOfService(variable);
  return variable === undefined || id === '' ? undefined : { kind: 'variable', id, name: variable };
}

/** `ORDERS` of `ORDERS_API_BASE_URL`, `ORDERS_READ_URL`, `NEXT_PUBLIC_ORDERS_URL` and `orders.internalUrl`; empty for `API_URL`. */
function nameOfService(variable: string): string {
  const words = variable.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase().split(/[^A-Z\d]+/);
  return words.find((word) => !/^(?:NEXT|PUBLIC|VITE|REACT|APP|BASE|BASEURL|URL|URI|HOST|HOSTNAME|ENDPOINT|ORIGIN|DOMAIN|ADDR|ADDRESS|PORT|PATH|ROOT|API|APIS|SERVICE|SERVICES|SVC|MS|BACKEND|INTERNAL|EXTERNAL|PROD|PRODUCTION|DEV|STAGING|TEST|LOCAL|V\d+|HTTP|HTTPS|CONFIG|)$/.test(word)) ?? '';
}

/** A text that is equal wherever the same token is meant; undefined where that is not known. */
function identityOf({ node, file: home }: SentToken, request: TSESTree.Node, file: SourceFile, reader: Reader): string | undefined {
  const bare = withoutScheme(node);
  const helper = functionsAround(node).find((owner) => home !== file || !isInside(request, owner));
  const key = keyOf(bare, home, reader);
  // What a helper makes of its arguments differs from call to call.
  return key === undefined || (helper && helper.params.some((parameter) => key.includes(`@${parameter.range[0]}`))) ? undefined : key;
}

/** The identity for one call of the function around a request. */
function enteredIdentity(token: SentToken, { owner }: Frame, site: TSESTree.CallExpression | TSESTree.NewExpression, file: SourceFile, reader: Reader): string | undefined {
  const key = identityOf(token, owner.body, file, reader);
  if (key === undefined) return undefined;
  const index = owner.params.findIndex((parameter) => key.includes(`@${parameter.range[0]}`));
  if (index < 0) return key;
  const [parameter, argument] = [owner.params[index], site.arguments[index]];
  // Whatever else is made of the argument is a token of its own for each.
  return parameter?.type === AST_NODE_TYPES.Identifier && key === `${parameter.name}@${parameter.range[0]}` && argument && argument.type !== AST_NODE_TYPES.SpreadElement ? keyOf(withoutScheme(argument), file, reader) : undefined;
}

function keyOf(node: TSESTree.Node, file: SourceFile, reader: Reader): string | undefined {
  const bare = unwrapped(node);
  const source = sourceOf(bare, file);
  if (source.type === AST_NODE_TYPES.Literal || (bare.type === AST_NODE_TYPES.Identifier && isRewritten(bare, file))) return undefined;
  const key = tokenKey(bare, file);
  if (/^this\b/.test(key)) return `${classAround(bare)?.range[0] ?? ''} ${key}`;
  // The same call in two places gives the same token only if nothing differs between them.
  if (source.type !== AST_NODE_TYPES.CallExpression && source.type !== AST_NODE_TYPES.MemberExpression) return key;
  const call = source.type === AST_NODE_TYPES.CallExpression ? source : callIn(source, file);
  if (!call || givesOneToken(call, file, reader)) return key;
  return `${key} ${call.range[0]}`;
}

/** The expression that a variable was given, through other variables. */
function sourceOf(node: TSESTree.Node, file: SourceFile, steps = 0): TSESTree.Node {
  const plain = unwrapped(node);
  if (plain.type !== AST_NODE_TYPES.Identifier || steps > 8) return plain;
  const definition = variableOf(plain, file)?.defs[0]?.node as TSESTree.Node | undefined;
  return definition?.type === AST_NODE_TYPES.VariableDeclarator && definition.init ? sourceOf(definition.init, file, steps + 1) : plain;
}

/** The call that a member is read of: `(await getTokens()).access`, also through variables. */
function callIn(node: TSESTree.Node, file: SourceFile): TSESTree.CallExpression | undefined {
  let current = node;
  while (current.type === AST_NODE_TYPES.MemberExpression) current = sourceOf(current.object, file);
  return current.type === AST_NODE_TYPES.CallExpression ? current : undefined;
}

/** A function of the project without arguments gives its one token, or a new one of the same kind, to whoever asks. */
function givesOneToken(call: TSESTree.CallExpression, file: SourceFile, reader: Reader): boolean {
  return call.arguments.length === 0 && possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'function');
}

/** Several assignments: which token a variable holds differs from place to place. */
function isRewritten(identifier: TSESTree.Identifier, file: SourceFile): boolean {
  return (variableOf(identifier, file)?.references.filter((reference) => reference.isWrite() && !reference.init).length ?? 0) > 1;
}

/** The token of `Bearer ${token}` and `'Bearer ' + token`. */
function withoutScheme(node: TSESTree.Node): TSESTree.Node {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.TemplateLiteral && plain.expressions.length === 1 && plain.expressions[0]) return plain.expressions[0];
  if (plain.type === AST_NODE_TYPES.BinaryExpression && plain.operator === '+' && plain.left.type === AST_NODE_TYPES.Literal) return plain.right;
  return plain;
}

function functionsAround(node: TSESTree.Node): readonly ProjectFunction[] {
  const found: ProjectFunction[] = [];
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) found.push(current);
  return found;
}

function classAround(node: TSESTree.Node): TSESTree.Node | undefined {
  let current: TSESTree.Node | undefined = node;
  while (current && current.type !== AST_NODE_TYPES.ClassBody) current = current.parent;
  return current;
}
