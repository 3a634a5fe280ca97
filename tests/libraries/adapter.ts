import type { CallPath, EmptyKey, LibraryDescriptor, OperationModel, SettingName } from '../../src/libraries/descriptor.ts';
import { callAt, type Given, prepare, type PreparedCall, type Returned } from './call.ts';
import { jwe, jws, KEY_ID, type Members, OTHER_CURVE, RSA, SECRET, STRANGER, tampered } from './forge.ts';

/** A token to be made: honest claims and header with what is said here laid over them. */
export interface TokenWish {
  readonly claims?: Members;
  readonly header?: Members;
  /** Signed with the next algorithm of the same family, or encrypted with another one for the same key. */
  readonly sibling?: 'algorithm' | 'contentEncryption';
  readonly unsigned?: boolean;
  readonly tampered?: boolean;
  /** Signed by a stranger whose public key stands in the header. */
  readonly embedded?: boolean;
  /** The signature is cut off. */
  readonly cutOff?: boolean;
  /** Signed with a key made of nothing. */
  readonly emptyKey?: boolean;
  /** Signed with ES256 and a key on another curve of the same size. */
  readonly otherCurve?: boolean;
}

/** What an operation's call is given besides its arguments. */
export interface Occasion {
  readonly exports: unknown;
  readonly operation: OperationModel;
  readonly path: CallPath;
  /** Undefined: a request without a token. */
  readonly token: string | undefined;
  readonly call: PreparedCall;
}

/** One installed version of a library, and what the measurements must know to use it. */
export interface Adapter {
  readonly descriptor: LibraryDescriptor;
  readonly version: string;
  /** Imports what a module specifier of the descriptor stands for; undefined where this version has no such module. */
  readonly load: (specifier: string) => Promise<unknown>;
  /** Module specifiers that hold these access paths, where it is not the first of the descriptor. */
  readonly moduleOf?: (path: CallPath) => string | undefined;
  /** Access paths that only later versions have, where the operations name no versions. */
  readonly lacks?: (path: CallPath) => boolean;
  /** Issuer key that the operation is used with: a shared secret unless said otherwise. */
  readonly keyKind?: (operation: OperationModel, path: CallPath) => 'secret' | 'rsa';
  /** Value for the first place of `key`. Default: the secret as text, or the PEM of the fitting RSA key. */
  readonly key?: (operation: OperationModel, path: CallPath) => unknown;
  /** A key that did not sign, in the form that `key` gives. */
  readonly wrongKey?: (operation: OperationModel, path: CallPath) => unknown;
  /** The place of the key, where it is not the first that the operation names. */
  readonly keyAt?: string;
  /** What else a working call needs, by place. */
  readonly needs?: (operation: OperationModel, path: CallPath) => Given;
  /** Claims and header that an honest token of this library has besides the common ones. */
  readonly honest?: (operation: OperationModel, path: CallPath) => { readonly claims?: Members; readonly header?: Members };
  /** Makes the token where a plain JWS or JWE is not it. */
  readonly forge?: (wish: { readonly claims: Members; readonly header: Members } & TokenWish, operation: OperationModel, path: CallPath) => string;
  /** Turns the token into what the `token` argument takes. */
  readonly present?: (token: string, occasion: Omit<Occasion, 'call' | 'token'>) => unknown;
  /** Takes an issued token apart, where it is not a plain JWS. */
  readonly open?: (token: string) => { readonly header: Record<string, unknown>; readonly claims: Record<string, unknown> } | undefined;
  /** Runs the call, where calling the function at the path with its arguments does not do it: middleware, plugins, factories. */
  readonly drive?: (occasion: Occasion) => Promise<Returned>;
  /** Values that an honest program gives for a setting, where the common ones do not fit. */
  readonly values?: Readonly<Partial<Record<SettingName, unknown>>>;
  /** The key as a place takes it, where that is not the key itself: a function that yields it. */
  readonly keyAs?: (at: string, key: unknown) => unknown;
  /** A key made of nothing, where it is not the text, the bytes or undefined itself. */
  readonly emptyKey?: (given: EmptyKey['given'][number], operation: OperationModel, path: CallPath) => unknown;
  /** Statements that need a program of their own to be seen, keyed as in `unobserved`. */
  readonly observed?: Readonly<Record<string, () => Promise<boolean> | boolean>>;
  /** What is not observed for this library, as `path setting` or `setting` or `place`, and why. */
  readonly unobserved?: Readonly<Record<string, string>>;
  /** Facts that the tables cannot express, each with a program that shows it. */
  readonly facts?: Readonly<Record<string, () => Promise<boolean> | boolean>>;
}

/** The key that a place of an operation takes. */
export function keyFor(adapter: Adapter, operation: OperationModel, path: CallPath): unknown {
  if (adapter.key) {
    const own = adapter.key(operation, path);
    if (own !== undefined) return own;
  }
  if (adapter.keyKind?.(operation, path) !== 'rsa') return SECRET;
  return operation.kind === 'sign' ? RSA.privatePem : RSA.publicPem;
}

/** Makes a token that fits the operation. */
export function forge(adapter: Adapter, operation: OperationModel, path: CallPath, wish: TokenWish, claims: Members): string {
  const own = adapter.honest?.(operation, path);
  const complete = { ...wish, claims: { ...claims, ...own?.claims, ...wish.claims }, header: { ...own?.header, ...wish.header } };
  if (adapter.forge) return adapter.forge(complete, operation, path);
  return operation.kind === 'decrypt' ? encrypted(Buffer.from(SECRET).subarray(0, 32), complete) : signed(adapter.keyKind?.(operation, path) ?? 'secret', complete);
}

/** A JWS as wished, under the issuer's secret or private key. */
export function signed(kind: 'secret' | 'rsa', { claims = {}, header = {}, sibling, unsigned, tampered: forged, embedded, emptyKey, cutOff, otherCurve }: TokenWish): string {
  if (unsigned) return jws('none', '', claims, header);
  if (emptyKey) return jws('HS256', '', claims, header);
  if (cutOff) return jws('HS256', '', claims, header).replace(/[^.]+$/, '');
  if (otherCurve) return jws('ES256', OTHER_CURVE.privateKey, claims, header);
  if (embedded) return jws('RS256', STRANGER.privateKey, claims, { ...header, jwk: STRANGER.publicJwk });
  const token = kind === 'secret'
    ? jws(sibling ? 'HS512' : 'HS256', SECRET, claims, header)
    : jws(sibling ? 'RS512' : 'RS256', RSA.privateKey, claims, { kid: KEY_ID, ...header });
  return forged ? tampered(token) : token;
}

/** A JWE as wished, under a shared key. */
export function encrypted(key: Uint8Array, { claims = {}, header = {}, sibling, tampered: forged }: TokenWish): string {
  const token = jwe(key, claims, {
    alg: sibling === 'algorithm' ? 'A256KW' : 'dir', enc: sibling === 'contentEncryption' ? 'A128CBC-HS256' : 'A256GCM', ...header,
  });
  if (!forged) return token;
  const parts = token.split('.');
  const ciphertext = Buffer.from(parts[3] ?? '', 'base64url');
  ciphertext.writeUInt8(ciphertext.readUInt8(0) ^ 1, 0);
  return [...parts.slice(0, 3), ciphertext.toString('base64url'), parts[4]].join('.');
}

/** What came of a call with a token. */
export interface Outcome {
  readonly accepted: boolean;
  /** The awaited result, or what was thrown. */
  readonly value: unknown;
  /** Whether the call itself returned a promise. */
  readonly promised: boolean;
}

const exportsOf = new Map<string, Promise<unknown>>();

/** The exports of the module in which an access path is found. */
export async function moduleFor(adapter: Adapter, path: CallPath): Promise<unknown> {
  const specifier = adapter.moduleOf?.(path) ?? Object.keys(adapter.descriptor.modules)[0]!;
  const name = `${adapter.descriptor.name}@${adapter.version} ${specifier}`;
  const known = exportsOf.get(name) ?? adapter.load(specifier);
  exportsOf.set(name, known);
  return known;
}

const FAILURES = { throws: Symbol('nothing is returned'), false: false, undefined, null: null } as const;

/** Calls an operation with given values and, for a verification, a token, and says whether it went through. */
export async function run(adapter: Adapter, operation: OperationModel, path: CallPath, given: Given, token?: string): Promise<Outcome> {
  const exports = await moduleFor(adapter, path);
  const presented = token === undefined ? undefined : adapter.present ? adapter.present(token, { exports, operation, path }) : token;
  const places: Given = takesToken(operation) && presented !== undefined ? { token: presented, ...given } : given;
  let promised = false;
  try {
    const occasion: Occasion = { exports, operation, path, token, call: prepare(operation, places) };
    const returned = adapter.drive ? await adapter.drive(occasion) : await drive(occasion);
    promised = typeof (returned.value as PromiseLike<unknown> | undefined)?.then === 'function';
    const value = await returned.value;
    return { accepted: value !== FAILURES[operation.result?.failure ?? 'throws'], value, promised };
  } catch (error) {
    return { accepted: false, value: error, promised };
  }
}

const takesToken = (operation: OperationModel): boolean =>
  [operation.arguments].flat().some((places) => 'token' in places);

/** The plain way: call what stands at the path; a factory's function then gets the token. */
export async function drive(occasion: Occasion): Promise<Returned> {
  const returned = await callAt(occasion.exports, occasion.path, occasion.call);
  if (occasion.operation.result?.delivers !== 'function' || occasion.operation.middleware) return returned;
  const given = occasion.operation.kind === 'sign' ? { role: 'reader' } : occasion.token;
  return { value: ((await returned.value) as (given: unknown) => unknown)(given) };
}
