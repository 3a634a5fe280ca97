import { hapiJwt } from '../../../src/libraries/hapi-jwt.ts';
import { type Adapter, drive as plain } from '../adapter.ts';
import { honestClaims, jws, now, read, RSA, SECRET } from '../forge.ts';
import { throughServer } from './hapi.ts';
import { installedVersion, loader } from './installed.ts';

interface Token {
  decode(token: string): object;
  verify(artifacts: object, key: unknown, options?: object): void;
  generate(payload: object, key: unknown, options?: object): string;
}

const load = loader('@hapi/jwt', '@hapi/jwt');
const { default: { token } } = (await load('@hapi/jwt')) as { default: { token: Token } };
const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};
const unsigned = (): object => token.decode(jws('none', '', honestClaims()));

export const adapters: readonly Adapter[] = [{
  descriptor: hapiJwt, version: installedVersion('@hapi/jwt'), load,
  needs: (operation) => (operation.middleware ? { 'options.verify.sub': false, 'options.validate': () => ({ isValid: true }) } : {}),
  present: (text, { path }) => (path === 'token.decode' ? text : token.decode(text)),
  drive: async (occasion) => (occasion.operation.middleware ? throughServer(occasion) : plain(occasion)),
  unobserved: {
    'token.verify key.algorithm': 'the key is given as text; see the facts', 'token.verify key.algorithms': 'the key is given as text; see the facts',
    'server.auth.strategy absent audience': 'see the options given as undefined', 
  },
  facts: {
    'an empty key accepts unsigned tokens': () => accepts(() => token.verify(unsigned(), '')),
    'an undefined key accepts unsigned tokens': () => accepts(() => token.verify(unsigned(), { key: undefined })),
    'a list of both families makes a public key a secret': () =>
      accepts(() => token.verify(token.decode(jws('HS256', RSA.publicPem, honestClaims())), { key: RSA.publicPem, algorithms: ['HS256', 'RS256'] })),
    'key.algorithms limits the algorithms': () => !accepts(() => token.verify(token.decode(jws('HS512', SECRET, honestClaims())), { key: SECRET, algorithms: ['HS256'] })),
    'key.algorithm limits the algorithms': () => !accepts(() => token.verify(token.decode(jws('HS512', SECRET, honestClaims())), { key: SECRET, algorithm: 'HS256' })),
    'header.alg overrides the algorithm': () => token.generate({}, SECRET, { header: { alg: 'none' } }).endsWith('.'),
    'exp in the payload wins over ttlSec': () => {
      const exp = now() + 60;
      return read(token.generate({ exp }, SECRET, { ttlSec: 600 })).claims['exp'] === exp;
    },
  },
}];
