import type { EmptyKey, LibraryDescriptor, Place, TimeReading } from './descriptor.ts';

/** jose reads a bare number as seconds and insists on a unit in a string. */
const duration = { number: 'duration-s', text: 'jose' } as const satisfies TimeReading;
/** In the builders a number is an instant, a string relative to now. */
const instant = { number: 'instant-s', text: 'jose' } as const satisfies TimeReading;

const claimChecks = {
  audience: [{
    at: 'options.audience',
    misread: [
      { given: 'undefined', effect: 'ignored' },
      { given: 'null', versions: '<6', effect: 'ignored' },
      { given: 'empty-string', versions: '<6', effect: 'ignored' },
      { given: 'regexp', effect: 'rejects' },
    ],
  }],
  issuer: [{
    at: 'options.issuer',
    misread: [
      { given: 'undefined', effect: 'ignored' },
      { given: 'null', versions: '<6', effect: 'ignored' },
      { given: 'empty-string', versions: '<6', effect: 'ignored' },
      { given: 'regexp', effect: 'rejects' },
    ],
  }],
  subject: [{ at: 'options.subject' }],
  type: [{ at: 'options.typ' }],
  maxAge: [{ at: 'options.maxTokenAge', time: duration, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
  clockTolerance: [{ at: 'options.clockTolerance', time: duration, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
  currentTime: [{ at: 'options.currentDate' }],
  requiredClaims: [{ at: 'options.requiredClaims', shape: 'list' }],
} as const satisfies Record<string, readonly Place[]>;

const claimAbsent = {
  audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
  issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
  maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
  requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
  type: [{ means: 'unchecked', exploitability: 'depends', note: 'Any kind of token that the key signs is accepted.' }],
} as const;

const algorithmsPlace = {
  algorithms: [{ at: 'options.algorithms', shape: 'list', misread: [{ given: 'string', effect: 'rejects' }] }],
} as const satisfies Record<string, readonly Place[]>;

const claimOptionNames = ['audience', 'issuer', 'subject', 'typ', 'maxTokenAge', 'clockTolerance', 'currentDate', 'requiredClaims', 'crit'] as const;

const algorithmsAbsent = {
  algorithms: [
    { versions: '<6', means: 'by-key', exploitability: 'hardening' },
    { versions: '>=6', means: 'by-key', exploitability: 'hardening', note: 'An imported key or a JWK with alg allows only that one.' },
  ],
} as const;

/** What bounds a decryption, of a JWT or of any other content. */
const decryptSettings = {
  keyManagementAlgorithms: [{ at: 'options.keyManagementAlgorithms', shape: 'list' }],
  contentEncryptionAlgorithms: [{ at: 'options.contentEncryptionAlgorithms', shape: 'list' }],
  maxPBES2Count: [{ at: 'options.maxPBES2Count' }],
  maxDecompressedLength: [{ at: 'options.maxDecompressedLength', versions: '>=6' }],
} as const satisfies Record<string, readonly Place[]>;
const decryptOptionNames = ['keyManagementAlgorithms', 'contentEncryptionAlgorithms', 'maxPBES2Count', 'maxDecompressedLength', 'inflateRaw'] as const;

const decryptAbsent = {
  keyManagementAlgorithms: [
    { versions: '<5', means: 'by-key', exploitability: 'depends', note: 'jose 4 accepts PBES2 with up to 10,000 iterations.' },
    { versions: '>=5', means: 'by-key', exploitability: 'hardening', note: 'PBES2 is refused.' },
  ],
  contentEncryptionAlgorithms: [{ means: 'by-key', exploitability: 'hardening', note: 'Every content encryption is accepted.' }],
  maxDecompressedLength: [{ versions: '>=4 <4.15.5', means: 'unchecked', exploitability: 'exploitable', note: 'A token of 0.3 MB inflates to 200 MB.' }],
} as const;

/** What the builders of all tokens have, unsecured ones included. */
const unsecuredClaims = {
  expiration: [
    { at: '.setExpirationTime(0)', time: instant, misread: [{ given: 'numeric-string', effect: 'rejects' }] },
    { at: 'new(0).exp', time: { number: 'instant-s', text: 'ignored' } },
  ],
  notBefore: [{ at: '.setNotBefore(0)', time: instant }, { at: 'new(0).nbf', time: { number: 'instant-s' } }],
  issuedAt: [{ at: '.setIssuedAt(0)', time: instant }, { at: 'new(0).iat', time: { number: 'instant-s' } }],
  audience: [{ at: '.setAudience(0)' }, { at: 'new(0).aud' }],
  issuer: [{ at: '.setIssuer(0)' }, { at: 'new(0).iss' }],
  subject: [{ at: '.setSubject(0)' }, { at: 'new(0).sub' }],
  tokenId: [{ at: '.setJti(0)' }, { at: 'new(0).jti' }],
  payload: [{ at: 'new(0)' }],
} as const satisfies Record<string, readonly Place[]>;

const builderClaims = {
  ...unsecuredClaims,
  keyId: [{ at: '.setProtectedHeader(0).kid' }],
  type: [{ at: '.setProtectedHeader(0).typ' }],
  header: [{ at: '.setProtectedHeader(0)' }],
  algorithm: [{ at: '.setProtectedHeader(0).alg' }],
} as const satisfies Record<string, readonly Place[]>;

const issuedAbsent = {
  expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
  audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
  issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
  keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
} as const;

const key = [{ at: 'key' }] as const satisfies readonly Place[];

/** A verification and a decryption also take a function that looks the key up. */
const keyOrLookup = [{ at: 'key', keyFunction: [['header', 'other']] }] as const satisfies readonly Place[];
const emptyKey = [{ versions: '<6', given: ['bytes'] }] as const satisfies readonly EmptyKey[];

/** Version 2 takes no number for a length of time, only a string with its unit. */
const legacyDuration = { number: 'rejected', text: 'jose' } as const satisfies TimeReading;

const legacyClaimChecks = {
  audience: [{ at: 'options.audience', misread: [{ given: 'undefined', effect: 'ignored' }, { given: 'null', effect: 'rejects' }, { given: 'regexp', effect: 'rejects' }] }],
  issuer: [{ at: 'options.issuer', misread: [{ given: 'undefined', effect: 'ignored' }, { given: 'null', effect: 'rejects' }, { given: 'regexp', effect: 'rejects' }] }],
  subject: [{ at: 'options.subject' }],
  tokenId: [{ at: 'options.jti' }],
  type: [{ at: 'options.typ' }],
  maxAge: [{ at: 'options.maxTokenAge', time: legacyDuration, misread: [{ given: 'number', effect: 'rejects' }] }],
  clockTolerance: [{ at: 'options.clockTolerance', time: legacyDuration, misread: [{ given: 'number', effect: 'rejects' }] }],
  currentTime: [{ at: 'options.now' }],
  ignoreExpiration: [{ at: 'options.ignoreExp' }],
  ignoreNotBefore: [{ at: 'options.ignoreNbf' }],
  ignoreIssuedAt: [{ at: 'options.ignoreIat' }],
  critical: [{ at: 'options.crit', shape: 'list' }],
} as const satisfies Record<string, readonly Place[]>;

export const jose = {
  name: 'jose',
  modules: {
    'jose': '', 'npm:jose': '', 'jose/jwt/verify': '', 'jose/jwt/sign': '', 'jose/jwt/decrypt': '', 'jose/jwt/encrypt': '',
    'jose/jwt/unsecured': '', 'jose/jwt/decode': '', 'jose/jwks/remote': '', 'jose/jwks/local': '', 'jose/key/import': '',
    'jose/jws/compact/verify': '', 'jose/jws/flattened/verify': '', 'jose/jws/general/verify': '', 'jose/jws/compact/sign': '',
    'jose/jws/flattened/sign': '', 'jose/jws/general/sign': '', 'jose/jwk/embedded': '', 'jose/decode/protected_header': '',
    'jose/jwe/compact/decrypt': '', 'jose/jwe/flattened/decrypt': '', 'jose/jwe/general/decrypt': '', 'jose/jwe/compact/encrypt': '',
    'jose/jwe/flattened/encrypt': '', 'jose/util/decode_jwt': '', 'jose/util/decode_protected_header': '', 'jose/util/base64url': '',
    'jose/key/generate/secret': '', 'jose/key/generate/keypair': '',
  },
  measured: ['2.0.7', '4.15.9', '5.10.0', '6.2.17'],
  operations: [
    {
      kind: 'verify', calls: ['jwtVerify'],
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key: keyOrLookup, ...algorithmsPlace, ...claimChecks },
      absent: { ...algorithmsAbsent, ...claimAbsent },
      emptyKey,
      options: { known: ['algorithms', ...claimOptionNames], unknown: 'ignored' },
      result: { delivers: 'holder', at: 'payload', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['compactVerify', 'flattenedVerify', 'generalVerify'], signatureOnly: true,
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key: keyOrLookup, ...algorithmsPlace },
      absent: algorithmsAbsent,
      emptyKey,
      options: { known: ['algorithms', 'crit'], unknown: 'ignored' },
      result: { delivers: 'holder', at: 'payload', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'decrypt', calls: ['jwtDecrypt'],
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key: keyOrLookup, ...claimChecks, ...decryptSettings },
      absent: { ...decryptAbsent, ...claimAbsent },
      options: { known: [...decryptOptionNames, ...claimOptionNames], unknown: 'ignored' },
      result: { delivers: 'holder', at: 'payload', when: 'promise', failure: 'throws' },
    },
    {
      // What is inside may be anything, a signed token among it: nobody can say whether it holds claims.
      kind: 'decrypt', calls: ['compactDecrypt', 'flattenedDecrypt', 'generalDecrypt'], signatureOnly: true,
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key: keyOrLookup, ...decryptSettings },
      absent: decryptAbsent,
      options: { known: [...decryptOptionNames, 'crit'], unknown: 'ignored' },
      result: { delivers: 'holder', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['SignJWT#sign'],
      arguments: { key: 0 },
      settings: { key, ...builderClaims },
      absent: issuedAbsent,
      emptyKey,
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'encrypt', calls: ['EncryptJWT#encrypt'],
      arguments: { key: 0 },
      settings: { key, ...builderClaims },
      absent: issuedAbsent,
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'encrypt', calls: ['CompactEncrypt#encrypt', 'FlattenedEncrypt#encrypt'],
      arguments: { key: 0 },
      settings: { key, algorithm: builderClaims.algorithm, keyId: builderClaims.keyId, header: builderClaims.header },
      absent: {},
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['CompactSign#sign', 'FlattenedSign#sign'], emptyKey,
      arguments: { key: 0 },
      settings: { key, algorithm: builderClaims.algorithm, keyId: builderClaims.keyId, header: builderClaims.header },
      absent: {},
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['UnsecuredJWT#encode'], unsecured: true,
      arguments: {},
      settings: unsecuredClaims,
      absent: { expiration: issuedAbsent.expiration, audience: issuedAbsent.audience, issuer: issuedAbsent.issuer },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['UnsecuredJWT.decode'], unsecured: true,
      arguments: { token: 0, options: 1 },
      settings: { ...claimChecks },
      result: { delivers: 'holder', at: 'payload', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decodeJwt'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decodeProtectedHeader'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'import-key', calls: ['importSPKI'], keyKind: 'public',
      arguments: { key: 0, algorithm: 1 }, settings: { key, algorithm: [{ at: 'algorithm' }] },
    },
    {
      kind: 'import-key', calls: ['importX509'], keyKind: 'certificate',
      arguments: { key: 0, algorithm: 1 }, settings: { key, algorithm: [{ at: 'algorithm' }] },
    },
    {
      kind: 'import-key', calls: ['importPKCS8'], keyKind: 'private',
      arguments: { key: 0, algorithm: 1 }, settings: { key, algorithm: [{ at: 'algorithm' }] },
    },
    {
      kind: 'import-key', calls: ['importJWK'], keyKind: 'jwk',
      arguments: { key: 0, algorithm: 1 }, settings: { key, algorithm: [{ at: 'algorithm' }] },
    },
    {
      kind: 'key-set', calls: ['createRemoteJWKSet'],
      arguments: { url: 0, options: 1 },
      settings: { url: [{ at: 'url' }], cacheMaxAge: [{ at: 'options.cacheMaxAge', time: { number: 'duration-ms' } }] },
      options: { known: ['timeoutDuration', 'cooldownDuration', 'cacheMaxAge', 'headers', 'agent'], unknown: 'ignored' },
    },
    {
      kind: 'key-set', calls: ['createLocalJWKSet'],
      arguments: { keys: 0 }, settings: { key: [{ at: 'keys' }] },
    },
    { kind: 'key-set', calls: ['EmbeddedJWK'], keyFromToken: true, arguments: {}, settings: {} },
    {
      kind: 'verify', calls: ['JWT.verify'], versions: '<3', emptyKey,
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key, ...algorithmsPlace, ...legacyClaimChecks },
      absent: {
        algorithms: [{ means: 'by-key', exploitability: 'hardening' }],
        ...claimAbsent,
        requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever; only maxTokenAge bounds it.' }],
      },
      options: {
        known: [
          'algorithms', 'audience', 'clockTolerance', 'complete', 'crit', 'ignoreExp', 'ignoreIat', 'ignoreNbf', 'issuer', 'jti',
          'maxTokenAge', 'now', 'subject', 'typ',
        ],
        unknown: 'ignored',
      },
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['JWT.sign'], versions: '<3', emptyKey,
      arguments: { payload: 0, key: 1, options: 2 },
      settings: {
        key,
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'options.algorithm' }, { at: 'options.header.alg' }],
        expiration: [{ at: 'options.expiresIn', time: legacyDuration }, { at: 'payload.exp', time: { number: 'instant-s' } }],
        notBefore: [{ at: 'options.notBefore', time: legacyDuration }, { at: 'payload.nbf', time: { number: 'instant-s' } }],
        audience: [{ at: 'options.audience' }, { at: 'payload.aud' }],
        issuer: [{ at: 'options.issuer' }, { at: 'payload.iss' }],
        subject: [{ at: 'options.subject' }, { at: 'payload.sub' }],
        tokenId: [{ at: 'options.jti' }, { at: 'payload.jti' }],
        keyId: [{ at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }],
        header: [{ at: 'options.header' }],
        noTimestamp: [{ at: 'options.iat', on: 'false' }],
        currentTime: [{ at: 'options.now' }],
      },
      absent: {
        expiration: issuedAbsent.expiration,
        audience: issuedAbsent.audience,
        issuer: issuedAbsent.issuer,
        keyId: [{ means: 'defaulted', exploitability: 'hardening', note: 'The thumbprint of an asymmetric key is written into the header.' }],
        algorithm: [{ means: 'by-key', exploitability: 'hardening', note: 'The first algorithm that the key can do is used.' }],
      },
      options: {
        known: ['algorithm', 'audience', 'expiresIn', 'header', 'iat', 'issuer', 'jti', 'kid', 'notBefore', 'subject', 'now'],
        unknown: 'ignored',
      },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['JWT.decode'], versions: '<3',
      arguments: { token: 0, options: 1 }, settings: {},
      options: { known: ['complete'], unknown: 'ignored' },
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['JWS.verify'], versions: '<3', signatureOnly: true, emptyKey,
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key, ...algorithmsPlace, critical: legacyClaimChecks.critical },
      absent: { algorithms: [{ means: 'by-key', exploitability: 'hardening' }] },
      options: { known: ['algorithms', 'crit', 'complete'], unknown: 'ignored' },
      result: { delivers: 'bytes', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['JWS.sign'], versions: '<3', emptyKey,
      arguments: { payload: 0, key: 1, header: 2 },
      settings: { key, algorithm: [{ at: 'header.alg' }], keyId: [{ at: 'header.kid' }], type: [{ at: 'header.typ' }], header: [{ at: 'header' }] },
      absent: {},
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decrypt', calls: ['JWE.decrypt'], versions: '<3',
      arguments: { token: 0, key: 1, options: 2 },
      settings: {
        key,
        keyManagementAlgorithms: [{ at: 'options.keyManagementAlgorithms', shape: 'list' }],
        contentEncryptionAlgorithms: [{ at: 'options.contentEncryptionAlgorithms', shape: 'list' }],
        maxPBES2Count: [{ at: 'options.maxPBES2Count' }],
        maxDecompressedLength: [{ at: 'options.inflateRawSyncLimit' }],
        critical: legacyClaimChecks.critical,
      },
      absent: {
        keyManagementAlgorithms: [{ means: 'by-key', exploitability: 'hardening' }],
        contentEncryptionAlgorithms: decryptAbsent.contentEncryptionAlgorithms,
      },
      options: {
        known: ['keyManagementAlgorithms', 'contentEncryptionAlgorithms', 'maxPBES2Count', 'inflateRawSyncLimit', 'crit', 'complete'],
        unknown: 'ignored',
      },
      result: { delivers: 'bytes', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'encrypt', calls: ['JWE.encrypt'], versions: '<3',
      arguments: { payload: 0, key: 1, header: 2 },
      settings: { key, keyManagementAlgorithms: [{ at: 'header.alg' }], contentEncryptionAlgorithms: [{ at: 'header.enc' }], header: [{ at: 'header' }] },
      absent: {},
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    { kind: 'import-key', calls: ['JWK.asKey'], versions: '<3', arguments: { key: 0 }, settings: { key } },
    { kind: 'import-key', calls: ['JWK.None'], versions: '<3', unsecured: true, arguments: {}, settings: {} },
    { kind: 'key-set', calls: ['JWKS.asKeyStore'], versions: '<3', arguments: { keys: 0 }, settings: { key: [{ at: 'keys' }] } },
    { kind: 'key-set', calls: ['JWK.EmbeddedJWK', 'JWK.EmbeddedX5C'], versions: '<3', keyFromToken: true, arguments: {}, settings: {} },
  ],
  chains: ['SignJWT#set*', 'EncryptJWT#set*', 'EncryptJWT#replicate*', 'UnsecuredJWT#set*', 'CompactSign#set*', 'FlattenedSign#set*', 'CompactEncrypt#set*', 'FlattenedEncrypt#set*'],
  notes: [
    'Up to version 5 there is a CommonJS build; version 6 is ESM only and `require` works on Node 20.19 and later.',
    '`new TextEncoder().encode(undefined)` is an empty key, which versions 4 and 5 accept.',
    '`createLocalJWKSet` and `createRemoteJWKSet` refuse symmetric keys and so are immune to algorithm confusion.',
    '`setExpirationTime(3600)` is an instant in 1970; a string such as `2h` is relative to now.',
    '`exp` is not demanded unless `requiredClaims` lists it.',
    'Version 2 has other names (`JWT.verify`, `JWT.sign`, `JWK.asKey`), works synchronously, takes times only as strings with a unit and cannot demand a claim.',
    'In version 2 `JWK.None`, `JWK.EmbeddedJWK` and `JWK.EmbeddedX5C` are values that stand for a key, not functions.',
  ],
} as const satisfies LibraryDescriptor;
