import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { walk } from '../src/analysis/call-nodes.ts';
import { endName } from '../src/analysis/expressions.ts';
import { defineRule } from '../src/define-rule.ts';

const PASSWORD = /^(?:password|http:\/\/auth0\.com\/oauth\/grant-type\/password-realm)$/;

/** With the password grant every client sees the password of every user. */
export const noLegacyGrant = defineRule({
  name: 'no-legacy-grant',
  description: 'Disallow requesting tokens with the password of the user.',
  messages: {
    password: 'The password grant hands the password of the user to this client, and leaves no room for a second factor. Use the authorization code with PKCE, or client credentials between services.',
  },
  references: ['RFC 9700 section 2.4', 'RFC 6749 section 4.3', 'CWE-522'],
  presets: { service: 'error' },
  *checkFile({ file }) {
    const found: TSESTree.Node[] = [];
    walk(file.sourceCode.ast as TSESTree.Node, file.sourceCode.visitorKeys, (node) => {
      if (isPasswordGrant(node)) found.push(node);
    });
    for (const node of found) yield { message: 'password', node, file, exploitability: 'hardening' };
  },
});

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
