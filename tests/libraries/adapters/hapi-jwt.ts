import { hapiJwt } from '../../../src/libraries/hapi-jwt.ts';
import { type Adapter, drive as plain } from '../adapter.ts';
import { prepare } from '../call.ts';
import { honestClaims, jws, KEY_ID, now, read, RSA, SECRET } from '../forge.ts';
import { withKeyServer } from '../network.ts';
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

const shared = jws('HS256', SECRET, honestClaims());
const remote = jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID });
/** Whether a request gets through a route that the strategy guards. */
const guards = async (options: object, { token: given, ...rest }: { readonly token?: string; readonly mode?: string; readonly request?: object }): Promise<boolean> => {
  const call = prepare({ arguments: { options: 2 } }, { options: { keys: SECRET, verify: { aud: false, iss: false, sub: false }, validate: () => ({ isValid: true }), ...options } });
  return throughServer({ exports: await load('@hapi/jwt'), call, token: given }, rest).then(() => true, () => false);
};

export const adapters: readonly Adapter[] = [{
  descriptor: hapiJwt, version: installedVersion('@hapi/jwt'), load,
  needs: (operation) => (operation.middleware ? { 'options.verify.sub': false, 'options.validate': () => ({ isValid: true }) } : {}),
  present: (text, { path }) => (path === 'token.decode' ? text : token.decode(text)),
  drive: async (occasion) => (occasion.operation.middleware ? throughServer(occasion) : plain(occasion)),
  observed: {
    'token.verify key.algorithm': () => !accepts(() => token.verify(token.decode(jws('HS512', SECRET, honestClaims())), { key: SECRET, algorithm: 'HS256' })),
    'token.verify key.algorithms': () => !accepts(() => token.verify(token.decode(jws('HS512', SECRET, honestClaims())), { key: SECRET, algorithms: ['HS256'] })),
    'server.auth.strategy mode try': async () => (await guards({}, { mode: 'try', token: 'nonsense' })) && !(await guards({}, { token: 'nonsense' })),
    'server.auth.strategy mode optional': async () => (await guards({}, { mode: 'optional' })) && !(await guards({}, {})),
    'server.auth.strategy options.cookieName': async () => guards({ cookieName: 'session' }, { request: { headers: { cookie: `session=${shared}` } } }),
    'server.auth.strategy options.headerName': async () => guards({ headerName: 'x-token' }, { request: { headers: { 'x-token': `Bearer ${shared}` } } }),
    'server.auth.strategy options.keys.uri': async () => withKeyServer('http', async ({ address, requests }) => (await guards({ keys: { uri: `${address}/keys` } }, { token: remote })) && requests.join() === '/keys'),
    'server.auth.strategy options.keys.rejectUnauthorized': async () => withKeyServer('https', async ({ address, requests }) => {
      const asks = (rejectUnauthorized: boolean): Promise<boolean> => guards({ keys: { uri: `${address}/keys`, rejectUnauthorized } }, { token: remote });
      return !(await asks(true)) && requests.length === 0 && (await asks(false));
    }),
  },
  unobserved: {
    'server.auth.strategy absent audience': 'see the options given as undefined', 
  },
  facts: {
    'an empty key accepts unsigned tokens': () => accepts(() => token.verify(unsigned(), '')),
    'an undefined key accepts unsigned tokens': () => accepts(() => token.verify(unsigned(), { key: undefined })),
    'a list of both families makes a public key a secret': () =>
      accepts(() => token.verify(token.decode(jws('HS256', RSA.publicPem, honestClaims())), { key: RSA.publicPem, algorithms: ['HS256', 'RS256'] })),
    'header.alg overrides the algorithm': () => token.generate({}, SECRET, { header: { alg: 'none' } }).endsWith('.'),
    'exp in the payload wins over ttlSec': () => {
      const exp = now() + 60;
      return read(token.generate({ exp }, SECRET, { ttlSec: 600 })).claims['exp'] === exp;
    },
  },
}];
