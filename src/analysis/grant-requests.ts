import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { endName } from './expressions.ts';
import type { SourceFile } from './source-file.ts';

/** The grant of RFC 6749 section 4.3, and its form with a realm that Auth0 has. */
const PASSWORD = /^(?:password|http:\/\/auth0\.com\/oauth\/grant-type\/password-realm)$/;

/** Where a file asks for a token with the password of a user. */
export function passwordGrants(file: SourceFile): readonly TSESTree.Node[] {
  return nodesOf(file).filter(isPasswordGrant);
}

function isPasswordGrant(node: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.Property:
      // A pattern takes a grant type apart, it requests none.
      return node.parent.type === AST_NODE_TYPES.ObjectExpression && isGrantType(node.key) && isPassword(node.value);
    case AST_NODE_TYPES.CallExpression: {
      const [name, value] = node.arguments;
      return /^(?:append|set)$/.test(endName(node.callee)) && name !== undefined && value !== undefined && isGrantType(name) && isPassword(value);
    }
    case AST_NODE_TYPES.Literal: return typeof node.value === 'string' && /(?:^|[?&])grant_type=password(?:&|$)/.test(node.value);
    case AST_NODE_TYPES.TemplateElement: return /(?:^|[?&])grant_type=password(?:&|$)/.test(node.value.cooked ?? '');
    default: return false;
  }
}

function isGrantType(node: TSESTree.Node): boolean {
  return /^grant_?type$/i.test(node.type === AST_NODE_TYPES.Identifier ? node.name : node.type === AST_NODE_TYPES.Literal ? String(node.value) : '');
}

function isPassword(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && PASSWORD.test(node.value);
}
