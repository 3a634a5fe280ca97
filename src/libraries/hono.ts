import type { LibraryDescriptor, Misreading, OperationModel, Place } from './descriptor.ts';

const key = [{ at: 'key' }] as const satisfies readonly Place[];

const skipped = [
  { given: 'undefined', effect: 'ignored' },
  { given: 'null', effect: 'ignored' },
  { given: 'empty-string', effect: 'ignored' },
] as const satisfies readonly Misreading[];

/** Only a string and a regular expression are compared; any other truthy value demands just that `iss` is there. */
const issuerMisread = [
  ...skipped,
  { given: 'array', effect: 'ignored', note: 'A list of issuers is never compared: every issuer is accepted.' },
  { given: 'set', effect: 'ignored' },
  { given: 'object', effect: 'ignored' },
] as const satisfies readonly Misreading[];

const issuer = { at: 'options.iss', accepts: ['string', 'regexp'], misread: issuerMisread } as const satisfies Place;
const audience = { at: 'options.aud', versions: '>=4.10.2', accepts: ['string', 'regexp', 'array'], misread: skipped } as const satisfies Place;
const type = { at: 'options.typ', versions: '>=4.13.19' } as const satisfies Place;

/** The claim checks, as `verify` takes them. */
const claimChecks = {
  audience: [audience],
  issuer: [issuer],
  type: [type],
  ignoreExpiration: [{ at: 'options.exp', on: 'false' }],
  ignoreNotBefore: [{ at: 'options.nbf', on: 'false' }],
  ignoreIssuedAt: [{ at: 'options.iat', on: 'false' }],
} as const satisfies OperationModel['settings'];

/** The same, as the middleware and `verifyWithJwks` take them. */
const verificationChecks = {
  audience: [{ ...audience, at: 'options.verification.aud' }],
  issuer: [{ ...issuer, at: 'options.verification.iss' }],
  type: [{ ...type, at: 'options.verification.typ' }],
  ignoreExpiration: [{ at: 'options.verification.exp', on: 'false' }],
  ignoreNotBefore: [{ at: 'options.verification.nbf', on: 'false' }],
  ignoreIssuedAt: [{ at: 'options.verification.iat', on: 'false' }],
} as const satisfies OperationModel['settings'];

const claimAbsent = {
  audience: [{ versions: '>=4.10.2', means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
  issuer: [{ versions: '>=4.9', means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
  type: [{ versions: '>=4.13.19', means: 'pinned', exploitability: 'hardening', note: 'Only tokens of type JWT, or of none, are accepted.' }],
} as const satisfies OperationModel['absent'];

const pinnedToHS256 = [{ means: 'pinned', exploitability: 'hardening', note: 'HS256 is used, whatever the header says.' }] as const;
const algorithmsAbsent = {
  algorithms: [
    { ...pinnedToHS256[0], versions: '<4.11.4' },
    { versions: '>=4.11.4', means: 'refused', exploitability: 'hardening', note: 'Verification throws without an algorithm.' },
  ],
} as const satisfies OperationModel['absent'];
const keySetAlgorithmsAbsent = {
  algorithms: [
    { versions: '<4.11.4', means: 'by-key', exploitability: 'hardening', note: 'The algorithm of the JWK decides, or else the header; HS256 is accepted when the set holds a symmetric key.' },
    { versions: '>=4.11.4', means: 'refused', exploitability: 'hardening', note: 'Every token is refused without a list of algorithms.' },
  ],
} as const satisfies OperationModel['absent'];

const verificationNames = { known: ['iss', 'aud', 'nbf', 'exp', 'iat', 'typ'], unknown: 'ignored' } as const;
const belongsInVerification = [
  { at: 'iss', belongs: 'verification.iss', versions: '>=4.9' },
  { at: 'aud', belongs: 'verification.aud', versions: '>=4.10.2' },
  { at: 'typ', belongs: 'verification.typ', versions: '>=4.13.19' },
  { at: 'exp', belongs: 'verification.exp', versions: '>=4.9' },
  { at: 'nbf', belongs: 'verification.nbf', versions: '>=4.9' },
  { at: 'iat', belongs: 'verification.iat', versions: '>=4.9' },
] as const;

const middlewareResult = { delivers: 'function', when: 'sync', failure: 'throws' } as const;
const claims = { delivers: 'claims', when: 'promise', failure: 'throws' } as const;

export const hono = {
  name: 'hono',
  modules: { 'hono/jwt': '', 'hono/jwk': '', 'hono/utils/jwt': '', '@hono/hono/jwt': '', '@hono/hono/jwk': '' },
  measured: ['4.0.0', '4.6.20', '4.11.3', '4.11.4', '4.13.19'],
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  confusable: '<4.2',
  aliases: {
    'Jwt.verify': 'verify', 'Jwt.sign': 'sign', 'Jwt.decode': 'decode', 'Jwt.verifyWithJwks': 'verifyWithJwks',
  },
  operations: [
    {
      kind: 'verify', calls: ['verify'], versions: '<4.9',
      arguments: { token: 0, key: 1, algorithm: 2 },
      settings: { key, algorithms: [{ at: 'algorithm', shape: 'single' }] },
      absent: { algorithms: pinnedToHS256 },
      result: claims,
    },
    {
      kind: 'verify', calls: ['verify'], versions: '>=4.9',
      arguments: [{ token: 0, key: 1, algorithm: 2 }, { token: 0, key: 1, options: 2 }],
      settings: { key, algorithms: [{ at: 'algorithm', shape: 'single' }, { at: 'options.alg', shape: 'single' }], ...claimChecks },
      absent: { ...algorithmsAbsent, ...claimAbsent },
      options: { known: ['alg', ...verificationNames.known], unknown: 'ignored' },
      result: claims,
    },
    {
      kind: 'verify', calls: ['jwt'], versions: '<4.9', middleware: true,
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.secret' }], algorithms: [{ at: 'options.alg', shape: 'single' }],
        tokenSource: [{ at: 'options.cookie' }],
      },
      absent: { algorithms: pinnedToHS256 },
      options: { known: ['secret', 'alg', 'cookie', 'headerName'], unknown: 'ignored' },
      result: middlewareResult,
    },
    {
      kind: 'verify', calls: ['jwt'], versions: '>=4.9', middleware: true,
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.secret' }], algorithms: [{ at: 'options.alg', shape: 'single' }], ...verificationChecks,
        tokenSource: [{ at: 'options.cookie' }, { at: 'options.headerName' }],
      },
      absent: { ...algorithmsAbsent, ...claimAbsent },
      options: {
        known: ['secret', 'alg', 'cookie', 'headerName', 'realm', 'verification'], unknown: 'ignored',
        misplaced: belongsInVerification, nested: { verification: verificationNames },
      },
      result: middlewareResult,
    },
    {
      kind: 'verify', calls: ['jwk'], versions: '>=4.7 <4.9', middleware: true,
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.keys', keyFunction: [['request']] }], url: [{ at: 'options.jwks_uri' }],
        optionalAuthentication: [{ at: 'options.allow_anon', versions: '>=4.8' }], tokenSource: [{ at: 'options.cookie' }],
      },
      absent: { algorithms: [keySetAlgorithmsAbsent.algorithms[0]] },
      options: { known: ['keys', 'jwks_uri', 'cookie', 'headerName', 'allow_anon'], unknown: 'ignored' },
      result: middlewareResult,
    },
    {
      kind: 'verify', calls: ['jwk'], versions: '>=4.9', middleware: true,
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.keys', keyFunction: [['request']] }], url: [{ at: 'options.jwks_uri' }],
        algorithms: [{ at: 'options.alg', versions: '>=4.11.4', shape: 'list' }], ...verificationChecks,
        optionalAuthentication: [{ at: 'options.allow_anon' }],
        tokenSource: [{ at: 'options.cookie' }, { at: 'options.headerName' }],
      },
      absent: { ...keySetAlgorithmsAbsent, ...claimAbsent },
      options: {
        known: ['keys', 'jwks_uri', 'alg', 'cookie', 'headerName', 'realm', 'allow_anon', 'verification'], unknown: 'ignored',
        misplaced: belongsInVerification, nested: { verification: verificationNames },
      },
      result: middlewareResult,
    },
    {
      kind: 'verify', calls: ['verifyWithJwks'], versions: '>=4.9',
      arguments: { token: 0, options: 1 },
      settings: {
        key: [{ at: 'options.keys' }], url: [{ at: 'options.jwks_uri' }],
        algorithms: [{ at: 'options.allowedAlgorithms', versions: '>=4.11.4', shape: 'list' }], ...verificationChecks,
      },
      absent: { ...keySetAlgorithmsAbsent, ...claimAbsent },
      options: {
        known: ['keys', 'jwks_uri', 'verification', 'allowedAlgorithms'], unknown: 'ignored',
        misplaced: belongsInVerification, nested: { verification: verificationNames },
      },
      result: claims,
    },
    {
      kind: 'sign', calls: ['sign'],
      emptyKey: [{ versions: '<4.2', given: ['nothing'] }],
      arguments: { payload: 0, key: 1, algorithm: 2 },
      settings: {
        key,
        algorithm: [{ at: 'key.alg', versions: '>=4.7' }, { at: 'algorithm' }],
        keyId: [{ at: 'key.kid', versions: '>=4.7' }],
        payload: [{ at: 'payload' }],
        expiration: [{ at: 'payload.exp', time: { number: 'instant-s', text: 'ignored' } }],
        notBefore: [{ at: 'payload.nbf', time: { number: 'instant-s', text: 'ignored' } }],
        issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s', text: 'ignored' } }],
        audience: [{ at: 'payload.aud' }],
        issuer: [{ at: 'payload.iss' }],
        subject: [{ at: 'payload.sub' }],
        tokenId: [{ at: 'payload.jti' }],
      },
      absent: {
        expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
        audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        keyId: [{ versions: '>=4.7', means: 'omitted', exploitability: 'hardening', note: 'Only a JWK with kid puts one into the header.' }],
        algorithm: [{ means: 'defaulted', exploitability: 'hardening', note: 'HS256 is used.' }],
      },
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['decode'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'holder', at: 'payload', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'Before 4.9 the third argument of `verify` is the name of an algorithm and no claim but the times can be checked; from 4.9 on it may be an object with `alg`, `iss` and, from 4.10.2 on, `aud`. From 4.11.4 on the algorithm is mandatory.',
    'No version can demand a claim, bound the age of a token or tolerate clocks that differ; an `iat` in the future is refused.',
    'Before 4.13.19 a token of another type than JWT, `at+jwt` among them, is refused (up to 4.1 the header is not looked at).',
    'In the middleware the checks stand under `verification`; `aud` or `iss` beside `secret` check nothing.',
    'A list of issuers is ignored: every issuer is accepted.',
    'Error messages contain the whole token: do not log them.',
    'Up to 4.1 only HMAC algorithms are known; the asymmetric ones came with 4.2.',
    'With `allow_anon: true` the `jwk` middleware lets requests without a token through.',
  ],
} as const satisfies LibraryDescriptor;
