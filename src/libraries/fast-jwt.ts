import type { LibraryDescriptor, OperationModel, Place, TimeReading } from './descriptor.ts';

/** A number is milliseconds; a string follows the ms grammar. */
const lifetime = { number: 'duration-ms', text: 'ms' } as const satisfies TimeReading;

const matcherMisread = [
  { given: 'undefined', effect: 'ignored' },
  { given: 'null', effect: 'ignored' },
  { given: 'empty-string', effect: 'ignored' },
] as const satisfies Place['misread'];

/** A claim that the token does not carry passes every `allowed...` check unless `requiredClaims` lists it. */
export const fastJwtVerifySettings = {
  algorithms: [{
    at: 'options.algorithms', shape: 'list', accepts: ['array'],
    misread: [
      { given: 'string', effect: 'ignored', note: 'Only an array is read; the algorithms are then taken from the key.' },
      { given: 'empty-array', effect: 'ignored', note: 'An empty list counts as none; the algorithms are then taken from the key.' },
    ],
  }],
  audience: [{ at: 'options.allowedAud', misread: matcherMisread, missingClaim: 'accepted' }],
  issuer: [{ at: 'options.allowedIss', misread: matcherMisread, missingClaim: 'accepted' }],
  subject: [{ at: 'options.allowedSub', misread: matcherMisread, missingClaim: 'accepted' }],
  tokenId: [{ at: 'options.allowedJti', misread: matcherMisread, missingClaim: 'accepted' }],
  nonce: [{ at: 'options.allowedNonce', misread: matcherMisread, missingClaim: 'accepted' }],
  type: [{ at: 'options.checkTyp' }],
  requiredClaims: [{ at: 'options.requiredClaims', shape: 'list', misread: [{ given: 'string', effect: 'rejects' }] }],
  maxAge: [{
    at: 'options.maxAge', time: { number: 'duration-ms', text: 'ignored' }, accepts: ['number'], missingClaim: 'accepted',
    misread: [{ given: 'string', effect: 'ignored', note: 'Only a number of milliseconds is read.' }],
  }],
  clockTolerance: [{
    at: 'options.clockTolerance', time: { number: 'duration-ms', text: 'rejected' }, accepts: ['number'],
    misread: [{ given: 'string', effect: 'rejects' }],
  }],
  currentTime: [{ at: 'options.clockTimestamp', time: { number: 'instant-ms', text: 'rejected' } }],
  ignoreExpiration: [{ at: 'options.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.ignoreNotBefore' }],
  critical: [{ at: 'options.allowedCritHeaders', versions: '>=6.2', shape: 'list' }],
} as const satisfies OperationModel['settings'];

export const fastJwtVerifyOptionNames = [
  'key', 'algorithms', 'complete', 'cache', 'cacheTTL', 'errorCacheTTL', 'checkTyp', 'clockTimestamp', 'clockTolerance',
  'ignoreExpiration', 'ignoreNotBefore', 'maxAge', 'allowedJti', 'allowedAud', 'allowedIss', 'allowedSub', 'allowedNonce',
  'requiredClaims', 'allowedCritHeaders', 'cacheKeyBuilder',
] as const;

export const fastJwtVerifyAbsent = {
  algorithms: [{ means: 'by-key', exploitability: 'hardening' }],
  audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
  issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
  type: [{ means: 'unchecked', exploitability: 'depends', note: 'Any kind of token that the key signs is accepted.' }],
  maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
  requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever, and one without aud or iss passes allowedAud and allowedIss.' }],
} as const satisfies OperationModel['absent'];

export const fastJwtSignOptionNames = [
  'key', 'algorithm', 'noTimestamp', 'mutatePayload', 'clockTimestamp', 'expiresIn', 'notBefore', 'jti', 'aud', 'iss', 'sub',
  'nonce', 'kid', 'typ', 'header',
] as const;

export const fastJwtSignAbsent = {
  expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
  audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
  issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
  keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
  algorithm: [{ means: 'by-key', exploitability: 'hardening', note: 'A private key in PEM gets its own kind of algorithm (RS256 for RSA), anything else HS256.' }],
} as const satisfies OperationModel['absent'];

export const fastJwt = {
  name: 'fast-jwt',
  modules: { 'fast-jwt': '' },
  measured: ['3.3.1', '4.0.6', '5.0.6', '6.3.6'],
  operations: [
    {
      kind: 'verify', calls: ['createVerifier'],
      arguments: { options: 0 },
      settings: { key: [{ at: 'options.key', keyFunction: [['decoded', 'callback']] }], ...fastJwtVerifySettings },
      absent: fastJwtVerifyAbsent,
      emptyKey: [{ versions: '<6.3.1', given: ['text', 'nothing'], algorithms: 'set' }],
      options: { known: fastJwtVerifyOptionNames, unknown: 'ignored' },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['createVerifier()'], settledElsewhere: true,
      arguments: { token: 0, callback: 1 },
      settings: {},
      result: { delivers: 'claims', when: 'sync', promiseWithFunctionAt: 'new(0).key', failure: 'throws' },
    },
    {
      // What the later calls may still add to the payload is judged there; see the next operation.
      kind: 'sign', calls: ['createSigner'],
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.key' }],
        algorithm: [{ at: 'options.header.alg' }, { at: 'options.algorithm' }],
        expiration: [{ at: 'options.expiresIn', time: lifetime, misread: [{ given: 'numeric-string', effect: 'other-unit', note: 'A string of digits is milliseconds.' }] }],
        notBefore: [{ at: 'options.notBefore', time: lifetime }],
        audience: [{ at: 'options.aud' }],
        issuer: [{ at: 'options.iss' }],
        subject: [{ at: 'options.sub' }],
        tokenId: [{ at: 'options.jti' }],
        nonce: [{ at: 'options.nonce' }],
        keyId: [{ at: 'options.kid' }, { at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }, { at: 'options.typ', versions: '>=4' }],
        header: [{ at: 'options.header' }],
        noTimestamp: [{ at: 'options.noTimestamp' }],
        currentTime: [{ at: 'options.clockTimestamp', time: { number: 'instant-ms', text: 'rejected' } }],
      },
      absent: { keyId: fastJwtSignAbsent.keyId, algorithm: fastJwtSignAbsent.algorithm },
      emptyKey: [{ versions: '<6', given: ['bytes'] }],
      options: { known: fastJwtSignOptionNames, unknown: 'ignored' },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['createSigner()'],
      arguments: { payload: 0, callback: 1 },
      settings: {
        key: [{ at: 'new(0).key' }],
        algorithm: [{ at: 'new(0).header.alg' }, { at: 'new(0).algorithm' }],
        payload: [{ at: 'payload' }],
        expiration: [{ at: 'new(0).expiresIn', time: lifetime }, { at: 'payload.exp', time: { number: 'instant-s', text: 'rejected' } }],
        notBefore: [{ at: 'new(0).notBefore', time: lifetime }, { at: 'payload.nbf', versions: '>=4', time: { number: 'instant-s' } }],
        issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s' } }],
        audience: [{ at: 'new(0).aud' }, { at: 'payload.aud' }],
        issuer: [{ at: 'new(0).iss' }, { at: 'payload.iss' }],
        subject: [{ at: 'new(0).sub' }, { at: 'payload.sub' }],
        tokenId: [{ at: 'new(0).jti' }, { at: 'payload.jti' }],
      },
      absent: { expiration: fastJwtSignAbsent.expiration, audience: fastJwtSignAbsent.audience, issuer: fastJwtSignAbsent.issuer },
      result: { delivers: 'token', when: 'sync', promiseWithFunctionAt: 'new(0).key', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['createDecoder'], settledElsewhere: true,
      arguments: { options: 0 }, settings: {},
      options: { known: ['complete', 'checkTyp'], unknown: 'ignored' },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['createDecoder()'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'Every time is in milliseconds: `expiresIn: 3600` is 3.6 seconds.',
    '`maxAge` as a string, `algorithms` as a string and an empty list are silently ignored.',
    'A token without `aud` or `iss` passes `allowedAud` and `allowedIss` unless `requiredClaims` lists the claim; one without `iat` passes `maxAge`.',
    'The functions made with a key function return a promise, the others a value.',
    'Up to 6.2 `exp` in the payload wins over `expiresIn`; from 6.3 on `expiresIn` wins. `expiresIn: 0` sets no expiry up to version 5 and expires at once in 6.3.',
    'Before 6.3.1 an empty key together with `algorithms` accepts tokens whose signature is cut off; key functions that yield an empty string accept tokens signed with it up to 6.3.3.',
    'Versions before 6.2 ignore the `crit` header.',
    'Up to 5.0.5 an `iss` that is an array containing the expected value is accepted.',
  ],
} as const satisfies LibraryDescriptor;
