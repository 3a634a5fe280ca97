import { createHash, hkdfSync } from 'node:crypto';
import type { LibraryDescriptor } from '../../../src/libraries/descriptor.ts';
import { authCore, nextAuth } from '../../../src/libraries/next-auth.ts';
import { type Adapter, encrypted, type Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, now, openJwe, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const SALT = 'session';
const derived = (salt: string, info: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', SECRET, salt, info, length));

async function drive({ exports, path, call, token }: Occasion): Promise<Returned> {
  const [options] = call.list as [object];
  if (path === 'encode') return callAt(exports, path, call);
  const given = path === 'getToken' ? { req: { headers: new Headers({ authorization: `Bearer ${String(token)}` }), cookies: {} }, ...options } : { token, ...options };
  return callAt(exports, path, { ...call, list: [given] });
}

const QUIET = { logger: { error: () => undefined, warn: () => undefined, debug: () => undefined } };

/** The cookies that are set when a session is looked at. */
async function throughAuth(auth: unknown, options: object, token: string, cookie: string): Promise<string> {
  const request = new Request('http://localhost/auth/session', { headers: { cookie: `${cookie}=${token}` } });
  const response = await (auth as (request: Request, options: object) => Promise<Response>)(request, { providers: [], trustHost: true, basePath: '/auth', ...QUIET, cookies: { sessionToken: { name: cookie } }, ...options });
  return response.headers.getSetCookie().join('\n');
}

async function throughNextAuth(nextauth: unknown, options: object, asked: object): Promise<string> {
  let headers: Readonly<Record<string, unknown>> = {};
  const response = {
    getHeader: (name: string) => headers[name], setHeader: (name: string, value: unknown) => { headers = { ...headers, [name]: value }; },
    status: () => response, json: () => response, send: () => response, end: () => response, redirect: () => response,
  };
  const request = { method: 'GET', url: '/api/auth', headers: { host: 'localhost' }, body: {}, ...asked };
  process.env['NEXTAUTH_URL'] ??= 'http://localhost';
  await (nextauth as (request: object, response: object, options: object) => Promise<unknown>)(request, response, { providers: [], ...QUIET, ...options });
  return Object.values(headers).flat().join('\n');
}

function adapter(descriptor: LibraryDescriptor, alias: string, salt: string, info: string, sealed: number): Adapter {
  const load = loader(descriptor.name, alias);
  const configured = descriptor === nextAuth ? 'NextAuth' : 'Auth';
  const cookie = descriptor === nextAuth ? 'next-auth.session-token' : salt;
  const session = (claims: Record<string, unknown> = {}): string => encrypted(derived(salt, info, 32), { claims: honestClaims(claims) });
  const reads = async (req: object): Promise<unknown> => {
    const { getToken } = (await load(`${descriptor.name}/jwt`)) as { getToken(options: object): Promise<{ sub?: string } | null> };
    return (await getToken({ req, secret: SECRET, ...(salt !== '' && { salt }), cookieName: cookie }))?.sub;
  };
  const signIn = async (options: object): Promise<string> => {
    const exports = (await load(descriptor.name)) as { default: { default?: unknown } };
    const csrf = 'a'.repeat(64);
    const guard = `${csrf}|${createHash('sha256').update(`${csrf}${SECRET}`).digest('hex')}`;
    const request = { method: 'POST', query: { nextauth: ['callback', 'credentials'] }, cookies: { 'next-auth.csrf-token': guard }, body: { csrfToken: csrf, json: 'true' } };
    const providers = [{ id: 'credentials', type: 'credentials', credentials: {}, authorize: () => ({ id: 'alice' }) }];
    const answer = await throughNextAuth(exports.default.default ?? exports.default, { providers, ...options }, request);
    return new RegExp(`${cookie}=([^;]+)`).exec(answer)?.[1] ?? '';
  };
  /** Looks at a session the way a page does and gives the token that is handed out for it. */
  const look = async (options: object, token: string): Promise<string | undefined> => {
    const exports = (await load(descriptor.name)) as Record<string, unknown> & { default?: { default?: unknown } };
    const answer = configured === 'Auth' ? await throughAuth(exports['Auth'], options, token, cookie) : await throughNextAuth(exports.default?.default ?? exports.default, options, { query: { nextauth: ['session'] }, cookies: { [cookie]: token } });
    return new RegExp(`${cookie}=([^;]+)`).exec(answer)?.[1];
  };
  return {
    descriptor, version: installedVersion(alias), drive,
    // The default export of version 4 is known under this name.
    load: async (specifier) => {
      const exports = (await load(specifier)) as Record<string, unknown> & { default?: { default?: unknown } };
      return specifier === 'next-auth' ? { ...exports, NextAuth: exports.default?.default ?? exports.default } : exports;
    },
    moduleOf: (path) => (['encode', 'decode', 'getToken'].includes(path) ? `${descriptor.name}/jwt` : descriptor.name),
    needs: (operation) => (operation.kind !== 'configure' && salt !== '' ? { 'options.salt': salt } : {}),
    forge: (wish) => encrypted(derived(salt, info, 32), wish),
    open: (token) => openJwe(derived(salt, info, sealed), token),
    observed: {
      'getToken from header': async () => (await reads({ headers: new Headers({ authorization: `Bearer ${session()}` }), cookies: {} })) === 'alice',
      'getToken from cookie': async () => (await reads({ headers: new Headers({ cookie: `${cookie}=${session()}` }), cookies: { [cookie]: session() } })) === 'alice',
      ...Object.fromEntries(['encode session options.maxAge', `${configured} session options.jwt.maxAge`, `${configured} session options.session.maxAge`, `${configured} options.jwt.maxAge`, `${configured} options.session.maxAge`].map((statement) => [
        statement, async (): Promise<boolean> => {
          // In version 4 the option of `jwt` holds at sign-in only; looking at a session renews it for as long as `session` says.
          if (descriptor === nextAuth && statement.includes('jwt')) return Math.abs(Number(openJwe(derived(salt, info, sealed), await signIn({ secret: SECRET, jwt: { maxAge: 1000 } })).claims['exp']) - now() - 1000) <= 5;
          const section = statement.includes('jwt') ? 'jwt' : 'session';
          // Looking at a session hands out a new token, which lives as long as configured from then on.
          const renewed = await look({ secret: SECRET, [section]: { maxAge: 1000 } }, session({ exp: now() + 100 }));
          return renewed !== undefined && Math.abs(Number(openJwe(derived(salt, info, sealed), renewed).claims['exp']) - now() - 1000) <= 5;
        },
      ])),
      ...({
        [`${configured} options.secret`]: async () => (await look({ secret: SECRET }, session())) !== undefined && (await look({ secret: 'another secret' }, session())) === undefined,
        [`${configured} options.jwt.secret`]: async () => (await look({ secret: 'another secret', jwt: { secret: SECRET } }, session())) !== undefined,
      }),
    },
    unobserved: {
      ...(descriptor === authCore && { 'absent contentEncryptionAlgorithms': 'a key of another length is derived for each content encryption' }),
    },
    facts: {
      'the configuring function exists': async () => {
        const exports = (await load(descriptor.name)) as Record<string, unknown> & { default?: { default?: unknown } };
        return typeof (exports['Auth'] ?? exports.default?.default ?? exports.default) === 'function';
      },
    },
  };
}

export const adapters = [
  adapter(nextAuth, 'next-auth-4', '', 'NextAuth.js Generated Encryption Key', 32),
  adapter(authCore, '@auth/core', SALT, `Auth.js Generated Encryption Key (${SALT})`, 64),
];
