import type { LibraryDescriptor, OperationModel, Place, TimeReading } from './descriptor.ts';

/** Version 6 of jose underneath: a bare number is seconds, a string needs a unit. */
const duration = { number: 'duration-s', text: 'jose' } as const satisfies TimeReading;
const instant = { number: 'instant-s', text: 'jose' } as const satisfies TimeReading;

const checked = [{ given: 'undefined', effect: 'ignored' }, { given: 'regexp', effect: 'rejects' }] as const satisfies Place['misread'];

const verifySettings = {
  key: [{ at: 'configuration.secret' }],
  algorithms: [{ at: 'options.algorithms', shape: 'list', misread: [{ given: 'string', effect: 'rejects' }] }],
  audience: [{ at: 'options.audience', misread: checked }],
  issuer: [{ at: 'options.issuer', misread: checked }],
  subject: [{ at: 'options.subject' }],
  type: [{ at: 'options.typ' }],
  maxAge: [{ at: 'options.maxTokenAge', time: duration, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
  clockTolerance: [{ at: 'options.clockTolerance', time: duration, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
  currentTime: [{ at: 'options.currentDate' }],
  requiredClaims: [{ at: 'options.requiredClaims', shape: 'list' }],
} as const satisfies OperationModel['settings'];

export const elysiaJwt = {
  name: '@elysiajs/jwt',
  modules: { '@elysiajs/jwt': '' },
  measured: ['1.4.2'],
  confusable: '*',
  operations: [
    {
      kind: 'configure', calls: ['jwt', ''],
      arguments: { options: 0 },
      settings: {
        key: [{ at: 'options.secret' }],
        algorithm: [{ at: 'options.alg' }],
        expiration: [{ at: 'options.exp', time: instant, misread: [{ given: 'numeric-string', effect: 'rejects' }] }],
        notBefore: [{ at: 'options.nbf', time: instant }],
        keyId: [{ at: 'options.kid' }],
        type: [{ at: 'options.typ' }],
        noTimestamp: [{ at: 'options.iat', on: 'false' }],
      },
      options: {
        known: [
          'name', 'secret', 'schema', 'alg', 'aud', 'iss', 'sub', 'jti', 'exp', 'nbf', 'iat', 'b64', 'crit', 'cty', 'jku', 'jwk', 'kid',
          'typ', 'x5c', 'x5t', 'x5u',
        ],
        unknown: 'ignored',
      },
    },
    {
      kind: 'sign', calls: ['context.jwt.sign'], ambient: true,
      arguments: { payload: 0 },
      settings: {
        key: [{ at: 'configuration.secret' }],
        payload: [{ at: 'payload' }],
        algorithm: [{ at: 'configuration.alg' }],
        expiration: [{ at: 'payload.exp', time: instant }, { at: 'configuration.exp', time: instant }],
        notBefore: [{ at: 'payload.nbf', time: instant }, { at: 'configuration.nbf', time: instant }],
        audience: [{ at: 'payload.aud' }, { at: 'configuration.aud' }],
        issuer: [{ at: 'payload.iss' }, { at: 'configuration.iss' }],
        subject: [{ at: 'payload.sub' }, { at: 'configuration.sub' }],
        tokenId: [{ at: 'payload.jti' }, { at: 'configuration.jti' }],
        keyId: [{ at: 'configuration.kid' }],
        type: [{ at: 'configuration.typ' }],
        noTimestamp: [{ at: 'payload.iat', on: 'false' }, { at: 'configuration.iat', on: 'false' }],
      },
      absent: {
        expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }],
        audience: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no audience.' }],
        issuer: [{ means: 'omitted', exploitability: 'depends', note: 'The token names no issuer.' }],
        keyId: [{ means: 'omitted', exploitability: 'hardening', note: 'The token does not say which key signed it, so that keys cannot be rotated.' }],
        algorithm: [{ means: 'defaulted', exploitability: 'hardening', note: 'HS256 is used.' }],
      },
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['context.jwt.verify'], ambient: true,
      arguments: { token: 0, options: 1 },
      settings: verifySettings,
      absent: {
        algorithms: [{ means: 'by-key', exploitability: 'hardening', note: 'The alg of the plugin is for signing.' }],
        audience: [{ means: 'unchecked', exploitability: 'depends', note: 'The aud of the plugin is for signing: a token meant for any other service with the same key is accepted.' }],
        issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'The iss of the plugin is for signing: a token of any issuer that holds the key is accepted.' }],
        type: [{ means: 'unchecked', exploitability: 'depends', note: 'Any kind of token that the key signs is accepted.' }],
        maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
        requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
      },
      options: {
        known: ['algorithms', 'audience', 'issuer', 'subject', 'typ', 'maxTokenAge', 'clockTolerance', 'currentDate', 'requiredClaims', 'crit'],
        unknown: 'ignored',
      },
      result: { delivers: 'claims', when: 'promise', failure: 'false' },
    },
  ],
  decorations: [
    { module: 'elysia', callback: 'Elysia#group', parameter: 0, direct: true, as: 'application' },
    { module: 'elysia', callback: 'Elysia#guard', parameter: 0, direct: true, as: 'application' },
    { module: 'elysia', callback: 'Elysia#use', parameter: 0, direct: true, as: 'application' },
    { module: 'elysia', types: ['Elysia'], as: 'application' },
    { module: 'elysia', callback: 'Elysia#*', parameter: 0, member: 'jwt', memberOption: 'name', as: 'context.jwt' },
    { module: '@elysiajs/jwt', callback: 'application#group', parameter: 0, direct: true, as: 'application' },
    { module: '@elysiajs/jwt', callback: 'application#guard', parameter: 0, direct: true, as: 'application' },
    { module: '@elysiajs/jwt', callback: 'application#use', parameter: 0, direct: true, as: 'application' },
    { module: '@elysiajs/jwt', callback: 'application#*', parameter: 0, member: 'jwt', memberOption: 'name', as: 'context.jwt' },
  ],
  notes: [
    '`aud`, `iss` and `alg` of the plugin are used for signing only: `verify(token)` accepts any audience, any issuer and every HMAC algorithm.',
    'A token that is not valid makes `verify` yield `false`; nothing is thrown.',
    'With the option `name` the member of the context carries that name.',
    '`exp` as a number is an instant, as a string such as `7d` relative to now; `sign({ exp: undefined })` drops the expiry of the plugin.',
  ],
} as const satisfies LibraryDescriptor;
