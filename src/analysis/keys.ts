import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { OperationModel, Place } from '../libraries/descriptor.ts';
import { walk } from './call-nodes.ts';
import { endName } from './expressions.ts';
import { callFunction } from './invocations.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type ApiValue, type FunctionValue, type KeyValue, type ParameterValue, type Provenance, type Value } from './value.ts';

/** What a key is made of. */
export type KeyMaterial =
  /** text in the source */
  | 'literal'
  | 'environment' | 'configuration'
  /** `''`, zero bytes */
  | 'empty'
  /** what a library has for «no key»: unsigned tokens are then meant */
  | 'none'
  /** `undefined`, `null` or `false` */
  | 'missing'
  /** PEM or certificate text, or a JWK, in the source */
  | 'pem' | 'jwk'
  /** keys fetched from an issuer */
  | 'remote-set'
  /** a JWKS in the source or from a file */
  | 'local-set'
  | 'file'
  /** made at run time by a key generator or a random source */
  | 'generated'
  /** taken from the token itself or from a request */
  | 'token'
  | 'parameter' | 'unknown';

export type KeyFamily = 'secret' | 'public' | 'private';

/** One of the things that a key may be. */
export interface KeyPossibility {
  readonly material: KeyMaterial;
  /** Symmetric secret or half of a pair, where content, import function or file name say which. */
  readonly family: KeyFamily | undefined;
  /** `RSA`, `EC` or `OKP` (RFC 7517 section 6), where the content or the import says. */
  readonly keyType: 'RSA' | 'EC' | 'OKP' | 'oct' | undefined;
  /** The text, for literals. */
  readonly text: string | undefined;
  /** Length in bytes after decoding, for literals and random bytes. */
  readonly bytes: number | undefined;
  /** Name of the environment variable or configuration value. */
  readonly name: string | undefined;
  /** The reading is checked: it is never undefined here. */
  readonly guaranteed: boolean;
  /** It is what remains when an environment variable or configuration value (or something else) is missing. */
  readonly fallback: boolean;
  /** The material passed through a conversion that makes a usable key even out of `undefined`: a template, `String()`, `TextEncoder`. */
  readonly converted: 'bytes' | 'text' | undefined;
  /** Algorithm that the import names, for imported keys. */
  readonly algorithm: string | undefined;
  /** The parameter that it comes from, where the caller gives it. */
  readonly parameter: ParameterValue | undefined;
  /** Where its text stands. */
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
}

/** The key of an operation. */
export interface Key {
  readonly value: Value;
  /** The expression that gives it at the operation. */
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  readonly possibilities: readonly KeyPossibility[];
}

interface Conversion {
  readonly family?: KeyFamily | undefined;
  readonly keyType?: KeyPossibility['keyType'];
  readonly encoding?: string;
  readonly converted?: KeyPossibility['converted'];
  readonly algorithm?: string | undefined;
  readonly encodings?: Place['encodings'] | undefined;
  /** Functions and calls whose results are being read: code in circles makes no key. */
  readonly within?: readonly TSESTree.Node[];
}

/** Reads a value as a key, in a place of a library where it is handed to one. */
export function readKey(reader: Reader, value: Value, at: Provenance & { readonly place?: Place }): Key {
  return { value, node: at.node, file: at.file, possibilities: classify(reader, value, { encodings: at.place?.encodings }) };
}

function classify(reader: Reader, value: Value, how: Conversion): readonly KeyPossibility[] {
  const one = (material: KeyMaterial, more: Partial<KeyPossibility> = {}): readonly KeyPossibility[] => [{
    material, family: how.family, keyType: how.keyType, text: undefined, bytes: undefined, name: undefined, guaranteed: false, fallback: false,
    converted: how.converted, algorithm: how.algorithm, parameter: undefined, node: value.node, file: value.file, ...more,
  }];
  switch (value.kind) {
    case 'primitive': return literal(value.value, how, one);
    case 'environment': return one('environment', { name: value.name, guaranteed: value.guaranteed });
    case 'configuration': return one('configuration', { name: value.name, guaranteed: value.guaranteed });
    case 'union': {
      const members = value.members.map((member) => classify(reader, member, how));
      const reads = members.flat().some(isReading);
      // One of several under a computed name: the others are no substitute for it.
      const isLookUp = value.node.type === AST_NODE_TYPES.MemberExpression && value.how === 'condition';
      const all = members.flatMap((member, index) => {
        const isSpare = value.how === 'fallback' || value.how === 'default' ? index > 0 : reads && !isLookUp;
        return isSpare && !member.some(isReading) ? member.map((one) => ({ ...one, fallback: true })) : member;
      });
      // What stands in for a public key is no secret either.
      return all.some(({ family }) => family === 'public') ? all.map((one) => (one.material === 'literal' ? { ...one, family: 'public' as const, keyType: undefined } : one)) : all;
    }
    case 'bytes': {
      if (value.random) return one('generated', { family: how.family ?? 'secret', ...(value.length !== undefined && { bytes: value.length }) });
      if (value.encoding === 'zero') return value.length === 0 ? one('empty') : one('literal', { bytes: value.length, family: 'secret' });
      if (!value.from) return one('unknown');
      if (value.encoding === 'file') return fromFile(value.from, how, one);
      // Bytes written out as numbers.
      if (value.from.kind === 'array') return !value.from.open && value.from.elements.every((element) => element.kind === 'primitive') ? one(value.from.elements.length === 0 ? 'empty' : 'literal', { bytes: value.from.elements.length, family: how.family ?? 'secret' }) : one('unknown');
      return classify(reader, value.from, { ...how, encoding: value.encoding, converted: how.converted ?? 'bytes' });
    }
    case 'text': {
      const parts = value.parts.flatMap((part) => classify(reader, part, { ...how, converted: 'text' }));
      const pem = parts.find((part) => part.material === 'pem');
      if (pem && hasBody(pem)) return [pem];
      const labelled = pem && { family: pem.family, keyType: pem.keyType };
      const readings = parts.filter(isReading);
      // Only a text that is nothing but the reading becomes «undefined» with it; salted text is another matter.
      return value.parts.length === 1 || parts.every(isReading) ? parts : readings[0] ? [{ ...readings[0], ...labelled, converted: undefined, guaranteed: true }] : one('unknown', labelled);
    }
    case 'key': {
      const family = FAMILIES[value.keyKind];
      return value.of ? classify(reader, value.of, { ...how, family }) : one('generated', { family });
    }
    case 'object': return fromObject(reader, value, how, one);
    case 'array': return value.elements.flatMap((element) => classify(reader, element, how));
    case 'function': return fromCallback(reader, value, how, one);
    case 'api': return fromApi(reader, value, how, one);
    case 'parameter': return one('parameter', { parameter: value });
    default: return one('unknown');
  }
}

function isReading({ material }: KeyPossibility): boolean {
  return material === 'environment' || material === 'configuration';
}

/** Half of a pair that each kind of key is, as far as the kind says it; a generated pair stands for the half that only its owner has. */
const FAMILIES: Readonly<Record<KeyValue['keyKind'] | NonNullable<OperationModel['keyKind']>, KeyFamily | undefined>> = { secret: 'secret', public: 'public', certificate: 'public', private: 'private', pair: 'private', jwk: undefined, pem: undefined };

type Make = (material: KeyMaterial, more?: Partial<KeyPossibility>) => readonly KeyPossibility[];

function literal(value: string | number | boolean | bigint | null | undefined, how: Conversion, one: Make): readonly KeyPossibility[] {
  if (value === undefined || value === null || value === false) {
    if (how.converted === 'bytes' && how.encoding === 'utf8') return one('empty');
    return how.converted === 'text' ? one('literal', { text: String(value), bytes: String(value).length }) : one('missing');
  }
  if (value === '') return one('empty');
  if (typeof value !== 'string') return typeof value === 'number' ? one('literal', { text: String(value), bytes: String(value).length, family: 'secret' }) : one('unknown');
  const pem = readPem(value) ?? (how.encoding === 'base64' ? readPem(Buffer.from(value, 'base64').toString('latin1')) : undefined);
  if (pem) return one('pem', { text: value, family: how.family === 'public' ? 'public' : pem.family, keyType: pem.keyType ?? how.keyType });
  const family = how.family ?? 'secret';
  return one('literal', { text: value, bytes: byteLength(value, how.encoding ?? 'utf8'), family, ...(family === 'secret' && { keyType: 'oct' as const }) });
}

/** Bytes that text gives in an encoding; undefined where it is not known. */
function byteLength(text: string, encoding: string): number | undefined {
  switch (encoding) {
    case 'utf8': case 'utf-8': return Buffer.byteLength(text);
    case 'hex': case 'base64': case 'base64url': case 'latin1': case 'ascii': case 'binary': case 'ucs2': case 'utf16le': return Buffer.from(text, encoding).length;
    default: return undefined;
  }
}

function readPem(text: string): { readonly family: KeyFamily; readonly keyType: KeyPossibility['keyType'] } | undefined {
  const [, label = ''] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text) ?? [];
  if (/^ssh-(?:rsa|ed25519) /.test(text)) return { family: 'public', keyType: text.startsWith('ssh-rsa') ? 'RSA' : 'OKP' };
  if (label === '') return undefined;
  const keyType = label.startsWith('RSA ') ? 'RSA' : label.startsWith('EC ') ? 'EC' : pkcsKeyType(text);
  return { family: /PRIVATE KEY$/.test(label) ? 'private' : 'public', keyType };
}

/** Whether anything is written between the labels, which a program may also put around a key that it reads. */
function hasBody({ text = '' }: KeyPossibility): boolean {
  return /[^\s\\n]/.test(text.replace(/-----[A-Z0-9 ]+-----/g, ''));
}

/** Object identifiers of key types, as they appear in the base64 of a PKCS#8 or SPKI structure (RFC 8017, RFC 5480, RFC 8410). */
function pkcsKeyType(text: string): KeyPossibility['keyType'] {
  const der = Buffer.from(text.replace(/-----[A-Z0-9 ]+-----/g, '').replace(/\\n/g, '').replace(/\s/g, ''), 'base64').toString('hex').slice(0, 120);
  if (der.includes('2a864886f70d0101')) return 'RSA';
  if (der.includes('2a8648ce3d0201')) return 'EC';
  return der.includes('06032b6570') || der.includes('06032b6571') ? 'OKP' : undefined;
}

/** A key file says by its name which half it is, where it says so at all. */
function fromFile(path: Value, how: Conversion, one: Make): readonly KeyPossibility[] {
  const parts = path.kind === 'text' ? path.parts : [path];
  const text = parts.map((part) => (part.kind === 'primitive' ? String(part.value) : '')).join('');
  const name = text.replace(/^.*[\\/]/, '') || text;
  const family: KeyFamily | undefined = how.family ?? (/\.crt$|\.cer$|\bpub|public|\.pub\b|cert/i.test(name) ? 'public' : /priv/i.test(name) ? 'private' : undefined);
  return one('file', { family, text: text === '' ? undefined : text });
}

/** A JWK, a JWKS, a pair under known names, or the object that some libraries take a key in. */
function fromObject(reader: Reader, value: Extract<Value, { kind: 'object' }>, how: Conversion, one: Make): readonly KeyPossibility[] {
  const text = (name: string) => {
    const entry = value.entries.get(name)?.value;
    return entry?.kind === 'primitive' && typeof entry.value === 'string' ? entry.value : undefined;
  };
  const keyType = text('kty');
  if (keyType !== undefined) {
    if (keyType === 'oct') {
      const k = value.entries.get('k')?.value;
      return k ? classify(reader, k, { ...how, family: 'secret', keyType: 'oct', encoding: 'base64url' }) : one('unknown');
    }
    const isPrivate = value.entries.has('d');
    return one('jwk', { family: isPrivate ? 'private' : 'public', keyType: keyType === 'RSA' || keyType === 'EC' || keyType === 'OKP' ? keyType : undefined, algorithm: text('alg') });
  }
  if (value.entries.has('keys')) return one('local-set', { family: 'public' });
  for (const [name, encoding] of Object.entries(how.encodings ?? {})) {
    const written = value.entries.get(name);
    if (written) return classify(reader, written.value, { ...how, encoding });
  }
  const inner = value.entries.get('key') ?? value.entries.get('secret') ?? value.entries.get('private') ?? value.entries.get('public');
  return inner ? classify(reader, inner.value, how) : one('unknown');
}

/** A key callback: what it returns, and what it hands to its own callback. */
function fromCallback(reader: Reader, value: FunctionValue, how: Conversion, one: Make): readonly KeyPossibility[] {
  if (how.within?.includes(value.node)) return [];
  const inside = { ...how, within: [...(how.within ?? []), value.node] };
  const returned = classify(reader, callFunction(reader, value, [], true, value, undefined), inside).filter(({ material }) => material !== 'unknown');
  const handed = handedToCallback(value).flatMap((node) => classify(reader, reader.evaluate(node, value.file, value.frame), inside));
  const all = [...returned, ...handed].filter(({ material }) => material !== 'missing');
  return all.length === 0 ? one('unknown') : all;
}

/** Second arguments of calls of the function's own last parameters: `callback(null, key)`. */
function handedToCallback({ node: owner, file }: FunctionValue): readonly TSESTree.Node[] {
  const names = new Set(owner.params.map(endName));
  const found: TSESTree.Node[] = [];
  walk(owner.body, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.Identifier && names.has(node.callee.name) && node.arguments[1]) found.push(node.arguments[1]);
  });
  return found;
}

/** Something that a library made: an imported key, a key set, or a value that only a library's own functions hand out. */
function fromApi(reader: Reader, value: ApiValue, how: Conversion, one: Make): readonly KeyPossibility[] {
  const library = reader.catalogue.library(value.library);
  if (!library) return one('unknown');
  const bare = value.path.replace(/(?:\(\)|#)$/, '');
  const models = [...reader.catalogue.models(library.name, bare), ...reader.catalogue.models(library.name, `new ${bare}`), ...reader.catalogue.models(library.name, value.path)];
  const importing = models.find((model) => model.kind === 'import-key');
  if (importing?.unsecured) return one('none');
  if (importing && value.made) {
    const places = Array.isArray(importing.arguments) ? importing.arguments[0] as Readonly<Record<string, number>> : importing.arguments as Readonly<Record<string, number>>;
    const material = value.made.node.arguments[places['key'] ?? 0];
    const algorithmNode = places['algorithm'] === undefined ? undefined : value.made.node.arguments[places['algorithm']];
    const algorithm = algorithmNode && reader.evaluate(algorithmNode, value.made.file, value.made.frame);
    const family = importing.keyKind && FAMILIES[importing.keyKind];
    if (!material || how.within?.includes(material)) return one('unknown', { family });
    const given = reader.evaluate(material, value.made.file, value.made.frame);
    return classify(reader, given, { ...how, within: [...(how.within ?? []), material], ...(family && { family }), algorithm: algorithm?.kind === 'primitive' && typeof algorithm.value === 'string' ? algorithm.value : how.algorithm });
  }
  const set = models.find((model) => model.kind === 'key-set');
  if (set?.keyFromToken) return one('token');
  if (set) return one(set.settings.url ? 'remote-set' : 'local-set', { family: 'public' });
  const root = library.operations.some((model) => model.kind === 'key-set' && model.calls.some((call) => value.path.startsWith(call.replace(/^new /, ''))));
  return root ? one('remote-set', { family: 'public' }) : one('unknown');
}
