import type { IncomingMessage } from 'node:http';
import { expressJwt } from '../../../src/libraries/express-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, jws, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Middleware = (request: Partial<IncomingMessage>, response: object, next: (error?: unknown) => void) => void;

/** Runs a middleware in the manner of Express and gives its request back. */
export async function passThrough(middleware: Middleware, token: string | undefined): Promise<Record<string, unknown>> {
  const request = { method: 'GET', url: '/', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } } as Record<string, unknown>;
  await new Promise<void>((passed, refused) => {
    middleware(request as Partial<IncomingMessage>, {}, (error) => { if (error) refused(error as Error); else passed(); });
  });
  return request;
}

async function drive({ exports, path, call, token }: Occasion): Promise<Returned> {
  const { value } = await callAt(exports, path, call);
  return { value: passThrough(value as Middleware, token) };
}

async function adapter(alias: string): Promise<Adapter> {
  const version = installedVersion(alias);
  const load = loader('express-jwt', alias);
  const exports = (await load('express-jwt')) as { default: unknown; expressjwt?: unknown };
  const factory = (exports.expressjwt ?? exports.default) as (options: object) => Middleware;
  const major = Number(version.split('.')[0]);
  const confused = jws('HS256', RSA.publicPem, honestClaims());
  return {
    descriptor: expressJwt, version, load, drive,
    observed: {
      [`${major < 7 ? '' : 'expressjwt'} options.getToken`]: async () => {
        const guarded = (options: object): Promise<boolean> => passThrough(factory({ secret: 's', algorithms: ['HS256'], ...options }), undefined).then(() => true, () => false);
        return (await guarded({ getToken: () => jws('HS256', 's', honestClaims()) })) && !(await guarded({}));
      },
    },
    facts: {
      [`a list of both families makes a public key a secret: ${major < 7}`]: async () =>
        passThrough(factory({ secret: RSA.publicPem, algorithms: ['RS256', 'HS256'] }), confused).then(() => major < 7, () => major >= 7),
      [`the claims are on req.${major < 7 ? 'user' : 'auth'}`]: async () => {
        const request = await passThrough(factory({ secret: 's', algorithms: ['HS256'] }), jws('HS256', 's', honestClaims()));
        return (request[major < 7 ? 'user' : 'auth'] as { sub: string }).sub === 'alice';
      },
      ...(major < 6 && {
        'an unsigned token is accepted when the secret function yields nothing': async () =>
          passThrough(factory({ secret: (_request: unknown, _payload: unknown, done: (error: null, key: undefined) => void) => done(null, undefined) }), jws('none', '', honestClaims())).then(() => true, () => false),
      }),
    },
  };
}

export const adapters = [await adapter('express-jwt-5'), await adapter('express-jwt-6'), await adapter('express-jwt-7'), await adapter('express-jwt-8')];
