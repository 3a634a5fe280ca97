import { evidenceIn } from '../src/analysis/token-sinks.ts';
import { broadcastTokens } from '../src/analysis/window-messages.ts';
import { defineRule } from '../src/define-rule.ts';

/** A message to `*` is read by whatever page stands in the other window. */
export const noTokenBroadcast = defineRule({
  name: 'no-token-broadcast',
  description: 'Disallow sending a token to windows of any origin.',
  messages: {
    broadcast: 'This sends a token to whatever page the other window shows. Name its origin instead of `*`.',
  },
  references: ['RFC 6750 section 5.2', 'CWE-346', 'CWE-201'],
  presets: { recommended: 'warn', strict: 'error', browser: 'error' },
  *checkFile({ file, operations }) {
    const evidence = evidenceIn(file, operations);
    for (const node of broadcastTokens(evidence)) yield { message: 'broadcast', node, file, exploitability: 'exploitable' };
  },
});
