/** Keys that the token, or whoever sends it, chooses: by its header, in a function that is asked for the key, or along with the request. */
import type { HandedToKeyFunction, LibraryDescriptor, OperationModel } from '../../../src/libraries/descriptor.ts';
import { type Cell, inVersion, pair, type Pair } from './cell.ts';
import { type GivenText, KEY, keyedAt, placesOf, usual, writtenCall } from './program.ts';

const IMPORTS = "import { readFileSync } from 'node:fs';\nconst KEYS = { '2024-05': process.env.JWT_KEY };\n";

/** What a key is looked up by, wrongly and rightly, given the expression of a header. */
const FROM_HEADER = [
  ['`kid` as part of a path', (header: string) => `readFileSync(\`keys/\${${header}.kid}.pem\`)`],
  ['`jku` as the address', (header: string) => `await fetch(${header}.jku).then((answer) => answer.json())`],
] as const;
const fixed = (header: string): string => `KEYS[${header}.kid]`;

/** Where a decoding gives the header, and what it must be asked for. */
const HEADERS: Readonly<Record<string, { readonly at: string; readonly asked?: GivenText; readonly call?: string }>> = {
  jsonwebtoken: { at: '.header', asked: { 'options.complete': 'true' } },
  '@nestjs/jwt': { at: '.header', asked: { 'options.complete': 'true' } },
  '@fastify/jwt': { at: '.header', asked: { 'options.complete': 'true' } },
  'jwt-decode': { at: '', asked: { 'options.header': 'true' } },
  'fast-jwt': { at: '.header', asked: { 'new(0).complete': 'true' } },
  jose: { at: '', call: 'decodeProtectedHeader' },
  hono: { at: '.header' }, jws: { at: '.header' }, '@tsndr/cloudflare-worker-jwt': { at: '.header' }, 'aws-jwt-verify': { at: '.header' },
  jsrsasign: { at: '.headerObj' }, '@hapi/jwt': { at: '.decoded.header' },
};

/** A verification that is given a key by its caller: the library's own, or that of jsonwebtoken beside a library that only reads. */
function verifying(library: LibraryDescriptor, version: string, beside: string): ((key: string) => string | undefined) {
  const model = inVersion(library, version, ['verify']).find(({ middleware, calls }) => !middleware && !/^request\./.test(calls[0] ?? ''));
  const at = model && keyOfCall(model, version);
  // The text must stand in the program of the decoding, which imports the same module.
  if (!model || at === undefined || !sameImport(library, model, version, beside)) return (key) => `(await import('jsonwebtoken')).verify(token, ${key})`;
  return (key) => writtenCall(library, model, version, { ...usual(library, model, version), [at]: key })?.text;
}

const keyOfCall = (model: OperationModel, version: string): string | undefined => placesOf(model, 'key', version).map(({ at }) => at).find((at) => !at.startsWith('configuration.'));

function sameImport(library: LibraryDescriptor, model: OperationModel, version: string, beside: string): boolean {
  const program = writtenCall(library, model, version, usual(library, model, version))?.program('');
  return program !== undefined && program.split('\n').filter((line) => line.startsWith('import ')).every((line) => beside.includes(line));
}

function fromDecodings(library: LibraryDescriptor, version: string): readonly Pair[] {
  const how = HEADERS[library.name];
  const models = inVersion(library, version, ['decode']).filter(({ calls, result }) => how && (how.call ? calls.includes(how.call) : result?.delivers !== 'nothing'));
  return models.flatMap((model): readonly Pair[] => {
    const call = writtenCall(library, model, version, { ...usual(library, model, version), ...how?.asked });
    if (!how || !call) return [];
    const verify = verifying(library, version, call.program(''));
    const written = (key: (header: string) => string): string | undefined => {
      const verified = verify('found');
      return verified && `${IMPORTS}${call.program(`const header = (await ${call.text})${how.at};\n  const found = ${key('header')};\n  await ${verified};`)}`;
    };
    const good = written(fixed);
    return FROM_HEADER.flatMap(([about, key]) => {
      const bad = written(key);
      return bad === undefined || good === undefined ? [] : [{ about: `${model.calls.join(', ')}: ${about}`, bad, good }];
    });
  });
}

/** Where a parameter of a key function holds the header. */
const HOLDS: Readonly<Partial<Record<HandedToKeyFunction, string>>> = { header: '', decoded: '.header', artifacts: '.decoded.header' };

function fromKeyFunctions(library: LibraryDescriptor, version: string): readonly Pair[] {
  return inVersion(library, version, ['verify']).flatMap((model) => placesOf(model, 'key', version).flatMap(({ at, keyFunction = [] }) => keyFunction.flatMap((handed): readonly Pair[] => {
    // Names that say nothing: what the parameters are, the library decides.
    const names = handed.map((one, index) => (one === 'request' ? 'req' : 'abcd'.charAt(index)));
    const asked = (body: (answer: (key: string) => string) => string): string => {
      const callback = handed.indexOf('callback');
      return `async (${names.join(', ')}) => { ${body((key) => (callback < 0 ? `return ${key};` : `${names[callback] ?? ''}(null, ${key});`))} }`;
    };
    const written = (key: string): string | undefined => {
      const call = writtenCall(library, model, version, keyedAt(library, model, version, at, key));
      return call && `${IMPORTS}${call.program(`await ${call.text};`)}`;
    };
    const ways = waysOf(handed, names);
    return ways.flatMap(({ about, bad, good }) => {
      const texts = [bad, good].map((key) => written(asked((answer) => `${key.before ?? ''}${answer(key.text)}`)));
      return texts[0] === undefined || texts[1] === undefined ? [] : [{ about: `${model.calls.join(', ')}: ${at} (${handed.join(', ')}), ${about}`, bad: texts[0], good: texts[1] }];
    });
  })));
}

interface Looked {
  readonly before?: string;
  readonly text: string;
}

/** How a function looks a key up by what it is handed. */
function waysOf(handed: readonly HandedToKeyFunction[], names: readonly string[]): readonly { readonly about: string; readonly bad: Looked; readonly good: Looked }[] {
  const header = handed.findIndex((one) => HOLDS[one] !== undefined);
  const holder = `${names[header] ?? ''}${HOLDS[handed[header] ?? 'other'] ?? ''}`;
  if (header >= 0) return FROM_HEADER.map(([about, key]) => ({ about, bad: { text: key(holder) }, good: { text: fixed(holder) } }));
  const name = (one: HandedToKeyFunction): string | undefined => names[handed.indexOf(one)];
  const kid = name('kid');
  if (kid !== undefined) return [{ about: '`kid` as part of a path', bad: { text: `readFileSync(\`keys/\${${kid}}.pem\`)` }, good: { text: `KEYS[${kid}]` } }];
  const token = name('token');
  if (token !== undefined) {
    const before = `const header = JSON.parse(Buffer.from(${token}.split('.')[0], 'base64url').toString()); `;
    return FROM_HEADER.map(([about, key]) => ({ about, bad: { before, text: key('header') }, good: { before, text: fixed('header') } }));
  }
  const claims = name('claims');
  if (claims !== undefined) return [{ about: '`iss` as the address', bad: { text: `await fetch(\`\${${claims}.iss}/keys\`).then((answer) => answer.json())` }, good: { text: "await fetch('https://login.example/keys').then((answer) => answer.json())" } }];
  return [];
}

/** Switches and values of a library that take the key out of the token. */
function embedded(library: LibraryDescriptor, version: string): readonly Pair[] {
  const own = inVersion(library, version, ['key-set']).filter(({ keyFromToken }) => keyFromToken).flatMap(({ calls }) => calls);
  return inVersion(library, version, ['verify']).flatMap((model): readonly Pair[] => {
    const [place] = placesOf(model, 'embeddedKey', version);
    const key = keyOfCall(model, version);
    return [
      ...(place ? pair(library, model, version, { [place.at]: 'true' }, { [place.at]: 'false' }) : []),
      ...(key === undefined ? [] : own.flatMap((value) => pair(library, model, version, { [key]: `library.${value}` }, { [key]: 'key' }).map((one) => ({ ...one, about: `${one.about}: ${value}` })))),
    ];
  });
}

/** A key that comes with the request that brings the token. */
function brought(library: LibraryDescriptor, version: string): readonly Pair[] {
  return inVersion(library, version, ['verify']).filter(({ middleware }) => !middleware).flatMap((model): readonly Pair[] => {
    const at = keyOfCall(model, version);
    const sender = library.name === '@fastify/jwt' ? 'request' : 'req';
    return at === undefined || /keys$/.test(at) ? [] : pair(library, model, version, { [at]: `${sender}.query.key` }, { [at]: KEY }).map((one) => ({ ...one, about: `${one.about}: from the request` }));
  });
}

const NOTHING_TO_CHOOSE: Readonly<Record<string, string>> = {
  'jwks-rsa': 'jwks-rsa looks the `kid` up in a set from a fixed address, which is what it is for',
  '@okta/jwt-verifier': '@okta/jwt-verifier fetches the keys of the issuer that it was constructed with',
  'express-oauth2-jwt-bearer': 'express-oauth2-jwt-bearer fetches the keys of the issuer that it is configured with, and takes no function for the key',
  'next-auth': 'next-auth derives its one key from the secret',
  '@auth/core': '@auth/core derives its keys from the secrets that it is given',
  '@auth0/angular-jwt': '@auth0/angular-jwt verifies nothing, and hands out no header',
  '@elysiajs/jwt': '@elysiajs/jwt takes one key when it is configured, and hands out no header',
};

/** A verification under a key of the attacker's choice. */
export function chosenKey(library: LibraryDescriptor, version: string): Cell {
  const pairs = [...fromDecodings(library, version), ...fromKeyFunctions(library, version), ...embedded(library, version), ...brought(library, version)];
  return pairs.length > 0 ? pairs : NOTHING_TO_CHOOSE[library.name] ?? '';
}
