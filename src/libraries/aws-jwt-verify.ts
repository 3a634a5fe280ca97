import type { Absence, LibraryDescriptor, Place } from './descriptor.ts';

const optOut = [
  { given: 'null', effect: 'ignored', note: 'null is the way to switch the check off.' },
  { given: 'undefined', effect: 'rejects' },
] as const satisfies Place['misread'];

const tolerance = {
  at: 'options.graceSeconds', time: { number: 'duration-s', text: 'ignored' }, accepts: ['number'],
  misread: [{ given: 'string', effect: 'always-passes', note: 'The string is concatenated to the time, so that no token ever expires.' }],
} as const satisfies Place;

const common = {
  clockTolerance: [tolerance],
  url: [{ at: 'options.jwksUri' }],
} as const;

const pinned = [{ means: 'pinned', exploitability: 'hardening', note: 'Only asymmetric algorithms are accepted, and only that of the JWK where it names one.' }] as const satisfies readonly Absence[];
const refused = [{ means: 'refused', exploitability: 'hardening', note: 'Verification throws unless a value or null is given.' }] as const satisfies readonly Absence[];

const commonNames = ['scope', 'graceSeconds', 'customJwtCheck', 'includeRawJwtInErrors'] as const;
const claims = { delivers: 'claims', when: 'promise', failure: 'throws' } as const;
const claimsSync = { delivers: 'claims', when: 'sync', failure: 'throws' } as const;
const factory = { delivers: 'holder', when: 'sync', failure: 'throws' } as const;

export const awsJwtVerify = {
  name: 'aws-jwt-verify',
  modules: {
    'aws-jwt-verify': '', 'aws-jwt-verify/jwt-verifier': '', 'aws-jwt-verify/cognito-verifier': '', 'aws-jwt-verify/alb-verifier': '',
    'aws-jwt-verify/jwt': '',
  },
  measured: ['5.2.1'],
  algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  operations: [
    {
      kind: 'verify', calls: ['JwtVerifier.create', 'JwtRsaVerifier.create'],
      arguments: { options: 0 },
      settings: { audience: [{ at: 'options.audience', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], ...common },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      options: { known: ['issuer', 'audience', 'jwksUri', ...commonNames], unknown: 'ignored' },
      result: factory,
    },
    {
      kind: 'verify', calls: ['CognitoJwtVerifier.create'],
      arguments: { options: 0 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], type: [{ at: 'options.tokenUse', misread: optOut }], clockTolerance: common.clockTolerance },
      absent: {
        algorithms: pinned, audience: refused, type: refused,
        issuer: [{ means: 'pinned', exploitability: 'hardening', note: 'The user pool is the issuer.' }],
      },
      options: { known: ['userPoolId', 'clientId', 'tokenUse', 'groups', ...commonNames], unknown: 'ignored' },
      result: factory,
    },
    {
      kind: 'verify', calls: ['AlbJwtVerifier.create'],
      arguments: { options: 0 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], ...common },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      options: { known: ['albArn', 'clientId', 'issuer', 'jwksUri', ...commonNames], unknown: 'ignored' },
      result: factory,
    },
    {
      // What a call sets is laid over what the factory was given; what it leaves out is judged there.
      kind: 'verify', calls: ['JwtVerifier.create()#verify', 'JwtRsaVerifier.create()#verify'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.audience', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claims,
    },
    {
      kind: 'verify', calls: ['JwtVerifier.create()#verifySync', 'JwtRsaVerifier.create()#verifySync'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.audience', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claimsSync,
    },
    {
      kind: 'verify', calls: ['CognitoJwtVerifier.create()#verify'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], type: [{ at: 'options.tokenUse', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claims,
    },
    {
      kind: 'verify', calls: ['CognitoJwtVerifier.create()#verifySync'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], type: [{ at: 'options.tokenUse', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claimsSync,
    },
    {
      kind: 'verify', calls: ['AlbJwtVerifier.create()#verify'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claims,
    },
    {
      kind: 'verify', calls: ['AlbJwtVerifier.create()#verifySync'],
      arguments: { token: 0, options: 1 },
      settings: { audience: [{ at: 'options.clientId', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], clockTolerance: common.clockTolerance },
      result: claimsSync,
    },
    {
      kind: 'verify', calls: ['verifyJwt'],
      arguments: { token: 0, url: 1, options: 2 },
      settings: { audience: [{ at: 'options.audience', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], url: [{ at: 'url' }], clockTolerance: common.clockTolerance },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      options: { known: ['issuer', 'audience', ...commonNames], unknown: 'ignored' },
      result: claims,
    },
    {
      kind: 'verify', calls: ['verifyJwtSync'],
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key: [{ at: 'key' }], audience: [{ at: 'options.audience', misread: optOut }], issuer: [{ at: 'options.issuer', misread: optOut }], clockTolerance: common.clockTolerance },
      absent: { algorithms: pinned, audience: refused, issuer: refused },
      options: { known: ['issuer', 'audience', ...commonNames], unknown: 'ignored' },
      result: claimsSync,
    },
    {
      kind: 'decode', calls: ['decomposeUnverifiedJwt'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'holder', at: 'payload', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'Verification is safe by construction: algorithm, issuer, audience and, for Cognito, the client and the use of the token are demanded, and only `null` switches a check off.',
    'For Cognito and the load balancer `clientId` is the audience (the load balancer writes it into the header, not into `aud`), and the `tokenUse` of Cognito tells access tokens from ID tokens.',
    'The keys of a user pool are always fetched from the pool itself; a `jwksUri` is ignored there.',
    'A `graceSeconds` that is a string makes expired tokens valid for ever.',
    'Neither `exp` nor a greatest age can be demanded, except in `customJwtCheck`.',
    '`crit` is ignored.',
  ],
} as const satisfies LibraryDescriptor;
