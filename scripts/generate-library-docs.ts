import type {
  Absence, ArgumentPlaces, CallPath, EmptyKey, HandedToKeyFunction, LibraryDescriptor, Misreading, OperationKind, OperationModel, OptionNames, Place, SettingName, TimeReading,
} from '../src/libraries/descriptor.ts';
import { libraries } from '../src/libraries/index.ts';

const KINDS: Readonly<Record<OperationKind, string>> = {
  sign: 'Signs', verify: 'Verifies', decode: 'Reads without verifying', encrypt: 'Encrypts', decrypt: 'Decrypts', configure: 'Configures',
  'key-set': 'Provides keys', 'import-key': 'Imports a key', extract: 'Takes the token from a request',
};

const SETTINGS: Readonly<Record<SettingName, string>> = {
  key: 'key', algorithms: 'accepted algorithms', algorithm: 'algorithm', audience: 'audience', issuer: 'issuer', subject: 'subject',
  type: 'type of token', tokenId: 'token id', nonce: 'nonce', maxAge: 'greatest age', clockTolerance: 'clock tolerance', currentTime: 'current time',
  requiredClaims: 'demanded claims', critical: 'known critical headers',
  ignoreExpiration: 'switch: expiry is not checked', ignoreNotBefore: 'switch: not-before is not checked', ignoreIssuedAt: 'switch: issue time is not checked',
  insecureKeys: 'switch: unfit keys are taken', skipVerification: 'switch: nothing is verified', optionalAuthentication: 'switch: no token is needed',
  acceptExpired: 'switch: expired tokens are let in', embeddedKey: 'switch: the token brings its key',
  expiration: 'expiry', notBefore: 'not before', issuedAt: 'issue time', keyId: 'key id', noTimestamp: 'switch: no issue time', payload: 'payload', header: 'header',
  keyManagementAlgorithms: 'key management algorithms', contentEncryptionAlgorithms: 'content encryption algorithms',
  maxPBES2Count: 'greatest PBES2 count', maxDecompressedLength: 'greatest decompressed length',
  url: 'URL', tlsVerification: 'TLS verification', cacheMaxAge: 'age of the cache', cache: 'cache', rateLimit: 'rate limit', tokenSource: 'where the token is read',
};

const NUMBERS: Readonly<Record<TimeReading['number'], string>> = {
  'duration-s': 'a number is seconds', 'duration-ms': 'a number is milliseconds', 'instant-s': 'a number is an instant in seconds',
  'instant-ms': 'a number is an instant in milliseconds', ignored: 'a number is ignored', rejected: 'a number is refused',
};

const TEXTS: Readonly<Record<NonNullable<TimeReading['text']>, string>> = {
  ms: 'text such as `"10m"`, digits alone are milliseconds', jose: 'text such as `"10m"`, a unit is mandatory', number: 'a numeric text works like the number',
  rejected: 'text is refused', ignored: 'text gives no usable time',
};

const GIVEN: Readonly<Record<Misreading['given'], string>> = {
  string: 'a string', 'numeric-string': 'a string of digits', number: 'a number', boolean: 'a boolean', regexp: 'a regular expression', array: 'an array', object: 'an object',
  set: 'a Set', function: 'a function', undefined: '`undefined`', null: '`null`', 'empty-string': '`""`', 'empty-array': '`[]`',
};

const EFFECTS: Readonly<Record<Misreading['effect'], string>> = {
  ignored: 'silently ignored', 'always-passes': 'every token passes', substring: 'searched as a substring', rejects: 'refused', 'other-unit': 'read in another unit',
};

const HANDED: Readonly<Record<HandedToKeyFunction, string>> = {
  header: 'the header', kid: 'the `kid`', decoded: 'header and payload', artifacts: 'the artifacts', claims: 'the payload', token: 'the token as text', request: 'the request',
  callback: 'a callback', other: 'something else',
};

const MEANS: Readonly<Record<Absence['means'], string>> = {
  unchecked: 'not checked', 'by-key': 'the key decides', 'from-token': 'the token decides', pinned: 'pinned', refused: 'refused to work', demanded: 'always demanded',
  omitted: 'left out of the token', defaulted: 'a default',
};

const EXPLOITABILITY: Readonly<Record<Absence['exploitability'], string>> = { exploitable: 'exploitable', depends: 'depends', hardening: 'hardening' };

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');
const since = (versions: string | undefined): string => (versions === undefined ? '' : ` (${code(versions)})`);

/** How a call looks, from its access path and the roles of its arguments. */
function signature(path: CallPath, places: ArgumentPlaces | readonly ArgumentPlaces[]): readonly string[] {
  const overloads = Array.isArray(places) ? (places as readonly ArgumentPlaces[]) : [places as ArgumentPlaces];
  const name = path === '' ? 'module' : path === 'new ' ? 'new module' : path;
  return overloads.map((overload) => {
    const indexed = Object.entries(overload).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    const length = Math.max(0, ...indexed.map(([, index]) => index + 1));
    const list = Array.from({ length }, (_, index) => indexed.find(([, at]) => at === index)?.[0] ?? '…');
    if (Object.values(overload).includes('last')) list.push('callback');
    return code(`${name}(${list.join(', ')})`);
  });
}

function describePlace(place: Place): string {
  const parts: string[] = [];
  if (place.time) parts.push(NUMBERS[place.time.number], ...(place.time.text ? [TEXTS[place.time.text]] : []));
  if (place.on === 'false') parts.push('by `false`');
  if (place.shape === 'list') parts.push('a list');
  if (place.shape === 'single') parts.push('one value');
  if (place.missingClaim === 'accepted') parts.push('a token without the claim passes');
  if (place.excludes) parts.push(`not together with ${place.excludes.map(code).join(', ')}`);
  if (place.readOnly) parts.push('deprecated');
  if (place.session) parts.push('of a session, which its use renews');
  if (place.keyFunction) parts.push(`a function is handed ${place.keyFunction.map((handed) => `(${handed.map((one) => HANDED[one]).join(', ')})`).join(' or ')}`);
  return `${code(place.at)}${since(place.versions)}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`;
}

function describeMisreadings(places: readonly Place[]): string {
  const all = places.flatMap(({ misread = [] }) => misread);
  const said = all.map(({ given, effect, versions, note }) => `${GIVEN[given]}: ${EFFECTS[effect]}${since(versions)}${note ? `. ${note}` : ''}`);
  return [...new Set(said)].join('<br>');
}

const describeAbsence = (absences: readonly Absence[] | undefined): string =>
  (absences ?? []).map(({ means, versions, exploitability, note }) => `${MEANS[means]}, ${EXPLOITABILITY[exploitability]}${since(versions)}${note ? `. ${note}` : ''}`).join('<br>');

function settingsTable(operation: OperationModel): readonly string[] {
  const names = [...new Set([...Object.keys(operation.settings), ...Object.keys(operation.absent ?? {})])] as SettingName[];
  if (names.length === 0) return [];
  const rows = names.map((name) => {
    const places = operation.settings[name] ?? [];
    const columns = [SETTINGS[name], places.length > 0 ? places.map(describePlace).join('<br>') : 'cannot be set', describeAbsence(operation.absent?.[name]), describeMisreadings(places)];
    return `| ${columns.map(cell).join(' | ')} |`;
  });
  return ['', '| setting | where | left out | misread |', '| --- | --- | --- | --- |', ...rows];
}

function optionLines(options: OptionNames | undefined, at = ''): readonly string[] {
  if (!options) return [];
  const where = at === '' ? 'Options' : `Names in ${code(at)}`;
  const lines = ['', `${where}: ${options.known.map(code).join(', ')}. Any other name is ${options.unknown === 'refused' ? 'refused' : 'silently ignored'}.`];
  if (options.misplaced && options.misplaced.length > 0) {
    lines.push('', `Written in the wrong place, these check nothing: ${options.misplaced.map((one) => `${code(one.at)} (belongs in ${code(one.belongs)})${since(one.versions)}`).join(', ')}.`);
  }
  for (const [name, nested] of Object.entries(options.nested ?? {})) lines.push(...optionLines(nested, name));
  return lines;
}

const DELIVERS: Readonly<Record<NonNullable<OperationModel['result']>['delivers'], string>> = {
  claims: 'the claims', holder: 'an object', token: 'a token', boolean: 'a boolean', function: 'a function', bytes: 'bytes', nothing: 'nothing',
};

function resultLine({ kind, result, middleware }: OperationModel): readonly string[] {
  if (middleware || !result) return [];
  const what = DELIVERS[result.delivers] + (result.at === undefined ? '' : ` (the claims are in ${code(result.at)})`);
  const when = { sync: 'at once', promise: 'as a promise', 'callback-or-sync': 'to a callback, or at once', 'callback-or-promise': 'to a callback, or as a promise' }[result.when];
  const failure = kind === 'verify' || kind === 'decrypt' || kind === 'decode' ? ` Failure: ${result.failure === 'throws' ? (result.when.endsWith('promise') ? 'the promise rejects' : 'it throws') : code(result.failure)}.` : '';
  const promised = result.promiseWithFunctionAt === undefined ? '' : `, or as a promise where ${code(result.promiseWithFunctionAt.replace(/^new\(\d\)\./, ''))} is a function`;
  return ['', `Gives ${what}, ${when}${promised}.${failure}`];
}

const NOTHING: Readonly<Record<EmptyKey['given'][number], string>> = { text: 'an empty string', bytes: 'no bytes at all', nothing: '`undefined` or `null`' };

/** A key of nothing that works, as a sentence. */
function describeEmptyKey({ given, algorithms, nested, versions }: EmptyKey): string {
  const where = nested === undefined ? '' : nested ? ', as a property of the object that is handed over' : ', as the argument itself';
  const when = algorithms === undefined ? '' : algorithms === 'set' ? ', where algorithms are named' : ', where no algorithms are named';
  return `A key of nothing works${since(versions)}: ${given.map((one) => NOTHING[one]).join(', ')}${where}${when}.`;
}

function remarks(operation: OperationModel): readonly string[] {
  const said: string[] = [];
  if (operation.passedTo) said.push(`The export is handed to ${code(`${operation.passedTo.method}(…)`)}.`);
  for (const [index, text] of Object.entries(operation.literals ?? {})) said.push(`Argument ${index} is ${code(JSON.stringify(text))}.`);
  if (operation.middleware) said.push('It guards requests; the claims are on the request.');
  if (operation.signatureOnly) said.push(operation.kind === 'decrypt' ? 'No claim is checked.' : 'Only the signature is checked, no claim.');
  if (operation.unsecured) said.push('It stands for unsigned tokens.');
  if (operation.keyFromToken) said.push('The key comes from the token itself.');
  if (operation.ambient) said.push('What a call leaves out comes from the configuration.');
  if (operation.settledElsewhere) said.push('Everything is settled by the call that made it.');
  if (operation.tokenFrom) said.push(`The token is read from: ${operation.tokenFrom.join(', ')}.`);
  if (operation.maySkip) said.push(`A route with ${code(`${operation.maySkip.below}.${operation.maySkip.property}`)} ${operation.maySkip.values.map((value) => code(`'${value}'`)).join(' or ')} also lets requests without a valid token through.`);
  if (operation.withoutPasswords) said.push(`The list ${code(JSON.stringify(operation.withoutPasswords))} leaves PBES2 out and everything else in.`);
  for (const one of operation.emptyKey ?? []) said.push(describeEmptyKey(one));
  return said.length > 0 ? ['', said.join(' ')] : [];
}

function operationSection(operation: OperationModel, seen: Map<string, string>): readonly string[] {
  const [first = ''] = operation.calls;
  const title = `### ${KINDS[operation.kind]}: ${operation.calls.map((path) => code(path === '' ? 'the module itself' : path === 'new ' ? 'new, of the module itself' : path)).join(', ')}${since(operation.versions)}`;
  const calls = signature(first, operation.arguments);
  const table = settingsTable(operation);
  const options = optionLines(operation.options);
  const body = [...table, ...options].join('\n');
  const before = body === '' ? undefined : seen.get(body);
  if (before === undefined) seen.set(body, first === '' ? 'the module itself' : first);
  return [
    '', title, '', `Called as ${calls.join(' or ')}.`, ...remarks(operation), ...resultLine(operation),
    ...(before === undefined ? [...table, ...options] : ['', `Settings and options are those of ${code(before)}.`]),
  ];
}

function librarySection(library: LibraryDescriptor): readonly string[] {
  const seen = new Map<string, string>();
  return [
    '', `## ${library.name}`, '',
    `Measured: ${library.measured.join(', ')}. Imported as ${Object.keys(library.modules).map(code).join(', ')}.`,
    ...(library.algorithms ? ['', `Algorithms: ${library.algorithms.join(', ')}.`] : []),
    ...(library.confusable === undefined ? [] : ['', `With an HMAC algorithm the text of a public key is taken for the secret${library.confusable === '*' ? '' : ` in the versions ${code(library.confusable)}`}.`]),
    ...(library.notes.length > 0 ? ['', ...library.notes.map((note) => `- ${note}`)] : []),
    ...library.operations.flatMap((operation) => operationSection(operation, seen)),
  ];
}

const INTRODUCTION = `# JWT libraries

This page is generated from the descriptors in \`src/libraries\`; do not edit it by hand. The tests in \`tests/libraries\` run each statement that a program can check against the versions named here.

How to read it:

- **where** names the place of a setting: \`options.audience\` is a property of the options argument, \`key\` an argument of its own, \`payload.exp\` a claim in the payload, \`.setIssuer(0)\` an argument of a builder method, \`new(0).issuer\` an argument of the call that made the object, \`configuration.secret\` an option of the module or plugin. A range in brackets names the versions that read the place; without one, all do.
- **left out** says what happens without the setting, and how bad that is: *exploitable* by somebody without the key, *depends* on keys and other services, or *hardening*.
- **misread** lists values that the library takes in a way that their author hardly meant.
- \`A#b\` is a method of an instance of \`A\`, \`a()\` what a call of \`a\` returns.`;

/** Renders `docs/libraries.md` from the descriptors. */
export function libraryDocs(): string {
  const sorted = [...libraries].sort((one, other) => (one.name < other.name ? -1 : 1));
  const contents = sorted.map(({ name }) => `- [${name}](#${anchor(name)})`);
  return `${[INTRODUCTION, '', ...contents, ...sorted.flatMap(librarySection)].join('\n')}\n`;
}

/** The anchor that GitHub gives to a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-');
