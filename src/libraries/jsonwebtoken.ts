import type { LibraryDescriptor, OperationModel, Place, TimeReading } from './descriptor.ts';

/** Numbers are seconds, strings follow vercel/ms, where digits alone are milliseconds. */
const lifetime = { number: 'duration-s', text: 'ms' } as const satisfies TimeReading;

/** Settings of `verify`; every library that hands its options on to jsonwebtoken reads the same. */
export const jsonwebtokenVerifySettings = {
  algorithms: [{
    at: 'options.algorithms', shape: 'list',
    misread: [{ given: 'string', effect: 'substring', note: 'A string is searched for the algorithm name as a substring.' }],
  }],
  audience: [{
    at: 'options.audience',
    misread: [
      { given: 'undefined', effect: 'ignored' },
      { given: 'null', effect: 'ignored' },
      { given: 'empty-string', effect: 'ignored' },
    ],
  }],
  issuer: [{
    at: 'options.issuer', accepts: ['string', 'array'],
    misread: [
      { given: 'regexp', effect: 'ignored', note: 'Only a string or an array of strings is compared.' },
      { given: 'set', effect: 'ignored' },
      { given: 'object', effect: 'ignored' },
      { given: 'undefined', effect: 'ignored' },
      { given: 'null', effect: 'ignored' },
      { given: 'empty-string', effect: 'ignored' },
    ],
  }],
  subject: [{ at: 'options.subject' }],
  tokenId: [{ at: 'options.jwtid' }],
  nonce: [{ at: 'options.nonce' }],
  maxAge: [{ at: 'options.maxAge', time: lifetime, misread: [{ given: 'numeric-string', effect: 'other-unit', note: 'A string of digits is milliseconds.' }] }],
  clockTolerance: [{
    at: 'options.clockTolerance', time: { number: 'duration-s', text: 'ignored' }, accepts: ['number'],
    misread: [{ given: 'string', effect: 'always-passes', note: 'The string is concatenated to the time, so that no token ever expires.' }],
  }],
  currentTime: [{ at: 'options.clockTimestamp', time: { number: 'instant-s' } }],
  ignoreExpiration: [{ at: 'options.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.ignoreNotBefore' }],
  insecureKeys: [{ at: 'options.allowInvalidAsymmetricKeyTypes', versions: '>=9' }],
} as const satisfies Record<string, readonly Place[]>;

export const jsonwebtokenVerifyOptionNames = [
  'algorithms', 'audience', 'clockTimestamp', 'clockTolerance', 'complete', 'issuer', 'ignoreExpiration', 'ignoreNotBefore',
  'jwtid', 'nonce', 'subject', 'maxAge', 'allowInvalidAsymmetricKeyTypes',
] as const;

/** What `verify` does without each setting, by version of jsonwebtoken. */
export const jsonwebtokenVerifyAbsent = {
  algorithms: [
    { versions: '<9', means: 'by-key', exploitability: 'exploitable', note: 'jsonwebtoken 8 takes the algorithm from the text of the key and accepts an unsigned token when there is no key.' },
    { versions: '>=9', means: 'by-key', exploitability: 'hardening', note: 'jsonwebtoken 9 accepts every algorithm of the family of the key.' },
  ],
  audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
  issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
  maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
  requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever; only maxAge bounds it.' }],
} as const;

/** No bytes at all are a key like any other, also through the packages that hand their secret on. */
export const jsonwebtokenEmptyBytes = [{ given: ['bytes'] }] as const satisfies OperationModel['emptyKey'];

/** Version 8 takes a key of nothing for a wish for unsigned tokens. */
export const jsonwebtokenEmptyKey = [
  { versions: '<9', given: ['text', 'nothing'], algorithms: 'missing' },
  ...jsonwebtokenEmptyBytes,
] as const satisfies OperationModel['emptyKey'];

export const jsonwebtokenSignSettings = {
  algorithm: [{ at: 'options.header.alg' }, { at: 'options.algorithm' }],
  expiration: [
    { at: 'options.expiresIn', time: lifetime, excludes: ['payload.exp'], misread: [{ given: 'numeric-string', effect: 'other-unit', note: 'A string of digits is milliseconds.' }] },
    { at: 'payload.exp', time: { number: 'instant-s', text: 'rejected' } },
  ],
  notBefore: [{ at: 'options.notBefore', time: lifetime }, { at: 'payload.nbf', time: { number: 'instant-s', text: 'rejected' } }],
  issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s', text: 'rejected' } }],
  audience: [{ at: 'options.audience' }, { at: 'payload.aud' }],
  issuer: [{ at: 'options.issuer' }, { at: 'payload.iss' }],
  subject: [{ at: 'options.subject' }, { at: 'payload.sub' }],
  tokenId: [{ at: 'options.jwtid' }, { at: 'payload.jti' }],
  keyId: [{ at: 'options.keyid' }, { at: 'options.header.kid' }],
  type: [{ at: 'options.header.typ' }],
  header: [{ at: 'options.header' }],
  noTimestamp: [{ at: 'options.noTimestamp' }],
  insecureKeys: [
    { at: 'options.allowInsecureKeySizes', versions: '>=9' },
    { at: 'options.allowInvalidAsymmetricKeyTypes', versions: '>=9' },
  ],
} as const satisfies Record<string, readonly Place[]>;

export const jsonwebtokenSignOptionNames = [
  'algorithm', 'expiresIn', 'notBefore', 'audience', 'issuer', 'subject', 'jwtid', 'keyid', 'header', 'noTimestamp',
  'mutatePayload', 'encoding', 'allowInsecureKeySizes', 'allowInvalidAsymmetricKeyTypes',
] as const;

export const jsonwebtokenSignAbsent = {
  expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
  audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
  issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
  keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
  algorithm: [{ means: 'defaulted', exploitability: 'hardening', note: 'HS256 is used.' }],
} as const;

export const jsonwebtoken = {
  name: 'jsonwebtoken',
  modules: { jsonwebtoken: '' },
  measured: ['8.5.1', '9.0.3'],
  confusable: '<9',
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'none'],
  operations: [
    {
      kind: 'sign', calls: ['sign'],
      arguments: [{ payload: 0, key: 1, callback: 2 }, { payload: 0, key: 1, options: 2, callback: 3 }],
      settings: { key: [{ at: 'key' }], ...jsonwebtokenSignSettings },
      absent: jsonwebtokenSignAbsent,
      emptyKey: jsonwebtokenEmptyBytes,
      options: { known: jsonwebtokenSignOptionNames, unknown: 'refused' },
      result: { delivers: 'token', when: 'callback-or-sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['verify'],
      arguments: [{ token: 0, key: 1, callback: 2 }, { token: 0, key: 1, options: 2, callback: 3 }],
      settings: { key: [{ at: 'key', keyFunction: [['header', 'callback']] }], ...jsonwebtokenVerifySettings },
      absent: jsonwebtokenVerifyAbsent,
      emptyKey: jsonwebtokenEmptyKey,
      options: { known: jsonwebtokenVerifyOptionNames, unknown: 'ignored' },
      result: { delivers: 'claims', when: 'callback-or-sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decode'],
      arguments: { token: 0, options: 1 },
      settings: {},
      options: { known: ['complete', 'json'], unknown: 'ignored' },
      result: { delivers: 'claims', when: 'sync', failure: 'null' },
    },
  ],
  notes: [
    'Native Node ESM exposes only the named export `decode`; `{ sign, verify }` work through bundlers and TypeScript compiled to CommonJS.',
    'There is no way to demand `exp` when verifying; `maxAge` is the only bound on a token without it.',
    '`header.alg` overrides `algorithm` when signing: `{ header: { alg: "none" } }` gives an unsigned token even with a key.',
    'The `crit` header is ignored by every version.',
  ],
} as const satisfies LibraryDescriptor;
