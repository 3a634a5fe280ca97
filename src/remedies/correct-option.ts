import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation } from '../analysis/operation.ts';
import type { MisreadName, MisreadOption, MisreadUnit, MisreadValue } from '../analysis/option-checks.ts';
import { isInside } from '../analysis/order.ts';
import { readMsText } from '../analysis/time.ts';
import type { Value } from '../analysis/value.ts';
import type { Edit } from '../define-rule.ts';
import type { Place } from '../libraries/descriptor.ts';
import { failFastRead, type FailFastRead } from './environment.ts';
import { narrowed } from './inferred-types.ts';
import { addProperty, findProperty, removeProperty } from './properties.ts';
import { indentationOf, lineBreak, quote } from './style.ts';

/** Edits that make a misread option work, and how it then reads. */
export interface Correction {
  readonly edits: readonly Edit[];
  readonly corrected: string;
}

/** Renames, moves or converts an option so that the library makes the check; `undefined` where that is not certain, or would accept more. */
export function correctOption(operation: JwtOperation, option: MisreadOption): Correction | undefined {
  if (operation.wrapped) return undefined;
  switch (option.problem) {
    case 'misread': return convert(operation, option);
    case 'unit': return shorten(operation, option);
    default: return rewrite(operation, option);
  }
}

function rewrite(operation: JwtOperation, { entry, written, belongs, place, setting }: MisreadName): Correction | undefined {
  const object = operation.optionsObject?.node;
  const property = entry.node;
  // A tolerance that begins to work accepts more tokens.
  if (!object || !belongs || !place || setting === 'clockTolerance' || property.type !== AST_NODE_TYPES.Property || property.computed || property.kind !== 'init' || !isInside(property, object)) return undefined;
  const read = readAs(place, entry.value, property.value, operation);
  if (!read) return undefined;
  const { file } = operation;
  const value = read.text === file.sourceCode.getText(property.value as never) && place.shape !== 'list' ? read.text : narrowed(read.text, object, file);
  const text = `${belongs.at(-1) ?? ''}: ${value}`;
  const corrected = belongs.join('.');
  const more = read.edits;
  // The opening brace is named in every edit, so that two corrections of one object never run at once.
  const lock: Edit = { file, range: [object.range[0], object.range[0] + 1], text: '{' };
  if (belongs.slice(0, -1).join('.') === written.slice(0, -1).join('.')) return { edits: [...more, lock, { file, range: property.range, text }], corrected };
  const parent = property.parent;
  if (parent.type !== AST_NODE_TYPES.ObjectExpression) return undefined;
  if (belongs.length === 1 && written.length === 2 && parent.parent.type === AST_NODE_TYPES.Property) {
    const container = parent.parent;
    if (parent.properties.length === 1) return file.sourceCode.getCommentsInside(container as never).length > 0 ? undefined : { edits: [...more, lock, { file, range: container.range, text }], corrected };
    const onOwnLine = container.loc.start.line !== object.loc.start.line;
    const separator = onOwnLine ? `,${lineBreak(file)}${indentationOf(container, file)}` : ', ';
    return { edits: [...more, lock, { file, range: [container.range[0], container.range[0]], text: `${text}${separator}` }, removeProperty(property, file)], corrected };
  }
  if (belongs.length !== 2 || written.length !== 1) return undefined;
  const container = findProperty(object, belongs[0] ?? '');
  if (!container) return { edits: [...more, lock, { file, range: property.range, text: `${belongs[0] ?? ''}: { ${text} }` }], corrected };
  if (container.value.type !== AST_NODE_TYPES.ObjectExpression) return undefined;
  return { edits: [...more, lock, addProperty(container.value, belongs[1] ?? '', value, file), removeProperty(property, file)], corrected };
}

/** The value as text for a place, where it means the same there. */
function readAs(place: Place, value: Value, node: TSESTree.Node, operation: JwtOperation): FailFastRead | undefined {
  const text = operation.file.sourceCode.getText(node as never);
  if (value.kind === 'environment' && !value.guaranteed && !place.time && place.misread?.some(({ given, effect }) => given === 'undefined' && effect === 'ignored')) {
    // Read as it stands, an unset variable would switch the check off again.
    return value.name === undefined || value.node !== node ? undefined : failFastRead(value.name, node, operation.file);
  }
  const plain = place.time ? durationFor(place, value, text) : textFor(place, value, text);
  return plain === undefined ? undefined : { text: plain, edits: [] };
}

function textFor(place: Place, value: Value, text: string): string | undefined {
  const literal = value.kind === 'primitive' && typeof value.value === 'string' && value.value !== '';
  if (value.kind === 'primitive' && !literal) return undefined;
  if (place.shape === 'list') return value.kind === 'array' && !value.set ? text : literal ? `[${text}]` : undefined;
  if (value.kind === 'array') return !value.set && place.shape !== 'single' && !place.misread?.some(({ given }) => given === 'array') ? text : undefined;
  if (value.kind === 'regexp') return place.misread?.some(({ given }) => given === 'regexp') ? undefined : text;
  return literal || value.kind === 'unknown' || value.kind === 'text' || ((value.kind === 'environment' || value.kind === 'configuration') && value.guaranteed) ? text : undefined;
}

/** A length of time in the place's own unit. Numbers under a foreign name are seconds, as in every library but those that say otherwise. */
function durationFor(place: Place, value: Value, text: string): string | undefined {
  if (value.kind !== 'primitive') return place.time?.number === 'duration-s' && value.kind === 'unknown' ? text : undefined;
  if (typeof value.value === 'number') return place.time?.number === 'duration-s' ? text : place.time?.number === 'duration-ms' ? String(value.value * 1000) : undefined;
  if (typeof value.value !== 'string' || /^\d*$/.test(value.value.trim())) return undefined;
  const seconds = readMsText(value.value);
  if (seconds === undefined || seconds <= 0) return undefined;
  if (place.time?.text === 'ms' || place.time?.text === 'jose') return text;
  return place.time?.number === 'duration-ms' ? String(seconds * 1000) : place.time?.number === 'duration-s' ? String(seconds) : undefined;
}

function convert(operation: JwtOperation, { setting, given, value, type, misreading }: MisreadValue): Correction | undefined {
  const { file } = operation;
  if (!given.owned || given.file !== file || !isExpression(given.node)) return undefined;
  const text = file.sourceCode.getText(given.node as never);
  const replaced = (corrected: string): Correction => ({ edits: [{ file, range: given.node.range, text: corrected.startsWith('[') ? narrowed(corrected, given.node, file) : corrected }], corrected });
  const literal = value.kind === 'primitive' && typeof value.value === 'string' && given.value === value ? value.value : undefined;
  if (misreading.effect === 'always-passes') {
    if (literal !== undefined) {
      const seconds = type === 'numeric-string' || /^\d+$/.test(literal) ? Number(literal) : readMsText(literal);
      return seconds === undefined ? undefined : replaced(String(seconds));
    }
    // A variable that is not a number, or not set, then means no tolerance.
    return given.value === value && value.kind === 'environment' ? replaced(`Number(${text}) || 0`) : undefined;
  }
  if (setting === 'algorithms' && literal !== undefined && literal !== '') {
    const names = literal.split(/[\s,]+/).filter((name) => name !== '');
    return replaced(names.length === 1 && given.node === value.node ? `[${text}]` : `[${names.map((name) => quote(name, file)).join(', ')}]`);
  }
  if (setting === 'maxAge' && literal !== undefined && given.place.time?.number === 'duration-ms' && !/^\s*\d+\s*$/.test(literal)) {
    const seconds = readMsText(literal);
    return seconds === undefined ? undefined : replaced(String(seconds * 1000));
  }
  if (misreading.effect === 'ignored' && type === 'string' && given.place.accepts?.includes('array') && literal !== undefined) return replaced(`[${text}]`);
  if (type === 'regexp' && value.kind === 'regexp' && given.node === value.node && given.value === value) {
    const exact = exactText(value.pattern, value.flags);
    return exact === undefined ? undefined : replaced(quote(exact, file));
  }
  if (type === 'array' && value.kind === 'array' && given.node === value.node && given.node.type === AST_NODE_TYPES.ArrayExpression) {
    const [only] = given.node.elements;
    const element = value.elements[0];
    if (given.node.elements.length === 1 && only && !value.open && element?.kind === 'primitive' && typeof element.value === 'string' && element.value !== '') return replaced(file.sourceCode.getText(only as never));
  }
  return undefined;
}

/** The one text that an anchored expression without operators fits. */
function exactText(pattern: string, flags: string): string | undefined {
  if (flags !== '' || !/^\^.*[^\\]\$$/.test(pattern)) return undefined;
  const inner = pattern.slice(1, -1);
  if (/(^|[^\\])[.*+?()[\]{}|^$]/.test(inner.replace(/\\./g, 'x')) || /\\[a-zA-Z0-9]/.test(inner)) return undefined;
  return inner.replace(/\\(.)/g, '$1');
}

/** Milliseconds where seconds are read: a thousandth accepts less. */
function shorten(operation: JwtOperation, { given, value, mistake }: MisreadUnit): Correction | undefined {
  if (mistake.read !== 'seconds' || !given.owned || given.file !== operation.file || given.value !== value || !isInside(value.node, given.holder)) return undefined;
  const seconds = mistake.amount / 1000;
  if (!Number.isInteger(seconds)) return undefined;
  const text = withoutThousand(value.node, operation) ?? String(seconds);
  return { edits: [{ file: operation.file, range: given.node.range, text }], corrected: text };
}

/** `60 * 60 * 1000` without its last factor. */
function withoutThousand(node: TSESTree.Node, operation: JwtOperation): string | undefined {
  if (node.type !== AST_NODE_TYPES.BinaryExpression || node.operator !== '*' || node.right.type !== AST_NODE_TYPES.Literal || node.right.value !== 1000) return undefined;
  return operation.file.sourceCode.getText(node.left as never);
}

/** A property in short form has no expression of its own to replace. */
function isExpression(node: TSESTree.Node): boolean {
  return !(node.parent?.type === AST_NODE_TYPES.Property && node.parent.shorthand);
}
