import { expressOauth2JwtBearer } from '../../../src/libraries/express-oauth2-jwt-bearer.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { AUDIENCE, honestClaims, ISSUER, jws, KEY_ID, RSA, SECRET, STRANGER } from '../forge.ts';
import { later, withKeyServer } from '../network.ts';
import { installedVersion, loader } from './installed.ts';

type Handler = (request: object, response: object, next: (error?: unknown) => void) => void;
const load = loader('express-oauth2-jwt-bearer', 'express-oauth2-jwt-bearer');
const { auth } = (await load('express-oauth2-jwt-bearer')) as { auth(options: object): Handler };

async function passThrough(handler: Handler, token: string | undefined, changes: object = {}): Promise<object> {
  const request = {
    method: 'GET', url: '/', originalUrl: '/', protocol: 'https', query: {}, body: undefined, is: () => false, get: () => 'localhost',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, ...changes,
  };
  await new Promise<void>((passed, refused) => {
    handler(request, { setHeader: () => undefined }, (error) => { if (error) refused(error as Error); else passed(); });
  });
  return request;
}

const drive = async ({ exports, path, call, token }: Occasion): Promise<Returned> => ({ value: passThrough((await callAt(exports, path, call)).value as Handler, token) });

const base = { secret: SECRET, tokenSigningAlg: 'HS256', issuer: ISSUER, audience: AUDIENCE };
const accepted = (options: object, token: string, changes: object = {}): Promise<boolean> =>
  Promise.resolve().then(async () => passThrough(auth({ ...base, ...options }), token, changes)).then(() => true, () => false);
const token = (claims: object, header: object = {}): string => jws('HS256', SECRET, honestClaims(claims as Record<string, unknown>), header as Record<string, unknown>);
const remote = { secret: undefined, tokenSigningAlg: undefined };
const signed = (claims: Record<string, unknown> = {}): string => jws('RS256', RSA.privateKey, honestClaims(claims), { kid: KEY_ID });
const discovery = {
  '/.well-known/openid-configuration': (address: string) => JSON.stringify({ issuer: address, jwks_uri: `${address}/keys`, id_token_signing_alg_values_supported: ['RS256'] }),
  '/keys': () => JSON.stringify({ keys: [RSA.publicJwk] }),
} as const;
/** How many requests for keys two verifications make that are 60 ms apart. */
const fetches = (options: object): Promise<number> => withKeyServer('http', async ({ address, requests }) => {
  const guard = auth({ ...base, ...remote, jwksUri: `${address}/keys`, cooldownDuration: 0, ...options });
  for (let look = 0; look < 2; look++) {
    await passThrough(guard, signed());
    await later(60);
  }
  return requests.length;
});
const publicJwk = { ...RSA.publicJwk, alg: undefined };

export const adapters: readonly Adapter[] = [{
  descriptor: expressOauth2JwtBearer, version: installedVersion('express-oauth2-jwt-bearer'), load, drive,
  needs: () => ({ 'options.tokenSigningAlg': 'HS256' }),
  observed: {
    'auth from header': async () => accepted({}, token({})),
    'auth from query': async () => accepted({}, '', { headers: {}, query: { access_token: token({}) } }),
    'auth from body': async () => accepted({}, '', { headers: {}, method: 'POST', body: { access_token: token({}) }, is: () => true }),
    'auth options.publicKey': async () => (await accepted({ ...remote, issuer: ISSUER, publicKey: publicJwk }, signed())) && !(await accepted({ ...remote, issuer: ISSUER, publicKey: { ...STRANGER.publicJwk } }, signed())),
    'auth options.jwksUri': async () => withKeyServer('http', async ({ address, requests }) => (await accepted({ ...remote, issuer: ISSUER, jwksUri: `${address}/keys` }, signed())) && requests.join() === '/keys'),
    'options.issuerBaseURL': async () => withKeyServer('http', async ({ address, requests }) => {
      // What the issuer announces is compared and asked, and a token of another issuer is refused.
      const accepts = (iss: string): Promise<boolean> => accepted({ ...remote, issuer: undefined, issuerBaseURL: address }, signed({ iss }));
      return (await accepts(address)) && requests.join() === '/.well-known/openid-configuration,/keys' && !(await accepts('urn:other'));
    }, discovery),
    'options.mcd.issuers': async () => withKeyServer('http', async ({ address }) => {
      const accepts = (iss: string): Promise<boolean> => accepted({ ...remote, issuer: undefined, mcd: { issuers: [{ issuer: address, jwksUri: `${address}/keys` }] } }, signed({ iss }));
      return (await accepts(address)) && !(await accepts('urn:other'));
    }),
    'auth options.cacheMaxAge': async () => (await fetches({ cacheMaxAge: 20 })) === 2 && (await fetches({ cacheMaxAge: 20_000 })) === 1,
    'options.validators.aud': async () => !(await accepted({}, token({ aud: 'urn:other' }))) && (await accepted({ validators: { aud: false } }, token({ aud: 'urn:other' }))),
    'options.validators.iss': async () => !(await accepted({}, token({ iss: 'urn:other' }))) && (await accepted({ validators: { iss: false } }, token({ iss: 'urn:other' }))),
    'options.validators.alg': async () => {
      const other = jws('HS512', SECRET, honestClaims());
      return !(await accepted({ validators: { alg: () => false } }, token({}))) && (await accepted({ validators: { alg: () => true } }, token({}))) && !(await accepted({}, other));
    },
    'options.validators.typ': async () => (await accepted({ validators: { typ: (typ: string) => typ === 'at+jwt' } }, token({}, { typ: 'at+jwt' }))) && !(await accepted({ validators: { typ: (typ: string) => typ === 'at+jwt' } }, token({}))),
    'options.strict': async () => {
      const access = token({ client_id: 'app' }, { typ: 'at+jwt' });
      return (await accepted({ strict: true }, access)) && !(await accepted({ strict: true }, token({ client_id: 'app' })));
    },
    'absent algorithms': async () => !(await accepted({ tokenSigningAlg: undefined }, token({})))
      && (await accepted({ ...remote, issuer: ISSUER, publicKey: publicJwk }, signed())) && !(await accepted({ ...remote, issuer: ISSUER, publicKey: publicJwk }, jws('none', '', honestClaims()))),
  },
  unobserved: {
    'auth emptyKey nothing': 'with neither secret nor key construction asks for another source of keys',
  },
  facts: {
    'validators.exp: false lifts the demand for exp only': async () =>
      (await accepted({ validators: { exp: false } }, token({ exp: undefined }))) && !(await accepted({ validators: { exp: false } }, token({ exp: Math.floor(Date.now() / 1000) - 100 }))),
    'with a public key, an HMAC algorithm is refused': async () => !(await accepted({ ...remote, publicKey: publicJwk }, jws('HS256', RSA.publicPem, honestClaims()))),
    'five seconds of tolerance are given': async () => {
      const late = (seconds: number): string => token({ iat: Math.floor(Date.now() / 1000) - 100, exp: Math.floor(Date.now() / 1000) - seconds });
      return (await accepted({}, late(2))) && !(await accepted({}, late(8)));
    },
    'with authRequired: false a forged token goes through, without claims': async () => {
      const request = (await passThrough(auth({ ...base, authRequired: false }), jws('HS256', 'another key', honestClaims()))) as { auth?: unknown };
      return request.auth === undefined;
    },
  },
}];
