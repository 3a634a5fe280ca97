import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls, nodesOf } from './call-nodes.ts';
import { calledName, endName, lastName } from './expressions.ts';
import { isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';

/** How programs ask for a grant. */
interface Grant {
  /** Values of `grant_type`. */
  readonly type: RegExp;
  /** Functions of client libraries that ask for it under a name of their own. */
  readonly calls: RegExp;
  /** The class of simple-oauth2. */
  readonly client: string;
}

/** RFC 6749 section 4.3, and its form with a realm that Auth0 has; calls of MSAL, auth0 and client-oauth2. */
const PASSWORD: Grant = {
  type: /^(?:password|http:\/\/auth0\.com\/oauth\/grant-type\/password-realm)$/,
  calls: /(?:^|\.)(?:acquireTokenByUsernamePassword|passwordGrant|ownerPassword\.getToken|owner\.getToken)$/,
  client: 'ResourceOwnerPassword',
};
/** RFC 6749 section 4.4; calls of openid-client, oauth4webapi, auth0 and client-oauth2. */
const CLIENT_CREDENTIALS: Grant = {
  type: /^client_credentials$/,
  calls: /(?:^|\.)(?:clientCredentialsGrant(?:Request)?|clientCredentials\.getToken|credentials\.getToken)$/,
  client: 'ClientCredentials',
};

/** Where a file asks for a token with the password of a user. */
export function passwordGrants(file: SourceFile, reader: Reader): readonly TSESTree.Node[] {
  return grantsIn(file, reader, PASSWORD);
}

/** Where a file asks for a token in its own name: the request's grant type, or the call of a library that is named for it. */
export function clientCredentialsGrants(file: SourceFile, reader: Reader): readonly TSESTree.Node[] {
  return grantsIn(file, reader, CLIENT_CREDENTIALS);
}

function grantsIn(file: SourceFile, reader: Reader, grant: Grant): readonly TSESTree.Node[] {
  const written = nodesOf(file).filter((node) => isWritten(node, grant.type, file, reader));
  const called = collectCalls(file).filter((call) => isCalled(call, grant, file, reader));
  // A call that is given the grant as an argument is the same request.
  return [...written, ...called.filter((call) => !written.some((node) => isInside(node, call)))];
}

function isCalled(call: AnyCall, { calls, client }: Grant, file: SourceFile, reader: Reader): boolean {
  if (calls.test(calledName(call))) return true;
  return lastName(call) === 'getToken' && possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'api' && one.path.endsWith(`${client}#getToken`));
}

function isWritten(node: TSESTree.Node, grant: RegExp, file: SourceFile, reader: Reader): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.Property:
      // A pattern takes a grant type apart, it requests none.
      return node.parent.type === AST_NODE_TYPES.ObjectExpression && isGrantType(node.key) && isText(node.value, grant, file, reader);
    case AST_NODE_TYPES.CallExpression: {
      const [name, value] = node.arguments;
      return /^(?:append|set)$/.test(endName(node.callee)) && name !== undefined && value !== undefined && isGrantType(name) && isText(value, grant, file, reader);
    }
    case AST_NODE_TYPES.Literal: return typeof node.value === 'string' && isFormOf(node.value, grant);
    case AST_NODE_TYPES.TemplateElement: return isFormOf(node.value.cooked ?? '', grant);
    default: return false;
  }
}

/** `grant_type=password&…` as a form, or `"grant_type":"password"` as JSON, that is written out. */
function isFormOf(text: string, grant: RegExp): boolean {
  const [, form, json] = /(?:^|[?&])grant_type=([^&\s]+)(?:&|$)|"grant_?type"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  return grant.test(form ?? json ?? '');
}

function isGrantType(node: TSESTree.Node): boolean {
  return /^grant_?type$/i.test(node.type === AST_NODE_TYPES.Identifier ? node.name : node.type === AST_NODE_TYPES.Literal ? String(node.value) : '');
}

/** The name of the grant, or a constant or member of an enumeration that holds it. */
function isText(node: TSESTree.Node, grant: RegExp, file: SourceFile, reader: Reader): boolean {
  return possibilities(reader.evaluate(node, file)).every((one) => one.kind === 'primitive' && grant.test(String(one.value)));
}
