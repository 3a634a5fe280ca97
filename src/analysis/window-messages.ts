import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, nodesOf } from './call-nodes.ts';
import { endName } from './expressions.ts';
import { type Evidence, tokenIn } from './token-evidence.ts';
import { possibilities } from './value.ts';

/** Calls of `postMessage` that send a token to a window of whatever origin, and tokens in pages whose scripts do so. */
export function broadcastTokens({ file, reader, issued }: Evidence): readonly TSESTree.Node[] {
  // No lexer sends its tokens to another window.
  const evidence: Evidence = { file, reader, issued, bareTokens: true };
  const calls = collectCalls(file).filter((call) => {
    if (call.type !== AST_NODE_TYPES.CallExpression || endName(call.callee) !== 'postMessage') return false;
    const [message, target] = call.arguments;
    return message !== undefined && target !== undefined && isAnyOrigin(target, evidence) && tokenIn(message, evidence) !== undefined;
  });
  return [...calls, ...nodesOf(file).filter(isComposedText).flatMap((text) => broadcastIn(piecesOf(text), evidence))];
}

/** A template, or texts put together by `+`: the whole of it, not its parts. */
function isComposedText(node: TSESTree.Node): boolean {
  return (node.type === AST_NODE_TYPES.TemplateLiteral || node.type === AST_NODE_TYPES.BinaryExpression) && node.parent.type !== AST_NODE_TYPES.BinaryExpression;
}

/** What a text is put together from, in order: what is written out, and expressions. */
function piecesOf(node: TSESTree.Node): readonly (string | TSESTree.Node)[] {
  if (node.type === AST_NODE_TYPES.TemplateLiteral) return node.quasis.flatMap(({ value }, index) => [value.raw, ...node.expressions.slice(index, index + 1)]);
  if (node.type === AST_NODE_TYPES.BinaryExpression && node.operator === '+') return [...piecesOf(node.left), ...piecesOf(node.right)];
  return [node.type === AST_NODE_TYPES.Literal ? String(node.value) : node];
}

/** A script in the text of a page: `postMessage(…, '*')` around a token that is put in. */
function broadcastIn(pieces: readonly (string | TSESTree.Node)[], evidence: Evidence): readonly TSESTree.Node[] {
  const put = pieces.filter((piece) => typeof piece !== 'string');
  // Nobody writes this character, so it stands for what is put in.
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : '\0')).join('');
  return [...text.matchAll(/\bpostMessage\s*\(((?:(?!postMessage)[^])*?),\s*(['"])\*\2/g)].flatMap(({ index, 1: message = '' }) => {
    const first = text.slice(0, index).split('\0').length - 1;
    return put.slice(first, first + message.split('\0').length - 1).filter((expression) => tokenIn(expression, evidence) !== undefined);
  });
}

/** `'*'`, or `{ targetOrigin: '*' }`. */
function isAnyOrigin(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  return possibilities(reader.evaluate(node, file)).some((one) => {
    const origin = one.kind === 'object' ? one.entries.get('targetOrigin')?.value : one;
    return origin?.kind === 'primitive' && origin.value === '*';
  });
}
