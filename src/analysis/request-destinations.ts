import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isPublished } from './browser-files.ts';
import { endName, unwrapped } from './expressions.ts';
import type { OutgoingRequest } from './outgoing-requests.ts';
import { isLoopback } from './urls.ts';
import { possibilities, type Value } from './value.ts';

/** Where a request goes, as far as the program says. */
export interface Destination {
  /** Host with its port, where the address is written out. */
  readonly host: string | undefined;
  /** Environment variables or configuration values that may hold the address, most often one. */
  readonly variables: readonly string[];
  /** Everything that is known of the address, text and names alike, for judging what answers there. */
  readonly words: string;
  /** A path is written out, so that the address is more than what somebody gave. */
  readonly hasPath: boolean;
  /** How a message names it; undefined where only the words are known. */
  readonly name: string | undefined;
}

/** Endpoints of an authorization server (RFC 6749, 7009, 7662, 8693, OpenID Connect) and their homemade relatives, which are asked about a token. */
const ABOUT_TOKENS = /introspect|userinfo|user_info|token_?info|token-?exchange|\btokens?\b(?:_?(?:url|uri|endpoint))?$|token_?(?:url|uri|endpoint)|\/tokens?(?:[/?]|$)|revo(?:ke|cation)|(?:[/_-]|\b)(?:verify|validate|whoami|check)(?:[-_]?(?:token|jwt|session|auth))?\/?(?:\?|$)|refresh|log-?_?out|sign-?_?out|end_?-?session|\/sessions?\/?$/i;
/** Hosts and variables of the server that has issued the token: it learns nothing new. */
const ISSUERS = /(?:^|[^a-z])(?:auth(?:0|n|z|orization|entication)?|idp|sso|oidc|oauth2?|keycloak|okta|cognito(?:-idp)?|identity|issuer|login)(?:[^a-z]|$)|supabase|clerk/i;
/** Variables that hold the address of the program itself. */
const OWN = /^(?:(?:MY|OWN|SELF|APP|SITE|WEB(?:SITE)?|BASE|ROOT|PUBLIC|HOST|SERVER|NEXTAUTH|AUTH|VERCEL|DEPLOY(?:MENT)?)_?)+(?:URL|URI|HOST|ORIGIN|DOMAIN)$/;

/** Clients that are named for one service: `ordersClient`, `StockService`; not `httpClient`. */
const NAMED_CLIENT = /^(?!_?(?:http|https|axios|api|rest|base|web|default|test|mock|fetch|request|external)?_?(?:service|client|api|gateway)$)\w+(?:service|client|api|gateway)$/i;

/** The places that a request may go to. */
export function destinationsOf({ address, client, node }: OutgoingRequest): readonly Destination[] {
  const all = address ? possibilities(address).map(destination) : [];
  // A client of the project knows the host; where it cannot be read, its name may say which service it is for.
  const callee = client.kind === 'unknown' && node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression ? node.callee.object : undefined;
  const name = callee ? endName(callee).replace(/^#/, '') : '';
  if (!NAMED_CLIENT.test(name)) return all;
  return all.map((one) => (one.name === undefined && one.words.startsWith('/') ? { ...one, words: `${name.replace(/([a-z])([A-Z])/g, '$1-$2')}${one.words}`, name } : one));
}

/** Whether it goes to this program or this machine: to an address without a host, to loopback, or to what the environment calls the program's own. */
export function isOwn({ host, variables, words }: Destination): boolean {
  if (host !== undefined) return isLoopback(host);
  if (variables.length > 0) return variables.some((variable) => isPublished(variable) || OWN.test(variable));
  return words === '' || /^\/|\b(?:req|request|ctx)\.(?:get|host\w*|url|nextUrl|origin|headers)|nextUrl\.origin|\blocation\./.test(words);
}

/** Whether what answers there is asked about tokens, or has issued them. */
export function isAboutTokens({ host, variables, words }: Destination): boolean {
  const holders = host === undefined ? variables.length > 0 ? variables : [words.split('/')[0] ?? ''] : [host];
  return ABOUT_TOKENS.test(words) || holders.some((holder) => ISSUERS.test(holder));
}

/** Whether a destination is one of the listed hosts. */
export function isAmong({ host }: Destination, hosts: readonly string[]): boolean {
  return host !== undefined && hosts.some((one) => one.toLowerCase() === host || one.toLowerCase() === host.replace(/:\d+$/, ''));
}

function destination(value: Value): Destination {
  const parts = value.kind === 'text' ? value.parts : [value];
  const words = parts.map(wordsOf).join('');
  const written = parts.map((part) => (part.kind === 'primitive' ? String(part.value) : '\0')).join('');
  const [, host] = /^[a-z][a-z+.-]*:\/\/(?:[^/@\s]*@)?([^/?#\s\0]+)/i.exec(written) ?? [];
  const first = parts[0]?.kind === 'primitive' && /^https?:\/\/$/i.test(String(parts[0].value)) ? parts[1] : parts[0];
  const members = first ? possibilities(first) : [];
  const variables = [...new Set(members.flatMap((one) => ((one.kind === 'environment' || one.kind === 'configuration') && one.name !== undefined ? [one.name] : [])))];
  // A fallback that is written out says nothing of where a deployment sends it.
  const fallback = variables.length > 0 ? undefined : members.map((one) => (one.kind === 'primitive' ? hostOf(String(one.value)) : undefined)).find((one) => one !== undefined);
  const known = host?.toLowerCase() ?? fallback;
  return { host: known, variables, words, hasPath: /(?:^|[^/])\/[a-z][\w-]/i.test(written), name: known ?? variables[0] ?? namedAs(first) };
}

function hostOf(text: string): string | undefined {
  return /^[a-z][a-z+.-]*:\/\/(?:[^/@\s]*@)?([^/?#\s]+)/i.exec(text)?.[1]?.toLowerCase();
}

function wordsOf(part: Value): string {
  switch (part.kind) {
    case 'primitive': return String(part.value ?? '');
    case 'environment':
    case 'configuration': return part.name ?? '';
    case 'union': return possibilities(part).map(wordsOf).join(' ');
    case 'text': return part.parts.map(wordsOf).join('');
    default: return part.file.sourceCode.getText(part.node as never).replace(/\s+/g, '');
  }
}

/** The name of a constant or a setting that says which service it is: `ORDERS_URL`, `config.services.orders`; not `url`. */
function namedAs(part: Value | undefined): string | undefined {
  if (part?.kind !== 'unknown') return undefined;
  const node: TSESTree.Node = unwrapped(part.node);
  if (node.type !== AST_NODE_TYPES.Identifier && node.type !== AST_NODE_TYPES.MemberExpression) return undefined;
  const name = endName(node);
  return /^(?:_?(?:base|api|root|server|service|target|remote|upstream|downstream|full|request|endpoint|the)?_?(?:url|uri|host|path|endpoint|href|address|origin|link|domain)s?|config|options|value|data|api|service|target|upstream|backend|)$/i.test(name) ? undefined : part.file.sourceCode.getText(node as never);
}
