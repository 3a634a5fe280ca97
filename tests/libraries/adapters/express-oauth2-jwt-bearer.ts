import { expressOauth2JwtBearer } from '../../../src/libraries/express-oauth2-jwt-bearer.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { AUDIENCE, honestClaims, ISSUER, jws, RSA, SECRET } from '../forge.ts';
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
const publicJwk = { ...RSA.publicJwk, alg: undefined };

export const adapters: readonly Adapter[] = [{
  descriptor: expressOauth2JwtBearer, version: installedVersion('express-oauth2-jwt-bearer'), load, drive,
  needs: () => ({ 'options.tokenSigningAlg': 'HS256' }),
  unobserved: {
    'options.issuerBaseURL': 'it is fetched over the network', 'options.mcd.issuers': 'an object of its own kind',
    'options.validators.aud': 'see the facts', 'options.validators.iss': 'see the facts', 'options.validators.alg': 'see the facts',
    'options.validators.typ': 'see the facts', 'options.strict': 'see the facts',
    'absent algorithms': 'see the facts',
  },
  facts: {
    'validators.aud: false switches the check off': async () => !(await accepted({}, token({ aud: 'urn:other' }))) && (await accepted({ validators: { aud: false } }, token({ aud: 'urn:other' }))),
    'validators.iss: false switches the check off': async () => !(await accepted({}, token({ iss: 'urn:other' }))) && (await accepted({ validators: { iss: false } }, token({ iss: 'urn:other' }))),
    'validators.exp: false lifts the demand for exp only': async () =>
      (await accepted({ validators: { exp: false } }, token({ exp: undefined }))) && !(await accepted({ validators: { exp: false } }, token({ exp: Math.floor(Date.now() / 1000) - 100 }))),
    'strict demands an access token': async () => {
      const access = token({ client_id: 'app' }, { typ: 'at+jwt' });
      return (await accepted({ strict: true }, access)) && !(await accepted({ strict: true }, token({ client_id: 'app' })));
    },
    'with a secret, construction throws without an algorithm': async () => !(await accepted({ tokenSigningAlg: undefined }, token({}))),
    'with a public key, asymmetric algorithms are accepted and HMAC is not': async () => {
      const keyed = { secret: undefined, tokenSigningAlg: undefined, publicKey: publicJwk };
      return (await accepted(keyed, jws('RS256', RSA.privateKey, honestClaims())))
        && !(await accepted(keyed, jws('HS256', RSA.publicPem, honestClaims()))) && !(await accepted(keyed, jws('none', '', honestClaims())));
    },
    'five seconds of tolerance are given': async () => {
      const late = (seconds: number): string => token({ iat: Math.floor(Date.now() / 1000) - 100, exp: Math.floor(Date.now() / 1000) - seconds });
      return (await accepted({}, late(2))) && !(await accepted({}, late(8)));
    },
    'the token is taken from the query too': async () => accepted({}, '', { headers: {}, query: { access_token: token({}) } }),
    'with authRequired: false a forged token goes through, without claims': async () => {
      const request = (await passThrough(auth({ ...base, authRequired: false }), jws('HS256', 'another key', honestClaims()))) as { auth?: unknown };
      return request.auth === undefined;
    },
  },
}];
