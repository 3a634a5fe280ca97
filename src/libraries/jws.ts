import type { LibraryDescriptor, Place } from './descriptor.ts';

const signingKey = [{ at: 'options.secret' }, { at: 'options.privateKey' }] as const satisfies readonly Place[];

export const jws = {
  name: 'jws',
  modules: { jws: '' },
  measured: ['3.2.3', '4.0.1'],
  confusable: '*',
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'none'],
  operations: [
    {
      kind: 'verify', calls: ['verify'], signatureOnly: true,
      // Before version 3 the key was the second of two arguments and the token named the algorithm.
      arguments: [{ token: 0, key: 1 }, { token: 0, algorithm: 1, key: 2 }],
      settings: { key: [{ at: 'key' }], algorithms: [{ at: 'algorithm', shape: 'single' }] },
      absent: {
        algorithms: [
          { versions: '<3', means: 'from-token', exploitability: 'exploitable', note: 'Versions below 3 take the algorithm from the token, `none` included.' },
          { versions: '>=3', means: 'refused', exploitability: 'hardening', note: 'Verification throws without an algorithm.' },
        ],
      },
      emptyKey: [{ given: ['text', 'bytes'], algorithms: 'set' }],
      result: { delivers: 'boolean', when: 'sync', failure: 'false' },
    },
    {
      kind: 'verify', calls: ['createVerify'], signatureOnly: true,
      emptyKey: [{ given: ['bytes'], algorithms: 'set' }],
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.secret' }, { at: 'options.publicKey' }, { at: 'options.key' }],
        algorithms: [{ at: 'options.algorithm', shape: 'single' }],
      },
      absent: { algorithms: [{ means: 'refused', exploitability: 'hardening', note: 'Verification throws without an algorithm.' }] },
      options: { known: ['signature', 'algorithm', 'secret', 'publicKey', 'key', 'encoding'], unknown: 'ignored' },
      result: { delivers: 'nothing', when: 'sync', failure: 'false' },
    },
    {
      kind: 'sign', calls: ['sign'],
      emptyKey: [{ given: ['bytes'] }],
      arguments: { options: 0 },
      settings: {
        key: signingKey,
        payload: [{ at: 'options.payload' }],
        algorithm: [{ at: 'options.header.alg' }],
        expiration: [{ at: 'options.payload.exp', time: { number: 'instant-s', text: 'ignored' } }],
        notBefore: [{ at: 'options.payload.nbf', time: { number: 'instant-s', text: 'ignored' } }],
        issuedAt: [{ at: 'options.payload.iat', time: { number: 'instant-s', text: 'ignored' } }],
        audience: [{ at: 'options.payload.aud' }],
        issuer: [{ at: 'options.payload.iss' }],
        subject: [{ at: 'options.payload.sub' }],
        tokenId: [{ at: 'options.payload.jti' }],
        keyId: [{ at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }],
        header: [{ at: 'options.header' }],
      },
      absent: {
        algorithm: [{ means: 'refused', exploitability: 'hardening', note: 'Signing throws without an algorithm in the header.' }],
        keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
      },
      options: { known: ['header', 'payload', 'secret', 'privateKey', 'encoding'], unknown: 'ignored' },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['createSign'],
      emptyKey: [{ given: ['bytes'] }],
      arguments: { options: 0 },
      settings: {
        key: [...signingKey, { at: 'options.key' }],
        payload: [{ at: 'options.payload' }],
        algorithm: [{ at: 'options.header.alg' }],
        keyId: [{ at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }],
        header: [{ at: 'options.header' }],
      },
      absent: {
        algorithm: [{ means: 'refused', exploitability: 'hardening', note: 'Signing throws without an algorithm in the header.' }],
      },
      options: { known: ['header', 'payload', 'secret', 'privateKey', 'key', 'encoding'], unknown: 'ignored' },
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decode'],
      arguments: { token: 0, options: 1 }, settings: {},
      options: { known: ['json', 'encoding'], unknown: 'ignored' },
      result: { delivers: 'holder', at: 'payload', when: 'sync', failure: 'null' },
    },
  ],
  notes: [
    'Only the signature is checked, never a claim; the result is a boolean, and unless it is tested nothing is verified.',
    'The algorithm comes from the second argument, not from the header; passing `decode(token).header.alg` there lets the token choose.',
    'What is signed need not be a JWT, so that a missing `exp`, `aud` or `iss` is not reported here.',
    'The algorithm `none` is accepted when it is asked for.',
    'The streams of `createSign` and `createVerify` never answer when the key is an empty string; an empty `privateKey` of `sign` is taken, an empty `secret` is not.',
  ],
} as const satisfies LibraryDescriptor;
