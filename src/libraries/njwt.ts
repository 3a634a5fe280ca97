import type { LibraryDescriptor, Place } from './descriptor.ts';

const key = [{ at: 'key' }] as const satisfies readonly Place[];
const claims = { delivers: 'holder', at: 'body', when: 'callback-or-sync', failure: 'throws' } as const;

export const njwt = {
  name: 'njwt',
  modules: { njwt: '' },
  measured: ['2.0.1'],
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'none'],
  confusable: '*',
  operations: [
    {
      kind: 'verify', calls: ['verify'],
      arguments: [{ token: 0, key: 1, algorithm: 2, callback: 'last' }],
      settings: { key, algorithms: [{ at: 'algorithm', shape: 'single' }] },
      absent: {
        algorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'HS256 is demanded.' }],
        key: [{ means: 'unchecked', exploitability: 'exploitable', note: 'With the token alone only unsigned tokens are accepted, and every one of them.' }],
      },
      emptyKey: [{ given: ['text', 'bytes'] }],
      result: claims,
    },
    {
      kind: 'verify', calls: ['Verifier#verify', 'createVerifier()#verify'],
      arguments: { token: 0, callback: 1 },
      settings: {
        key: [{ at: '.setSigningKey(0)' }, { at: '.withKeyResolver(0)', keyFunction: [['kid', 'callback']] }, { at: '.setKeyResolver(0)', keyFunction: [['kid', 'callback']] }],
        algorithms: [{ at: '.setSigningAlgorithm(0)', shape: 'single' }],
      },
      absent: { algorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'HS256 is demanded.' }] },
      emptyKey: [{ given: ['text', 'bytes'] }],
      result: claims,
    },
    {
      kind: 'sign', calls: ['create()#compact', 'create()#toString', 'Jwt#compact'],
      arguments: {},
      settings: {
        key: [{ at: 'new(1)' }, { at: '.setSigningKey(0)' }],
        algorithm: [{ at: '.setSigningAlgorithm(0)' }, { at: 'new(2)' }],
        payload: [{ at: 'new(0)' }],
        expiration: [{ at: '.setExpiration(0)', bare: 'removes', time: { number: 'instant-ms', text: 'ignored' } }],
        notBefore: [{ at: '.setNotBefore(0)', time: { number: 'instant-ms' } }, { at: 'new(0).nbf', time: { number: 'instant-s' } }],
        issuedAt: [{ at: '.setIssuedAt(0)', time: { number: 'instant-s' } }, { at: 'new(0).iat', time: { number: 'instant-s' } }],
        audience: [{ at: 'new(0).aud' }],
        issuer: [{ at: '.setIssuer(0)' }, { at: 'new(0).iss' }],
        subject: [{ at: '.setSubject(0)' }, { at: 'new(0).sub' }],
        tokenId: [{ at: '.setJti(0)' }, { at: 'new(0).jti' }],
      },
      absent: {
        expiration: [{ means: 'defaulted', exploitability: 'hardening', note: 'The token lives for one hour, whatever exp the claims had.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        algorithm: [{ means: 'defaulted', exploitability: 'hardening', note: 'HS256 is used.' }],
      },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
  ],
  chains: ['create()#set*', 'Jwt#set*', 'createVerifier()#set*', 'createVerifier()#withKeyResolver', 'Verifier#set*', 'Verifier#withKeyResolver'],
  notes: [
    '`verify(token)` with one argument, and the algorithm `none`, accept unsigned tokens.',
    'Neither audience, issuer, age, tolerance nor type can be checked, and no claim can be demanded: check them by hand.',
    '`create` overwrites an `exp` among the claims with one hour from now; `setExpiration` takes milliseconds or a Date, and called with nothing removes the expiry.',
    '`aud` and the key id have no method of their own: `setClaim("aud", …)` and `setHeader("kid", …)` set them.',
    'A token signed with RS256 whose signature is empty throws past the callback, and ends the process when the key is resolved asynchronously.',
    'An `exp` that is a string is not checked.',
  ],
} as const satisfies LibraryDescriptor;
