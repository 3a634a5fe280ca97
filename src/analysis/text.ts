import type { Reader } from './reader.ts';
import { callFunction } from './invocations.ts';
import { type ArrayValue, type Frame, parametersOf, possibilities, primitive, type Provenance, unionOf, unknownValue, type Value } from './value.ts';
import { textOf } from './values.ts';

/** Methods that leave what a key is worth as it is: trimming, line breaks written as `\n`, a change of case. */
const SAME = new Set(['trim', 'trimEnd', 'trimStart', 'replace', 'replaceAll', 'toString', 'normalize', 'valueOf', 'asString']);

/** A method call on text, or on something that stands for text. */
export function callOnText(_reader: Reader, receiver: Value, method: string, args: readonly Value[], at: Provenance): Value {
  if (receiver.kind === 'primitive') return callOnPrimitive(receiver.value, method, args, at);
  if (receiver.kind === 'bytes') return method === 'toString' ? { ...receiver, ...at } : method === 'slice' || method === 'subarray' ? unknownValue(at, 'it is a part of some bytes') : unknownValue(at, 'it is read from bytes');
  if (SAME.has(method)) return receiver;
  // `env.get('JWT_SECRET').default('x')` of env-var.
  if (receiver.kind === 'environment' && method === 'default' && args[0]) return unionOf(at, [receiver, args[0]], 'fallback');
  if (receiver.kind === 'environment' && method === 'required') return { ...receiver, guaranteed: true };
  if (method === 'concat') return textOf(at, [receiver, ...args]);
  if (method === 'split') return unknownValue(at, 'it is a list split from text');
  return unknownValue(at, 'it is made from text', parametersOf(receiver));
}

function callOnPrimitive(value: string | number | boolean | bigint | null | undefined, method: string, args: readonly Value[], at: Provenance): Value {
  const plain = args.map((argument) => (argument.kind === 'primitive' ? argument.value : undefined));
  const known = args.every((argument) => argument.kind === 'primitive');
  if (typeof value === 'number' && method === 'toString' && args.length === 0) return primitive(at, String(value));
  if (typeof value !== 'string') return unknownValue(at, 'it is computed');
  switch (method) {
    case 'trim': return primitive(at, value.trim());
    case 'toLowerCase': return primitive(at, value.toLowerCase());
    case 'toUpperCase': return primitive(at, value.toUpperCase());
    case 'toString': case 'valueOf': case 'asString': return primitive(at, value);
    case 'concat': return textOf(at, [primitive(at, value), ...args]);
    case 'repeat': return typeof plain[0] === 'number' && plain[0] >= 0 && plain[0] * value.length < 4096 ? primitive(at, value.repeat(plain[0])) : unknownValue(at, 'it is computed');
    case 'slice': return known ? primitive(at, value.slice(plain[0] as number | undefined, plain[1] as number | undefined)) : unknownValue(at, 'it is computed');
    case 'split': return args.length === 1 && typeof plain[0] === 'string' ? { kind: 'array', ...at, elements: value.split(plain[0]).map((part) => primitive(at, part)), open: false } : unknownValue(at, 'it is a list split from text');
    case 'replace': case 'replaceAll': {
      const [pattern, replacement] = plain;
      if (typeof pattern === 'string' && typeof replacement === 'string') return primitive(at, method === 'replace' ? value.replace(pattern, replacement) : value.replaceAll(pattern, replacement));
      return /^-----BEGIN /.test(value) ? primitive(at, value) : unknownValue(at, 'it is replaced in part');
    }
    case 'padEnd': case 'padStart': return unknownValue(at, 'it is padded');
    default: return unknownValue(at, 'it is computed');
  }
}

/** A method call on a list. */
export function callOnList(reader: Reader, receiver: ArrayValue, method: string, args: readonly Value[], at: Provenance, frame: Frame | undefined): Value {
  switch (method) {
    case 'concat': {
      const more = args.flatMap((argument) => flattened(argument, at));
      return { ...receiver, ...at, elements: [...receiver.elements, ...more], open: receiver.open || args.some(mayHoldMore) };
    }
    case 'map': {
      const [mapper] = args;
      if (mapper?.kind !== 'function') return unknownValue(at, 'it is mapped by a function that cannot be seen');
      return { ...receiver, ...at, elements: receiver.elements.map((element, index) => callFunction(reader, mapper, [element, receiver.open ? unknownValue(at, 'it is a place in a list that may hold more') : primitive(at, index), receiver], false, at, frame)) };
    }
    case 'filter': return { ...receiver, ...at, elements: [], open: true };
    case 'slice': return args.length === 0 ? { ...receiver, ...at } : { ...receiver, ...at, elements: [], open: true };
    case 'flat': return { ...receiver, ...at, elements: receiver.elements.flatMap((element) => flattened(element, at)), open: receiver.open || receiver.elements.some(mayHoldMore) };
    case 'values': case 'reverse': case 'sort': case 'toSorted': case 'toReversed': return method === 'values' ? { ...receiver, ...at } : { ...receiver, ...at, elements: receiver.elements.length < 2 ? receiver.elements : [], open: receiver.open || receiver.elements.length > 1 };
    case 'join': {
      const [separator] = args;
      const glue = separator === undefined ? ',' : separator.kind === 'primitive' ? String(separator.value) : undefined;
      if (receiver.open || glue === undefined) return unknownValue(at, 'it is joined from a list that is not known');
      return textOf(at, receiver.elements.map(joined).flatMap((element, index) => (index === 0 ? [element] : [primitive(at, glue), element])));
    }
    case 'at': case 'pop': case 'shift': case 'find': {
      const members = receiver.elements.flatMap(possibilities);
      return members.length === 1 && !receiver.open && method !== 'find' && members[0] ? members[0] : unknownValue(at, 'it is one of a list');
    }
    default: return unknownValue(at, 'it is computed from a list');
  }
}

/** What an element becomes in a joined text: nothing, where there is no value. */
function joined(element: Value): Value {
  return element.kind === 'primitive' && (element.value === undefined || element.value === null) ? primitive(element, '') : element;
}

/** What a value adds to a list that takes the elements of other lists. */
function flattened(value: Value, at: Provenance): readonly Value[] {
  if (value.kind === 'array') return value.elements;
  return value.kind === 'union' && mayHoldMore(value) ? [unknownValue(at, 'it is added from a list that is not known', parametersOf(value))] : [value];
}

/** Whether a value may be a list of which not all elements are known. */
function mayHoldMore(value: Value): boolean {
  switch (value.kind) {
    case 'array': return value.open;
    case 'union': return value.members.some((member) => member.kind === 'array' || mayHoldMore(member));
    case 'unknown': case 'parameter': case 'api': case 'configuration': return true;
    default: return false;
  }
}
