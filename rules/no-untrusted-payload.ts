import { isRequestInput, payloadParts } from '../src/analysis/payloads.ts';
import { defineRule } from '../src/define-rule.ts';

/** A token says what its issuer wrote, not what a client asked for. */
export const noUntrustedPayload = defineRule({
  name: 'no-untrusted-payload',
  description: 'Disallow signing what a client sent as the payload of a token.',
  messages: {
    input: '`{{name}}` signs everything that the client sent, so that a client can write its own `role`, `sub` or `exp` into the token. Choose the properties that belong in it.',
  },
  references: ['RFC 7519 section 4', 'RFC 7519 section 11.1', 'CWE-915', 'CWE-20'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    const part = payloadParts(operation).find((one) => isRequestInput(one, operation));
    if (part) yield { message: 'input', data: { name: operation.name }, node: part.node, file: operation.file, exploitability: 'exploitable' };
  },
});
