import { jsrsasign } from '../../../src/libraries/jsrsasign.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, RSA, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Exports { KJUR: { jws: { JWS: { verifyJWT(token: string, key: unknown, options: object): boolean } } } }
const load = loader('jsrsasign', 'jsrsasign');
const { KJUR: { jws: { JWS } } } = (await load('jsrsasign')) as Exports;

export const adapters: readonly Adapter[] = [{
  descriptor: jsrsasign, version: installedVersion('jsrsasign'), load,
  key: (operation) => (operation.kind === 'import-key' ? RSA.publicPem : { utf8: SECRET }),
  needs: (_operation, path) => (path.endsWith('.sign') ? { algorithm: 'HS256', header: { typ: 'JWT' } } : {}),
  unobserved: {
    'KJUR.jws.JWS.sign absent algorithm': 'see the facts', 'KJUR.jws.JWS.sign algorithm': 'both places must agree',
  },
  facts: {
    'an exp that is a text is not checked': () => JWS.verifyJWT(jws('HS256', SECRET, honestClaims({ exp: 'yesterday' })), { utf8: SECRET }, { alg: ['HS256'] }),
    'verification refuses unsigned tokens even when none is listed': () => {
      try { return !JWS.verifyJWT(jws('none', '', honestClaims()), { utf8: SECRET }, { alg: ['none'] }); } catch { return true; }
    },
  },
}];
