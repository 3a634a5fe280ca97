import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SetSetting } from '../analysis/operation.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import { indentationOf, indentStep, lineBreak } from './style.ts';

/** Adds `name: value` at the end of an object literal, on a line of its own where the others have theirs. */
export function addProperty(object: TSESTree.ObjectExpression, name: string, value: string, file: SourceFile): Edit {
  const { sourceCode } = file;
  const property = `${name}: ${value}`;
  const last = object.properties.at(-1);
  if (!last) {
    const inner = sourceCode.text.slice(object.range[0] + 1, object.range[1] - 1);
    if (inner.trim() === '') return { file, range: object.range, text: `{ ${property} }` };
    // Only comments inside: they stay, the property goes before the brace.
    return { file, range: [object.range[1] - 1, object.range[1] - 1], text: inner.includes('\n') ? `${indentStep(file)}${property},${lineBreak(file)}${indentationOf(object, file)}` : ` ${property} ` };
  }
  const comma = sourceCode.getTokenAfter(last as never);
  const hasComma = comma?.value === ',';
  const end = hasComma ? comma.range[1] : last.range[1];
  const first = object.properties[0] ?? last;
  const ownLine = first.loc.start.line !== object.loc.start.line || object.properties.some((one, index) => index > 0 && one.loc.start.line !== object.properties[index - 1]?.loc.end.line);
  const separator = hasComma ? '' : ',';
  const text = ownLine ? `${separator}${lineBreak(file)}${indentationOf(last, file)}${property}${hasComma ? ',' : ''}` : `${separator} ${property}${hasComma ? ',' : ''}`;
  if (!ownLine) return { file, range: [end, end], text };
  // A comment behind the last property belongs to its line: the new one goes below.
  const lineEnd = sourceCode.text.indexOf('\n', end);
  const trailing = lineEnd === -1 || lineEnd > object.range[1] ? '' : sourceCode.text.slice(end, lineEnd).replace(/\r$/, '');
  if (trailing.trim() === '' || !/^\s*(?:\/\/|\/\*)/.test(trailing)) return { file, range: [end, end], text };
  return { file, range: [end, end + trailing.length], text: `${separator}${trailing}${lineBreak(file)}${indentationOf(last, file)}${property}${hasComma ? ',' : ''}` };
}

/** Takes a property out of its object literal, with its comma and, where it stands alone, its line. */
export function removeProperty(property: TSESTree.Node, file: SourceFile): Edit {
  return removeFromList(property, file);
}

/** Takes an option out, where its text may be edited from here. */
export function removeSetting({ owned, holder, file }: SetSetting): Edit | undefined {
  return owned && holder.type === AST_NODE_TYPES.Property ? removeProperty(holder, file) : undefined;
}

/** Takes an element out of its array literal, with its comma. */
export function removeElement(element: TSESTree.Node, file: SourceFile): Edit {
  return removeFromList(element, file);
}

function removeFromList(node: TSESTree.Node, file: SourceFile): Edit {
  const { sourceCode } = file;
  const { text } = sourceCode;
  const after = sourceCode.getTokenAfter(node as never);
  const before = sourceCode.getTokenBefore(node as never);
  const hasComma = after?.value === ',';
  let [start] = node.range;
  let end = hasComma ? after.range[1] : node.range[1];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const aloneOnLine = /^[ \t]*$/.test(text.slice(lineStart, start)) && lineEnd !== -1 && /^[ \t]*\r?$/.test(text.slice(end, lineEnd));
  if (aloneOnLine) {
    // The last of several without a trailing comma leaves its neighbour's comma, which is valid.
    if (!hasComma && before?.value === ',' && file.sourceCode.getCommentsBefore(node as never).length === 0) return { file, range: [before.range[0], node.range[1]], text: '' };
    return { file, range: [lineStart, lineEnd + 1], text: '' };
  }
  if (hasComma) {
    while (/[ \t]/.test(text[end] ?? '')) end++;
  } else if (before?.value === ',') {
    start = before.range[0];
  } else {
    // The only one: `{ a: 1 }` becomes `{ }`.
    while (/[ \t]/.test(text[end] ?? '')) end++;
  }
  return { file, range: [start, end], text: '' };
}

/** The property of an object literal with this name, if it is written out. */
export function findProperty(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | undefined {
  return object.properties.find((property): property is TSESTree.Property => property.type === AST_NODE_TYPES.Property && !property.computed && ((property.key.type === AST_NODE_TYPES.Identifier && property.key.name === name) || (property.key.type === AST_NODE_TYPES.Literal && property.key.value === name)));
}
