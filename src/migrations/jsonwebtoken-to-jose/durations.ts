import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { readJoseText, readMsText } from '../../analysis/time.ts';
import { possibilities, type Value } from '../../analysis/value.ts';
import { quote } from '../../remedies/style.ts';
import type { Rewriting } from '../rewriting.ts';
import type { Option } from './options.ts';

/**
 * A length of time as jose reads it from now: text with a unit. jsonwebtoken takes numbers for seconds and text without
 * a unit for milliseconds. Gives `undefined` where that cannot be said.
 */
export function durationFromNow({ value, node, text, isConstant }: Option, rewriting: Rewriting): string | undefined {
  const all = possibilities(value);
  if (all.some((one) => one.kind === 'instant')) return undefined;
  if (all.every((one) => one.kind === 'primitive' && typeof one.value === 'number') || isProduct(node)) {
    if (node.type === AST_NODE_TYPES.Literal && !isConstant) return quote(`${String(node.value)}s`, rewriting.file);
    return `\`\${${text}}s\``;
  }
  const isText = (one: Value) => one.kind === 'environment' || one.kind === 'duration-text' || (one.kind === 'primitive' && typeof one.value === 'string');
  if (all.every(isText)) return all.every((one) => one.kind !== 'primitive' || meansTheSame(String(one.value))) ? text : undefined;
  const isPlain = node.type === AST_NODE_TYPES.Identifier || (node.type === AST_NODE_TYPES.MemberExpression && !node.computed);
  return isPlain || isConstant ? `typeof ${text} === 'number' ? \`\${${text}}s\` : ${text}` : undefined;
}

/** What is multiplied, divided or subtracted is a number, whatever it was before. */
function isProduct(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.BinaryExpression && ['*', '/', '-', '%', '**'].includes(node.operator);
}

/** An age as jose reads it: a number is seconds in both. */
export function age({ value, text }: Option): string | undefined {
  return possibilities(value).every((one) => one.kind !== 'instant' && (one.kind !== 'primitive' || typeof one.value === 'number' || (typeof one.value === 'string' && meansTheSame(one.value)))) ? text : undefined;
}

function meansTheSame(text: string): boolean {
  const seconds = readMsText(text);
  return seconds !== undefined && seconds === readJoseText(text);
}
