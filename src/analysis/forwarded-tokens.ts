import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { runsInBrowser } from './browser-files.ts';
import { entriesOf } from './call-sites.ts';
import { carrierOf, isCallersHeaders } from './callers-token.ts';
import { endName, writtenName } from './expressions.ts';
import { firstFound } from './first-found.ts';
import { readerOf } from './operations.ts';
import { type OutgoingRequest, outgoingRequests, requestInFrame } from './outgoing-requests.ts';
import type { Reader } from './reader.ts';
import { type Destination, destinationsOf, isAboutTokens, isAmong, isOwn } from './request-destinations.ts';
import type { SourceFile } from './source-file.ts';
import { cookieWrites } from './token-sinks.ts';
import { namedToken } from './token-evidence.ts';
import { parametersOf, type ProjectFunction } from './value.ts';

/** A token that a program sends on to somebody it was not issued for. */
export interface ForwardedToken {
  /** The caller's token, all headers of the request with it, or a refresh token. */
  readonly kind: 'token' | 'headers' | 'refresh';
  readonly node: TSESTree.Node;
  /** Where it goes, for messages; undefined where only the path is known. */
  readonly to: string | undefined;
}

/** Tokens that a file sends on as they came. `allowed` are the hosts that may have them. */
export function forwardedTokens(file: SourceFile, allowed: readonly string[]): readonly ForwardedToken[] {
  if (runsInBrowser(file)) return [];
  const reader = readerOf(file);
  return outgoingRequests(file).flatMap((request) => forwardedBy(request, { reader, file, allowed }) ?? throughCallers(request, { reader, file, allowed }) ?? []);
}

interface Surroundings {
  readonly reader: Reader;
  readonly file: SourceFile;
  readonly allowed: readonly string[];
}

function forwardedBy(request: OutgoingRequest, { reader, file, allowed }: Surroundings): ForwardedToken | undefined {
  const to = destinationsOf(request).find((one) => !isAmong(one, allowed));
  if (!to && request.address) return undefined;
  const refresh = to && sentRefreshToken(request, to);
  if (refresh) return { kind: 'refresh', node: refresh, to: to.name };
  if (!to ? !isForAll(request) : !receives(to)) return undefined;
  if (asksForExchange(request)) return undefined;
  for (const { node, file: place, value } of request.tokens) {
    const carrier = carrierOf(value, reader);
    if (!carrier || (carrier === 'cookie' && setsCookies(file, reader))) continue;
    return { kind: 'token', node: place === file ? node : request.node, to: to?.name };
  }
  const all = request.takenOver.find((value) => isCallersHeaders(value, reader));
  return all && { kind: 'headers', node: all.file === file ? all.node : request.node, to: to?.name };
}

/** What a helper sends when the functions of its file call it. */
function throughCallers(request: OutgoingRequest, around: Surroundings): ForwardedToken | undefined {
  const { reader, file } = around;
  for (const owner of ownersOf(request)) {
    for (const { frame, site } of entriesOf(owner, file, reader)) {
      const sent = requestInFrame(reader, request, frame);
      const found = sent && forwardedBy(sent, around);
      if (found) return { ...found, node: site };
    }
  }
  return undefined;
}

/** The functions whose arguments say what a request carries. */
function ownersOf({ tokens, takenOver }: OutgoingRequest): ReadonlySet<ProjectFunction> {
  return new Set([...tokens.map(({ value }) => value), ...takenOver].flatMap((value) => parametersOf(value).map(({ owner }) => owner)));
}

/** Another service, as far as the program says: somebody who is not asked about tokens, and not the program itself. */
function receives(to: Destination): boolean {
  return (to.name !== undefined || to.hasPath) && !isOwn(to) && !isAboutTokens(to);
}

/** A token that a client sends along with every request, wherever they go. */
function isForAll({ node }: OutgoingRequest): boolean {
  return node.type === AST_NODE_TYPES.AssignmentExpression;
}

/** The body names the token as what is to be exchanged (RFC 8693 section 2.1, RFC 7523 section 2.1) or looked up (RFC 7662 section 2.1). */
function asksForExchange({ bodies }: OutgoingRequest): boolean {
  return bodies.some(({ node, file }) => /subject_?token|assertion|token_type_hint|token-exchange|requested_token/i.test(file.sourceCode.getText(node as never)));
}

/** A program that sets the cookie itself is the client that got the token, and keeps it with the user. */
function setsCookies(file: SourceFile, reader: Reader): boolean {
  return cookieWrites({ file, reader, issued: new Set() }).some(({ name }) => {
    const value = reader.evaluate(name, file);
    return value.kind !== 'primitive' || namedToken(String(value.value)) !== undefined;
  });
}

/** What the address of a request that may have a refresh token says. */
const TAKES_REFRESH = /token|refresh|revo|log-?_?out|sign-?_?out|log-?_?in|sign-?_?in|auth|session|connect|identity|sso|idp|oidc|graphql|login|account|credential|secret|vault/i;

/** The refresh token in a header or body of a request to a known place that neither refreshes nor revokes tokens. */
function sentRefreshToken({ tokens, bodies, node }: OutgoingRequest, to: Destination): TSESTree.Node | undefined {
  if (isOwn(to) || to.name === undefined || TAKES_REFRESH.test(to.words) || TAKES_REFRESH.test(to.name)) return undefined;
  const inHeader = firstFound(tokens, (token) => refreshTokenIn(token.node));
  if (inHeader) return inHeader;
  const inBody = node.type === AST_NODE_TYPES.CallExpression ? firstFound(bodies, (body) => refreshTokenIn(body.node)) : undefined;
  return inBody && !bodies.some((body) => /grant_?type/i.test(body.file.sourceCode.getText(body.node as never))) ? inBody : undefined;
}

function refreshTokenIn(node: TSESTree.Node | null | undefined): TSESTree.Node | undefined {
  const first = (nodes: readonly (TSESTree.Node | null | undefined)[]) => firstFound(nodes, refreshTokenIn);
  switch (node?.type) {
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.MemberExpression: return namedToken(node.type === AST_NODE_TYPES.Identifier ? node.name : writtenName(node) ?? '') === 'token' && /refresh/i.test(endName(node)) ? node : undefined;
    case AST_NODE_TYPES.TemplateLiteral: return first(node.expressions);
    case AST_NODE_TYPES.BinaryExpression: return node.operator === '+' ? first([node.left, node.right]) : undefined;
    case AST_NODE_TYPES.ObjectExpression: return first(node.properties.map((property) => (property.type === AST_NODE_TYPES.Property && writtenName(property) !== 'headers' ? property.value : undefined)));
    case AST_NODE_TYPES.CallExpression: return /stringify$/.test(endName(node.callee)) ? first(node.arguments) : undefined;
    case AST_NODE_TYPES.NewExpression: return endName(node.callee) === 'URLSearchParams' ? first(node.arguments) : undefined;
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.ChainExpression: return refreshTokenIn(node.expression);
    default: return undefined;
  }
}
