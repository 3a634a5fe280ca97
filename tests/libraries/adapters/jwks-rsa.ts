import { jwksRsa } from '../../../src/libraries/jwks-rsa.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, KEY_ID, RSA } from '../forge.ts';
import { later, trusting, withKeyServer } from '../network.ts';
import { installedVersion, loader } from './installed.ts';

interface Client { getSigningKey(id?: string): Promise<{ getPublicKey(): string }> }
type Factory = (options: object) => Client;

type Provider = (...list: unknown[]) => unknown;
/** Looks a key up in the way of each export that takes options. */
type LookUp = (key: { readonly alg: 'RS256'; readonly kid: string }) => Promise<unknown>;

const answering = (call: (done: (error: unknown, key?: unknown) => void) => unknown): Promise<unknown> => new Promise((found, failed) => {
  call((error, key) => { if (error || !key) failed(error as Error); else found(key); });
});

/** How each export of the package is used to find a key, by its access path. */
const ways = (exports: Readonly<Record<string, unknown>>): Readonly<Record<string, (options: object) => LookUp>> => ({
  '': (options) => {
    const client = (exports['default'] as Factory)(options);
    return ({ kid }) => client.getSigningKey(kid);
  },
  'new JwksClient': (options) => {
    const client = new (exports['JwksClient'] as new (options: object) => Client)(options);
    return ({ kid }) => client.getSigningKey(kid);
  },
  expressJwtSecret: (options) => {
    const provide = (exports['expressJwtSecret'] as (options: object) => Provider)(options);
    return (header) => answering((done) => provide({}, header, {}, done));
  },
  passportJwtSecret: (options) => {
    const provide = (exports['passportJwtSecret'] as (options: object) => Provider)(options);
    return (header) => answering((done) => provide({}, jws('RS256', RSA.privateKey, honestClaims(), header), done));
  },
  koaJwtSecret: (options) => (exports['koaJwtSecret'] as (options: object) => LookUp)(options),
  hapiJwt2Key: (options) => {
    const provide = (exports['hapiJwt2Key'] as (options: object) => Provider)(options);
    return (header) => answering((done) => provide({ header }, done));
  },
  hapiJwt2KeyAsync: (options) => {
    const provide = (exports['hapiJwt2KeyAsync'] as (options: object) => (decoded: object) => Promise<unknown>)(options);
    return (header) => provide({ header });
  },
});

/** How many requests look-ups make that are 60 ms apart, and how many of them found a key. */
async function fetches(create: (options: object) => LookUp, options: object, ids: readonly string[] = [KEY_ID, KEY_ID]): Promise<{ readonly asked: number; readonly found: number }> {
  return withKeyServer('http', async ({ address, requests }) => {
    const lookUp = create({ jwksUri: `${address}/keys`, ...options });
    let found = 0;
    for (const kid of ids) {
      await lookUp({ alg: 'RS256', kid }).then((key) => { if (key) found++; }, () => undefined);
      await later(60);
    }
    return { asked: requests.filter((path) => path === '/keys').length, found };
  });
}

/** What each option of an export does, seen by counting requests. */
function observed(path: string, create: (options: object) => LookUp): Readonly<Record<string, () => Promise<boolean>>> {
  const asked = async (options: object, ids?: readonly string[]): Promise<number> => (await fetches(create, options, ids)).asked;
  return {
    [`${path} options.jwksUri`]: async () => (await fetches(create, {})).found === 2,
    [`${path} options.cacheMaxAge`]: async () => (await asked({ cacheMaxAge: 20 })) === 2 && (await asked({ cacheMaxAge: 20_000 })) === 1,
    [`${path} options.cache`]: async () => (await asked({ cache: false })) === 2 && (await asked({})) === 1,
    [`${path} options.rateLimit`]: async () => (await asked({}, ['a', 'b', 'c'])) === 3 && (await asked({ rateLimit: true, jwksRequestsPerMinute: 1 }, ['a', 'b', 'c'])) === 1,
  };
}

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('jwks-rsa', alias);
  const exports = (await load('jwks-rsa')) as Readonly<Record<string, unknown>> & { readonly default: Factory & Readonly<Record<string, unknown>> };
  const create = exports.default;
  const found = ways({ ...create, ...exports });
  const fixed = create({ jwksUri: 'https://nowhere.invalid/', getKeysInterceptor: async () => [RSA.publicJwk] });
  return {
    descriptor: jwksRsa, version: installedVersion(alias), load,
    observed: Object.assign({}, ...Object.entries(found).map(([path, make]) => observed(path, make))) as Readonly<Record<string, () => Promise<boolean>>>,
    needs: () => ({ 'new(0).jwksUri': 'https://nowhere.invalid/' }),
    facts: {
      'a server that nobody vouches for is not asked': async () => withKeyServer('https', async ({ address, requests }) => {
        const ask = (): Promise<boolean> => create({ jwksUri: `${address}/keys` }).getSigningKey(KEY_ID).then(() => true, () => false);
        return !(await ask()) && requests.length === 0 && (await trusting(ask));
      }),
      'getSigningKey gives a promise of the key': async () => (await fixed.getSigningKey(KEY_ID)).getPublicKey().includes('BEGIN PUBLIC KEY'),
      'getSigningKey without an id gives the only key': async () => (await fixed.getSigningKey()).getPublicKey().includes('BEGIN PUBLIC KEY'),
    },
  };
}

export const adapters = [await adapter('jwks-rsa-3'), await adapter('jwks-rsa-4')];
