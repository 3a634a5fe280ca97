import { forwardedTokens } from '../src/analysis/forwarded-tokens.ts';
import { defineRule } from '../src/define-rule.ts';

/** Whoever receives a token can use it wherever it is accepted. */
export const noTokenForwarding = defineRule({
  name: 'no-token-forwarding',
  description: "Disallow sending the caller's token on to another service as it came.",
  messages: {
    token: "This sends the caller's token on to {{service}} as it came, and {{service}} can then act as the caller wherever the token is accepted. Exchange it for a token that is meant for that service, or name the host in `policy.forwardTo`.",
    headers: "This sends all headers of the request on to {{service}}, the caller's token among them, and {{service}} can then act as the caller wherever the token is accepted. Pick the headers that are needed, and exchange the token for one that is meant for that service.",
    refresh: 'This sends a refresh token to {{service}}, which can then get new access tokens in the name of the user. Send it to the token endpoint only.',
  },
  references: ['RFC 8693 section 1.1', 'RFC 8693 section 2.1', 'RFC 9700 section 2.3', 'RFC 9700 section 4.9', 'CWE-441', 'CWE-522'],
  presets: { service: 'warn' },
  *checkFile({ file, policy }) {
    for (const { kind, node, to } of forwardedTokens(file, policy.forwardTo ?? [])) {
      yield { message: kind, data: { service: to === undefined ? 'another service' : `\`${to}\`` }, node, file, exploitability: 'depends' };
    }
  },
});
