import { fastifyJwt } from '../../../src/libraries/fastify-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import type { Returned } from '../call.ts';
import { honestClaims, jws, now, read, RSA, SECRET, signedByIssuer } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Method = (...list: unknown[]) => unknown;
type Decorated = Readonly<Record<string, Method>> & { readonly server: App };
interface App {
  register(plugin: unknown, options: object): void;
  get(path: string, handler: (request: Decorated, reply: Decorated) => Promise<unknown>): void;
  inject(request: object): Promise<{ statusCode: number; body: string }>;
  ready(): Promise<void>;
  close(): Promise<void>;
  jwt: Readonly<Record<string, Method>>;
}

const DEFAULTS = { secret: SECRET };

export interface Hands { readonly fastify: App; readonly request: Decorated; readonly reply: Decorated }

interface Running { readonly app: App; use: ((hands: Hands) => unknown) | undefined }

const running = new Map<string, Promise<Running>>();

/** An application that has the plugin and lets each request use what the plugin hands out. */
async function start(exports: unknown, fastify: string, configuration: object): Promise<Running> {
  const { default: create } = (await import(fastify)) as { default: () => App };
  const application: Running = { app: create(), use: undefined };
  application.app.register((exports as { default: unknown }).default, { ...DEFAULTS, ...configuration });
  application.app.get('/', async (request, reply) => {
    await application.use?.({ fastify: application.app, request, reply });
    return 'done';
  });
  await application.app.ready();
  return application;
}

/** Does something with the hands of an application, inside a request that carries the token. */
export async function within<T>(exports: unknown, fastify: string, configuration: object, token: string | undefined, use: (hands: Hands) => T | Promise<T>): Promise<T> {
  // Most calls configure nothing; they share an application, which is what takes time.
  const plain = Object.entries(configuration).every(([name, value]) => name === 'secret' && typeof value === 'string');
  if (!versions.has(exports)) versions.set(exports, versions.size);
  const name = `${versions.get(exports)} ${JSON.stringify(configuration)}`;
  const started = (plain && running.get(name)) || start(exports, fastify, configuration);
  if (plain) running.set(name, started);
  const application = await started;
  let result: { value: T } | { error: unknown } | undefined;
  application.use = async (hands) => {
    try { result = { value: await use(hands) }; } catch (error) { result = { error }; }
  };
  await application.app.inject({ url: '/', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  if (!plain) await application.app.close();
  if (!result || 'error' in result) throw result?.error ?? new Error('the handler did not run');
  return result.value;
}

/** Runs one call in an application of a version of the framework. */
export function driveWith(fastify: string): NonNullable<Adapter['drive']> {
  return async ({ exports, path, call, token }: Occasion): Promise<Returned> =>
    // The value stays wrapped, so that a promise can be told from what it yields.
    within(exports, fastify, call.configuration ?? {}, token, (hands) => {
      const { receiver, name } = methodAt(hands, path);
      return { value: receiver[name]!(...call.list) };
    });
}

const versions = new Map<unknown, number>();

/**
 * Before version 10 a key that cannot be used throws past the framework, which would end a service: the request has no
 * answer, and the measurement takes that as a refusal. The runner must not take it for a defect of the test.
 */
const listeners = process.listeners('uncaughtException');
process.removeAllListeners('uncaughtException');
process.on('uncaughtException', (error, origin) => {
  if (!/[\\/]fast-jwt[\\/]src[\\/]/.test(error.stack ?? '')) for (const listener of listeners) listener(error, origin);
});

function adapter(alias: string, fastify: string): Adapter {
  const version = installedVersion(alias);
  const load = loader('@fastify/jwt', alias);
  const major = Number(version.split('.')[0]);
  const other = jws('HS256', SECRET, honestClaims({ aud: 'urn:other' }));
  const inApp = async <T>(configuration: object, use: (hands: Hands) => T | Promise<T>, token: string | null = other): Promise<T> =>
    within(await load('@fastify/jwt'), fastify, configuration, token ?? undefined, use);
  const audience = { verify: { allowedAud: 'urn:mine' } };
  const accepted = async (see: Promise<unknown>): Promise<boolean> => see.then(() => true, () => false);
  return {
    descriptor: fastifyJwt, version, load, drive: driveWith(fastify),
    key: () => SECRET,
    keyAt: 'configuration.secret',
    observed: {
      ...Object.fromEntries((['request', 'reply'] as const).flatMap((hand) => ['verify', 'sign', 'decode'].map((method) => [
        `${hand}.server.jwt.${method}`, async (): Promise<boolean> => inApp({}, (hands) => hands[hand].server.jwt[method] === hands.fastify.jwt[method]),
      ]))),
      ...(major === 8 && {
        // It is a thousand times too long when awaited; the form with a callback is not.
        'request.jwtVerify maxAge': async () => {
          const aged = (seconds: number): Promise<unknown> => inApp({}, ({ request }) => request['jwtVerify']!({ maxAge: 1 }), jws('HS256', SECRET, honestClaims({ iat: now() - seconds })));
          return (await accepted(aged(900))) && !(await accepted(aged(1100)));
        },
      }),
      'request.jwtDecode': async () => ((await inApp({}, ({ request }) => request['jwtDecode']!(), jws('HS256', 'another key', honestClaims()))) as { sub: string }).sub === 'alice',
      'confusable': async () => {
        const confused = jws('HS256', RSA.publicPem, honestClaims());
        const genuine = jws('RS256', RSA.privateKey, honestClaims());
        const verify = (token: string): Promise<boolean> => accepted(inApp({}, ({ fastify: app }) => app.jwt['verify']!(token, { key: RSA.publicPem, algorithms: ['RS256', 'HS256'] })));
        return (await verify(genuine)) && !(await verify(confused));
      },
      'configuration.secret.private': async () => signedByIssuer(await inApp({ secret: { private: RSA.privatePem, public: RSA.publicPem }, sign: { algorithm: 'RS256' } }, ({ fastify: app }) => app.jwt['sign']!({})) as string),
      'options.verify.extractToken': async () => accepted(inApp({ verify: { extractToken: () => other } }, ({ request }) => request['jwtVerify']!(), null)),
      'options.cookie': async () => accepted(inApp({ cookie: { cookieName: 'session', signed: false } }, ({ request }) => {
        // What the plugin for cookies would put there.
        Object.assign(request, { cookies: { session: other } });
        return request['jwtVerify']!();
      }, null)),
    },
    unobserved: {
      ...(major < 10 && {
        'configuration.verify.requiredClaims string': 'the plugin throws past the framework, which ends the process',
        'configuration.verify.clockTolerance': 'as above, given as text; a call shows the unit',
      }),
      ...Object.fromEntries(['verify', 'sign', 'decode'].map((method) => [`request.jwt.${method}`, 'projects put it there themselves, with `request.jwt = fastify.jwt` in a hook'])),
      ...(major < 10 && { 'configuration.sign.key emptyKey': 'an empty sign.key is taken, an empty secret is not; the descriptor does not tell the places apart' }),
    },
    facts: {
      'request.jwtVerify reads options under verify': async () => !(await accepted(inApp({}, ({ request }) => request['jwtVerify']!({ verify: { allowedAud: 'urn:mine' } })))),
      'reply.jwtSign reads options under sign': async () => {
        const token = await inApp({}, ({ reply }) => reply['jwtSign']!({ role: 'reader' }, { sign: { expiresIn: 600, aud: 'urn:mine' } })) as string;
        return Math.abs(Number(read(token).claims['exp']) - now() - 600) <= 5 && read(token).claims['aud'] === 'urn:mine';
      },
      'the options of the plugin hold when a call has none': async () => !(await accepted(inApp(audience, ({ request }) => request['jwtVerify']!()))) && !(await accepted(inApp(audience, ({ fastify: app }) => app.jwt['verify']!(other)))),
      [`options of fastify.jwt.verify ${major < 10 ? 'replace' : 'are laid over'} those of the plugin`]: async () =>
        (await accepted(inApp(audience, ({ fastify: app }) => app.jwt['verify']!(other, { cache: false })))) === (major < 10),
      [`an undefined audience of request.jwtVerify ${major < 10 ? 'switches that of the plugin off' : 'is skipped'}`]: async () =>
        (await accepted(inApp(audience, ({ request }) => request['jwtVerify']!({ allowedAud: undefined })))) === (major < 10),
      'sign.aud is not checked when verifying': async () => accepted(inApp({ sign: { aud: 'urn:mine' } }, ({ request }) => request['jwtVerify']!())),
      [`when both are given, ${major < 10 ? 'exp of the payload' : 'expiresIn'} wins`]: async () => {
        const token = await inApp({}, ({ fastify: app }) => app.jwt['sign']!({ exp: now() + 60 }, { expiresIn: 600 })) as string;
        return Math.abs(Number(read(token).claims['exp']) - now() - (major < 10 ? 60 : 600)) <= 5;
      },
      [`flat and nested options in one object are ${major < 10 ? 'taken' : 'refused'}`]: async () =>
        (await accepted(inApp({}, ({ request }) => request['jwtVerify']!({ verify: {}, key: SECRET })))) === (major < 10),
    },
  };
}

function methodAt(hands: Hands, path: string): { readonly receiver: Readonly<Record<string, Method>>; readonly name: string } {
  const names = path.split('.');
  const name = names.pop()!;
  let receiver: unknown = hands;
  for (const step of names) receiver = (receiver as Record<string, unknown>)[step];
  return { receiver: receiver as Readonly<Record<string, Method>>, name };
}

export const adapters = [adapter('fastify-jwt-8', 'fastify-4'), adapter('fastify-jwt-9', 'fastify-5'), adapter('fastify-jwt-10', 'fastify-5')];
