import { generateKeyPairSync } from 'node:crypto';
import { awsJwtVerify } from '../../../src/libraries/aws-jwt-verify.ts';
import { type Adapter, drive as plain, type Occasion, signed, type TokenWish } from '../adapter.ts';
import type { Returned } from '../call.ts';
import { AUDIENCE, honestClaims, ISSUER, jws, KEY_ID, type Members, RSA, tampered } from '../forge.ts';
import { trusting, withKeyServer } from '../network.ts';
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

/** The key of a load balancer, which is found by an id of this form and stands behind ES256 alone. */
const BALANCER = { albArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/orders/0123456789abcdef', kid: 'b3a1d5c2-8e4f-4a6b-9c7d-1e2f3a4b5c6d' } as const;
const balancer = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const balancerJwk = { ...balancer.publicKey.export({ format: 'jwk' }), kid: BALANCER.kid, use: 'sig', alg: 'ES256' };

/** A load balancer writes its own name and that of the client into the header. */
function ofBalancer({ claims, header, tampered: forged, unsigned, sibling }: TokenWish & { readonly claims: Members; readonly header: Members }): string {
  const { aud, ...own } = claims;
  const whole = { kid: BALANCER.kid, signer: BALANCER.albArn, ...(aud !== undefined && { client: aud }), ...header };
  if (unsigned) return jws('none', '', own, whole);
  const token = sibling ? jws('RS256', RSA.privateKey, own, whole) : jws('ES256', balancer.privateKey, own, whole);
  return forged ? tampered(token) : token;
}

async function drive(occasion: Occasion): Promise<Returned> {
  if (occasion.path === 'verifyJwt') {
    // The keys are fetched for every token, with a certificate that must be trusted.
    return withKeyServer('https', async ({ address }) => trusting(async () => {
      const list = [...occasion.call.list];
      list[1] = `${address}/keys`;
      const { value } = await plain({ ...occasion, call: { ...occasion.call, list } });
      const settled = await Promise.allSettled([value]);
      return { value: settled[0].status === 'fulfilled' ? Promise.resolve(settled[0].value) : Promise.reject(settled[0].reason as Error) };
    }));
  }
  const [, verifier, method = 'verify'] = /^(\w+)\.create(?:\(\)#(\w+))?$/.exec(occasion.path) ?? [];
  if (verifier === undefined) return plain(occasion);
  const atCreation = !occasion.path.includes('#');
  const created = exports[verifier]!.create((atCreation ? occasion.call.list[0] : occasion.call.building[0]) as object);
  created.cacheJwks({ keys: [verifier === 'AlbJwtVerifier' ? balancerJwk : RSA.publicJwk] });
  const returned = created[method as 'verify' | 'verifySync'](occasion.token!, atCreation ? undefined : occasion.call.list[1]);
  return { value: returned };
}

const cognito = (token: object): Promise<boolean> => {
  const verifier = exports['CognitoJwtVerifier']!.create({ ...POOL, ...token });
  verifier.cacheJwks({ keys: [RSA.publicJwk] });
  return verifier.verify(jws('RS256', RSA.privateKey, honestClaims({ iss: POOL_ISSUER, token_use: 'access', client_id: 'app' }), { kid: KEY_ID })).then(() => true, () => false);
};

/** Whether a verifier asks for its keys where it is told to, and accepts the token with them. */
const fetchesFrom = (name: string, options: object, token: string, path: string): Promise<boolean> => withKeyServer('https', async ({ address, requests }) => {
  const verifier = exports[name]!.create({ ...options, jwksUri: `${address}/keys` });
  const accepted = await trusting(() => verifier.verify(token)).then(() => true, () => false);
  return accepted && requests.join() === path;
}, { '*': () => (name === 'AlbJwtVerifier' ? balancer.publicKey.export({ type: 'spki', format: 'pem' }) as string : JSON.stringify({ keys: [RSA.publicJwk] })) });

const isCognito = (path: string): boolean => path.startsWith('Cognito');

export const adapters: readonly Adapter[] = [{
  descriptor: awsJwtVerify, version: installedVersion('aws-jwt-verify'), load, drive,
  moduleOf: (path) => ({ verifyJwt: 'aws-jwt-verify/jwt-verifier', verifyJwtSync: 'aws-jwt-verify/jwt-verifier', decomposeUnverifiedJwt: 'aws-jwt-verify/jwt' })[path],
  keyKind: () => 'rsa',
  key: () => RSA.publicJwk,
  forge: (wish, _operation, path) => (path.startsWith('Alb') ? ofBalancer(wish) : signed('rsa', wish)),
  honest: (_operation, path) => (isCognito(path) ? { claims: { iss: POOL_ISSUER, token_use: 'id' } } : {}),
  needs: (_operation, path) => {
    if (path === 'CognitoJwtVerifier.create') return { 'options.userPoolId': POOL.userPoolId, 'options.tokenUse': 'id' };
    if (isCognito(path)) return { 'new(0)': { ...POOL, clientId: AUDIENCE, tokenUse: 'id' } };
    if (path === 'AlbJwtVerifier.create') return { 'options.albArn': BALANCER.albArn };
    if (path.startsWith('Alb')) return { 'new(0)': { albArn: BALANCER.albArn, issuer: ISSUER, clientId: AUDIENCE } };
    if (path.includes('#')) return { 'new(0)': { issuer: ISSUER, audience: AUDIENCE } };
    if (path === 'JwtVerifier.create' || path === 'JwtRsaVerifier.create') return { 'options.jwksUri': 'https://issuer.example/keys' };
    return path === 'verifyJwtSync' || path === 'verifyJwt' ? { 'options.issuer': ISSUER, 'options.audience': AUDIENCE } : {};
  },
  observed: {
    'JwtVerifier.create options.jwksUri': async () => fetchesFrom('JwtVerifier', { issuer: ISSUER, audience: AUDIENCE }, jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }), '/keys'),
    'JwtRsaVerifier.create options.jwksUri': async () => fetchesFrom('JwtRsaVerifier', { issuer: ISSUER, audience: AUDIENCE }, jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }), '/keys'),
    'AlbJwtVerifier.create options.jwksUri': async () => fetchesFrom('AlbJwtVerifier', { albArn: BALANCER.albArn, issuer: ISSUER, clientId: AUDIENCE }, ofBalancer({ claims: honestClaims(), header: {} }), `/keys/${BALANCER.kid}`),
    'verifyJwt url': async () => withKeyServer('https', async ({ address, requests }) => {
      const { verifyJwt } = (await load('aws-jwt-verify/jwt-verifier')) as unknown as { verifyJwt(token: string, url: string, options: object): Promise<{ sub: string }> };
      const { sub } = await trusting(() => verifyJwt(jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID }), `${address}/keys`, { issuer: ISSUER, audience: AUDIENCE }));
      return sub === 'alice' && requests.join() === '/keys';
    }),
    // `tokenUse` is a claim of Cognito's own, not the type in the header.
    type: async () => (await cognito({ clientId: 'app', tokenUse: 'access' })) && !(await cognito({ clientId: 'app', tokenUse: 'id' })),
    'absent type': async () => !(await cognito({ clientId: 'app' })) && (await cognito({ clientId: 'app', tokenUse: null })),
    'CognitoJwtVerifier.create absent issuer': async () => !(await cognito({ clientId: 'app', tokenUse: 'access', userPoolId: 'eu-west-1_another' })),
  },
  facts: {
    'the keys of a user pool are not fetched from a jwksUri': async () => !(await fetchesFrom('CognitoJwtVerifier', { ...POOL, clientId: AUDIENCE, tokenUse: 'id' }, jws('RS256', RSA.privateKey, honestClaims({ iss: POOL_ISSUER, token_use: 'id' }), { kid: KEY_ID }), '/keys')),
    'a token of another load balancer is refused': async () => {
      const verifier = exports['AlbJwtVerifier']!.create({ albArn: BALANCER.albArn.replace('orders', 'billing'), issuer: ISSUER, clientId: AUDIENCE });
      verifier.cacheJwks({ keys: [balancerJwk] });
      return verifier.verify(ofBalancer({ claims: honestClaims(), header: {} })).then(() => false, (error: unknown) => /ALB ARN/.test(String(error)));
    },
    'a token without exp is accepted': () => {
      const verifier = exports['JwtVerifier']!.create({ issuer: ISSUER, audience: AUDIENCE });
      verifier.cacheJwks({ keys: [RSA.publicJwk] });
      return (verifier.verifySync(jws('RS256', RSA.privateKey, honestClaims({ exp: undefined }), { kid: KEY_ID })) as { sub: string }).sub === 'alice';
    },
  },
}];
