import { repeatedRequests } from '../src/analysis/repeated-requests.ts';
import { defineRule } from '../src/define-rule.ts';

/** The secret of a client should travel as seldom as its tokens allow. */
export const noUncachedClientCredentials = defineRule({
  name: 'no-uncached-client-credentials',
  description: 'Disallow asking the authorization server anew for every request, where its answer could be kept.',
  messages: {
    grant: 'This sends the client secret to the token endpoint again for every request that comes in, and waits for the answer each time. Keep the token until shortly before it expires.',
    introspection: 'This asks the introspection endpoint again for every request that comes in, which then stands and falls with that endpoint. Keep the answer for a token for a short time, and not beyond its expiry.',
  },
  references: ['RFC 6749 section 4.4', 'RFC 6749 section 5.1', 'RFC 7662 section 4', 'RFC 9700 section 2.5', 'CWE-522', 'CWE-770'],
  presets: { service: 'error' },
  *checkFile({ file }) {
    for (const { kind, node } of repeatedRequests(file)) yield { message: kind, node, file, exploitability: 'hardening' };
  },
});
