import { mergeObjects } from './objects.ts';
import { callFunction } from './invocations.ts';
import type { Reader } from './reader.ts';
import { type ApiValue, type KeyValue, parametersOf, possibilities, primitive, type Provenance, truthiness, unionOf, unknownValue, type Value } from './value.ts';
import { textOf } from './values.ts';

/** Objects of the platform whose properties are environment variables. */
const ENVIRONMENTS = new Set(['process.env', 'import.meta.env', 'Bun.env']);
/** Modules of Node that are globals too. */
const SAME_AS_GLOBAL: Readonly<Record<string, string>> = { process: 'process', buffer: '', url: '', 'timers/promises': 'timers' };

/** A property of a global object or of a module of the platform. */
export function memberOfGlobal(value: ApiValue, name: string, at: Provenance): Value {
  if (value.library === '#environment') return { kind: 'environment', ...at, name, guaranteed: value.path === 'checked' };
  if (ENVIRONMENTS.has(value.path)) return { kind: 'environment', ...at, name, guaranteed: false };
  if (name === 'default' && value.library === '#node' && !value.path.includes('.')) return { ...value, ...at };
  if (value.library === '#node') {
    const shared = SAME_AS_GLOBAL[value.path];
    if (shared !== undefined) return { ...value, ...at, library: '#global', path: shared === '' ? name : `${shared}.${name}` };
  }
  if (value.library === '#global' && value.path === 'Number' && ['MAX_SAFE_INTEGER', 'MAX_VALUE', 'POSITIVE_INFINITY'].includes(name)) return primitive(at, Number[name as 'MAX_VALUE']);
  if (value.library === '#global' && /^(?:globalThis|global|window|self)$/.test(value.path)) return { ...value, ...at, path: name };
  const path = value.path.endsWith('#') ? value.path + name : `${value.path}.${name}`;
  return { ...value, ...at, path };
}

/** A call of a global function or of a function of a module of the platform. */
export function callGlobal(_reader: Reader, target: ApiValue, args: readonly Value[], at: Provenance): Value {
  const [first, second] = args;
  const fallback: Value = { kind: 'api', ...at, library: target.library, path: `${target.path}()` };
  if (target.library === '#environment') return target.path === 'reader' && first?.kind === 'primitive' && typeof first.value === 'string' ? { kind: 'environment', ...at, name: first.value, guaranteed: false } : fallback;
  const name = target.library === '#node' ? `node:${target.path.replace(/^fs\.promises\.|^fs\/promises\./, 'fs.').replace(/^(path)\.(?:posix|win32)\./, '$1.')}` : target.path;
  switch (name) {
    case 'Object.freeze': case 'Object.seal': case 'structuredClone': case 'Promise.resolve': case 'Object.preventExtensions':
      return first ?? primitive(at, undefined);
    case 'Object.assign': return mergeObjects(at, args);
    case 'Array.from': return first?.kind === 'array' ? first : unknownValue(at, 'it is made from a list that is not known');
    case 'Array.of': return { kind: 'array', ...at, elements: args, open: false };
    case 'Promise.all': return first ?? unknownValue(at, 'nothing is given');
    case 'String': return first ? asText(first, at) : primitive(at, '');
    case 'Boolean': return first ? asBoolean(first, at) : primitive(at, false);
    case 'Number': case 'parseInt': case 'parseFloat': case 'Number.parseInt': case 'Number.parseFloat':
      return first ? asNumber(name, first, second, at) : unknownValue(at, 'nothing is given');
    case 'Math.floor': case 'Math.round': case 'Math.trunc': case 'Math.ceil':
      if (first?.kind === 'instant') return { ...first, ...at, unit: first.unit === 'date' ? 'ms' : first.unit };
      if (first?.kind === 'primitive' && typeof first.value === 'number') return primitive(at, Math[name.slice(5) as 'floor'](first.value));
      return unknownValue(at, 'it is computed', first && parametersOf(first));
    case 'Date.now': return { kind: 'instant', ...at, unit: 'ms', offset: 0 };
    case 'Buffer.from': return first ? { kind: 'bytes', ...at, from: first, encoding: second?.kind === 'primitive' && typeof second.value === 'string' ? second.value.toLowerCase() : second === undefined ? 'utf8' : 'unknown' } : fallback;
    case 'Buffer.alloc':
      if (second) return { kind: 'bytes', ...at, from: second, encoding: 'unknown' };
      return { kind: 'bytes', ...at, from: undefined, encoding: 'zero', ...(first?.kind === 'primitive' && typeof first.value === 'number' && { length: first.value }) };
    case 'Uint8Array.from': return first ? { kind: 'bytes', ...at, from: first, encoding: 'list' } : fallback;
    case 'TextEncoder#encode': return { kind: 'bytes', ...at, from: first ?? primitive(at, undefined), encoding: 'utf8' };
    case 'JSON.parse': return parseJson(first, at) ?? unknownValue(at, 'it is parsed from text', first && parametersOf(first));
    case 'atob': return first?.kind === 'primitive' && typeof first.value === 'string' ? primitive(at, Buffer.from(first.value, 'base64').toString('latin1')) : unknownValue(at, 'it is decoded from text', first && parametersOf(first));
    case 'crypto.subtle.importKey': case 'node:crypto.subtle.importKey': case 'node:crypto.webcrypto.subtle.importKey':
      return importedKey(first, second, at) ?? fallback;
    case 'Deno.env.get': return { kind: 'environment', ...at, name: first?.kind === 'primitive' && typeof first.value === 'string' ? first.value : undefined, guaranteed: false };
    case 'Reflect.get': return unknownValue(at, 'it is computed');
    case 'node:util.promisify': case 'node:util.callbackify': return first ? promisify(first) : fallback;
    case 'node:crypto.createSecretKey': return first ? keyFrom('secret', second ? { kind: 'bytes', ...at, from: first, encoding: second.kind === 'primitive' ? String(second.value) : 'unknown' } : first, at) : fallback;
    case 'node:crypto.createPublicKey': return first ? keyFrom('public', material(first), at) : fallback;
    case 'node:crypto.createPrivateKey': return first ? keyFrom('private', material(first), at) : fallback;
    case 'node:crypto.randomBytes': case 'node:crypto.generateKeySync':
      return { kind: 'bytes', ...at, from: undefined, encoding: 'random', random: true, ...(first?.kind === 'primitive' && typeof first.value === 'number' && { length: first.value }) };
    case 'node:crypto.generateKeyPairSync': case 'node:crypto.generateKeyPair': return { kind: 'key', ...at, keyKind: 'pair', of: undefined };
    case 'node:crypto.randomUUID': case 'crypto.randomUUID': return { kind: 'bytes', ...at, from: undefined, encoding: 'random', random: true, length: 36 };
    case 'node:fs.readFileSync': case 'node:fs.readFile': case 'Deno.readTextFile': case 'Deno.readTextFileSync': case 'Deno.readFileSync':
      return first ? { kind: 'bytes', ...at, from: first, encoding: 'file' } : fallback;
    case 'node:path.join': case 'node:path.resolve': case 'node:url.fileURLToPath': case 'node:path.normalize':
      return textOf(at, args.flatMap((argument, index) => (index === 0 ? [argument] : [primitive(at, '/'), argument])));
    case 'node:module.createRequire': return { kind: 'api', ...at, library: '#global', path: 'require' };
    default: return fallback;
  }
}

/** `new` of a global class. */
export function constructGlobal(_reader: Reader, target: ApiValue, args: readonly Value[], at: Provenance): Value {
  const [first, second] = args;
  const name = target.path.replace(/^.*\./, '');
  switch (name) {
    case 'Date':
      if (first === undefined) return { kind: 'instant', ...at, unit: 'date', offset: 0 };
      return first.kind === 'instant' ? { ...first, ...at, unit: 'date' } : unknownValue(at, 'it is a date that is not known', parametersOf(first));
    case 'URL': return first ? (second && isRelative(first) ? textOf(at, [second, ...(first.kind === 'text' ? first.parts : [first])]) : first) : unknownValue(at, 'nothing is given');
    case 'Set': return first?.kind === 'array' ? { ...first, ...at, set: true } : { kind: 'array', ...at, elements: [], open: true, set: true };
    case 'RegExp': return first?.kind === 'primitive' && typeof first.value === 'string' ? { kind: 'regexp', ...at, pattern: first.value, flags: second?.kind === 'primitive' ? String(second.value) : '' } : first?.kind === 'regexp' ? first : unknownValue(at, 'the pattern is computed');
    case 'Uint8Array': return { kind: 'bytes', ...at, from: first?.kind === 'primitive' ? undefined : first, encoding: 'list', ...(first?.kind === 'primitive' && typeof first.value === 'number' && { length: first.value }) };
    default: return { kind: 'api', ...at, library: target.library, path: `${target.path}#` };
  }
}

/** An address that a base is put in front of: it begins with a text that names no scheme. */
function isRelative(address: Value): boolean {
  const start = address.kind === 'text' ? address.parts[0] : address;
  return start?.kind === 'primitive' && typeof start.value === 'string' && !/^[a-z]+:/i.test(start.value);
}

/** The same function, returning a promise instead of taking a callback. */
export function promisify(value: Value): Value {
  if (value.kind === 'api' || value.kind === 'function') return { ...value, promisified: true };
  return value.kind === 'union' ? { ...value, members: value.members.map(promisify) } : value;
}

function keyFrom(keyKind: KeyValue['keyKind'], of: Value, at: Provenance): Value {
  return { kind: 'key', ...at, keyKind, of };
}

/** A key of the Web Cryptography API, by the format it is given in. */
function importedKey(format: Value | undefined, of: Value | undefined, at: Provenance): Value | undefined {
  if (format?.kind !== 'primitive' || !of) return undefined;
  switch (format.value) {
    case 'raw': return keyFrom('secret', of, at);
    case 'pkcs8': return keyFrom('private', of, at);
    case 'spki': return keyFrom('public', of, at);
    case 'jwk': return of;
    default: return undefined;
  }
}

/** The material in `{ key, format, type }`, or the argument itself. */
function material(value: Value): Value {
  return value.kind === 'object' ? value.entries.get('key')?.value ?? value : value;
}

/** Text that a conversion makes: `String(undefined)` is the text «undefined». */
function asText(value: Value, at: Provenance): Value {
  return value.kind === 'primitive' ? primitive(at, String(value.value)) : { kind: 'text', ...at, parts: [value] };
}

function asBoolean(value: Value, at: Provenance): Value {
  const truthy = truthiness(value);
  if (truthy !== undefined) return primitive(at, truthy);
  const parameters = parametersOf(value);
  return parameters.length > 0 ? unknownValue(at, 'it is computed', parameters) : unionOf(at, [primitive(at, true), primitive(at, false)], 'condition');
}

function asNumber(name: string, value: Value, radix: Value | undefined, at: Provenance): Value {
  if (value.kind === 'primitive') {
    if (name === 'Number') return typeof value.value === 'bigint' ? unknownValue(at, 'it is computed') : primitive(at, Number(value.value));
    if (radix !== undefined && !(radix.kind === 'primitive' && radix.value === 10)) return unknownValue(at, 'it is computed');
    return primitive(at, name.endsWith('parseInt') ? Number.parseInt(String(value.value), 10) : Number.parseFloat(String(value.value)));
  }
  if (value.kind === 'instant') return { ...value, ...at, unit: value.unit === 'date' ? 'ms' : value.unit };
  if (value.kind === 'union') return unionOf(at, possibilities(value).map((one) => asNumber(name, one, radix, at)), value.how);
  return unknownValue(at, 'it is a number that is read at run time', parametersOf(value));
}

function parseJson(value: Value | undefined, at: Provenance): Value | undefined {
  if (value?.kind !== 'primitive' || typeof value.value !== 'string') return undefined;
  try {
    return fromJson(JSON.parse(value.value), at);
  } catch {
    return undefined;
  }
}

function fromJson(data: unknown, at: Provenance): Value {
  if (Array.isArray(data)) return { kind: 'array', ...at, elements: data.map((one) => fromJson(one, at)), open: false };
  if (typeof data === 'object' && data !== null) {
    return { kind: 'object', ...at, entries: new Map(Object.entries(data).map(([key, one]) => [key, { value: fromJson(one, at), node: at.node, file: at.file, definite: true }])), open: false };
  }
  return primitive(at, data as string);
}

/** Runs a factory function that a configuration hands over, without arguments. */
export function runFactory(reader: Reader, factory: Value, at: Provenance): Value {
  return factory.kind === 'function' ? callFunction(reader, factory, [], true, at, undefined) : unknownValue(at, 'it is made by a factory that cannot be seen');
}
