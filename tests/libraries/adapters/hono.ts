import { satisfies } from 'semver';
import { hono } from '../../../src/libraries/hono.ts';
import { type Adapter, drive as plain, type Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, jws, RSA, SECRET } from '../forge.ts';
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
    const { Hono } = (await import(alias)) as { Hono: new () => App };
    const app = new Hono();
    app.use('/*', (await callAt(occasion.exports, occasion.path, occasion.call)).value);
    app.get('/', (context) => context.text('welcome'));
    const { status } = await app.request('/', { headers: occasion.token === undefined ? {} : { authorization: `Bearer ${occasion.token}` } });
    if (status !== 200) throw new Error(`status ${status}`);
    return { value: true };
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
    unobserved: {
      ...(satisfies(version, '>=4.7') && { 'sign key.alg': 'see the facts', 'sign key.kid': 'see the facts' }),
    },
    facts: {
      [`a type other than JWT is ${version === '4.0.0' ? 'not looked at' : 'refused'}`]: async () => (await verify(jws('HS256', SECRET, honestClaims(), { typ: 'at+jwt' }), 'HS256')) === (version === '4.0.0'),
      'an iat in the future is refused': async () => !(await verify(jws('HS256', SECRET, honestClaims({ iat: Math.floor(Date.now() / 1000) + 60 })), 'HS256')),
      ...(satisfies(version, '>=4.7') && {
        'alg and kid of a JWK are written into the header': async () => {
          const { sign } = (await load('hono/jwt')) as { sign(payload: object, key: unknown, algorithm?: string): Promise<string> };
          const header = JSON.parse(Buffer.from((await sign({}, RSA.privateJwk)).split('.')[0]!, 'base64url').toString()) as object;
          return JSON.stringify(Object.entries(header).sort()) === JSON.stringify([['alg', 'RS256'], ['kid', RSA.publicJwk.kid], ['typ', 'JWT']]);
        },
      }),
    },
  };
}

export const adapters = [adapter('hono-4.0'), adapter('hono-4.6'), adapter('hono-4.11.3'), adapter('hono-4.11.4'), adapter('hono-4')];
