import { sharedTokens } from '../src/analysis/token-recipients.ts';
import { defineRule } from '../src/define-rule.ts';

/** Each service that has the token can use it at the others. */
export const noSharedToken = defineRule({
  name: 'no-shared-token',
  description: 'Disallow sending one token to several services.',
  messages: {
    shared: 'The token that goes to `{{service}}` here goes to `{{other}}` in line {{line}} too, and each of them can use it at the other. Get a token for each service, with that service as its audience.',
  },
  references: ['RFC 9700 section 2.3', 'RFC 9700 section 4.10.2', 'RFC 8707 section 2', 'RFC 8725 section 3.9', 'CWE-441', 'CWE-1220'],
  presets: { service: 'error' },
  *checkFile({ file, isEnabled }) {
    // A caller's token is that rule's finding, at each service.
    const callers = !isEnabled('no-token-forwarding');
    for (const { node, service, other, line } of sharedTokens(file, { callers })) yield { message: 'shared', data: { service, other, line }, node, file, exploitability: 'depends' };
  },
});
