import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, nodesOf } from './call-nodes.ts';
import { analysisOf } from './operations.ts';
import { isNamedRequest } from './outgoing-requests.ts';
import type { SourceFile } from './source-file.ts';
import { type PlainUrl, plainHost, plainUrls } from './urls.ts';

/** Paths that name an endpoint of an authorization server (RFC 8414, OpenID Connect Discovery) or its key set. */
const ENDPOINT = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server|jwks)|\/jwks(?:\.json|_uri|\b)|\/oauth2?\/(?:v\d\/)?(?:token|authorize|introspect|revoke|keys)(?![\w-])|\/connect\/(?:token|authorize|introspect)(?![\w-])|\/protocol\/openid-connect\b/i;

/** A plain http URL that matters to tokens. */
export interface ProtectedUrl extends PlainUrl {
  readonly carries: 'endpoint' | 'token';
  /** The expression in the file that was asked about, which the URL's own text may stand outside of. */
  readonly use: TSESTree.Node;
}

/** Plain http URLs of endpoints and of requests that carry a token or a credential, each once, in source order. */
export function plainProtectedUrls(file: SourceFile): readonly ProtectedUrl[] {
  const reader = analysisOf(file)?.reader;
  const found: ProtectedUrl[] = [];
  nodesOf(file).forEach((node) => {
    const url = node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? node.value : node.type === AST_NODE_TYPES.TemplateLiteral ? node.quasis.map(({ value }) => value.cooked).join('\0') : undefined;
    if (url === undefined || !ENDPOINT.test(url)) return;
    const host = plainHost(url.split('\0')[0] ?? '', url.includes('\0'));
    if (host !== undefined) found.push({ node, file, host, url, carries: 'endpoint', use: node });
  });
  if (reader) {
    for (const call of collectCalls(file)) {
      const [target] = call.arguments;
      if (!target || target.type === AST_NODE_TYPES.SpreadElement || !isNamedRequest(call) || !carriesCredential(call, file)) continue;
      const given = reader.evaluate(target, file);
      const urls = given.kind === 'object' ? (given.entries.get('url') ?? given.entries.get('baseURL') ?? given.entries.get('prefixUrl'))?.value : given;
      for (const one of urls ? plainUrls(urls) : []) found.push({ ...one, carries: 'token', use: target });
    }
  }
  return found.filter((one, index) => found.findIndex((other) => other.file === one.file && other.node.range[0] === one.node.range[0]) === index);
}

/** A token in a header or a credential in the body, written in the arguments of the call. */
function carriesCredential(call: TSESTree.CallExpression | TSESTree.NewExpression, file: SourceFile): boolean {
  return call.arguments.some((argument) => /\bauthorization\b['"]?\s*[:\]]|\bgrant_type\b|\bclient_secret\b|\bBearer\s/i.test(file.sourceCode.getText(argument as never)));
}

/** `false` of `rejectUnauthorized` or `strictSsl`, and `'0'` of NODE_TLS_REJECT_UNAUTHORIZED: whoever is on the way may answer. */
export function disabledTlsChecks(file: SourceFile): readonly TSESTree.Node[] {
  const { text } = file.sourceCode;
  if (!/rejectUnauthorized|strictSsl|NODE_TLS_REJECT_UNAUTHORIZED/.test(text)) return [];
  const found: TSESTree.Node[] = [];
  nodesOf(file).forEach((node) => {
    if (node.type === AST_NODE_TYPES.Property && !node.computed) {
      const name = node.key.type === AST_NODE_TYPES.Identifier ? node.key.name : node.key.type === AST_NODE_TYPES.Literal ? node.key.value : undefined;
      const off = node.value.type === AST_NODE_TYPES.Literal && node.value.value === false;
      if (off && (name === 'strictSsl' || name === 'strictSSL' || (name === 'rejectUnauthorized' && isForRequests(node, file)))) found.push(node);
    }
    if (node.type === AST_NODE_TYPES.AssignmentExpression && /NODE_TLS_REJECT_UNAUTHORIZED['"]?\]?$/.test(file.sourceCode.getText(node.left as never)) && node.right.type === AST_NODE_TYPES.Literal && (node.right.value === '0' || node.right.value === 0)) found.push(node);
  });
  return found;
}

/** An agent or a request; the TLS of a database connection is another matter. */
function isForRequests(property: TSESTree.Node, file: SourceFile): boolean {
  for (let node = property.parent; node; node = node.parent) {
    if (node.type === AST_NODE_TYPES.Property) {
      const name = file.sourceCode.getText(node.key as never);
      if (!/agent|dispatcher|connect|https?|tls|keys|options|jwks/i.test(name)) return false;
    }
    if (node.type === AST_NODE_TYPES.NewExpression || node.type === AST_NODE_TYPES.CallExpression) return /(?:^|\.)(?:Agent|ProxyAgent|HttpsProxyAgent|fetch|request|get|post|axios|create|jwks\w*|\w*Jwks\w*|\w*JWKS\w*|JwksClient|strategy|got)$/.test(file.sourceCode.getText(node.callee as never));
    if (node.type.includes('Function') || node.type === AST_NODE_TYPES.VariableDeclarator) return false;
  }
  return false;
}
