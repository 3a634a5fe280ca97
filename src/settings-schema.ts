import type {
  Absence, Exploitability, HandedToKeyFunction, Misreading, OperationKind, OperationModel, Place, Result, Role, SettingName, TimeReading, ValueType,
} from './libraries/descriptor.ts';
import { signatureAlgorithms } from './algorithms.ts';

/** The part of JSON Schema (draft 7) that the settings need. `title` finishes the sentence «… is not …». */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  /** `uri` a URL; `semver-range` what the package semver reads as a range. */
  readonly format?: 'uri' | 'semver-range';
}

/** Names of a union of texts; the compiler refuses it where one is missing or too many. */
const namesOf = <Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] => Object.keys(names) as Name[];

const oneOf = (title: string, names: readonly string[]): Schema => ({ title, enum: names });
const listOf = (items: Schema, title = 'a list', minItems = 0): Schema => ({ title, type: 'array', items, ...(minItems > 0 && { minItems }) });
const either = (title: string, ...anyOf: readonly Schema[]): Schema => ({ title, anyOf });
const object = <Key extends string>(properties: Readonly<Record<Key, Schema>>, required: readonly NoInfer<Key>[] = [], title = 'an object'): Schema => ({
  title, type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false,
});
const mapOf = (additionalProperties: Schema, title = 'an object', minProperties = 0): Schema => ({ title, type: 'object', additionalProperties, ...(minProperties > 0 && { minProperties }) });

const text: Schema = { title: 'text', type: 'string', pattern: '\\S' };
const truth: Schema = { title: 'true or false', type: 'boolean' };
const index: Schema = { title: 'the index of an argument', type: 'integer', minimum: 0 };
const range: Schema = { title: 'a range of versions such as >=2', type: 'string', format: 'semver-range' };
const variable: Schema = { title: 'the name of an environment variable', type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' };
// What vercel/ms and jose both read: the text is written into calls of either.
const lifetime: Schema = {
  title: 'a lifetime such as 15m, 12h or 30d', type: 'string',
  pattern: '^(?=.*[1-9])\\d+(?:\\.\\d+)? ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|yrs?|years?)$',
};
const host: Schema = { title: 'a host such as api.example.com', type: 'string', pattern: '^[^\\s/@]+$' };
const policyValue = either('text or { environment: NAME }', text, object({ environment: variable }, ['environment']));
const policyValues = either('text, { environment: NAME } or a list of these', text, object({ environment: variable }, ['environment']), listOf(policyValue, 'a list', 1));

/** JSON Schema of `settings['jwt-guard'].policy` and of the file that `--policy` names. */
export const policySchema: Schema = object({
  audience: policyValues,
  issuer: policyValues,
  algorithms: listOf(oneOf('a signature algorithm such as RS256', signatureAlgorithms), 'a list of signature algorithms', 1),
  jwksUrl: { title: 'a URL', type: 'string', format: 'uri' },
  lifetimes: object({ access: lifetime, refresh: lifetime, oneTime: lifetime }),
  maxAge: lifetime,
  clockTolerance: { title: 'a number of seconds', type: 'number', minimum: 0 },
  requiredClaims: listOf(text, 'a list of claims'),
  tokenType: text,
  keyId: policyValue,
  environment: object({ secret: variable, privateKey: variable, publicKey: variable, audience: variable, issuer: variable }),
  services: listOf(host, 'a list of hosts'),
  forwardTo: listOf(host, 'a list of hosts'),
  httpsHosts: listOf(host, 'a list of hosts'),
  sharedSecrets: oneOf('allowed or forbidden', ['allowed', 'forbidden']),
});

const roles = namesOf<Role>({
  token: true, key: true, payload: true, options: true, callback: true, algorithm: true, header: true, audience: true, issuer: true,
  noVerify: true, nonce: true, url: true, keys: true, claims: true, handler: true, name: true,
});
const settingNames = namesOf<SettingName>({
  key: true, algorithms: true, algorithm: true, audience: true, issuer: true, subject: true, type: true, tokenId: true, nonce: true,
  maxAge: true, clockTolerance: true, currentTime: true, requiredClaims: true, critical: true, ignoreExpiration: true,
  ignoreNotBefore: true, ignoreIssuedAt: true, insecureKeys: true, skipVerification: true, optionalAuthentication: true,
  acceptExpired: true, embeddedKey: true, expiration: true, notBefore: true, issuedAt: true, keyId: true, noTimestamp: true,
  payload: true, header: true, keyManagementAlgorithms: true, contentEncryptionAlgorithms: true, maxPBES2Count: true,
  maxDecompressedLength: true, url: true, tlsVerification: true, cacheMaxAge: true, cache: true, rateLimit: true, tokenSource: true,
});
const valueTypes = namesOf<ValueType>({
  string: true, 'numeric-string': true, number: true, boolean: true, regexp: true, array: true, object: true, set: true,
  function: true, undefined: true, null: true, 'empty-string': true, 'empty-array': true,
});
const kinds = namesOf<OperationKind>({ sign: true, verify: true, decode: true, encrypt: true, decrypt: true, configure: true, 'key-set': true, 'import-key': true, extract: true });
const names = (listed: readonly string[], key: (name: string) => Schema): Readonly<Record<string, Schema>> => Object.fromEntries(listed.map((name) => [name, key(name)]));

const NAME = '[\\w$]+';
const steps = `(?:${NAME})?(?:\\.${NAME}|#${NAME}|\\(\\))*`;
const path: Schema = { title: 'an access path such as JWT.verify or createVerifier()', type: 'string', pattern: `^(?:${steps})$` };
const callPath: Schema = { title: 'a call such as verify, JwtService#verify, createVerifier()() or new Strategy', type: 'string', pattern: `^(?:new |extends )?(?:${steps})$` };
const chainPath: Schema = { title: 'a method such as SignJWT#setAudience', type: 'string', pattern: `^(?:${steps})\\*?$` };
const at: Schema = {
  title: 'a place such as options.audience, payload.exp, .setAudience(0), new(0).issuer or configuration.secret', type: 'string',
  pattern: `^(?:new\\(\\d\\)|\\.${NAME}\\(\\d\\)|configuration|${roles.join('|')})(?:\\.[\\w$-]+(?:\\(\\))?)*$`,
};
const valueType = oneOf('a type of value such as string or regexp', valueTypes);
const exploitability = oneOf('exploitable, depends or hardening', namesOf<Exploitability>({ exploitable: true, depends: true, hardening: true }));

const place = object<keyof Place>({
  at,
  versions: range,
  time: object<keyof TimeReading>({
    number: oneOf('a reading of numbers such as duration-s', namesOf<TimeReading['number']>({ 'duration-s': true, 'duration-ms': true, 'instant-s': true, 'instant-ms': true, ignored: true, rejected: true })),
    text: oneOf('ms, jose, number, rejected or ignored', namesOf<NonNullable<TimeReading['text']>>({ ms: true, jose: true, number: true, rejected: true, ignored: true })),
  }, ['number'], "a reading of time such as { number: 'duration-s' }"),
  on: oneOf('truthy, false or null', namesOf<NonNullable<Place['on']>>({ truthy: true, false: true, null: true })),
  accepts: listOf(valueType),
  misread: listOf(object<keyof Misreading>({
    given: valueType, versions: range, note: text,
    effect: oneOf('ignored, always-passes, substring, rejects or other-unit', namesOf<Misreading['effect']>({ ignored: true, 'always-passes': true, substring: true, rejects: true, 'other-unit': true })),
  }, ['given', 'effect'], "a misreading such as { given: 'array', effect: 'ignored' }")),
  shape: oneOf('list, single or either', namesOf<NonNullable<Place['shape']>>({ list: true, single: true, either: true })),
  bare: oneOf('now or removes', namesOf<NonNullable<Place['bare']>>({ now: true, removes: true })),
  encodings: { title: "encodings by name, such as { hex: 'hex' }", type: 'object', additionalProperties: oneOf('an encoding such as hex or base64', namesOf<BufferEncoding>({ ascii: true, base64: true, base64url: true, binary: true, hex: true, latin1: true, ucs2: true, 'ucs-2': true, utf16le: true, 'utf-16le': true, utf8: true, 'utf-8': true })) },
  decides: truth,
  readOnly: truth,
  excludes: listOf(at),
  session: truth,
  keyFunction: listOf(listOf(oneOf('what a key function is handed, such as header or callback', namesOf<HandedToKeyFunction>({
    header: true, kid: true, decoded: true, artifacts: true, claims: true, token: true, request: true, callback: true, other: true,
  })), "a list of parameters such as ['header', 'callback']"), "a list of lists of parameters such as [['header', 'callback']]"),
  missingClaim: oneOf('accepted or rejected', namesOf<NonNullable<Place['missingClaim']>>({ accepted: true, rejected: true })),
}, ['at'], "a place such as { at: 'options.audience' }");

const absence = object<keyof Absence>({
  versions: range,
  means: oneOf('a meaning such as unchecked or omitted', namesOf<Absence['means']>({
    unchecked: true, 'by-key': true, 'from-token': true, pinned: true, refused: true, demanded: true, omitted: true, defaulted: true,
  })),
  exploitability, note: text,
}, ['means', 'exploitability'], "a meaning such as { means: 'unchecked', exploitability: 'depends' }");

// Without `$ref`, which would not survive being put into another schema: options nest two deep at most.
const optionNames = (below: Schema | undefined): Schema => object<string>({
  known: listOf(text, 'a list of names'),
  unknown: oneOf('ignored or refused', ['ignored', 'refused']),
  misplaced: listOf(object({ at: text, belongs: text, versions: range }, ['at', 'belongs'])),
  ...(below && { nested: mapOf(below) }),
}, ['known', 'unknown'], "the names that the options read, such as { known: ['audience'], unknown: 'ignored' }");

const places = object(names(roles, () => either("the index of an argument or 'last'", index, { title: "'last'", enum: ['last'] })), [], 'the places of arguments such as { token: 0, options: 1 }');

const operation = object<keyof OperationModel>({
  kind: oneOf('a kind of operation such as sign or verify', kinds),
  calls: listOf(callPath, "a list of calls such as ['verify']", 1),
  versions: range,
  arguments: either('the places of arguments, or a list of these', places, listOf(places, 'a list of overloads', 1)),
  settings: object(names(settingNames, () => listOf(place, "a list of places such as [{ at: 'options.audience' }]", 1))),
  ambient: truth,
  settledElsewhere: truth,
  absent: object(names(settingNames, () => listOf(absence, "a list of meanings such as [{ means: 'unchecked', exploitability: 'depends' }]", 1))),
  options: optionNames(optionNames(optionNames(undefined))),
  result: object<keyof Result>({
    delivers: oneOf('what a call gives, such as claims or token', namesOf<Result['delivers']>({ claims: true, holder: true, token: true, boolean: true, function: true, bytes: true, nothing: true })),
    at: text,
    when: oneOf('sync, promise, callback-or-sync or callback-or-promise', namesOf<Result['when']>({ sync: true, promise: true, 'callback-or-sync': true, 'callback-or-promise': true })),
    promiseWithFunctionAt: text,
    failure: oneOf('throws, false, undefined or null', namesOf<Result['failure']>({ throws: true, false: true, undefined: true, null: true })),
  }, ['delivers', 'when', 'failure'], "a result such as { delivers: 'claims', when: 'promise', failure: 'throws' }"),
  keyKind: oneOf('public, private, secret, jwk, certificate or pem', namesOf<NonNullable<OperationModel['keyKind']>>({ public: true, private: true, secret: true, jwk: true, certificate: true, pem: true })),
  signatureOnly: truth,
  unsecured: truth,
  withoutPasswords: listOf(text),
  emptyKey: listOf(object({
    versions: range, given: listOf(oneOf('text, bytes or nothing', ['text', 'bytes', 'nothing']), 'a list', 1), algorithms: oneOf('set or missing', ['set', 'missing']), nested: truth,
  }, ['given'])),
  keyFromToken: truth,
  middleware: truth,
  passedTo: object({ method: text, argument: index }, ['method', 'argument']),
  literals: mapOf(text, "an object of texts by index such as { 1: 'jwt' }"),
  configurationAt: text,
  maySkip: object({ property: text, below: text, values: listOf(text) }, ['property', 'below', 'values']),
  tokenFrom: listOf(oneOf('header, query, body or cookie', ['header', 'query', 'body', 'cookie'])),
}, ['kind', 'calls', 'arguments', 'settings'], 'an operation with its kind, calls, arguments and settings');

/** JSON Schema of one of `settings['jwt-guard'].libraries`: the format of the built-in descriptors. */
export const librarySchema: Schema = object({
  name: text,
  modules: mapOf(path, "an object of specifiers such as { '@acme/tokens': '' }", 1),
  measured: listOf(text),
  versionOf: listOf(text, 'a list of packages'),
  operations: listOf(operation, 'a list of operations', 1),
  chains: listOf(chainPath, "a list of methods such as ['SignJWT#setAudience']"),
  aliases: mapOf(path),
  decorations: listOf(object({
    module: text, callback: { ...callPath, pattern: `^(?:${steps})(?:#\\*)?$` }, parameter: index, member: text, memberOption: text, direct: truth, types: listOf(text),
    functionTypes: listOf(text), folderOption: text, value: callPath, as: text, importing: truth,
  }, ['module', 'as'])),
  confusable: range,
  algorithms: listOf(text),
  notes: listOf(text),
}, ['name', 'modules', 'operations'], 'a descriptor with a name, modules and operations');

/** JSON Schema of `settings['jwt-guard']`. */
export const settingsSchema: Schema = object({
  policy: policySchema,
  libraries: listOf(librarySchema, 'a list of descriptors'),
  versions: mapOf({ title: 'a version or a range such as 9.0.2', type: 'string', format: 'semver-range' }),
  followImports: truth,
});
