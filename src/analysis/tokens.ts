import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { HandedToKeyFunction } from '../libraries/descriptor.ts';
import { type AnyCall, collectCalls, nodesOf } from './call-nodes.ts';
import { handMadeDecodes } from './decoding-by-hand.ts';
import { calledName, lastName, unwrapped, writtenName } from './expressions.ts';
import { type Carried, type Flow, flowOf, flowOfParameter, type Use } from './flow.ts';
import { analyse, analysisOf } from './operations.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction, isFunction, isInside } from './order.ts';
import type { Reader } from './reader.ts';
import { isRelevantCall } from './relevance.ts';
import { changesData } from './sinks.ts';
import type { SourceFile } from './source-file.ts';
import { isDecode, TokenChecks } from './token-identity.ts';
import { type ProjectFunction, possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** A place where a token is read without being checked. */
export interface TokenReading {
  readonly node: AnyCall;
  readonly file: SourceFile;
  /** As the user wrote it: `jwt.decode`, `JSON.parse`. */
  readonly name: string;
  /** The library's operation; undefined for decoding by hand and for calls of the project's own functions. */
  readonly operation: JwtOperation | undefined;
  /** The expressions that may give the token; none where it is read from the request itself. */
  readonly tokens: readonly TSESTree.Node[];
  /** What the reading gives. */
  readonly carried: Carried;
}

/** A reading of a token and where its result goes. */
interface TokenFlow {
  readonly reading: TokenReading;
  readonly flow: Flow;
}

/** A claim that nothing has verified, and what it decides. */
export interface UnverifiedDecision {
  readonly reading: TokenReading;
  /** Where the report belongs: the decoding, or the call of the project's own function that only decodes. */
  readonly node: AnyCall;
  readonly name: string;
  readonly use: Use;
  /** Name of the claim; undefined where all of them are used. */
  readonly claim: string | undefined;
  /** The decoding stands in the `catch` of a verification of the same token. */
  readonly afterFailure: boolean;
}

const ALL: Carried = { inside: [], taken: [], composed: false };
const flows = new WeakMap<SourceFile, readonly TokenFlow[]>();
/** Helpers of helpers are followed through this many files. */
const MAX_FILES = 3;

/** Every reading of a token in a file with the way of its result; empty at once where nothing is decoded. */
function tokenFlows(file: SourceFile, reader: Reader, depth = 0): readonly TokenFlow[] {
  const known = flows.get(file);
  if (known) return known;
  // A file that imports itself through others finds nothing new on the second visit.
  flows.set(file, []);
  const { operations } = analysisOf(file) ?? analyse(file.sourceCode, { filename: file.filename, settings: reader.settings });
  const readings = readingsIn(file, reader, operations, depth);
  const checks = readings.length > 0 ? new TokenChecks(reader, file, operations) : undefined;
  const found = readings.map((reading): TokenFlow => ({
    reading,
    flow: flowOf(reader, operations, reading.node, file, reading.carried, (place) => checks !== undefined && isVerified(reading, [place], checks)),
  }));
  flows.set(file, found);
  return found;
}

function readingsIn(file: SourceFile, reader: Reader, operations: readonly JwtOperation[], depth: number): readonly TokenReading[] {
  const ofLibraries = operations.filter((operation) => !operation.wrapped && isDecode(operation) && !operation.model.settledElsewhere && (readsHeader(operation) || operation.model.result?.delivers !== 'nothing')).map((operation): TokenReading => {
    const token = operation.argumentNode('token');
    return { node: operation.node, file, name: operation.name, operation, tokens: token ? [token] : [], carried: carriedBy(operation) };
  });
  const byHand = handMadeDecodes(file).map(({ node, token, part }): TokenReading => ({
    node, file, name: calledName(node), operation: undefined, tokens: [token], carried: part === 'header' ? { ...ALL, taken: ['header'] } : ALL,
  }));
  const handed = depth < MAX_FILES ? collectCalls(file).flatMap((call) => handedOut(call, file, reader, depth)) : [];
  // A hand-made decoding inside a library's own arguments is one reading, the outer one.
  const all = [...ofLibraries, ...byHand, ...handed];
  return all.filter((reading, index) => all.findIndex((other) => other.node === reading.node) === index);
}

/** A call of a function in another file that hands out the claims of a token it has not checked. */
function handedOut(call: AnyCall, file: SourceFile, reader: Reader, depth: number): readonly TokenReading[] {
  if (call.type !== AST_NODE_TYPES.CallExpression || !isRelevantCall(reader, call, file)) return [];
  return possibilities(reader.evaluate(call.callee, file)).flatMap((target) => {
    if (target.kind !== 'function' || target.file === file || !/decode|atob|base64/i.test(target.file.sourceCode.text)) return [];
    return tokenFlows(target.file, reader, depth + 1).flatMap(({ flow }) => flow.returned).filter(({ owner }) => owner === target.node).slice(0, 1)
      .map(({ carried }): TokenReading => ({ node: call, file, name: calledName(call), operation: undefined, tokens: call.arguments.filter((argument) => argument.type !== AST_NODE_TYPES.SpreadElement), carried }));
  });
}

/** Operations that give the header alone are named after it in every library that has them. */
function readsHeader({ model }: JwtOperation): boolean {
  return model.kind === 'decode' && model.calls.some((call) => /ProtectedHeader$/.test(call));
}

/** What an operation's result holds, by the descriptor and by options such as `complete`. */
function carriedBy(operation: JwtOperation): Carried {
  const { result } = operation.model;
  if (readsHeader(operation)) return { ...ALL, taken: ['header'] };
  const options = operation.argument('options');
  const header = options?.kind === 'object' ? options.entries.get('header')?.value : undefined;
  if (header?.kind === 'primitive' && header.value === true) return { ...ALL, taken: ['header'] };
  return result?.delivers === 'holder' && result.at !== undefined ? { ...ALL, inside: result.at.split('.') } : ALL;
}

function isVerified({ tokens }: TokenReading, places: readonly TSESTree.Node[], checks: TokenChecks): boolean {
  const given = tokens.length > 0 ? tokens : [undefined];
  return given.some((token) => places.some((place) => checks.isChecked(token, place)));
}

/** What the file's unverified tokens decide, at most once for each decoding. `reader` options say whether display in a browser counts. */
export function unverifiedDecisions(file: SourceFile, { browser }: { readonly browser: boolean }): readonly UnverifiedDecision[] {
  const analysis = analysisOf(file);
  if (!analysis) return [];
  const { reader, operations } = analysis;
  const found = tokenFlows(file, reader);
  if (found.length === 0 || (!browser && isForBrowser(file))) return [];
  const checks = new TokenChecks(reader, file, operations);
  const decisions = new Map<TSESTree.Node, UnverifiedDecision>();
  for (const { reading, flow } of found) {
    if (reading.tokens.some((token) => isTrusted(token, file, reader))) continue;
    for (const use of flow.uses) {
      const { node, name } = placeOf(reading, use);
      if (decisions.has(node) || !decides(use, checks) || isSettled(reading, use, checks, file, reader)) continue;
      const { taken } = use.carried;
      decisions.set(node, {
        reading, node, name, use, claim: taken.findLast((part) => part !== '[]' && !/^\d+$/.test(part)),
        afterFailure: reading.tokens.some((token) => checks.isAfterFailure(token, reading.node)),
      });
    }
  }
  return [...decisions.values()];
}

/** A function that hands back all claims only decodes: the call that decides is where the report belongs. */
function placeOf(reading: TokenReading, { calls }: Use): { readonly node: AnyCall; readonly name: string } {
  let place: { node: AnyCall; name: string } = { node: reading.node, name: reading.name };
  for (const call of calls) {
    if (!call.whole) break;
    // A function that is called where it is written has no name that a report could give.
    if (isFunction(unwrapped(call.node.callee))) continue;
    place = { node: call.node, name: calledName(call.node) };
  }
  return place;
}

function isSettled(reading: TokenReading, use: Use, checks: TokenChecks, file: SourceFile, reader: Reader): boolean {
  if (isVerified(reading, use.positions, checks)) return true;
  const callers = use.calls.flatMap(({ node }) => node.arguments.filter((argument) => argument.type !== AST_NODE_TYPES.SpreadElement));
  if (callers.some((token) => isTrusted(token, file, reader) || use.positions.some((place) => checks.isChecked(token, place)))) return true;
  const handedIn = argumentsFor(reading, file, reader);
  const isHandedIn = (settles: (argument: TSESTree.Node, call: AnyCall) => boolean): boolean => handedIn.length > 0 && handedIn.every(({ argument, call }) => settles(argument, call));
  if (isHandedIn((argument, call) => isTrusted(argument, file, reader) || checks.isChecked(argument, call))) return true;
  // Whoever picks a key or a record first and verifies afterwards has decided nothing yet.
  if (use.kind === 'response' || use.kind === 'issue' || (use.kind === 'query' && changesData(use.callee)) || (use.kind === 'condition' && isAuthority(use.carried.taken))) return false;
  const given = [...(reading.tokens.length > 0 ? reading.tokens : [undefined]), ...callers];
  return given.some((token) => use.positions.some((place) => checks.isCheckedLater(token, place))) || isHandedIn((argument, call) => checks.isCheckedLater(argument, call));
}

/** What the calls in the same file hand in where the token is a parameter of the function that decodes. */
function argumentsFor({ tokens, node }: TokenReading, file: SourceFile, reader: Reader): readonly { readonly argument: TSESTree.Node; readonly call: AnyCall }[] {
  const owner = enclosingFunction(node);
  const [token] = tokens;
  const plain = token && unwrapped(token);
  if (!isFunction(owner) || plain?.type !== AST_NODE_TYPES.Identifier) return [];
  const index = owner.params.findIndex((parameter) => (parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter) === variableOf(plain, file)?.defs[0]?.name);
  if (index < 0) return [];
  return collectCalls(file).flatMap((call) => {
    const argument = call.arguments[index];
    if (!argument || argument.type === AST_NODE_TYPES.SpreadElement || call === node) return [];
    return possibilities(reader.evaluate(call.callee, file)).some((target) => target.kind === 'function' && target.node === owner) ? [{ argument, call }] : [];
  });
}

function isAuthority(taken: readonly string[]): boolean {
  return taken.some((name) => /role|scope|scp|permission|privilege|group|admin/i.test(name));
}

/** Claims about the token itself (RFC 7519 section 4.1): what is read of them decides nothing about a user. */
const ABOUT_THE_TOKEN = /^(?:exp|iat|nbf|header|signature)$/;
/** Claims that select a key or tell tokens apart before they are verified. */
const SELECTS_A_KEY = /^(?:iss|aud|jti|azp|nonce|typ|type|token_?type|token_?use|kid|alg|ver|version|at_hash|c_hash)$/i;

function decides({ kind, carried, node, callee }: Use, checks: TokenChecks): boolean {
  const [claim] = carried.taken;
  if (claim !== undefined && (ABOUT_THE_TOKEN.test(claim) || SELECTS_A_KEY.test(claim))) return false;
  switch (kind) {
    case 'presence': return !checks.any && claim === undefined && letsThrough(node);
    case 'condition': return claim !== undefined || callee !== undefined;
    case 'key': return false;
    case 'lookup': return claim !== undefined;
    default: return true;
  }
}

/** Whether a function calls `next()` or is a guard that returns true: the test of the token decides who gets through. */
function letsThrough(node: TSESTree.Node): boolean {
  const owner = enclosingFunction(node);
  if (!isFunction(owner)) return false;
  if (isGuardMethod(owner)) return true;
  const names = new Set(owner.params.flatMap((parameter) => (parameter.type === AST_NODE_TYPES.Identifier && /^next$/.test(parameter.name) ? [parameter.name] : [])));
  return names.size > 0 && /\bnext\(\s*\)/.test(sliceOf(owner));
}

/** `canActivate` of a Nest guard that lets the request through by itself. */
function isGuardMethod({ parent, body }: ProjectFunction): boolean {
  if (parent.type !== AST_NODE_TYPES.MethodDefinition || parent.key.type !== AST_NODE_TYPES.Identifier || parent.key.name !== 'canActivate' || body?.type !== AST_NODE_TYPES.BlockStatement) return false;
  return body.body.some((statement) => statement.type === AST_NODE_TYPES.ReturnStatement && statement.argument?.type === AST_NODE_TYPES.Literal && statement.argument.value === true);
}

function sliceOf(owner: ProjectFunction): string {
  const texts: string[] = [];
  const visit = (node: TSESTree.Node): void => {
    if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.Identifier && node.arguments.length === 0) texts.push(`${node.callee.name}()`);
    for (const [key, child] of Object.entries(node)) {
      if (key === 'parent' || child === null || typeof child !== 'object') continue;
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) if (typeof (one as TSESTree.Node | null)?.type === 'string') visit(one as TSESTree.Node);
    }
  };
  visit(owner.body);
  return texts.join(' ');
}

/** A key that the token itself names or brings along. */
export interface HeaderKey {
  /** Header parameter (RFC 7515 section 4.1) or claim. */
  readonly name: string;
  readonly kind: 'url' | 'key' | 'path' | 'query' | 'command';
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
}

/** Where a file lets the header of an unverified token choose or bring the key that it is verified with. */
export function headerKeys(file: SourceFile): readonly HeaderKey[] {
  const analysis = analysisOf(file);
  if (!analysis) return [];
  const { reader, operations } = analysis;
  const ways = [
    ...tokenFlows(file, reader).map(({ flow }) => ({ flow, owner: undefined })),
    ...operations.flatMap((operation) => keyFunctions(operation)).flatMap(({ node: owner, file: home, handed }) => owner.params.flatMap((parameter, index) => {
      const carried = handed ? HANDED[handed[index] ?? 'other'] : givenByName(parameter, index);
      return carried ? [{ flow: flowOfParameter(reader, operations, owner, index, home, carried), owner }] : [];
    })),
  ];
  const found = new Map<string, HeaderKey>();
  for (const [index, { flow, owner }] of ways.entries()) {
    // One parameter of one header is one defect, however many steps it takes to the key.
    const add = (key: HeaderKey) => {
      const known = found.get(`${index} ${key.name}`);
      if (!known || known.node.range[0] > key.node.range[0]) found.set(`${index} ${key.name}`, key);
    };
    for (const use of flow.uses) {
      const key = headerKeyOf(use, owner);
      const isListed = flow.uses.some((other) => other.kind === 'condition' && other.file === use.file && other.node.range[0] < use.node.range[0] && other.carried.taken.slice(0, 2).join() === use.carried.taken.slice(0, 2).join());
      if (key && !isListed && key.file === file) add(key);
    }
    for (const { node, file: home, carried, owner: returning } of flow.returned) {
      if (!found.has(`${index} ${carried.taken[1] ?? ''}`) && owner !== undefined && returning === owner && home === file && /^(?:jwk|x5c)$/.test(carried.taken[1] ?? '')) add({ name: carried.taken[1] ?? '', kind: 'key', node, file });
    }
  }
  return [...found.values()];
}

/** A function of the project that is asked for a key, and what its parameters are if the library's descriptor says so. */
interface KeyFunction {
  readonly node: ProjectFunction;
  readonly file: SourceFile;
  readonly handed: readonly HandedToKeyFunction[] | undefined;
}

/** The project's functions that an operation takes its key from. */
function keyFunctions(operation: JwtOperation): readonly KeyFunction[] {
  if (operation.kind !== 'verify' || operation.wrapped) return [];
  return operation.settingsAt('key').flatMap(({ value, place }) => possibilities(value).flatMap((one): readonly KeyFunction[] => {
    if (one.kind !== 'function') return [];
    const handed = place.keyFunction?.find(({ length }) => length === one.node.params.length) ?? place.keyFunction?.[0];
    return [{ node: one.node, file: one.file, handed }];
  }));
}

/** What the parameters of a key function hold of the token. */
const HANDED: Readonly<Record<HandedToKeyFunction, Carried | undefined>> = {
  header: { ...ALL, taken: ['header'] }, kid: { ...ALL, taken: ['header', 'kid'] }, decoded: { ...ALL, inside: ['payload'] }, artifacts: { ...ALL, inside: ['decoded', 'payload'] },
  claims: ALL, token: undefined, request: undefined, callback: undefined, other: undefined,
};

/** What a parameter of a key function is by its name, for libraries whose descriptors do not say: the header, or the whole decoded token. */
function givenByName(parameter: TSESTree.Node, index: number): Carried | undefined {
  if (parameter.type === AST_NODE_TYPES.ObjectPattern) {
    const names = parameter.properties.map((property) => (property.type === AST_NODE_TYPES.Property ? writtenName(property) : undefined));
    if (names.some((name) => /^(?:kid|alg|jku|jwk|x5c|x5u|typ)$/.test(name ?? ''))) return { ...ALL, taken: ['header'] };
    return names.includes('header') ? ALL : undefined;
  }
  if (parameter.type !== AST_NODE_TYPES.Identifier) return undefined;
  if (/header|hdr/i.test(parameter.name)) return { ...ALL, taken: ['header'] };
  if (/token|jwt|decoded|complete|artifacts/i.test(parameter.name)) return ALL;
  return index === 0 && /^(?:h|head|protected)$/.test(parameter.name) ? { ...ALL, taken: ['header'] } : undefined;
}

function headerKeyOf({ kind, node, file, carried, positions }: Use, owner: ProjectFunction | undefined): HeaderKey | undefined {
  const [part, name = ''] = carried.taken;
  // The issuer that a token names is where its keys come from; whoever writes the token names their own.
  if (carried.taken.at(-1) === 'iss' && part !== 'header') return kind === 'url' ? { name: 'iss', node, file, kind } : undefined;
  if (part !== 'header') return undefined;
  const place = { name, node, file };
  if (name === 'jku' || name === 'x5u') return kind === 'url' || kind === 'key' ? { ...place, kind: 'url' } : undefined;
  if (name === 'jwk' || name === 'x5c') return kind === 'key' || (kind === 'identity' && owner !== undefined && positions.length > 0) ? { ...place, kind: 'key' } : undefined;
  if (name !== 'kid') return undefined;
  if (kind === 'path' || kind === 'command') return { ...place, kind };
  // A prepared statement and a look-up keep the text apart; a statement or address that is put together does not.
  return (kind === 'query' || kind === 'url') && carried.composed ? { ...place, kind } : undefined;
}

/** A token that needs no check here: just signed in this program, or straight from the issuer's token endpoint over TLS. */
function isTrusted(token: TSESTree.Node, file: SourceFile, reader: Reader): boolean {
  return isSignedHere(token, file, reader) || isFromTokenEndpoint(token, file);
}

function isSignedHere(token: TSESTree.Node, file: SourceFile, reader: Reader): boolean {
  const all = possibilities(reader.evaluate(token, file));
  return all.length > 0 && all.every((value) => {
    if (value.kind !== 'api') return false;
    const library = reader.catalogue.library(value.library);
    return library !== undefined && value.path.endsWith('()') && reader.catalogue.models(library.name, value.path.slice(0, -2)).some((model) => model.kind === 'sign' && model.result?.delivers !== 'function');
  });
}

const ISSUED = /^(?:id|access|refresh)_?token$/i;
/** What an OAuth client hands on of the token endpoint's answer (RFC 6749 section 5.1). */
const TOKEN_RESPONSE = /^token_?(?:endpoint_?)?(?:response|set)$/i;

/** `tokens.id_token` where `tokens` is what a request of this program was answered with (OpenID Connect Core section 3.1.3.7). */
function isFromTokenEndpoint(token: TSESTree.Node, file: SourceFile): boolean {
  let node = unwrapped(token);
  let issued = false;
  let isPart = false;
  for (let depth = 0; depth < 8; depth++) {
    if (node.type === AST_NODE_TYPES.MemberExpression) {
      issued ||= ISSUED.test(writtenName(node) ?? '');
      isPart = true;
      node = unwrapped(node.object);
      continue;
    }
    if (node.type === AST_NODE_TYPES.CallExpression) return (issued || (isPart && isServiceClient(node))) && isOutgoing(node, file);
    if (node.type !== AST_NODE_TYPES.Identifier) return false;
    const definition = variableOf(node, file)?.defs[0];
    const declarator = definition?.node as TSESTree.Node | undefined;
    // The account that next-auth hands its callbacks holds what the provider's token endpoint gave.
    if (isFunction(declarator)) return issued ? node.name === 'account' || TOKEN_RESPONSE.test(node.name) || isStrategyCallback(declarator) : (ISSUED.test(node.name) && isStrategyCallback(declarator)) || (/^id_?token$/i.test(node.name) && exchangesCode(file));
    if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator) return false;
    const initial = declarator.init ?? onlyWrite(node, file);
    if (!initial) return false;
    if (declarator.id.type !== AST_NODE_TYPES.Identifier) {
      issued ||= namesIssued(declarator.id, definition?.name as TSESTree.Node);
      isPart = true;
    }
    node = unwrapped(initial);
  }
  return false;
}

/** What a variable that is declared empty is given, where that is done in one place: `let answer; try { answer = await … }`. */
function onlyWrite(identifier: TSESTree.Identifier, file: SourceFile): TSESTree.Node | undefined {
  const [write, ...others] = variableOf(identifier, file)?.references.filter((reference) => reference.isWrite()) ?? [];
  return others.length === 0 ? write?.writeExpr as TSESTree.Node | undefined : undefined;
}

/** A method of a client of another service: what it is answered with did not come from whoever calls this one. */
function isServiceClient(call: TSESTree.CallExpression): boolean {
  const receiver = calledName(call).replace(/\(\)/g, '').split('.').at(-2) ?? '';
  return /(?:client|api|sdk)$/i.test(receiver);
}

/** Whether the file itself exchanges authorization codes (RFC 6749 section 4.1.3): the ID tokens that its functions are handed come from there. */
function exchangesCode({ sourceCode: { text } }: SourceFile): boolean {
  return /\bgrant_?type['"]?\s*[:=,]\s*['"]?authorization_code\b/i.test(text);
}

/** The verify callback of an OAuth strategy of Passport: what it is handed came from the token endpoint. */
function isStrategyCallback(owner: ProjectFunction): boolean {
  const names = owner.params.map((parameter) => (parameter.type === AST_NODE_TYPES.Identifier ? parameter.name : ''));
  if (!names.some((name) => /^_?access_?token$/i.test(name)) || !names.some((name) => /^_?refresh_?token$/i.test(name))) return false;
  const { parent } = owner;
  if (parent.type === AST_NODE_TYPES.NewExpression) return /Strategy$/.test(lastName(parent));
  return parent.type === AST_NODE_TYPES.MethodDefinition && parent.key.type === AST_NODE_TYPES.Identifier && parent.key.name === 'validate' && parent.parent.parent.superClass !== null;
}

function namesIssued(pattern: TSESTree.Node, name: TSESTree.Node): boolean {
  if (pattern.type !== AST_NODE_TYPES.ObjectPattern) return false;
  return pattern.properties.some((property) => property.type === AST_NODE_TYPES.Property && isInside(name, property.value) && (ISSUED.test(writtenName(property) ?? '') || namesIssued(property.value, name)));
}

/** A request of this program to another server, not one that it answers, and not in clear text. */
function isOutgoing(call: TSESTree.CallExpression, file: SourceFile): boolean {
  const name = calledName(call);
  if (/^(?:req|request|ctx|context|c|event)\b/.test(name) || /(?:^|\.)(?:cookies|headers|useSearchParams|URLSearchParams)\b/.test(name) || /^JSON\.parse$|querystring|qs\.parse/.test(name)) return false;
  return !/['"`]http:\/\/(?!localhost|127\.|\[::1\])/.test(file.sourceCode.getText(call as never));
}

const BROWSER_MODULES = /^(?:react|react-dom|react-native|react-router|react-router-dom|@react-navigation\/.*|react-redux|vue|vue-router|vuex|pinia|svelte|svelte\/.*|solid-js|preact|@angular\/.*|@auth0\/angular-jwt|@auth0\/auth0-react|zustand|expo-.*|@react-native-.*|next\/router|next\/navigation|js-cookie|react-cookie|universal-cookie)$/;
const SERVER_MODULES = /^(?:express|fastify|koa|@hapi\/.*|@nestjs\/.*|next\/headers|next\/server|server-only|hono|mongoose|@prisma\/.*|typeorm|pg|http|node:.*|fs|crypto|next-auth.*)$/;

/** Code that runs in a browser, where claims only choose what is shown and the server decides. */
function isForBrowser(file: SourceFile): boolean {
  const specifiers: string[] = [];
  let touchesPage = false;
  nodesOf(file).forEach((node) => {
    if (node.type === AST_NODE_TYPES.ImportDeclaration) specifiers.push(node.source.value);
    // The new JSX transform needs no import of React.
    if (node.type === AST_NODE_TYPES.JSXElement || node.type === AST_NODE_TYPES.JSXFragment) touchesPage = true;
    if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === 'require' && node.arguments[0]?.type === AST_NODE_TYPES.Literal) specifiers.push(String(node.arguments[0].value));
    if (node.type === AST_NODE_TYPES.Identifier && /^(?:localStorage|sessionStorage|window|document|navigator)$/.test(node.name) && node.parent.type === AST_NODE_TYPES.MemberExpression && (node.parent.object === node || (node.parent.object.type === AST_NODE_TYPES.Identifier && /^(?:window|globalThis|self)$/.test(node.parent.object.name))) && !variableOf(node, file)?.defs.length) touchesPage = true;
  });
  if (specifiers.some((specifier) => SERVER_MODULES.test(specifier))) return false;
  const [first] = (file.sourceCode.ast as TSESTree.Program).body;
  if (first?.type === AST_NODE_TYPES.ExpressionStatement && first.expression.type === AST_NODE_TYPES.Literal && first.expression.value === 'use server') return false;
  return touchesPage || /\.vue$/.test(file.filename) || specifiers.some((specifier) => BROWSER_MODULES.test(specifier)) || (first?.type === AST_NODE_TYPES.ExpressionStatement && first.expression.type === AST_NODE_TYPES.Literal && first.expression.value === 'use client');
}
