import { jose } from '../../../src/libraries/jose.ts';
import type { Adapter } from '../adapter.ts';
import { CERTIFICATE } from '../certificate.ts';
import { honestClaims, jwe, jws, KEY_ID, openJwe, RSA, SECRET, STRANGER } from '../forge.ts';
import { later, withKeyServer } from '../network.ts';
import { installedVersion, loader } from './installed.ts';

const secret = new TextEncoder().encode(SECRET);
const shared = secret.subarray(0, 32);

type Call = (...list: unknown[]) => Promise<unknown>;
type Exports = Readonly<Record<string, Call>>;

const resolves = async (see: () => Promise<unknown>): Promise<boolean> => see().then(() => true, () => false);

const parts = (token: string): { protected: string; payload: string; signature: string } => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { protected: header, payload, signature };
};

/** A token in five parts, as the JSON serialization writes it (RFC 7516 section 7.2). */
const encryptedParts = (token: string): { protected: string; encrypted_key?: string; iv: string; ciphertext: string; tag: string } => {
  const [header = '', encryptedKey = '', iv = '', ciphertext = '', tag = ''] = token.split('.');
  return { protected: header, ...(encryptedKey !== '' && { encrypted_key: encryptedKey }), iv, ciphertext, tag };
};

/** How many requests a key set makes for two tokens that are verified 60 ms apart. */
const fetches = (exports: Exports, options: object): Promise<number> => withKeyServer('http', async ({ address, requests }) => {
  const keys = exports['createRemoteJWKSet']!(new URL(`${address}/keys`), { cooldownDuration: 0, ...options });
  const token = jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID });
  for (let look = 0; look < 2; look++) {
    await exports['jwtVerify']!(token, keys);
    await later(60);
  }
  return requests.length;
});

/** What each import takes, and the kind of key that comes out. */
const importable: Readonly<Record<string, readonly [given: unknown, kind: string]>> = {
  importSPKI: [RSA.publicPem, 'public'], importPKCS8: [RSA.privatePem, 'private'],
  importX509: [CERTIFICATE, 'public'], importJWK: [{ ...RSA.publicJwk, alg: undefined }, 'public'],
};

async function adapter(alias: string): Promise<Adapter> {
  const version = installedVersion(alias);
  const load = loader('jose', alias);
  const exports = (await load('jose')) as Exports;
  const empty = jws('HS256', '', honestClaims());
  const major = Number(version.split('.')[0]);
  return {
    descriptor: jose, version, load,
    key: (operation, path) => {
      if (operation.kind === 'decrypt' || operation.kind === 'encrypt') return shared;
      return operation.kind === 'import-key' ? importable[path]?.[0] : secret;
    },
    needs: (operation, path) => {
      if (operation.kind === 'import-key') return { algorithm: 'RS256' };
      if (path === 'CompactEncrypt#encrypt' || path === 'FlattenedEncrypt#encrypt') return { '.setProtectedHeader(0).alg': 'dir', '.setProtectedHeader(0).enc': 'A256GCM', 'new(0)': Buffer.from('{}') };
      if (operation.kind === 'encrypt') return { '.setProtectedHeader(0).alg': 'dir', '.setProtectedHeader(0).enc': 'A256GCM' };
      if (path === 'CompactSign#sign' || path === 'FlattenedSign#sign') return { '.setProtectedHeader(0).alg': 'HS256', 'new(0)': Buffer.from('{}') };
      return operation.kind === 'sign' && operation.unsecured !== true ? { '.setProtectedHeader(0).alg': 'HS256' } : {};
    },
    present: (token, { path }) => {
      if (path === 'flattenedVerify') return parts(token);
      if (path === 'flattenedDecrypt') return encryptedParts(token);
      if (path === 'generalDecrypt') {
        const { encrypted_key, ...rest } = encryptedParts(token);
        return { ...rest, recipients: [encrypted_key === undefined ? {} : { encrypted_key }] };
      }
      const { payload, ...signature } = parts(token);
      return path === 'generalVerify' ? { payload, signatures: [signature] } : token;
    },
    open: (token) => (token.split('.').length === 5 ? openJwe(shared, token) : undefined),
    drive: async ({ exports: module, operation, path, call, ...rest }) => {
      const { drive } = await import('../adapter.ts');
      const returned = await drive({ exports: module, operation, path, call, ...rest });
      if (path === 'FlattenedEncrypt#encrypt') {
        const one = (await returned.value) as ReturnType<typeof encryptedParts>;
        return { value: Promise.resolve([one.protected, one.encrypted_key ?? '', one.iv, one.ciphertext, one.tag].join('.')) };
      }
      if (path !== 'FlattenedSign#sign') return returned;
      const flat = (await returned.value) as ReturnType<typeof parts>;
      return { value: Promise.resolve([flat.protected, flat.payload, flat.signature].join('.')) };
    },
    observed: {
      ...Object.fromEntries(['CompactEncrypt', 'FlattenedEncrypt'].map((name) => [`${name}#encrypt algorithm`, async (): Promise<boolean> => {
        const Builder = exports[name] as unknown as new (content: Uint8Array) => { setProtectedHeader(header: object): { encrypt(key: Uint8Array): Promise<string | { protected: string }> } };
        const made = await new Builder(Buffer.from('{}')).setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM' }).encrypt(shared);
        const header = typeof made === 'string' ? made.split('.')[0]! : made.protected;
        return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string }).alg === 'A256KW';
      }])),
      'createRemoteJWKSet url': async () => (await fetches(exports, {})) === 1,
      'createRemoteJWKSet options.cacheMaxAge': async () => (await fetches(exports, { cacheMaxAge: 20 })) === 2 && (await fetches(exports, { cacheMaxAge: 20_000 })) === 1,
      'createLocalJWKSet keys': async () => {
        const verifies = (keys: readonly object[]): Promise<boolean> =>
          resolves(async () => exports['jwtVerify']!(jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }), exports['createLocalJWKSet']!({ keys })));
        return (await verifies([RSA.publicJwk])) && !(await verifies([{ ...STRANGER.publicJwk, kid: KEY_ID, alg: 'RS256' }]));
      },
      ...Object.fromEntries(['importSPKI', 'importPKCS8', 'importX509', 'importJWK'].map((path) => [`${path} algorithm`, async (): Promise<boolean> => {
        // Only version 6 keeps what it was told about the key; before, the key alone decides what it can do.
        const [given, wanted] = importable[path] ?? [];
        const key = (await exports[path]!(given, 'RS512')) as { algorithm?: { hash: { name: string } }; asymmetricKeyType?: string; type: string };
        return key.type === wanted && (major < 6 ? key.asymmetricKeyType === 'rsa' : key.algorithm?.hash.name === 'SHA-512');
      }])),
    },
    unobserved: {
      'EncryptJWT#encrypt algorithm': 'another algorithm needs another key',
    },
    facts: {
      [`an empty secret is ${major < 6 ? 'accepted' : 'refused'}`]: async () => (await resolves(async () => exports['jwtVerify']!(empty, new TextEncoder().encode(undefined)))) === (major < 6),
      'a key set refuses symmetric keys': async () => {
        const keys = exports['createLocalJWKSet']!({ keys: [{ kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: KEY_ID }] });
        return !(await resolves(async () => exports['jwtVerify']!(jws('HS256', SECRET, honestClaims(), { kid: KEY_ID }), keys)));
      },
      'EmbeddedJWK takes the key from the token': async () => resolves(async () =>
        exports['jwtVerify']!(jws('RS256', RSA.privateKey, honestClaims(), { jwk: { kty: RSA.publicJwk.kty, n: RSA.publicJwk.n, e: RSA.publicJwk.e } }), exports['EmbeddedJWK'])),
      [`PBES2 is ${major === 4 ? 'tried up to maxPBES2Count' : 'refused unless it is asked for'}`]: async () => {
        const [header, , ...rest] = jwe(shared, {}, { alg: 'PBES2-HS256+A128KW', p2c: 20_000, p2s: Buffer.alloc(16).toString('base64url') }).split('.');
        const costly = [header, Buffer.alloc(24).toString('base64url'), ...rest].join('.');
        const message = await exports['jwtDecrypt']!(costly, shared).then(() => 'decrypted', (error: unknown) => String(error));
        return (major === 4) === /p2c/i.test(message);
      },
    },
  };
}

export const adapters = [await adapter('jose-4'), await adapter('jose-5'), await adapter('jose-6')];
