import { oktaJwtVerifier } from '../../../src/libraries/okta-jwt-verifier.ts';
import type { Adapter } from '../adapter.ts';
import { AUDIENCE, honestClaims, ISSUER, jws, KEY_ID, RSA } from '../forge.ts';
import { later, withKeyServer } from '../network.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('@okta/jwt-verifier', '@okta/jwt-verifier');
const { default: Verifier } = (await load('@okta/jwt-verifier')) as { default: new (options: object) => object };
interface Verifier { verifyAccessToken(token: string, audience: string): Promise<unknown> }
const verifier = (issuer: string, options: object): Verifier => new Verifier({ issuer, testing: { disableHttpsCheck: true }, ...options }) as Verifier;
const token = (iss: string): string => jws('RS256', RSA.privateKey, honestClaims({ iss }), { kid: KEY_ID });
const accepts = (issuer: string, iss: string, options: object = {}): Promise<boolean> => verifier(issuer, options).verifyAccessToken(token(iss), AUDIENCE).then(() => true, () => false);
/** How many requests two verifications make that are 60 ms apart. */
const fetches = (options: object): Promise<number> => withKeyServer('http', async ({ address, requests }) => {
  const one = verifier(address, options);
  for (let look = 0; look < 2; look++) {
    await one.verifyAccessToken(token(address), AUDIENCE);
    await later(60);
  }
  return requests.length;
});
const constructs = (options: object): boolean => {
  try { return Boolean(new Verifier(options)); } catch { return false; }
};

export const adapters: readonly Adapter[] = [{
  descriptor: oktaJwtVerifier, version: installedVersion('@okta/jwt-verifier'), load,
  keyKind: () => 'rsa',
  needs: (operation, path) => (operation.kind === 'configure' ? {} : {
    'new(0).issuer': ISSUER, 'new(0).getKeysInterceptor': async () => [RSA.publicJwk], audience: AUDIENCE,
    ...(path === '#verifyIdToken' && { nonce: 'nonce-1' }),
  }),
  observed: {
    'new  options.issuer': async () => withKeyServer('http', async ({ address, requests }) => {
      const issuer = `${address}/oauth2/default`;
      // The keys are asked for where the issuer is, and a token of another issuer is refused.
      return (await accepts(issuer, issuer)) && requests.join() === '/oauth2/default/v1/keys' && !(await accepts(issuer, 'urn:other'));
    }),
    'new  options.jwksUri': async () => withKeyServer('http', async ({ address, requests }) => (await accepts(address, address, { jwksUri: `${address}/keys` })) && requests.join() === '/keys'),
    'new  options.testing.disableHttpsCheck': () => !constructs({ issuer: 'http://issuer.example' }) && constructs({ issuer: 'http://issuer.example', testing: { disableHttpsCheck: true } }),
    'new  options.cacheMaxAge': async () => (await fetches({ cacheMaxAge: 20 })) === 2 && (await fetches({ cacheMaxAge: 20_000 })) === 1 && (await fetches({})) === 1,
    'new  absent issuer': () => !constructs({}),
  },
}];
