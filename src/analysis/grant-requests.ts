import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, nodesOf } from './call-nodes.ts';
import { calledName, endName, initialValue, lastName } from './expressions.ts';
import { isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';

/** The grant of RFC 6749 section 4.3, and its form with a realm that Auth0 has. */
const PASSWORD = /^(?:password|http:\/\/auth0\.com\/oauth\/grant-type\/password-realm)$/;
/** RFC 6749 section 4.4. */
const CLIENT_CREDENTIALS = /^client_credentials$/;

/** Where a file asks for a token with the password of a user. */
export function passwordGrants(file: SourceFile): readonly TSESTree.Node[] {
  return nodesOf(file).filter((node) => isGrant(node, PASSWORD, file));
}

/** Where a file asks for a token in its own name: the request's grant type, or the call of a library that is named for it. */
export function clientCredentialsGrants(file: SourceFile, reader: Reader): readonly TSESTree.Node[] {
  const written = nodesOf(file).filter((node) => isGrant(node, CLIENT_CREDENTIALS, file));
  const called = collectCalls(file).filter((call) => isGrantCall(call, file, reader));
  // A call that is given the grant as an argument is the same request.
  return [...written, ...called.filter((call) => !written.some((node) => isInside(node, call)))];
}

/** Functions of client libraries that make the grant under a name of their own: openid-client, oauth4webapi, auth0, simple-oauth2, client-oauth2. */
const GRANT_CALLS = /(?:^|\.)(?:clientCredentialsGrant(?:Request)?|clientCredentials\.getToken|credentials\.getToken)$/;

function isGrantCall(call: TSESTree.CallExpression | TSESTree.NewExpression, file: SourceFile, reader: Reader): boolean {
  if (call.type !== AST_NODE_TYPES.CallExpression) return false;
  const name = calledName(call);
  if (GRANT_CALLS.test(name)) return true;
  if (lastName(call) !== 'getToken' || !/simple-oauth2/.test(file.sourceCode.text)) return false;
  return possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'api' && one.library === 'simple-oauth2' && /ClientCredentials#getToken$/.test(one.path));
}

function isGrant(node: TSESTree.Node, grant: RegExp, file: SourceFile): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.Property:
      // A pattern takes a grant type apart, it requests none.
      return node.parent.type === AST_NODE_TYPES.ObjectExpression && isGrantType(node.key) && isText(node.value, grant, file);
    case AST_NODE_TYPES.CallExpression: {
      const [name, value] = node.arguments;
      return /^(?:append|set)$/.test(endName(node.callee)) && name !== undefined && value !== undefined && isGrantType(name) && isText(value, grant, file);
    }
    case AST_NODE_TYPES.Literal: return typeof node.value === 'string' && isFormOf(node.value, grant);
    case AST_NODE_TYPES.TemplateElement: return isFormOf(node.value.cooked ?? '', grant);
    default: return false;
  }
}

/** `grant_type=password&…` as a form that is written out. */
function isFormOf(text: string, grant: RegExp): boolean {
  const [, written] = /(?:^|[?&])grant_type=([^&\s]+)(?:&|$)/.exec(text) ?? [];
  return written !== undefined && grant.test(written);
}

function isGrantType(node: TSESTree.Node): boolean {
  return /^grant_?type$/i.test(node.type === AST_NODE_TYPES.Identifier ? node.name : node.type === AST_NODE_TYPES.Literal ? String(node.value) : '');
}

/** The name of the grant, or a constant that holds it. */
function isText(node: TSESTree.Node, grant: RegExp, file: SourceFile): boolean {
  const written = node.type === AST_NODE_TYPES.Identifier ? initialValue(node, file) : node;
  return written?.type === AST_NODE_TYPES.Literal && typeof written.value === 'string' && grant.test(written.value);
}
