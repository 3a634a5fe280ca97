import type { LibraryDescriptor } from './descriptor.ts';

export const jwtSimple = {
  name: 'jwt-simple',
  modules: { 'jwt-simple': '' },
  measured: ['0.5.6'],
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256'],
  confusable: '*',
  operations: [
    {
      kind: 'verify', calls: ['decode'],
      arguments: { token: 0, key: 1, noVerify: 2, algorithm: 3 },
      settings: {
        key: [{ at: 'key' }],
        skipVerification: [{ at: 'noVerify' }],
        algorithms: [{ at: 'algorithm', shape: 'single' }],
      },
      absent: {
        algorithms: [{ means: 'from-token', exploitability: 'exploitable', note: 'The header of the token chooses, unless the key is a PEM public key: with a certificate as key anyone can sign with its text under HS256.' }],
      },
      emptyKey: [{ given: ['text', 'bytes'] }],
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['encode'],
      emptyKey: [{ given: ['bytes'] }],
      arguments: { payload: 0, key: 1, algorithm: 2, options: 3 },
      settings: {
        key: [{ at: 'key' }],
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'algorithm' }],
        expiration: [{ at: 'payload.exp', time: { number: 'instant-s', text: 'ignored' } }],
        notBefore: [{ at: 'payload.nbf', time: { number: 'instant-s', text: 'ignored' } }],
        issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s', text: 'ignored' } }],
        audience: [{ at: 'payload.aud' }],
        issuer: [{ at: 'payload.iss' }],
        subject: [{ at: 'payload.sub' }],
        tokenId: [{ at: 'payload.jti' }],
        keyId: [{ at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }],
        header: [{ at: 'options.header' }],
      },
      absent: {
        expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
        audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
        algorithm: [{ means: 'defaulted', exploitability: 'hardening', note: 'HS256 is used.' }],
      },
      options: { known: ['header'], unknown: 'ignored' },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    '`decode` is the verifier; its third argument switches verification off.',
    'Neither audience, issuer, age, tolerance nor type can be checked, and no claim can be demanded: check them by hand.',
    'An `exp` that is not a number is not checked, and an empty key verifies what was signed with an empty key.',
    'The package is no longer maintained.',
  ],
} as const satisfies LibraryDescriptor;
