import { passwordGrants } from '../src/analysis/grant-requests.ts';
import { readerOf } from '../src/analysis/operations.ts';
import { defineRule } from '../src/define-rule.ts';

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
    for (const node of passwordGrants(file, readerOf(file))) yield { message: 'password', node, file, exploitability: 'hardening' };
  },
});
