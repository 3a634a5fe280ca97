import { oktaJwtVerifier } from '../../../src/libraries/okta-jwt-verifier.ts';
import type { Adapter } from '../adapter.ts';
import { AUDIENCE, ISSUER, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('@okta/jwt-verifier', '@okta/jwt-verifier');
const { default: Verifier } = (await load('@okta/jwt-verifier')) as { default: new (options: object) => object };
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
  facts: {
    'an issuer with http is refused': () => !constructs({ issuer: 'http://issuer.example' }),
    'an issuer must be given': () => !constructs({}),
  },
}];
