import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls } from './call-nodes.ts';
import { endName } from './expressions.ts';
import { type Evidence, tokenIn } from './token-evidence.ts';
import { possibilities } from './value.ts';

/** Calls of `postMessage` that send a token to a window of whatever origin. */
export function broadcastTokens(evidence: Evidence): readonly TSESTree.Node[] {
  return collectCalls(evidence.file).filter((call) => {
    if (call.type !== AST_NODE_TYPES.CallExpression || endName(call.callee) !== 'postMessage') return false;
    const [message, target] = call.arguments;
    return message !== undefined && target !== undefined && isAnyOrigin(target, evidence) && tokenIn(message, evidence) !== undefined;
  });
}

/** `'*'`, or `{ targetOrigin: '*' }`. */
function isAnyOrigin(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  return possibilities(reader.evaluate(node, file)).some((one) => {
    const origin = one.kind === 'object' ? one.entries.get('targetOrigin')?.value : one;
    return origin?.kind === 'primitive' && origin.value === '*';
  });
}
