import type { Absence, LibraryDescriptor, Place } from './descriptor.ts';

const pinned = [{ means: 'pinned', exploitability: 'hardening', note: 'Only RS256 is accepted.' }] as const satisfies readonly Absence[];
const refused = [{ means: 'refused', exploitability: 'hardening', note: 'Verification rejects without it.' }] as const satisfies readonly Absence[];
const issuer = [{ at: 'new(0).issuer' }] as const satisfies readonly Place[];
const audience = [{ at: 'audience', misread: [{ given: 'undefined', effect: 'rejects' }, { given: 'empty-string', effect: 'rejects' }] }] as const satisfies readonly Place[];
const claims = { delivers: 'holder', at: 'claims', when: 'promise', failure: 'throws' } as const;

export const oktaJwtVerifier = {
  name: '@okta/jwt-verifier',
  modules: { '@okta/jwt-verifier': '' },
  measured: ['4.0.2'],
  algorithms: ['RS256'],
  operations: [
    {
      kind: 'configure', calls: ['new '],
      arguments: { options: 0 },
      settings: {
        issuer: [{ at: 'options.issuer' }],
        url: [{ at: 'options.jwksUri' }, { at: 'options.issuer' }],
        tlsVerification: [{ at: 'options.testing.disableHttpsCheck' }],
        cacheMaxAge: [{ at: 'options.cacheMaxAge', time: { number: 'duration-ms' } }],
      },
      absent: { issuer: refused },
      options: {
        known: ['issuer', 'clientId', 'assertClaims', 'jwksUri', 'cacheMaxAge', 'jwksRequestsPerMinute', 'requestAgent', 'getKeysInterceptor', 'testing'],
        unknown: 'ignored',
      },
    },
    {
      kind: 'verify', calls: ['#verifyAccessToken'],
      arguments: { token: 0, audience: 1 },
      settings: { audience, issuer },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      result: claims,
    },
    {
      kind: 'verify', calls: ['#verifyIdToken'],
      arguments: { token: 0, audience: 1, nonce: 2 },
      settings: { audience, issuer, nonce: [{ at: 'nonce' }] },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      result: claims,
    },
  ],
  notes: [
    'The issuer must begin with https; only `testing.disableHttpsCheck` lifts that.',
    '`clientId` in the constructor is not compared with any token; the second argument of each method is.',
    '`verifyAccessToken` accepts an ID token for the same audience unless `assertClaims` tells them apart.',
    'Neither `exp`, a greatest age, a tolerance nor a type can be demanded; a token without `exp` is accepted for ever.',
    'A token with a known key id and an empty signature ends the process (an open issue of the package).',
  ],
} as const satisfies LibraryDescriptor;
