import type { LibraryDescriptor } from './descriptor.ts';
import { jsonwebtokenVerifyAbsent, jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings } from './jsonwebtoken.ts';

const verify = jsonwebtokenVerifySettings;

export const socketioJwt = {
  name: 'socketio-jwt',
  modules: { 'socketio-jwt': '' },
  measured: ['4.6.2'],
  confusable: '*',
  operations: [
    {
      kind: 'verify', calls: ['authorize'], middleware: true,
      tokenFrom: ['header', 'query'],
      arguments: { options: 0 },
      emptyKey: [{ given: ['text'], algorithms: 'missing' }],
      settings: {
        key: [{ at: 'options.secret', keyFunction: [['request', 'claims', 'callback'], ['request', 'header', 'claims', 'callback']] }],
        // All but what only jsonwebtoken 9 reads.
        algorithms: verify.algorithms, audience: verify.audience, issuer: verify.issuer, subject: verify.subject, tokenId: verify.tokenId,
        nonce: verify.nonce, maxAge: verify.maxAge, clockTolerance: verify.clockTolerance, currentTime: verify.currentTime,
        ignoreExpiration: verify.ignoreExpiration, ignoreNotBefore: verify.ignoreNotBefore,
        optionalAuthentication: [{ at: 'options.required', on: 'false' }],
        tokenSource: [{ at: 'options.cookie' }],
      },
      absent: {
        ...jsonwebtokenVerifyAbsent,
        algorithms: [{ means: 'by-key', exploitability: 'hardening', note: 'jsonwebtoken 8 underneath takes the algorithm from the text of the key; a token without signature is refused.' }],
      },
      options: {
        known: [
          ...jsonwebtokenVerifyOptionNames, 'secret', 'handshake', 'required', 'timeout', 'callback', 'cookie', 'auth_header_required',
          'success', 'fail', 'decodedPropertyName', 'encodedPropertyName', 'customDecoded', 'additional_auth',
        ],
        unknown: 'ignored',
      },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'The package contains jsonwebtoken 8: a list that mixes HMAC and RSA algorithms lets anyone who has the public key forge tokens.',
    'With `handshake: true` a token in the query of the connection wins over the header.',
    'Without `handshake` a socket is connected before it is authenticated and cut off after a while; with `required: false` it stays.',
    'The package is no longer maintained.',
  ],
} as const satisfies LibraryDescriptor;
