import { satisfies } from 'semver';
import { hono } from '../../../src/libraries/hono.ts';
import { type Adapter, drive as plain, type Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, jws, KEY_ID, RSA, SECRET } from '../forge.ts';
import { withKeyServer } from '../network.ts';
import { installedVersion, loader } from './installed.ts';

interface App { use(path: string, middleware: unknown): void; get(path: string, handler: (context: { text(text: string): unknown }) => unknown): void; request(path: string, init: object): Promise<{ status: number }> }

const viaKeySet = (path: string): boolean => path === 'jwk' || path.endsWith('verifyWithJwks');
/** Without alg, so that nothing but the setting decides. */
const keyWithoutAlgorithm = { ...RSA.publicJwk, alg: undefined };

function adapter(alias: string): Adapter {
  const version = installedVersion(alias);
  const load = loader('hono', alias);
  const drive = async (occasion: Occasion): Promise<Returned> => {
    if (!occasion.operation.middleware) return plain(occasion);
    await throughApp((await callAt(occasion.exports, occasion.path, occasion.call)).value, occasion.token === undefined ? {} : { authorization: `Bearer ${occasion.token}` });
    return { value: true };
  };
  const throughApp = async (middleware: unknown, headers: Readonly<Record<string, string>>): Promise<void> => {
    const { Hono } = (await import(alias)) as { Hono: new () => App };
    const app = new Hono();
    app.use('/*', middleware);
    app.get('/', (context) => context.text('welcome'));
    const { status } = await app.request('/', { headers });
    if (status !== 200) throw new Error(`status ${status}`);
  };
  const tokens = { jwt: jws('HS256', SECRET, honestClaims()), jwk: jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }) };
  /** Whether a request with these headers gets through a middleware with these options. */
  const guards = async (name: 'jwt' | 'jwk', options: object, headers: Readonly<Record<string, string>>): Promise<boolean> => {
    const make = ((await load(`hono/${name}`)) as Readonly<Record<string, (options: object) => unknown>>)[name]!;
    const whole = name === 'jwt' ? { secret: SECRET, alg: 'HS256', ...options } : { keys: [RSA.publicJwk], ...(satisfies(version, '>=4.11.4') && { alg: ['RS256'] }), ...options };
    return throughApp(make(whole), headers).then(() => true, () => false);
  };
  /** Whether `alg` and `kid` of a JWK are written into the header. */
  const jwkInHeader = async () => {
    const { sign } = (await load('hono/jwt')) as { sign(payload: object, key: unknown, algorithm?: string): Promise<string> };
    const header = JSON.parse(Buffer.from((await sign({}, RSA.privateJwk)).split('.')[0]!, 'base64url').toString()) as object;
    return JSON.stringify(Object.entries(header).sort()) === JSON.stringify([['alg', 'RS256'], ['kid', RSA.publicJwk.kid], ['typ', 'JWT']]);
  };
  const verify = async (token: string, options: unknown): Promise<boolean> => {
    const exports = (await load('hono/jwt')) as { verify(token: string, key: string, options: unknown): Promise<unknown> };
    return exports.verify(token, SECRET, options).then(() => true, () => false);
  };
  return {
    descriptor: hono, version, load, drive,
    moduleOf: (path) => (path === 'jwk' ? 'hono/jwk' : path.startsWith('Jwt.') ? 'hono/utils/jwt' : 'hono/jwt'),
    keyKind: (_operation, path) => (viaKeySet(path) ? 'rsa' : 'secret'),
    key: (_operation, path) => (viaKeySet(path) ? [keyWithoutAlgorithm] : SECRET),
    observed: {
      ...(satisfies(version, '>=4.7') && { 'sign key.alg': jwkInHeader, 'sign key.kid': jwkInHeader }),
      ...Object.fromEntries((satisfies(version, '>=4.7') ? (['jwt', 'jwk'] as const) : (['jwt'] as const)).flatMap((name) => [
        [`${name} options.cookie`, async () => (await guards(name, { cookie: 'session' }, { cookie: `session=${tokens[name]}` })) && !(await guards(name, {}, { cookie: `session=${tokens[name]}` }))],
        ...(satisfies(version, '>=4.9') ? [[`${name} options.headerName`, async () => (await guards(name, { headerName: 'x-token' }, { 'x-token': `Bearer ${tokens[name]}` })) && !(await guards(name, {}, { 'x-token': `Bearer ${tokens[name]}` }))]] : []),
      ]) as readonly (readonly [string, () => Promise<boolean>])[]),
      ...(satisfies(version, '>=4.9') && {
        'jwk options.jwks_uri': async () => withKeyServer('http', async ({ address, requests }) =>
          (await guards('jwk', { keys: undefined, jwks_uri: `${address}/keys` }, { authorization: `Bearer ${tokens.jwk}` })) && requests.join() === '/keys'),
        'verifyWithJwks options.jwks_uri': async () => {
          const { verifyWithJwks } = (await load('hono/jwt')) as { verifyWithJwks(token: string, options: object): Promise<{ sub: string }> };
          return withKeyServer('http', async ({ address, requests }) =>
            (await verifyWithJwks(tokens.jwk, { jwks_uri: `${address}/keys`, allowedAlgorithms: ['RS256'] })).sub === 'alice' && requests.join() === '/keys');
        },
      }),
    },
    facts: {
      [`a type other than JWT is ${version === '4.0.0' ? 'not looked at' : 'refused'}`]: async () => (await verify(jws('HS256', SECRET, honestClaims(), { typ: 'at+jwt' }), 'HS256')) === (version === '4.0.0'),
      'an iat in the future is refused': async () => !(await verify(jws('HS256', SECRET, honestClaims({ iat: Math.floor(Date.now() / 1000) + 60 })), 'HS256')),
    },
  };
}

export const adapters = [adapter('hono-4.0'), adapter('hono-4.6'), adapter('hono-4.11.3'), adapter('hono-4.11.4'), adapter('hono-4')];
