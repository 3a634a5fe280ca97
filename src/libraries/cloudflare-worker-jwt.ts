import type { LibraryDescriptor, OperationModel, Place } from './descriptor.ts';

const key = [{ at: 'key' }] as const satisfies readonly Place[];

const verify = {
  kind: 'verify', calls: ['verify'],
  arguments: [{ token: 0, key: 1, algorithm: 2 }, { token: 0, key: 1, options: 2 }],
  settings: {
    key,
    algorithms: [{ at: 'algorithm', shape: 'single' }, { at: 'options.algorithm', shape: 'single' }],
    clockTolerance: [{ at: 'options.clockTolerance', time: { number: 'duration-s', text: 'number' } }],
  },
  absent: { algorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'HS256 is demanded.' }] },
  options: { known: ['algorithm', 'clockTolerance', 'throwError'], unknown: 'ignored' },
} as const satisfies OperationModel;

export const cloudflareWorkerJwt = {
  name: '@tsndr/cloudflare-worker-jwt',
  modules: { '@tsndr/cloudflare-worker-jwt': '' },
  measured: ['2.5.4', '3.2.3'],
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'none'],
  operations: [
    { ...verify, versions: '<3', result: { delivers: 'boolean', when: 'promise', failure: 'false' } },
    { ...verify, versions: '>=3', result: { delivers: 'holder', at: 'payload', when: 'promise', failure: 'undefined' } },
    {
      kind: 'sign', calls: ['sign'],
      arguments: [{ payload: 0, key: 1, algorithm: 2 }, { payload: 0, key: 1, options: 2 }],
      settings: {
        key,
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'algorithm' }, { at: 'options.algorithm' }],
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
      options: { known: ['algorithm', 'header'], unknown: 'ignored' },
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decode'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'holder', at: 'payload', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'A token that is not valid makes `verify` yield `false` (version 2) or `undefined` (version 3) unless `throwError` is true; the promise itself is always truthy.',
    'Neither audience, issuer, age nor type can be checked, and no claim can be demanded: check them by hand.',
    'An `exp` that is 0 or a string is not checked.',
    'Version 3 accepts unsigned tokens when the algorithm `none` is asked for.',
    'Secrets are cut to eight bits per character.',
  ],
} as const satisfies LibraryDescriptor;
