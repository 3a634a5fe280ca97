import type { Decoration, LibraryDescriptor, OperationModel, Place } from './descriptor.ts';

const seconds = { number: 'duration-s', text: 'number' } as const;

const skipped = [
  { given: 'undefined', effect: 'ignored' },
  { given: 'null', effect: 'ignored' },
  { given: 'empty-string', effect: 'ignored' },
] as const satisfies Place['misread'];

/** Checks of the payload, as `token.verify` and `token.verifyPayload` take them. */
const payloadChecks = {
  audience: [{ at: 'options.aud', misread: skipped }],
  issuer: [{ at: 'options.iss', misread: [...skipped, { given: 'regexp', effect: 'rejects' }] }],
  subject: [{ at: 'options.sub', misread: skipped }],
  tokenId: [{ at: 'options.jti' }],
  nonce: [{ at: 'options.nonce' }],
  maxAge: [{ at: 'options.maxAgeSec', time: seconds }],
  clockTolerance: [{ at: 'options.timeSkewSec', time: seconds }],
  currentTime: [{ at: 'options.now', time: { number: 'instant-ms' } }],
  ignoreExpiration: [{ at: 'options.exp', on: 'false' }],
  ignoreNotBefore: [{ at: 'options.nbf', on: 'false' }],
} as const satisfies OperationModel['settings'];

const payloadAbsent = {
  audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
  issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
  maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
  requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever; only maxAgeSec bounds it.' }],
} as const satisfies OperationModel['absent'];

const payloadOptions = { known: ['aud', 'iss', 'sub', 'jti', 'nonce', 'maxAgeSec', 'timeSkewSec', 'now', 'exp', 'nbf'], unknown: 'ignored' } as const;

const key = [{ at: 'key.key' }, { at: 'key' }] as const satisfies readonly Place[];
const algorithms = [{ at: 'key.algorithms' }, { at: 'key.algorithm', shape: 'single' }] as const satisfies readonly Place[];
const algorithmsAbsent = {
  algorithms: [{ means: 'by-key', exploitability: 'exploitable', note: 'The kind of the key decides, and an empty or missing key means the algorithm none: unsigned tokens are then accepted.' }],
} as const satisfies OperationModel['absent'];

/** An object around nothing counts as a key of the kind none. */
const tokenEmptyKey = [
  { given: ['text', 'bytes'] },
  { given: ['nothing'], algorithms: 'missing', nested: true },
] as const satisfies OperationModel['emptyKey'];

/** Both authentication plugins for hapi call their scheme jwt. */
export const hapiServer = [
  { module: '@hapi/hapi', value: 'server()', as: 'server', importing: true },
  { module: '@hapi/hapi', value: 'Server()', as: 'server', importing: true },
  { module: '@hapi/hapi', value: 'new Server', as: 'server', importing: true },
  { module: '@hapi/hapi', types: ['Server'], as: 'server', importing: true },
] as const satisfies readonly Decoration[];

export const hapiJwt = {
  name: '@hapi/jwt',
  modules: { '@hapi/jwt': '' },
  measured: ['3.2.4'],
  confusable: '*',
  operations: [
    {
      kind: 'verify', calls: ['server.auth.strategy'], middleware: true, literals: { 1: 'jwt' }, maySkip: { property: 'mode', below: 'auth', values: ['try', 'optional'] },
      arguments: { name: 0, options: 2 },
      settings: {
        key: [{ at: 'options.keys.key' }, { at: 'options.keys', keyFunction: [['artifacts', 'request']] }],
        url: [{ at: 'options.keys.uri' }],
        tlsVerification: [{ at: 'options.keys.rejectUnauthorized', on: 'false' }],
        algorithms: [{ at: 'options.keys.algorithms' }],
        audience: [{ at: 'options.verify.aud', misread: [{ given: 'boolean', effect: 'ignored', note: 'false is the way to switch the check off.' }, { given: 'undefined', effect: 'rejects' }] }],
        issuer: [{ at: 'options.verify.iss', misread: [{ given: 'boolean', effect: 'ignored', note: 'false is the way to switch the check off.' }, { given: 'undefined', effect: 'rejects' }] }],
        subject: [{ at: 'options.verify.sub' }],
        maxAge: [{ at: 'options.verify.maxAgeSec', time: seconds }],
        clockTolerance: [{ at: 'options.verify.timeSkewSec', time: seconds }],
        ignoreExpiration: [{ at: 'options.verify.exp', on: 'false' }],
        ignoreNotBefore: [{ at: 'options.verify.nbf', on: 'false' }],
        skipVerification: [{ at: 'options.verify', on: 'false' }],
        tokenSource: [{ at: 'options.cookieName' }, { at: 'options.headerName' }],
      },
      absent: {
        algorithms: [{ means: 'by-key', exploitability: 'hardening', note: 'The kind of the key decides; an empty key verifies what was signed with an empty key.' }],
        audience: [{ means: 'refused', exploitability: 'hardening', note: 'The plugin demands a value or false.' }],
        issuer: [{ means: 'refused', exploitability: 'hardening', note: 'The plugin demands a value or false.' }],
        maxAge: payloadAbsent.maxAge,
        requiredClaims: payloadAbsent.requiredClaims,
      },
      options: {
        known: ['cache', 'cookieName', 'headerName', 'headless', 'httpAuthScheme', 'keys', 'unauthorizedAttributes', 'validate', 'verify'],
        unknown: 'refused',
        nested: { verify: { known: ['aud', 'exp', 'iss', 'nbf', 'sub', 'maxAgeSec', 'timeSkewSec'], unknown: 'refused' } },
      },
      emptyKey: [{ given: ['text', 'bytes'] }],
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['token.verify'],
      arguments: { token: 0, key: 1, options: 2 },
      settings: { key, algorithms, ...payloadChecks },
      absent: { ...algorithmsAbsent, ...payloadAbsent },
      options: payloadOptions,
      emptyKey: tokenEmptyKey,
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['token.verifySignature'], signatureOnly: true,
      arguments: { token: 0, key: 1 },
      settings: { key, algorithms },
      absent: algorithmsAbsent,
      emptyKey: tokenEmptyKey,
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['token.decode'],
      arguments: { token: 0, options: 1 }, settings: {},
      options: { known: ['headless'], unknown: 'ignored' },
      result: { delivers: 'holder', at: 'decoded.payload', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['token.generate'],
      emptyKey: [{ given: ['text', 'bytes'] }, { given: ['nothing'], nested: true }],
      arguments: { payload: 0, key: 1, options: 2 },
      settings: {
        key,
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'options.header.alg' }, { at: 'key.algorithm' }],
        expiration: [{ at: 'options.ttlSec', time: { number: 'duration-s' } }, { at: 'payload.exp', time: { number: 'instant-s', text: 'ignored' } }],
        notBefore: [{ at: 'payload.nbf', time: { number: 'instant-s' } }],
        issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s' } }],
        audience: [{ at: 'payload.aud' }],
        issuer: [{ at: 'payload.iss' }],
        subject: [{ at: 'payload.sub' }],
        tokenId: [{ at: 'payload.jti' }],
        keyId: [{ at: 'options.header.kid' }],
        type: [{ at: 'options.header.typ' }],
        header: [{ at: 'options.header' }],
        noTimestamp: [{ at: 'options.iat', on: 'false' }],
        currentTime: [{ at: 'options.now', time: { number: 'instant-ms' } }],
      },
      absent: {
        expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
        audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
        algorithm: [{ means: 'by-key', exploitability: 'hardening', note: 'The first algorithm of the kind of the key is used: HS256 or RS256.' }],
      },
      options: { known: ['header', 'iat', 'now', 'ttlSec', 'typ', 'headless'], unknown: 'ignored' },
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
  ],
  decorations: hapiServer,
  notes: [
    '`token.verify` with an empty key or `{ key: undefined }` accepts unsigned tokens: an unset environment variable is enough.',
    'A list that mixes HMAC and RSA algorithms with a public key lets anyone who has the key forge tokens.',
    '`verify: false` in a strategy switches every check off, the signature included; `token.verifyPayload` and `token.verifyTime` never look at the signature.',
    'The plugin demands `aud`, `iss` and `sub`, where `false` switches a check off; `token.verify` demands nothing.',
    '`header.alg` overrides the algorithm when signing: `none` gives an unsigned token.',
    '`exp` in the payload wins over `ttlSec`.',
  ],
} as const satisfies LibraryDescriptor;
