import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls, nodesOf } from './call-nodes.ts';
import { calledName, endName, lastName, unwrapped, writtenName } from './expressions.ts';
import { firstFound } from './first-found.ts';
import { isCallNode, readerOf } from './operations.ts';
import { isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { namedToken } from './token-evidence.ts';
import { type ApiValue, type Frame, possibilities, primitive, type PropertyEntry, type Provenance, unknownValue, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** The value of a header that carries a token. */
export interface SentToken extends Provenance {
  /** What the file shows of it. */
  readonly value: Value;
}

/** A request that a program sends, or a client whose requests go to one address and carry a token that is set once. */
export interface OutgoingRequest {
  /** The call that sends it; for a token that is set once, the assignment. */
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** What is called to send it. */
  readonly client: Value;
  /** Where it goes, with the base address of its client; undefined where the call does not say. */
  readonly address: Value | undefined;
  readonly tokens: readonly SentToken[];
  /** Lists of headers that it takes over whole, and requests whose headers it takes over. */
  readonly takenOver: readonly Value[];
  /** Arguments that are not read as options: bodies, as each client takes them. */
  readonly bodies: readonly SentToken[];
}

/** What sends a request when it is called: functions of this name, or such methods of anything that is given a URL. */
const SENDS = /^(?:fetch|axios|got|ky|request|needle|superagent|\$fetch|ofetch)$|(?:^|\.)(?:get|post|put|patch|delete|request|fetch|head)$|^(?:axios\.create|(?:got|ky)\.(?:extend|create))$/i;
/** Packages whose functions send requests, whatever they are called here. */
const CLIENTS = /^(?:axios|axios-retry|gaxios|redaxios|@nestjs\/axios|got|ky|ky-universal|undici|node-fetch(?:-native)?|cross-fetch|isomorphic-(?:un)?fetch|unfetch|make-fetch-happen|fetch-retry|ofetch|needle|superagent|request(?:-promise(?:-native)?)?|requestretry|teeny-request|phin|urllib|graphql-request)$/;
/** Constructions that take an address and headers. */
const CONSTRUCTED = /^(?:Request|GraphQLClient|HttpLink)$/;

const known = new WeakMap<SourceFile, readonly OutgoingRequest[]>();

/** Whether a call is named like one that sends a request. */
export function isNamedRequest(call: AnyCall): boolean {
  return SENDS.test(calledName(call));
}

/** Requests of a file that carry a token or take headers over, and clients made for them, in source order. */
export function outgoingRequests(file: SourceFile): readonly OutgoingRequest[] {
  const before = known.get(file);
  if (before) return before;
  const found = /authorization|headers|bearer|token|\bfetch\(/i.test(file.sourceCode.text) ? readRequests(readerOf(file), file) : [];
  known.set(file, found);
  return found;
}

function readRequests(reader: Reader, file: SourceFile): readonly OutgoingRequest[] {
  const clients = /\.defaults\b|\.interceptors\b/.test(file.sourceCode.text) ? nodesOf(file).flatMap((node) => clientTokenOf(reader, node, file) ?? []) : [];
  const sent = collectCalls(file).flatMap((call) => {
    const request = requestOf(reader, call, file);
    if (!request || request.tokens.length > 0) return request ?? [];
    const client = clients.find((one) => one.address === undefined && isSameClient(one.client, request.client));
    return client ? { ...request, tokens: client.tokens } : request;
  });
  return [...clients, ...sent].sort((a, b) => a.node.range[0] - b.node.range[0]);
}

/** A token that is set once for all requests of a client: in its defaults, or by a function that sees every request. */
function clientTokenOf(reader: Reader, node: TSESTree.Node, file: SourceFile, frame?: Frame): OutgoingRequest | undefined {
  if (node.type !== AST_NODE_TYPES.AssignmentExpression || node.left.type !== AST_NODE_TYPES.MemberExpression || !isTokenHeader(writtenName(node.left) ?? '')) return undefined;
  const holder = clientHolding(node.left.object, file);
  const client = holder && reader.evaluate(holder, file, frame);
  if (client?.kind !== 'api' || !isClient(client)) return undefined;
  const token = { node: node.right, file, value: reader.evaluate(node.right, file, frame) };
  return { node, file, client, address: baseOf(reader, client), tokens: [token], takenOver: [], bodies: [] };
}

/** `client` of `client.defaults.headers.common`, and of `client.interceptors.request.use((config) => … config.headers …)`. */
function clientHolding(headers: TSESTree.Node, file: SourceFile): TSESTree.Node | undefined {
  let node = headers;
  while (node.type === AST_NODE_TYPES.MemberExpression && endName(node) !== 'defaults') node = node.object;
  if (node.type === AST_NODE_TYPES.MemberExpression) return node.object;
  const owner = node.type === AST_NODE_TYPES.Identifier ? variableOf(node, file)?.defs[0]?.node as TSESTree.Node | undefined : undefined;
  const use = isFunction(owner) && owner.parent.type === AST_NODE_TYPES.CallExpression ? owner.parent.callee : undefined;
  const interceptors = use?.type === AST_NODE_TYPES.MemberExpression && use.object.type === AST_NODE_TYPES.MemberExpression && endName(use.object) === 'request' ? use.object.object : undefined;
  return interceptors?.type === AST_NODE_TYPES.MemberExpression && endName(interceptors) === 'interceptors' ? interceptors.object : undefined;
}

function isSameClient(one: Value, other: Value | undefined): boolean {
  return one.kind === 'api' && other?.kind === 'api' && one.library === other.library && one.made?.node === other.made?.node;
}

/** A request as it is for one call of the function around it. */
export function requestInFrame(reader: Reader, { node, file }: OutgoingRequest, frame: Frame): OutgoingRequest | undefined {
  return isCallNode(node) ? requestOf(reader, node, file, frame) : clientTokenOf(reader, node, file, frame);
}

/** What a call sends, for one call of the function around it where a frame is given; undefined where it sends no request. */
export function requestOf(reader: Reader, call: AnyCall, file: SourceFile, frame?: Frame): OutgoingRequest | undefined {
  const chain = superagentChain(call, file, reader);
  if (chain) return chain.at(-1) === call ? superagentRequest(reader, chain, file, frame) : undefined;
  if (!maySend(call, file)) return undefined;
  const client = clientOf(reader, call, file, frame);
  if (!client) return undefined;
  const args = call.arguments.filter((argument) => argument.type !== AST_NODE_TYPES.SpreadElement);
  const values = args.map((argument) => reader.evaluate(argument, file, frame));
  const read = new HeaderReader(reader, frame);
  for (const [index, value] of values.entries()) read.options(value, index > 0 && isFetch(call));
  // `request(url, document, variables, headers)`
  if (client.kind === 'api' && client.library === 'graphql-request' && values[3]) read.headers(values[3]);
  const at = { node: call, file };
  const target = targetOf(args, values);
  const base = baseOf(reader, client) ?? firstFound(values.filter((value) => value !== target), (value) => baseIn(value)?.value);
  return {
    node: call, file, client, address: withBase(base, target && addressIn(target, at), at),
    tokens: read.tokens, takenOver: read.takenOver,
    bodies: args.flatMap((node, index) => (values[index] && values[index] !== target ? [{ node, file, value: values[index] }] : [])),
  };
}

/** By its text: reading the arguments of every call of a file would be dear. */
function maySend(call: AnyCall, file: SourceFile): boolean {
  if (call.arguments.length === 0 || call.arguments.length > 4) return false;
  // A function belongs to a route, but for clients that take callbacks.
  if (call.arguments.some(isFunction) && !/^(?:\w*https?|\w*request|rp|needle)(?:\.|$)/i.test(calledName(call))) return false;
  if (call.type === AST_NODE_TYPES.NewExpression) return CONSTRUCTED.test(lastName(call)) && (lastName(call) !== 'Request' || isSent(call, file));
  if (isNamedRequest(call)) return call.arguments.length > 1 || call.arguments[0]?.type !== AST_NODE_TYPES.Literal || /\.defaults\b|\.interceptors\b/.test(file.sourceCode.text);
  return /\bheaders\b|authorization/i.test(file.sourceCode.text.slice(call.range[0], call.range[1])) && /^[\w$]+$|(?:^|\.)(?:create|extend|createHttpLink|stream|getJSON|gql)$/.test(calledName(call));
}

/** Whether a `Request` is handed to a call of `fetch`, at once or from a variable; adapters make them for handlers as well. */
function isSent(made: TSESTree.NewExpression, file: SourceFile): boolean {
  const { parent } = made;
  const places = parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier ? variableOf(parent.id, file)?.references.map(({ identifier }) => identifier as TSESTree.Node) ?? [] : [made];
  return places.some((place) => place.parent?.type === AST_NODE_TYPES.CallExpression && place.parent.callee !== place && isFetch(place.parent));
}

/** What is called, if it can be a client: one of a package that sends requests, or something unknown by the name of one. */
function clientOf(reader: Reader, call: AnyCall, file: SourceFile, frame: Frame | undefined): Value | undefined {
  const target = reader.evaluate(call.callee, file, frame);
  for (const one of possibilities(target)) if (one.kind === 'api' && isClient(one)) return one;
  // A function of the project that is called `request` is read by itself.
  const unseen = possibilities(target).some((one) => (one.kind === 'unknown' || one.kind === 'parameter'));
  return unseen && (isNamedRequest(call) || call.type === AST_NODE_TYPES.NewExpression) ? target : undefined;
}

/** Whether something of a package or of the platform sends requests. */
export function isClient({ library, path }: ApiValue): boolean {
  if (library === '#global') return /^(?:fetch|Request)$/.test(path);
  if (library === '#node') return /^https?\.(?:request|get)$/.test(path);
  return CLIENTS.test(library) || library === '@apollo/client';
}

function isFetch(call: AnyCall): boolean {
  return /^(?:.*\.)?(?:fetch|Request|nodeFetch)$/.test(calledName(call));
}

/** The argument that says where a request goes: a text or URL, or an object that holds one. */
function targetOf(args: readonly TSESTree.Node[], values: readonly Value[]): Value | undefined {
  // `request('GET', url)`: a method first.
  const [first, second] = values;
  if (first?.kind === 'primitive' && /^(?:get|post|put|patch|delete|head|options)$/i.test(String(first.value)) && args.length > 1) return second;
  return first;
}

/** The address in a first argument: itself, or what its options say. */
function addressIn(target: Value, at: Provenance): Value | undefined {
  const objects = possibilities(target).filter((one) => one.kind === 'object');
  if (objects.length === 0) return target;
  for (const { entries } of objects) {
    const host = entries.get('hostname') ?? entries.get('host');
    const path = entries.get('path');
    if (host) return { kind: 'text', ...at, parts: [primitive(at, 'https://'), host.value, ...(path ? [path.value] : [])] };
    const base = firstFound(BASES, (name) => entries.get(name));
    const url = entries.get('url') ?? entries.get('uri');
    if (base ?? url) return withBase(base?.value, url?.value, at);
  }
  return undefined;
}

/** Options that hold the address which others are relative to. */
const BASES = ['baseURL', 'baseUrl', 'prefixUrl', 'prefix'] as const;

function baseIn(value: Value): PropertyEntry | undefined {
  return firstFound(possibilities(value), (one) => (one.kind === 'object' ? firstFound(BASES, (name) => one.entries.get(name)) : undefined));
}

/** The base address of the client that a request is sent with: `axios.create({ baseURL })`, `got.extend({ prefixUrl })`. */
function baseOf(reader: Reader, client: Value): Value | undefined {
  if (client.kind !== 'api' || !client.made) return undefined;
  const { node, file, frame } = client.made;
  const [options] = node.arguments;
  if (!options || options.type === AST_NODE_TYPES.SpreadElement) return undefined;
  const value = reader.evaluate(options, file, frame);
  return possibilities(value).some((one) => one.kind === 'object') ? addressIn(value, { node, file }) : undefined;
}

function withBase(base: Value | undefined, given: Value | undefined, at: Provenance): Value | undefined {
  if (!base || !given) return given ?? base;
  const start = given.kind === 'text' ? given.parts[0] : given;
  return start?.kind === 'primitive' && /^[a-z][a-z+.-]*:/i.test(String(start.value)) ? given : { kind: 'text', ...at, parts: [base, given].flatMap((one) => (one.kind === 'text' ? one.parts : [one])) };
}

/** Whether a header carries a token by its name: `Authorization`, `x-access-token`. */
export function isTokenHeader(name: string): boolean {
  return /^(?:proxy-)?authorization$|^token$|^x-token$/i.test(name) || (/^[\w-]+$/.test(name) && namedToken(name) === 'token');
}

/** Collects what the options of one request say about its headers. */
class HeaderReader {
  readonly tokens: SentToken[] = [];
  readonly takenOver: Value[] = [];
  readonly #reader: Reader;
  readonly #frame: Frame | undefined;

  constructor(reader: Reader, frame: Frame | undefined) {
    this.#reader = reader;
    this.#frame = frame;
  }

  /** Options, or a whole request in their place (`fetch(url, request)`). */
  options(value: Value, mayBeRequest: boolean): void {
    for (const one of possibilities(value)) {
      if (one.kind === 'object') {
        const headers = one.entries.get('headers') ?? one.entries.get('requestHeaders');
        if (headers) this.headers(headers.value);
        const auth = one.entries.get('auth');
        for (const given of auth ? possibilities(auth.value) : []) if (given.kind === 'object') this.#token(given.entries.get('bearer'));
      } else if (mayBeRequest && one.kind === 'parameter') this.takenOver.push(one);
    }
  }

  /** An object of headers, `new Headers(…)`, or a list that stands for either. */
  headers(value: Value): void {
    for (const one of possibilities(value)) {
      if (one.kind === 'object') this.#object(one);
      else if (one.kind === 'array') this.#pairs(one.elements);
      else if (one.kind === 'parameter' || one.kind === 'api') this.takenOver.push(one);
      else if (one.kind === 'unknown') this.#unknown(one);
    }
  }

  #object(value: Extract<Value, { kind: 'object' }>): void {
    const own = [...value.entries].filter(([name]) => isTokenHeader(name));
    for (const [, entry] of own) this.#token(entry);
    // A header that is written out takes the place of one that was taken over before.
    if (own.some(([name, entry]) => /^authorization$/i.test(name) && entry.definite && entry.value.kind !== 'union')) return;
    const { node, file } = value;
    if (node.type !== AST_NODE_TYPES.ObjectExpression || isDropped(node, file)) return;
    for (const property of node.properties) {
      if (property.type === AST_NODE_TYPES.SpreadElement) this.takenOver.push(...possibilities(this.#reader.evaluate(property.argument, file, this.#frame)));
    }
  }

  /** `[['Authorization', token]]` */
  #pairs(elements: readonly Value[]): void {
    for (const pair of elements) {
      const [name, value] = pair.kind === 'array' ? pair.elements : [];
      if (name?.kind === 'primitive' && value && isTokenHeader(String(name.value))) this.tokens.push({ node: value.node, file: value.file, value });
    }
  }

  #unknown({ node, file }: Value): void {
    const made = unwrapped(node);
    if (made.type !== AST_NODE_TYPES.NewExpression || lastName(made) !== 'Headers') {
      this.takenOver.push(unknownValue({ node, file }, 'it is a list of headers'));
      return;
    }
    const changes = changesOf(made, file);
    for (const { method, name, value } of changes) {
      if ((method === 'set' || method === 'append') && value && isTokenHeader(name)) this.tokens.push({ node: value, file, value: this.#reader.evaluate(value, file, this.#frame) });
    }
    const [first] = made.arguments;
    if (first && first.type !== AST_NODE_TYPES.SpreadElement && !changes.some(({ method, name }) => /^(?:set|delete)$/.test(method) && /^authorization$/i.test(name))) this.headers(this.#reader.evaluate(first, file, this.#frame));
  }

  #token(entry: PropertyEntry | undefined): void {
    if (!entry) return;
    const { node, file, value } = entry;
    const written = node.type === AST_NODE_TYPES.Property ? node.value : node.type === AST_NODE_TYPES.AssignmentExpression ? node.right : value.node;
    this.tokens.push({ node: written, file: written === value.node ? value.file : file, value });
  }
}

/** `delete headers.authorization` anywhere in the function around. */
function isDropped(node: TSESTree.Node, { sourceCode }: SourceFile): boolean {
  let owner: TSESTree.Node = node;
  while (owner.parent && !isFunction(owner)) owner = owner.parent;
  return /\bdelete\s+[\w.]+(?:\.|\[\s*['"`])authorization\b/i.test(sourceCode.getText(owner as never));
}

/** What is done to a `Headers` object that is kept in a variable. */
function changesOf(made: TSESTree.NewExpression, file: SourceFile): readonly { readonly method: string; readonly name: string; readonly value: TSESTree.Node | undefined }[] {
  const { parent } = made;
  const variable = parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier ? variableOf(parent.id, file) : undefined;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const member = (identifier as TSESTree.Node).parent;
    const call = member?.type === AST_NODE_TYPES.MemberExpression ? member.parent : undefined;
    if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee !== member) return [];
    const [name, value] = call.arguments;
    return name?.type === AST_NODE_TYPES.Literal ? [{ method: endName(call.callee), name: String(name.value), value }] : [];
  });
}

/** The calls of `superagent.get(url).set(…).send(…)`, from the first to the last; undefined for any other call. */
function superagentChain(call: AnyCall, file: SourceFile, reader: Reader): readonly TSESTree.CallExpression[] | undefined {
  if (call.type !== AST_NODE_TYPES.CallExpression || !/superagent/.test(file.sourceCode.text)) return undefined;
  let first: TSESTree.CallExpression = call;
  while (first.callee.type === AST_NODE_TYPES.MemberExpression && first.callee.object.type === AST_NODE_TYPES.CallExpression) first = first.callee.object;
  const target = reader.evaluate(first.callee, file);
  if (target.kind !== 'api' || target.library !== 'superagent') return undefined;
  const chain = [first];
  for (let last = first; ;) {
    const member: TSESTree.Node = last.parent;
    if (member.type !== AST_NODE_TYPES.MemberExpression || member.object !== last || member.parent.type !== AST_NODE_TYPES.CallExpression || member.parent.callee !== member) return chain;
    last = member.parent;
    chain.push(last);
  }
}

function superagentRequest(reader: Reader, chain: readonly TSESTree.CallExpression[], file: SourceFile, frame: Frame | undefined): OutgoingRequest {
  const read = new HeaderReader(reader, frame);
  const [first, ...rest] = chain as readonly [TSESTree.CallExpression, ...TSESTree.CallExpression[]];
  const [url] = first.arguments;
  for (const { callee, arguments: [name, value] } of rest) {
    if (!name || name.type === AST_NODE_TYPES.SpreadElement) continue;
    if (endName(callee) === 'set' && !value) read.headers(reader.evaluate(name, file, frame));
    const isToken = endName(callee) === 'set' ? name.type === AST_NODE_TYPES.Literal && isTokenHeader(String(name.value)) : endName(callee) === 'auth' && value?.type === AST_NODE_TYPES.ObjectExpression;
    const node = endName(callee) === 'auth' ? name : value;
    if (isToken && node) read.tokens.push({ node, file, value: reader.evaluate(node, file, frame) });
  }
  return {
    node: chain.at(-1) ?? first, file, client: reader.evaluate(first.callee, file), address: url && reader.evaluate(url, file, frame), tokens: read.tokens, takenOver: read.takenOver,
    bodies: rest.flatMap(({ callee, arguments: [body] }) => (endName(callee) === 'send' && body ? [{ node: body, file, value: reader.evaluate(body, file, frame) }] : [])),
  };
}
