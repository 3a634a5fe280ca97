import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls } from '../src/analysis/call-nodes.ts';
import { endName } from '../src/analysis/expressions.ts';
import { type Evidence, tokenIn } from '../src/analysis/token-evidence.ts';
import { evidenceIn } from '../src/analysis/token-sinks.ts';
import { possibilities } from '../src/analysis/value.ts';
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
    if (!evidence) return;
    for (const call of collectCalls(file)) {
      if (call.type !== AST_NODE_TYPES.CallExpression || endName(call.callee) !== 'postMessage') continue;
      const [message, target] = call.arguments;
      if (message && target && isAnyOrigin(target, evidence) && tokenIn(message, evidence)) yield { message: 'broadcast', node: call, file, exploitability: 'exploitable' };
    }
  },
});

/** `'*'`, or `{ targetOrigin: '*' }`. */
function isAnyOrigin(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  return possibilities(reader.evaluate(node, file)).some((one) => {
    const origin = one.kind === 'object' ? one.entries.get('targetOrigin')?.value : one;
    return origin?.kind === 'primitive' && origin.value === '*';
  });
}
