import { memberOfInstance } from './classes.ts';
import { exportOf, ownExport } from './exports.ts';
import { memberOfPackage } from './packages.ts';
import { memberOfGlobal } from './platform.ts';
import type { Reader } from './reader.ts';
import { checkedVariable } from './schema-defaults.ts';
import { type Frame, parametersOf, primitive, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

/** The property of a value; `name` is undefined where it is computed from something unknown. */
export function stepInto(reader: Reader, value: Value, name: string | undefined, at: Provenance, frame: Frame | undefined): Value {
  if (name === undefined) {
    if (value.kind === 'array') return unionOf(at, [...value.elements, unknownValue(at, 'the place in the list is computed')], 'condition');
    if (value.kind === 'object' && !value.open && value.entries.size > 0) return unionOf(at, [...value.entries.values()].map((entry) => entry.value), 'condition');
    if (value.kind === 'api' && value.library === '#global' && value.path === 'process.env') return { kind: 'environment', ...at, name: undefined, guaranteed: false };
    return unknownValue(at, 'the name of the property is computed', parametersOf(value));
  }
  switch (value.kind) {
    case 'object': {
      const entry = value.entries.get(name);
      if (!entry) return value.open ? unknownValue(at, value.because ?? 'the object may hold more', parametersOf(value)) : primitive(at, undefined);
      return entry.definite ? entry.value : unionOf(at, [entry.value, primitive(at, undefined)], 'condition');
    }
    case 'array': {
      if (name === 'length') return value.open ? unknownValue(at, 'the list may hold more') : primitive(at, value.elements.length);
      if (!/^\d+$/.test(name)) return unknownValue(at, 'it belongs to a list');
      return value.elements[Number(name)] ?? (value.open ? unknownValue(at, 'the list may hold more') : primitive(at, undefined));
    }
    case 'primitive':
      if (typeof value.value === 'string' && name === 'length') return primitive(at, value.value.length);
      return unknownValue(at, 'it belongs to a plain value');
    case 'union':
      return unionOf(at, value.members.map((member) => stepInto(reader, member, name, at, frame)), value.how);
    case 'class':
      return memberOfInstance(reader, value, name, at);
    case 'module':
      return exportOf(reader, value.target, name, at);
    case 'parameter':
      return { ...value, ...at, path: [...value.path, name] };
    case 'api':
      return memberOfApi(reader, value, name, at);
    case 'function':
      return memberOfFunction(reader, value, name, at);
    case 'key':
      // A generated pair, or the holder that some libraries wrap a key in.
      if (name === 'publicKey') return { ...value, ...at, keyKind: 'public' };
      if (name === 'privateKey') return { ...value, ...at, keyKind: 'private' };
      return unknownValue(at, 'it belongs to a key');
    default:
      return unknownValue(at, 'because' in value && value.because ? value.because : 'the value it belongs to is not known', parametersOf(value));
  }
}

/** Names under which a validator hands out what it has checked, beside the errors. */
const RESULTS = new Set(['value', 'data', 'output']);

function memberOfApi(reader: Reader, value: Extract<Value, { kind: 'api' }>, name: string, at: Provenance): Value {
  if (value.library === '#global' && (value.path === 'exports' || value.path === 'module.exports')) return ownExport(reader, at.file, name, at) ?? memberOfGlobal(value, name, at);
  if (value.library === '#environment' && value.path === 'checked') return checkedVariable(reader, value, name, at);
  if (value.library === '#environment' && value.path === 'result') return RESULTS.has(name) ? { ...value, path: 'checked' } : unknownValue(at, 'it says how the environment was checked');
  if (value.library.startsWith('#')) return memberOfGlobal(value, name, at);
  const configured = memberOfPackage(reader, value, name, at);
  if (configured) return configured;
  // CommonJS and ES modules meet: the default export of a CommonJS module is the module.
  if (name === 'default' && value.path === modulePath(reader, value)) return { ...value, ...at };
  const path = pathOfMember(reader, value, name);
  const library = reader.catalogue.library(value.library);
  const plain = library ? promisifiedName(reader, value, path) : path;
  return { ...value, ...at, path: library?.aliases?.[plain] ?? plain };
}

/** What a call returns may be an instance in the descriptor's notation: `create()#compact`. */
function pathOfMember(reader: Reader, value: Extract<Value, { kind: 'api' }>, name: string): string {
  if (value.path.endsWith('#') || value.path === '') return value.path + name;
  const member = `${value.path}.${name}`;
  const method = `${value.path}#${name}`;
  const { catalogue } = reader;
  return !catalogue.leadsTo(value.library, member) && (catalogue.leadsTo(value.library, method) || catalogue.isChain(value.library, method)) ? method : member;
}

/** After `promisifyAll` a method has a twin that ends in `Async`. */
function promisifiedName(reader: Reader, value: Extract<Value, { kind: 'api' }>, path: string): string {
  return value.promisified && path.endsWith('Async') && !reader.catalogue.leadsTo(value.library, path) ? path.slice(0, -'Async'.length) : path;
}

function modulePath(reader: Reader, value: Extract<Value, { kind: 'api' }>): string {
  const library = reader.catalogue.library(value.library);
  return library && Object.values(library.modules).includes(value.path) ? value.path : '';
}

/** A property put on a function after its declaration: `sign.secret = 'x'`, or a class-like prototype, is not followed. */
function memberOfFunction(_reader: Reader, value: Extract<Value, { kind: 'function' }>, name: string, at: Provenance): Value {
  if (name === 'name' && 'id' in value.node && value.node.id) return primitive(at, value.node.id.name);
  return unknownValue(at, 'it is put on a function');
}
