import type { LibraryDescriptor, Place } from './descriptor.ts';

const key = [{ at: 'key', encodings: { utf8: 'utf8', rstr: 'latin1', hex: 'hex', b64: 'base64', b64u: 'base64url' } }] as const satisfies readonly Place[];

const onlyLists = [
  { given: 'string', effect: 'ignored', note: 'Only an array is compared.' },
  { given: 'undefined', effect: 'ignored' },
] as const satisfies Place['misread'];

export const jsrsasign = {
  name: 'jsrsasign',
  modules: { jsrsasign: '' },
  measured: ['11.1.5'],
  aliases: {
    'jws.JWS.verifyJWT': 'KJUR.jws.JWS.verifyJWT', 'jws.JWS.verify': 'KJUR.jws.JWS.verify',
    'jws.JWS.sign': 'KJUR.jws.JWS.sign', 'jws.JWS.parse': 'KJUR.jws.JWS.parse',
  },
  operations: [
    {
      kind: 'verify', calls: ['KJUR.jws.JWS.verifyJWT'],
      arguments: { token: 0, key: 1, options: 2 },
      settings: {
        key,
        algorithms: [{ at: 'options.alg', shape: 'list', misread: [{ given: 'string', effect: 'rejects' }] }],
        audience: [{ at: 'options.aud', shape: 'list', accepts: ['array'], misread: onlyLists, missingClaim: 'accepted' }],
        issuer: [{ at: 'options.iss', shape: 'list', accepts: ['array'], misread: onlyLists, missingClaim: 'accepted' }],
        subject: [{ at: 'options.sub', shape: 'list', accepts: ['array'], misread: onlyLists, missingClaim: 'accepted' }],
        tokenId: [{ at: 'options.jti', missingClaim: 'accepted' }],
        clockTolerance: [{
          at: 'options.gracePeriod', time: { number: 'duration-s', text: 'ignored' }, accepts: ['number'],
          misread: [{ given: 'string', effect: 'ignored', note: 'Only a number is read; no tolerance is then given.' }],
        }],
        currentTime: [{ at: 'options.verifyAt', time: { number: 'instant-s', text: 'ignored' } }],
      },
      absent: {
        algorithms: [{ means: 'refused', exploitability: 'hardening', note: 'Verification throws without a list of algorithms.' }],
        audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
        issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
      },
      options: { known: ['alg', 'iss', 'sub', 'aud', 'jti', 'verifyAt', 'gracePeriod'], unknown: 'ignored' },
      emptyKey: [{ given: ['text'], algorithms: 'set' }],
      result: { delivers: 'boolean', when: 'sync', failure: 'false' },
    },
    {
      kind: 'verify', calls: ['KJUR.jws.JWS.verify'], emptyKey: [{ given: ['text'] }], signatureOnly: true,
      arguments: { token: 0, key: 1, algorithm: 2 },
      settings: {
        key,
        algorithms: [{
          at: 'algorithm', shape: 'list', accepts: ['array'],
          misread: [
            { given: 'string', effect: 'ignored', note: 'Only an array is read; the header of the token then decides.' },
            { given: 'empty-array', effect: 'ignored' },
          ],
        }],
      },
      absent: {
        algorithms: [{ means: 'from-token', exploitability: 'hardening', note: 'The header of the token decides, as far as the kind of the key allows.' }],
      },
      result: { delivers: 'boolean', when: 'sync', failure: 'false' },
    },
    {
      kind: 'sign', calls: ['KJUR.jws.JWS.sign'],
      emptyKey: [{ given: ['text'] }],
      arguments: { algorithm: 0, header: 1, payload: 2, key: 3 },
      settings: {
        key,
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'algorithm' }, { at: 'header.alg' }],
        expiration: [{ at: 'payload.exp', time: { number: 'instant-s', text: 'ignored' } }],
        notBefore: [{ at: 'payload.nbf', time: { number: 'instant-s', text: 'ignored' } }],
        issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s', text: 'ignored' } }],
        audience: [{ at: 'payload.aud' }],
        issuer: [{ at: 'payload.iss' }],
        subject: [{ at: 'payload.sub' }],
        tokenId: [{ at: 'payload.jti' }],
        keyId: [{ at: 'header.kid' }],
        type: [{ at: 'header.typ' }],
        header: [{ at: 'header' }],
      },
      absent: {
        expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
        audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
        algorithm: [{ means: 'refused', exploitability: 'hardening', note: 'Signing throws unless the first argument or the header names one.' }],
      },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['KJUR.jws.JWS.parse'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'holder', at: 'payloadObj', when: 'sync', failure: 'throws' },
    },
    { kind: 'import-key', calls: ['KEYUTIL.getKey'], arguments: { key: 0 }, settings: { key } },
  ],
  notes: [
    'The result of a verification is a boolean: unless it is tested, nothing is verified.',
    'Audience, issuer and subject as a string are silently ignored, and a token without the claim passes.',
    'Neither a greatest age nor a type can be checked, and no claim can be demanded; an `exp` that is a string is not checked.',
    'A key given as text that looks like hexadecimal is decoded as such; `{ utf8: … }` avoids it.',
    'With the algorithm `none` unsigned tokens are issued; verification refuses them.',
  ],
} as const satisfies LibraryDescriptor;
