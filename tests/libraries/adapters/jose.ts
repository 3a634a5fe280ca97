import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jose } from '../../../src/libraries/jose.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jwe, jws, KEY_ID, openJwe, RSA, SECRET } from '../forge.ts';
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

/** How many requests a key set makes for two look-ups that are `wait` milliseconds apart. */
async function fetches(exports: Exports, options: object): Promise<number> {
  let count = 0;
  const server = createServer((_request, response) => {
    count++;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [RSA.publicJwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const keys = exports['createRemoteJWKSet']!(new URL(`http://127.0.0.1:${port}/`), { cooldownDuration: 0, ...options });
  const token = jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID });
  for (let look = 0; look < 2; look++) {
    await exports['jwtVerify']!(token, keys);
    await new Promise((later) => { setTimeout(later, 60); });
  }
  await new Promise((closed) => { server.close(closed); server.closeAllConnections(); });
  return count;
}

async function adapter(alias: string): Promise<Adapter> {
  const version = installedVersion(alias);
  const load = loader('jose', alias);
  const exports = (await load('jose')) as Exports;
  const empty = jws('HS256', '', honestClaims());
  const major = Number(version.split('.')[0]);
  return {
    descriptor: jose, version, load,
    key: (operation) => {
      if (operation.kind === 'decrypt' || operation.kind === 'encrypt') return shared;
      return operation.kind === 'import-key' ? RSA.publicPem : secret;
    },
    needs: (operation, path) => {
      if (operation.kind === 'encrypt') return { '.setProtectedHeader(0).alg': 'dir', '.setProtectedHeader(0).enc': 'A256GCM' };
      if (path === 'CompactSign#sign' || path === 'FlattenedSign#sign') return { '.setProtectedHeader(0).alg': 'HS256', 'new(0)': Buffer.from('{}') };
      return operation.kind === 'sign' && operation.unsecured !== true ? { '.setProtectedHeader(0).alg': 'HS256' } : {};
    },
    present: (token, { path }) => {
      if (path === 'flattenedVerify') return parts(token);
      const { payload, ...signature } = parts(token);
      return path === 'generalVerify' ? { payload, signatures: [signature] } : token;
    },
    open: (token) => (token.split('.').length === 5 ? openJwe(shared, token) : undefined),
    drive: async ({ exports: module, operation, path, call, ...rest }) => {
      const { drive } = await import('../adapter.ts');
      const returned = await drive({ exports: module, operation, path, call, ...rest });
      if (path !== 'FlattenedSign#sign') return returned;
      const flat = (await returned.value) as ReturnType<typeof parts>;
      return { value: Promise.resolve([flat.protected, flat.payload, flat.signature].join('.')) };
    },
    unobserved: {
      'EncryptJWT#encrypt algorithm': 'another algorithm needs another key',
      'UnsecuredJWT#encode keyId': 'an unsecured token has a fixed header', 'UnsecuredJWT#encode type': 'an unsecured token has a fixed header',
      'UnsecuredJWT#encode algorithm': 'an unsecured token has a fixed header',
    },
    facts: {
      [`an empty secret is ${major < 6 ? 'accepted' : 'refused'}`]: async () => (await resolves(async () => exports['jwtVerify']!(empty, new TextEncoder().encode(undefined)))) === (major < 6),
      'a key set refuses symmetric keys': async () => {
        const keys = exports['createLocalJWKSet']!({ keys: [{ kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: KEY_ID }] });
        return !(await resolves(async () => exports['jwtVerify']!(jws('HS256', SECRET, honestClaims(), { kid: KEY_ID }), keys)));
      },
      'EmbeddedJWK takes the key from the token': async () => resolves(async () =>
        exports['jwtVerify']!(jws('RS256', RSA.privateKey, honestClaims(), { jwk: { kty: RSA.publicJwk.kty, n: RSA.publicJwk.n, e: RSA.publicJwk.e } }), exports['EmbeddedJWK'])),
      'cacheMaxAge is in milliseconds': async () => (await fetches(exports, { cacheMaxAge: 20 })) === 2 && (await fetches(exports, { cacheMaxAge: 20_000 })) === 1,
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
