import { jose } from '../../../src/libraries/jose.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, KEY_ID, openJwe, RSA, SECRET, STRANGER } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const alias = 'jose-2';
const load = loader('jose', alias);

interface Legacy {
  JWT: { verify(token: string, key: unknown, options?: object): unknown; sign(payload: object, key: unknown, options?: object): string };
  JWKS: { asKeyStore(keys: object): unknown };
  JWK: { asKey(key: unknown): { kid: string }; None: unknown; EmbeddedJWK: unknown };
}

const { default: library } = (await load('jose')) as { default: Legacy };
const shared = Buffer.from(SECRET).subarray(0, 32);

const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};

export const adapters: readonly Adapter[] = [{
  descriptor: jose, version: installedVersion(alias), load,
  lacks: (path) => !/^(?:JWT|JWS|JWE|JWK|JWKS)\./.test(path),
  key: (operation) => (operation.kind === 'decrypt' || operation.kind === 'encrypt' ? shared : library.JWK.asKey(Buffer.from(SECRET))),
  needs: (_operation, path) => {
    if (path === 'JWE.encrypt') return { payload: '{}', header: { alg: 'dir', enc: 'A256GCM' } };
    return path === 'JWS.sign' ? { payload: '{}' } : {};
  },
  open: (token) => (token.split('.').length === 5 ? openJwe(shared, token) : undefined),
  emptyKey: (given) => (given === 'bytes' ? library.JWK.asKey(Buffer.alloc(0)) : given === 'text' ? '' : undefined),
  wrongKey: () => library.JWK.asKey(Buffer.from('another key of 32 bytes in total')),
  observed: {
    'JWT.sign absent keyId': () => {
      const key = library.JWK.asKey(RSA.privatePem);
      const header = JSON.parse(Buffer.from(library.JWT.sign({}, key).split('.')[0]!, 'base64url').toString()) as { kid?: string };
      return header.kid === key.kid && header.kid.length > 0;
    },
    'JWK.EmbeddedJWK': () => accepts(() => library.JWT.verify(jws('RS256', STRANGER.privateKey, honestClaims(), { jwk: STRANGER.publicJwk }), library.JWK.EmbeddedJWK)),
    'JWK.None': () => accepts(() => library.JWT.verify(jws('none', '', honestClaims()), library.JWK.None)),
    'JWKS.asKeyStore keys': () => {
      const verifies = (keys: readonly object[]): boolean => accepts(() => library.JWT.verify(jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }), library.JWKS.asKeyStore({ keys })));
      return verifies([RSA.publicJwk]) && !verifies([{ ...STRANGER.publicJwk, kid: KEY_ID }]);
    },
  },
  unobserved: { 'JWK.EmbeddedX5C': 'it is a value like EmbeddedJWK',
  },
  facts: {
    'an empty secret is accepted': () => accepts(() => library.JWT.verify(jws('HS256', '', honestClaims()), library.JWK.asKey(Buffer.alloc(0)))),
  },
}];
