import { awsJwtVerify } from '../../../src/libraries/aws-jwt-verify.ts';
import { type Adapter, drive as plain, type Occasion } from '../adapter.ts';
import type { Returned } from '../call.ts';
import { AUDIENCE, honestClaims, ISSUER, jws, KEY_ID, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Verifier {
  cacheJwks(keys: object): void;
  verify(token: string, options?: unknown): Promise<unknown>;
  verifySync(token: string, options?: unknown): unknown;
}
type Exports = Readonly<Record<string, { create(options: object): Verifier }>>;

const load = loader('aws-jwt-verify', 'aws-jwt-verify');
const exports = (await load('aws-jwt-verify')) as Exports;
const POOL = { userPoolId: 'eu-west-1_example' };
const POOL_ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example';

async function drive(occasion: Occasion): Promise<Returned> {
  const [, verifier, method = 'verify'] = /^(\w+)\.create(?:\(\)#(\w+))?$/.exec(occasion.path) ?? [];
  if (verifier === undefined) return plain(occasion);
  const atCreation = !occasion.path.includes('#');
  const created = exports[verifier]!.create((atCreation ? occasion.call.list[0] : occasion.call.building[0]) as object);
  created.cacheJwks({ keys: [RSA.publicJwk] });
  const returned = created[method as 'verify' | 'verifySync'](occasion.token!, atCreation ? undefined : occasion.call.list[1]);
  return { value: returned };
}

const cognito = (token: object): Promise<boolean> => {
  const verifier = exports['CognitoJwtVerifier']!.create({ ...POOL, ...token });
  verifier.cacheJwks({ keys: [RSA.publicJwk] });
  return verifier.verify(jws('RS256', RSA.privateKey, honestClaims({ iss: POOL_ISSUER, token_use: 'access', client_id: 'app' }), { kid: KEY_ID })).then(() => true, () => false);
};

const isCognito = (path: string): boolean => path.startsWith('Cognito');

export const adapters: readonly Adapter[] = [{
  descriptor: awsJwtVerify, version: installedVersion('aws-jwt-verify'), load, drive,
  moduleOf: (path) => ({ verifyJwt: 'aws-jwt-verify/jwt-verifier', verifyJwtSync: 'aws-jwt-verify/jwt-verifier', decomposeUnverifiedJwt: 'aws-jwt-verify/jwt' })[path],
  keyKind: () => 'rsa',
  key: () => RSA.publicJwk,
  honest: (_operation, path) => (isCognito(path) ? { claims: { iss: POOL_ISSUER, token_use: 'id' } } : {}),
  needs: (_operation, path) => {
    if (path === 'CognitoJwtVerifier.create') return { 'options.userPoolId': POOL.userPoolId, 'options.tokenUse': 'id' };
    if (isCognito(path)) return { 'new(0)': { ...POOL, clientId: AUDIENCE, tokenUse: 'id' } };
    if (path.includes('#')) return { 'new(0)': { issuer: ISSUER, audience: AUDIENCE } };
    if (path === 'JwtVerifier.create' || path === 'JwtRsaVerifier.create') return { 'options.jwksUri': 'https://issuer.example/keys' };
    return path === 'verifyJwtSync' ? { 'options.issuer': ISSUER, 'options.audience': AUDIENCE } : {};
  },
  unobserved: {
    verifyJwt: 'it fetches the keys over the network',
    'AlbJwtVerifier.create': 'keys of the load balancer are fetched over the network', 'AlbJwtVerifier.create()#verify': 'as above', 'AlbJwtVerifier.create()#verifySync': 'as above',
    type: 'tokenUse is a claim, not the typ header; see the facts', 'absent type': 'see the facts',
    'CognitoJwtVerifier.create absent issuer': 'the issuer is derived; see the facts',
  },
  facts: {
    'tokenUse tells kinds of tokens apart': async () =>
      (await cognito({ clientId: 'app', tokenUse: 'access' })) && !(await cognito({ clientId: 'app', tokenUse: 'id' })),
    'tokenUse must be given, null switches it off': async () => !(await cognito({ clientId: 'app' })) && (await cognito({ clientId: 'app', tokenUse: null })),
    'the user pool is the issuer': async () => !(await cognito({ clientId: 'app', tokenUse: 'access', userPoolId: 'eu-west-1_another' })),
    'the verifier of the load balancer exists': () => typeof exports['AlbJwtVerifier']!.create === 'function',
    'a token without exp is accepted': () => {
      const verifier = exports['JwtVerifier']!.create({ issuer: ISSUER, audience: AUDIENCE });
      verifier.cacheJwks({ keys: [RSA.publicJwk] });
      return (verifier.verifySync(jws('RS256', RSA.privateKey, honestClaims({ exp: undefined }), { kid: KEY_ID })) as { sub: string }).sub === 'alice';
    },
  },
}];
