import type { LibraryDescriptor, Place } from './descriptor.ts';

const switchedOff = [{ given: 'boolean', effect: 'ignored', note: 'false switches the check off.' }] as const satisfies Place['misread'];

export const expressOauth2JwtBearer = {
  name: 'express-oauth2-jwt-bearer',
  modules: { 'express-oauth2-jwt-bearer': '' },
  measured: ['1.10.0'],
  confusable: '*',
  operations: [
    {
      kind: 'verify', calls: ['auth'], middleware: true,
      tokenFrom: ['header', 'query', 'body'],
      arguments: { options: 0 },
      emptyKey: [{ given: ['bytes'], algorithms: 'set' }],
      settings: {
        key: [{ at: 'options.secret' }, { at: 'options.publicKey' }],
        url: [{ at: 'options.jwksUri' }, { at: 'options.issuerBaseURL' }],
        audience: [{ at: 'options.audience' }, { at: 'options.validators.aud', decides: true, misread: switchedOff }],
        issuer: [{ at: 'options.issuer' }, { at: 'options.issuerBaseURL' }, { at: 'options.mcd.issuers' }, { at: 'options.validators.iss', decides: true, misread: switchedOff }],
        algorithms: [{ at: 'options.tokenSigningAlg', shape: 'single' }, { at: 'options.validators.alg', decides: true, misread: switchedOff }],
        type: [{ at: 'options.strict', accepts: ['boolean'] }, { at: 'options.validators.typ', decides: true, misread: switchedOff }],
        maxAge: [{ at: 'options.maxTokenAge', time: { number: 'duration-s' } }],
        clockTolerance: [{ at: 'options.clockTolerance', time: { number: 'duration-s', text: 'rejected' }, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
        optionalAuthentication: [{ at: 'options.authRequired', on: 'false' }],
        cacheMaxAge: [{ at: 'options.cacheMaxAge', time: { number: 'duration-ms' } }],
      },
      absent: {
        algorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'Any asymmetric algorithm that the issuer announces; with a secret construction throws without one.' }],
        audience: [{ means: 'refused', exploitability: 'hardening', note: 'Construction throws unless the variable AUDIENCE is set.' }],
        issuer: [{ means: 'refused', exploitability: 'hardening', note: 'Construction throws unless the variable ISSUER_BASE_URL, or ISSUER with a key, is set.' }],
        type: [{ means: 'unchecked', exploitability: 'depends', note: 'An ID token for the same audience is accepted.' }],
        requiredClaims: [{ means: 'demanded', exploitability: 'hardening', note: 'A token without exp is refused.' }],
      },
      options: {
        known: [
          'issuerBaseURL', 'audience', 'issuer', 'jwksUri', 'agent', 'cooldownDuration', 'timeoutDuration', 'cacheMaxAge', 'cache',
          'validators', 'clockTolerance', 'maxTokenAge', 'strict', 'secret', 'publicKey', 'tokenSigningAlg', 'mcd', 'authRequired',
          'dpop', 'mtls', 'getCertificate',
        ],
        unknown: 'ignored',
      },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'Options that are left out come from the environment: ISSUER_BASE_URL, ISSUER, JWKS_URI, AUDIENCE, SECRET, TOKEN_SIGNING_ALG.',
    'The token is also taken from `?access_token=` and from a form body.',
    '`strict` is off: the type of the token is not checked, so that an ID token with the right audience passes.',
    '`validators: { exp: false }` lifts the demand for `exp`, but an expired token is still refused.',
    'With `authRequired: false` missing and forged tokens go through, with `req.auth` undefined.',
    'Clocks may differ by 5 seconds unless `clockTolerance` says otherwise.',
    'A `jwksUri` with `http:` is accepted.',
  ],
} as const satisfies LibraryDescriptor;
