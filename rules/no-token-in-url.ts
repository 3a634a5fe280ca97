import { tokenFromQuery, tokensInAddresses } from '../src/analysis/token-addresses.ts';
import { evidenceIn } from '../src/analysis/token-sinks.ts';
import { defineRule } from '../src/define-rule.ts';

/** Addresses are kept in histories and logs, and are sent on as the referrer. */
export const noTokenInUrl = defineRule({
  name: 'no-token-in-url',
  description: 'Disallow tokens in addresses.',
  messages: {
    sent: 'A token in an address stays in histories and logs and is sent on as the referrer. Send it in the `Authorization` header.',
    accepted: '`{{name}}` takes the token from the address, where histories, logs and referrers keep it. Take it from the `Authorization` header.',
  },
  references: ['RFC 6750 section 5.3', 'RFC 9700 section 4.3.2', 'CWE-598'],
  presets: { recommended: 'warn', strict: 'error', service: 'error', browser: 'error' },
  *check(operation) {
    const common = { file: operation.file, exploitability: 'hardening', message: 'accepted', data: { name: operation.name } } as const;
    if (operation.kind === 'extract' && !operation.wrapped && operation.model.tokenFrom?.includes('query')) yield { ...common, node: operation.node };
    const token = operation.kind === 'verify' ? tokenFromQuery(operation) : undefined;
    if (token) yield { ...common, node: token };
  },
  *checkFile({ file, operations }) {
    const evidence = evidenceIn(file, operations);
    for (const node of tokensInAddresses(evidence)) yield { message: 'sent', node, file, exploitability: 'hardening' };
  },
});
