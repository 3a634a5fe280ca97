import { jose } from '../../../src/libraries/jose.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, RSA, SECRET, STRANGER } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const alias = 'jose-2';
const load = loader('jose', alias);

interface Legacy {
  JWT: { verify(token: string, key: unknown, options?: object): unknown; sign(payload: object, key: unknown, options?: object): string };
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
  unobserved: {
    'JWT.sign absent keyId': 'seen among the facts, for an asymmetric key',
    'JWK.None': 'a value, see the facts', 'JWK.EmbeddedJWK': 'a value, see the facts', 'JWK.EmbeddedX5C': 'a value',
  },
  facts: {
    'JWK.None accepts unsigned tokens': () => accepts(() => library.JWT.verify(jws('none', '', honestClaims()), library.JWK.None)),
    'JWK.EmbeddedJWK takes the key from the token': () => accepts(() => library.JWT.verify(jws('RS256', STRANGER.privateKey, honestClaims(), { jwk: STRANGER.publicJwk }), library.JWK.EmbeddedJWK)),
    'the kid of an asymmetric key is written into the header': () => {
      const key = library.JWK.asKey(RSA.privatePem);
      const header = JSON.parse(Buffer.from(library.JWT.sign({}, key).split('.')[0]!, 'base64url').toString()) as { kid?: string };
      return header.kid === key.kid && header.kid.length > 0;
    },
    'an empty secret is accepted': () => accepts(() => library.JWT.verify(jws('HS256', '', honestClaims()), library.JWK.asKey(Buffer.alloc(0)))),
  },
}];
