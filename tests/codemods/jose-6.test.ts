import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { jose6 } from '../../codemods/jose-6.ts';
import { generateKeys } from '../exploits/keys.ts';
import { now, readClaims, signed, withClaims, withSignature } from '../exploits/tokens.ts';
import { expectBytesKept, expectRefused, exportsOf, migrated, type Packages } from './migrated-programs.ts';

const require = createRequire(import.meta.url);
const { issuer: pair } = generateKeys();
const SECRET = 'a-secret-of-the-orders-service-of-2024';
const claims = { sub: 'alice', iss: 'acme', iat: now() - 60, exp: now() + 600 };

/** The modules of jose 3, which is not installed, by what version 4 has for them. */
function modulesOf3(): Packages {
  const jose = require('jose-4') as Record<string, unknown> & { errors: object; base64url: object };
  const module = (name: string, old = name) => ({ __esModule: true, default: jose[name], [old]: jose[name] });
  return {
    'jose/jwt/verify': module('jwtVerify'), 'jose/jwt/sign': module('SignJWT'), 'jose/jwk/parse': module('importJWK', 'parseJwk'), 'jose/jwk/from_key_like': module('exportJWK', 'fromKeyLike'),
    'jose/util/generate_key_pair': module('generateKeyPair'), 'jose/util/errors': { __esModule: true, ...jose.errors }, 'jose/util/base64url': { __esModule: true, ...jose.base64url }, 'jose/util/decode_protected_header': module('decodeProtectedHeader'),
  };
}

const honest = { HS256: signed('HS256', SECRET, claims), RS256: signed('RS256', pair.privateKey, claims) };

/** Tokens that are presented to each program, honest and forged. */
const tokens: Readonly<Record<string, string>> = {
  ...honest,
  'changed claims': withClaims(honest.RS256, { ...claims, sub: 'mallory' }),
  'changed claims under a secret': withClaims(honest.HS256, { ...claims, sub: 'mallory' }),
  'the public key as a secret': signed('HS256', pair.spkiPem, claims),
  unsigned: withSignature('', claims, { alg: 'none' }),
  expired: signed('RS256', pair.privateKey, { ...claims, exp: now() - 600 }),
  'expired under a secret': signed('HS256', SECRET, { ...claims, exp: now() - 600 }),
  'another issuer': signed('RS256', pair.privateKey, { ...claims, iss: 'umbrella' }),
  garbled: 'x.y.z',
};

interface Program { readonly check: (token: string) => Promise<unknown>; readonly issue?: () => Promise<string> }

async function verdicts({ check }: Program): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, token] of Object.entries(tokens)) found[name] = await check(token).then((result) => result, () => 'refused');
  return found;
}

interface Case {
  readonly name: string;
  readonly code: string;
  /** What stands for the old version. */
  readonly old: readonly Packages[];
  readonly taken: readonly string[];
}

const text = (pem: string) => JSON.stringify(pem);
const before6: readonly Packages[] = [{ jose: 'jose-4' }, { jose: 'jose-5' }];

const cases: readonly Case[] = [
  { name: 'modules of version 3, by name and by default', old: [modulesOf3()], taken: ['HS256'], code: `import jwtVerify from 'jose/jwt/verify';
import { SignJWT } from 'jose/jwt/sign';
import { parseJwk } from 'jose/jwk/parse';
import { JWTExpired, JOSEError } from 'jose/util/errors';
import { encode } from 'jose/util/base64url';
const jwk = { kty: 'oct', k: encode('${SECRET}') };
export const issue = async () => new SignJWT({ sub: 'alice' }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('15m').sign(await parseJwk(jwk, 'HS256'));
export const check = async (token) => {
  try {
    return (await jwtVerify(token, await parseJwk(jwk, 'HS256', true), { algorithms: ['HS256'] })).payload.sub;
  } catch (error) {
    if (error instanceof JWTExpired || !(error instanceof JOSEError)) throw error;
    return 'refused';
  }
};` },
  { name: 'modules of version 3 in CommonJS', old: [modulesOf3()], taken: [], code: `const { default: jwtVerify } = require('jose/jwt/verify');
const { SignJWT: Signer } = require('jose/jwt/sign');
const { fromKeyLike } = require('jose/jwk/from_key_like');
const { generateKeyPair } = require('jose/util/generate_key_pair');
const { parseJwk: toKey } = require('jose/jwk/parse');
const { decodeProtectedHeader } = require('jose/util/decode_protected_header');
const errors = require('jose/util/errors');
const pair = generateKeyPair('RS256');
exports.issue = async () => new Signer({ sub: 'alice' }).setProtectedHeader({ alg: 'RS256' }).setIssuedAt().setExpirationTime('15m').sign(await toKey(await fromKeyLike((await pair).privateKey), 'RS256'));
exports.check = async (token) => {
  const { alg } = decodeProtectedHeader(token);
  if (alg === 'none') throw new errors.JWSInvalid('unsigned');
  const jwk = await fromKeyLike((await pair).publicKey);
  return (await jwtVerify(token, await toKey(jwk, alg), { algorithms: ['RS256'] })).payload.sub;
};` },
  { name: 'imported keys without their algorithm', old: before6, taken: ['RS256', 'another issuer'], code: `import { importPKCS8, importSPKI, importX509, importJWK, jwtVerify, SignJWT } from 'jose';
const algorithms = ['RS256'];
export const issue = async () => new SignJWT({ sub: 'alice' }).setProtectedHeader({ alg: 'RS256' }).setIssuedAt().setExpirationTime('15m').sign(await importPKCS8(${text(pair.privatePem)}));
export const check = async (token) => {
  const { payload: { sub } } = await jwtVerify(token, await importSPKI(${text(pair.spkiPem)}), { algorithms });
  const given = await importJWK(JSON.parse(${text(JSON.stringify({ ...pair.jwk, alg: undefined }))}));
  return [sub, (await jwtVerify(token, await importX509(${text(pair.certificatePem)}), { algorithms })).payload.sub, (await jwtVerify(token, given, { algorithms })).payload.sub].join();
};` },
  { name: 'keys that are exported again', old: before6, taken: ['RS256', 'another issuer'], code: `import * as jose from 'jose';
const roundTrip = async (key) => jose.importJWK(await jose.exportJWK(key), 'RS256');
export const issue = async () => {
  const { privateKey } = await jose.generateKeyPair('RS256', { modulusLength: 2048 });
  const pem = await jose.exportPKCS8(privateKey);
  const secret = await jose.generateSecret('HS256');
  const key = await jose.importPKCS8(${text(pair.privatePem)}, 'RS256');
  const { k } = await jose.exportJWK(secret);
  return new jose.SignJWT({ sub: 'alice', pem: pem.split('\\n')[0], length: k.length }).setProtectedHeader({ alg: 'RS256' }).setIssuedAt().setExpirationTime('15m').sign(await roundTrip(key));
};
export const check = async (token) => (await jose.jwtVerify(token, await jose.importSPKI(${text(pair.spkiPem)}, 'RS256'), { algorithms: ['RS256'] })).payload.sub;` },
  { name: 'a cache of keys under its old name', old: [{ jose: 'jose-5' }], taken: ['RS256', 'another issuer'], code: `import { createRemoteJWKSet, experimental_jwksCache, jwtVerify } from 'jose';
const cache = { uat: Date.now(), jwks: { keys: [${JSON.stringify(pair.jwk)}] } };
const keys = createRemoteJWKSet(new URL('http://localhost:9/jwks.json'), { [experimental_jwksCache]: cache });
export const check = async (token) => (await jwtVerify(token, keys, { algorithms: ['RS256'] })).payload.sub;` },
];

describe('a program takes and refuses with version 6 what it did before', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { code, old, taken }) => {
    const { output, left } = migrated(jose6, code);
    expect(left).toEqual([]);
    expect(output).not.toBe(code);
    expectBytesKept(jose6, code);
    const after = exportsOf(output, { jose: 'jose-6' }) as unknown as Program;
    const found = await verdicts(after);
    expect(Object.keys(found).filter((name) => found[name] !== 'refused').sort()).toEqual([...taken].sort());
    for (const packages of old) {
      const before = exportsOf(code, packages) as unknown as Program;
      expect(found).toEqual(await verdicts(before));
      if (!before.issue || !after.issue) continue;
      const [first, second] = (await Promise.all([before.issue(), after.issue()])).map((token) => ({ ...readClaims(token), iat: 0, exp: 0 }));
      expect(second).toEqual(first);
      expect(await after.check(await after.issue())).toEqual(await before.check(await before.issue()));
    }
  });
});

describe('what is written', () => {
  it('names of types', () => {
    const before = `import type { JWK, KeyLike } from 'jose';
import { importJWK } from 'jose';
const keys: KeyLike[] = [];
export type Held = Readonly<Record<string, KeyLike | Uint8Array>>;
export const add = async (jwk: JWK) => { keys.push((await importJWK<KeyLike>(jwk, 'ES256', false)) as KeyLike); };
`;
    expect(migrated(jose6, before, '/migrated/case.ts').output).toBe(`import type { JWK, CryptoKey, KeyObject } from 'jose';
import { importJWK } from 'jose';
const keys: (CryptoKey | KeyObject)[] = [];
export type Held = Readonly<Record<string, CryptoKey | KeyObject | Uint8Array>>;
export const add = async (jwk: JWK) => { keys.push((await importJWK(jwk, 'ES256')) as CryptoKey | KeyObject); };
`);
  });

  it('nothing where a public key is all that is exported', () => {
    const source = "import { exportJWK, generateKeyPair } from 'jose';\nconst { publicKey, privateKey } = await generateKeyPair('RS256');\nexport const jwk = await exportJWK(publicKey);\nexport { privateKey };\n";
    expect(migrated(jose6, source)).toEqual({ output: source, left: [] });
  });

  it('the call is listed where a JWK may lack its algorithm', () => {
    const source = "import { importJWK } from 'jose/key/import';\nexport const keyOf = (jwk) => importJWK(jwk);\n";
    expect(migrated(jose6, source)).toEqual({ output: source.replace('jose/key/import', 'jose'), left: [{ line: 2, message: expect.stringMatching(/^`importJWK` of version 6 throws for a key that does not say its algorithm/) as string }] });
  });
});

describe('a file is refused whole', () => {
  const refused: readonly (readonly [string, string, RegExp[]])[] = [
    ['jose 2', "const { JWT, JWK } = require('jose');\nexports.read = (token) => JWT.verify(token, JWK.asKey('secret'));\n", [/^`JWT` of jose 2/, /^`JWK` of jose 2/]],
    ['jose 2 under one name', "const jose = require('jose');\nexports.read = (token, key) => jose.JWT.verify(token, key);\n", [/^`JWT` of jose 2/]],
    ['jose 2, taken apart later', "const jose = require('jose');\nconst { JWT } = jose;\nexports.read = (token, key) => JWT.verify(token, key);\n", [/^`JWT` of jose 2/]],
    ['a module that is gone', "import random from 'jose/util/random';\nexport const iv = random(new Uint8Array(12));\n", [/nothing for the module `jose\/util\/random`/]],
    ['a mock', "import { jwtVerify } from 'jose';\njest.mock('jose/jwt/verify');\nexport const read = jwtVerify;\n", [/loaded or replaced here/]],
    ['a key whose algorithm nothing proves', "import { importPKCS8 } from 'jose';\nexport const key = importPKCS8(process.env.JWT_PRIVATE_KEY);\n", [/^`importPKCS8` of version 6 has to be told the algorithm/]],
    ['two algorithms', "import { importSPKI, jwtVerify } from 'jose';\nexport const read = async (token) => jwtVerify(token, await importSPKI(process.env.JWT_PUBLIC_KEY), { algorithms: ['RS256', 'PS256'] });\n", [/^`importSPKI` of version 6 has to be told the algorithm/]],
    ['an agent', "import { createRemoteJWKSet } from 'jose';\nexport const keys = createRemoteJWKSet(new URL('https://login.example.com/jwks.json'), { agent });\n", [/takes no `agent`/]],
    ['an algorithm that is gone', "import { generateKeyPair } from 'jose';\nexport const pair = generateKeyPair('ES256K');\n", [/does not implement `ES256K`/]],
    ['a KeyObject of Node', "import { importSPKI } from 'jose';\nconst key = await importSPKI(process.env.JWT_PUBLIC_KEY, 'RS256');\nexport const size = key.asymmetricKeyDetails.modulusLength;\n", [/which have no `asymmetricKeyDetails`/]],
    ['options that are put together elsewhere', "import { exportPKCS8, generateKeyPair } from 'jose';\nexport const pem = async (options) => exportPKCS8((await generateKeyPair('RS256', options)).privateKey);\n", [/have to say `extractable: true`/]],
    ['a name that is taken', "import { JWTExpired } from 'jose/util/errors';\nconst errors = [];\nexport const add = (error) => { if (error instanceof JWTExpired) errors.push(error); };\n", [/^The name `errors` means something else/]],
  ];
  it.each(refused)('%s', (_, source, reasons) => {
    expectRefused(jose6, source, reasons);
  });
});
