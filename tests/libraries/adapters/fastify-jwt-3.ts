import { fastifyJwt } from '../../../src/libraries/fastify-jwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, RSA, SECRET, signedByIssuer } from '../forge.ts';
import { driveWith, type Hands, within } from './fastify-jwt.ts';
import { installedVersion, loader } from './installed.ts';

function adapter(alias: string, fastify: string): Adapter {
  const version = installedVersion(alias);
  const load = loader('@fastify/jwt', alias);
  const major = Number(version.split('.')[0]);
  const inApp = async <T>(configuration: object, use: (hands: Hands) => T | Promise<T>, token: string): Promise<T> => within(await load('@fastify/jwt'), fastify, configuration, token, use);
  const accepted = async (see: Promise<unknown>): Promise<boolean> => see.then(() => true, () => false);
  const pair = { secret: { private: RSA.privatePem, public: RSA.publicPem } };
  const other = jws('HS256', SECRET, honestClaims({ aud: 'urn:other' }));
  return {
    descriptor: fastifyJwt, version, load, drive: driveWith(fastify),
    lacks: (path) => path === 'fastifyJwt' && major === 1,
    key: () => SECRET,
    keyAt: 'configuration.secret',
    observed: {
      'confusable': async () => {
        const both = { ...pair, verify: { algorithms: ['HS256', 'RS256'] } };
        const verify = (token: string): Promise<boolean> => accepted(inApp(both, ({ request }) => request['jwtVerify']!(), token));
        return (await verify(jws('RS256', RSA.privateKey, honestClaims()))) && verify(jws('HS256', RSA.publicPem, honestClaims()));
      },
      // One half of a pair alone is refused.
      'configuration.secret.public': async () => {
        const verify = (token: string): Promise<boolean> => accepted(inApp(pair, ({ request }) => request['jwtVerify']!(), token));
        return (await verify(jws('RS256', RSA.privateKey, honestClaims()))) && !(await verify(other));
      },
      'request.jwtVerify configuration.secret.public handed request, claims, callback': async () => {
        let seen: readonly unknown[] = [];
        const give = (...list: unknown[]): void => {
          seen = list;
          (list[2] as (error: null, key: string) => void)(null, SECRET);
        };
        const taken = await accepted(inApp({ secret: { private: SECRET, public: give } }, ({ request }) => request['jwtVerify']!(), other));
        return taken && typeof seen[0] === 'object' && (seen[1] as { sub?: string }).sub === 'alice';
      },
      'options.cookie': async () => accepted(within(await load('@fastify/jwt'), fastify, { cookie: { cookieName: 'session', signed: false } }, undefined, ({ request }) => {
        // What the plugin for cookies would put there.
        Object.assign(request, { cookies: { session: other } });
        return request['jwtVerify']!();
      })),
      'configuration.secret.private': async () => signedByIssuer(await inApp({ ...pair, sign: { algorithm: 'RS256' } }, ({ fastify: app }) => app.jwt['sign']!({ role: 'reader' }), other) as string),
    },
    facts: {
      'an unsigned token is accepted when the secret function yields nothing': async () =>
        accepted(inApp({ secret: (_request: unknown, _payload: unknown, done: (error: null, key: undefined) => void) => done(null, undefined) }, ({ request }) => request['jwtVerify']!(), jws('none', '', honestClaims()))),
      'options of fastify.jwt.verify replace those of the plugin': async () =>
        accepted(inApp({ verify: { audience: 'urn:mine' } }, ({ fastify: app }) => app.jwt['verify']!(other, { complete: false }), other)),
      [`options of request.jwtVerify ${major < 3 ? 'replace' : 'are laid over'} those of the plugin`]: async () =>
        (await accepted(inApp({ verify: { audience: 'urn:mine' } }, ({ request }) => request['jwtVerify']!({ complete: false }), other))) === (major < 3),
    },
  };
}

export const adapters = [adapter('fastify-jwt-1', 'fastify-2'), adapter('fastify-jwt-2', 'fastify-3'), adapter('fastify-jwt-3', 'fastify-3')];
