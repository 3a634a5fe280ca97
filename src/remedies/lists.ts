import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import { indentationOf, lineBreak } from './style.ts';

/** Whether a node is written as an element of an array literal, so that it can be taken out. */
export function isElementOf(node: TSESTree.Node): boolean {
  return node.parent?.type === AST_NODE_TYPES.ArrayExpression;
}

/**
 * Keeps only some elements of an array literal, each as it is written. `undefined` where comments stand inside, or where
 * an element is not one of the given ones' own text.
 */
export function keepElements(array: TSESTree.ArrayExpression, keep: (element: TSESTree.Node) => boolean, file: SourceFile): Edit | undefined {
  const { sourceCode } = file;
  if (sourceCode.getCommentsInside(array as never).length > 0) return undefined;
  const kept = array.elements.filter((element) => element !== null && keep(element)).map((element) => sourceCode.getText(element as never));
  if (kept.length === 0) return undefined;
  const [first] = array.elements;
  const stacked = first && first.loc.start.line !== array.loc.start.line;
  if (!stacked) return { file, range: array.range, text: `[${kept.join(', ')}]` };
  const separator = `${lineBreak(file)}${indentationOf(first, file)}`;
  const comma = sourceCode.getLastToken(array as never, 1)?.value === ',' ? ',' : '';
  return { file, range: array.range, text: `[${separator}${kept.join(`,${separator}`)}${comma}${lineBreak(file)}${indentationOf(array, file)}]` };
}

/** Adds texts at the end of an array literal. */
export function addElements(array: TSESTree.ArrayExpression, texts: readonly string[], file: SourceFile): Edit {
  const last = array.elements.at(-1);
  if (!last) return { file, range: array.range, text: `[${texts.join(', ')}]` };
  const stacked = last.loc.start.line !== array.loc.start.line;
  const separator = stacked ? `,${lineBreak(file)}${indentationOf(last, file)}` : ', ';
  return { file, range: [last.range[1], last.range[1]], text: texts.map((text) => `${separator}${text}`).join('') };
}
