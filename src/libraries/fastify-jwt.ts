import type { Decoration, LibraryDescriptor, OperationModel, Place, TimeReading } from './descriptor.ts';
import {
  fastJwtSignAbsent, fastJwtSignOptionNames, fastJwtVerifyAbsent, fastJwtVerifyOptionNames, fastJwtVerifySettings,
} from './fast-jwt.ts';
import { fastifyJwtUntil3 } from './fastify-jwt-3.ts';

/** The plugin multiplies numbers by 1000 before fast-jwt reads them as milliseconds. */
const lifetime = { number: 'duration-s', text: 'ms' } as const satisfies TimeReading;

const digitsAreMilliseconds = [{ given: 'numeric-string', effect: 'other-unit', note: 'A string of digits is milliseconds.' }] as const satisfies Place['misread'];
const verify = fastJwtVerifySettings;

/** Only `maxAge` is converted: `clockTolerance` stays in milliseconds. */
const maxAge = { at: 'options.maxAge', time: lifetime, missingClaim: 'accepted', misread: digitsAreMilliseconds } as const satisfies Place;

const configuredVerify = {
  algorithms: { ...verify.algorithms[0], at: 'configuration.verify.algorithms' },
  audience: { ...verify.audience[0], at: 'configuration.verify.allowedAud' },
  issuer: { ...verify.issuer[0], at: 'configuration.verify.allowedIss' },
  subject: { ...verify.subject[0], at: 'configuration.verify.allowedSub' },
  type: { at: 'configuration.verify.checkTyp' },
  requiredClaims: { ...verify.requiredClaims[0], at: 'configuration.verify.requiredClaims' },
  maxAge: { ...maxAge, at: 'configuration.verify.maxAge' },
  clockTolerance: { ...verify.clockTolerance[0], at: 'configuration.verify.clockTolerance' },
  currentTime: { ...verify.currentTime[0], at: 'configuration.verify.clockTimestamp' },
  ignoreExpiration: { at: 'configuration.verify.ignoreExpiration' },
  ignoreNotBefore: { at: 'configuration.verify.ignoreNotBefore' },
} as const;

const verificationKey = [
  { at: 'options.key' }, { at: 'configuration.verify.key' }, { at: 'configuration.secret.public' }, { at: 'configuration.secret' },
] as const satisfies readonly Place[];

const verifySettings = {
  key: verificationKey,
  algorithms: [verify.algorithms[0], configuredVerify.algorithms],
  audience: [verify.audience[0], configuredVerify.audience],
  issuer: [verify.issuer[0], configuredVerify.issuer],
  subject: [verify.subject[0], configuredVerify.subject],
  type: [verify.type[0], configuredVerify.type],
  requiredClaims: [verify.requiredClaims[0], configuredVerify.requiredClaims],
  maxAge: [maxAge, configuredVerify.maxAge],
  clockTolerance: [verify.clockTolerance[0], configuredVerify.clockTolerance],
  currentTime: [verify.currentTime[0], configuredVerify.currentTime],
  ignoreExpiration: [verify.ignoreExpiration[0], configuredVerify.ignoreExpiration],
  ignoreNotBefore: [verify.ignoreNotBefore[0], configuredVerify.ignoreNotBefore],
} as const satisfies OperationModel['settings'];

/** In version 8 the awaited form of `request.jwtVerify` multiplies by 1000 twice. */
const requestMaxAge = {
  ...maxAge,
  misread: [...digitsAreMilliseconds, { given: 'number', versions: '<9', effect: 'other-unit', note: 'Awaited, version 8 allows a thousand times the age.' }],
} as const satisfies Place;

/** `request.jwtVerify` takes the options flat or under `verify`. */
const requestVerifySettings = {
  // Before version 10 a request is verified with the secret of the plugin, whatever its call says.
  key: [
    { at: 'options.verify.key', versions: '>=10' }, { at: 'options.key', versions: '>=10' }, { at: 'configuration.verify.key', versions: '>=9' },
    { at: 'configuration.secret.public', keyFunction: [['request', 'claims', 'callback']] }, { at: 'configuration.secret', keyFunction: [['request', 'claims', 'callback']] },
  ],
  algorithms: [...verifySettings.algorithms, { ...verify.algorithms[0], at: 'options.verify.algorithms' }],
  audience: [...verifySettings.audience, { ...verify.audience[0], at: 'options.verify.allowedAud' }],
  issuer: [...verifySettings.issuer, { ...verify.issuer[0], at: 'options.verify.allowedIss' }],
  subject: [...verifySettings.subject, { ...verify.subject[0], at: 'options.verify.allowedSub' }],
  type: [...verifySettings.type, { at: 'options.verify.checkTyp' }],
  requiredClaims: [...verifySettings.requiredClaims, { ...verify.requiredClaims[0], at: 'options.verify.requiredClaims' }],
  maxAge: [
    requestMaxAge, { ...requestMaxAge, at: 'configuration.verify.maxAge' }, { ...requestMaxAge, at: 'options.verify.maxAge' },
  ],
  clockTolerance: [...verifySettings.clockTolerance, { ...verify.clockTolerance[0], at: 'options.verify.clockTolerance' }],
  currentTime: [...verifySettings.currentTime, { ...verify.currentTime[0], at: 'options.verify.clockTimestamp' }],
  ignoreExpiration: [...verifySettings.ignoreExpiration, { at: 'options.verify.ignoreExpiration' }],
  ignoreNotBefore: [...verifySettings.ignoreNotBefore, { at: 'options.verify.ignoreNotBefore' }],
} as const satisfies OperationModel['settings'];

const expiresIn = { at: 'options.expiresIn', time: lifetime, misread: digitsAreMilliseconds } as const satisfies Place;
const signingKey = [
  { at: 'options.key' }, { at: 'configuration.sign.key' }, { at: 'configuration.secret.private' }, { at: 'configuration.secret' },
] as const satisfies readonly Place[];

const signSettings = {
  key: signingKey,
  payload: [{ at: 'payload' }],
  algorithm: [{ at: 'options.algorithm' }, { at: 'configuration.sign.algorithm' }],
  expiration: [
    expiresIn, { ...expiresIn, at: 'configuration.sign.expiresIn' },
    { at: 'payload.exp', time: { number: 'instant-s', text: 'rejected' } },
  ],
  notBefore: [
    { at: 'options.notBefore', time: lifetime }, { at: 'configuration.sign.notBefore', time: lifetime },
    { at: 'payload.nbf', time: { number: 'instant-s' } },
  ],
  issuedAt: [{ at: 'payload.iat', time: { number: 'instant-s' } }],
  audience: [{ at: 'options.aud' }, { at: 'configuration.sign.aud' }, { at: 'payload.aud' }],
  issuer: [{ at: 'options.iss' }, { at: 'configuration.sign.iss' }, { at: 'payload.iss' }],
  subject: [{ at: 'options.sub' }, { at: 'configuration.sign.sub' }, { at: 'payload.sub' }],
  tokenId: [{ at: 'options.jti' }, { at: 'configuration.sign.jti' }, { at: 'payload.jti' }],
  keyId: [{ at: 'options.kid' }, { at: 'configuration.sign.kid' }, { at: 'options.header.kid' }, { at: 'configuration.sign.header.kid' }],
  noTimestamp: [{ at: 'options.noTimestamp' }, { at: 'configuration.sign.noTimestamp' }],
} as const satisfies OperationModel['settings'];

/** `reply.jwtSign` takes the options flat or under `sign`. */
const replySignSettings = {
  ...signSettings,
  key: [
    { at: 'options.sign.key', versions: '>=10' }, { at: 'options.key', versions: '>=10' }, { at: 'configuration.sign.key', versions: '>=10' },
    { at: 'configuration.secret.private' }, { at: 'configuration.secret' },
  ],
  algorithm: [...signSettings.algorithm, { at: 'options.sign.algorithm' }],
  expiration: [...signSettings.expiration, { ...expiresIn, at: 'options.sign.expiresIn' }],
  notBefore: [...signSettings.notBefore, { at: 'options.sign.notBefore', time: lifetime }],
  audience: [...signSettings.audience, { at: 'options.sign.aud' }],
  issuer: [...signSettings.issuer, { at: 'options.sign.iss' }],
  subject: [...signSettings.subject, { at: 'options.sign.sub' }],
  tokenId: [...signSettings.tokenId, { at: 'options.sign.jti' }],
  keyId: [...signSettings.keyId, { at: 'options.sign.kid' }, { at: 'options.sign.header.kid' }],
  noTimestamp: [...signSettings.noTimestamp, { at: 'options.sign.noTimestamp' }],
} as const satisfies OperationModel['settings'];

/** Options of the plugin itself. The settings that both directions have are the verifying ones. */
const pluginSettings = {
  key: [
    { at: 'options.secret.private' }, { at: 'options.secret.public' }, { at: 'options.secret' }, { at: 'options.sign.key' },
    { at: 'options.verify.key' },
  ],
  algorithm: [{ at: 'options.sign.algorithm' }],
  expiration: [{ ...expiresIn, at: 'options.sign.expiresIn' }],
  notBefore: [{ at: 'options.sign.notBefore', time: lifetime }],
  keyId: [{ at: 'options.sign.kid' }, { at: 'options.sign.header.kid' }],
  noTimestamp: [{ at: 'options.sign.noTimestamp' }],
  algorithms: [{ ...verify.algorithms[0], at: 'options.verify.algorithms' }],
  audience: [{ ...verify.audience[0], at: 'options.verify.allowedAud' }],
  issuer: [{ ...verify.issuer[0], at: 'options.verify.allowedIss' }],
  type: [{ at: 'options.verify.checkTyp' }],
  requiredClaims: [{ ...verify.requiredClaims[0], at: 'options.verify.requiredClaims' }],
  maxAge: [{ ...maxAge, at: 'options.verify.maxAge' }],
  clockTolerance: [{ ...verify.clockTolerance[0], at: 'options.verify.clockTolerance' }],
  currentTime: [{ ...verify.currentTime[0], at: 'options.verify.clockTimestamp' }],
  ignoreExpiration: [{ at: 'options.verify.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.verify.ignoreNotBefore' }],
  tokenSource: [{ at: 'options.verify.extractToken' }, { at: 'options.cookie' }],
} as const satisfies OperationModel['settings'];

const verifyNames = [...fastJwtVerifyOptionNames, 'extractToken', 'onlyCookie'] as const;
const decodeNames = { known: ['complete', 'checkTyp'], unknown: 'ignored' } as const;

const pluginTypes = ['FastifyPluginAsync', 'FastifyPluginCallback', 'FastifyPlugin'] as const;
const handlerTypes = [
  'RouteHandler', 'RouteHandlerMethod', 'onRequestHookHandler', 'onRequestAsyncHookHandler', 'preParsingHookHandler', 'preParsingAsyncHookHandler',
  'preValidationHookHandler', 'preValidationAsyncHookHandler', 'preHandlerHookHandler', 'preHandlerAsyncHookHandler',
] as const;

/** What fastify hands to the project: requests and replies to handlers and hooks, itself to plugins, which a loader may find. */
const decorations = [
  { module: 'fastify', value: '()', as: 'fastify' },
  { module: 'fastify', value: 'fastify()', as: 'fastify' },
  { module: 'fastify', types: ['FastifyInstance'], as: 'fastify' },
  { module: 'fastify', types: ['FastifyRequest'], as: 'request' },
  { module: 'fastify', types: ['FastifyReply'], as: 'reply' },
  { module: 'fastify', callback: '()#register', parameter: 0, as: 'fastify' },
  { module: 'fastify', callback: '()#*', parameter: 0, as: 'request' },
  { module: 'fastify', callback: '()#*', parameter: 1, as: 'reply' },
  { module: 'fastify', callback: 'fastify()#register', parameter: 0, as: 'fastify' },
  { module: 'fastify', callback: 'fastify()#*', parameter: 0, as: 'request' },
  { module: 'fastify', callback: 'fastify()#*', parameter: 1, as: 'reply' },
  { module: '@fastify/jwt', callback: 'fastify#register', parameter: 0, as: 'fastify' },
  { module: '@fastify/jwt', callback: 'fastify#*', parameter: 0, as: 'request' },
  { module: '@fastify/jwt', callback: 'fastify#*', parameter: 1, as: 'reply' },
  { module: 'fastify', functionTypes: pluginTypes, parameter: 0, as: 'fastify' },
  { module: 'fastify', functionTypes: handlerTypes, parameter: 0, as: 'request' },
  { module: 'fastify', functionTypes: handlerTypes, parameter: 1, as: 'reply' },
  { module: 'fastify-plugin', callback: '', parameter: 0, as: 'fastify' },
  { module: '@fastify/autoload', folderOption: 'dir', parameter: 0, as: 'fastify' },
] as const satisfies readonly Decoration[];

/** Versions 1 to 3, which hand on to jsonwebtoken, stand in a file of their own. */
const versions = '>=4';

export const fastifyJwt = {
  name: '@fastify/jwt',
  modules: { '@fastify/jwt': '', 'fastify-jwt': '' },
  measured: ['1.4.0', '2.5.0', '3.2.1', '8.0.1', '9.1.0', '10.2.8'],
  confusable: '<4',
  versionOf: ['@fastify/jwt', 'fastify-jwt'],
  operations: [
    ...fastifyJwtUntil3,
    {
      kind: 'configure', calls: ['', 'fastifyJwt'], versions, passedTo: { method: 'register', argument: 0 },
      arguments: { options: 1 },
      settings: pluginSettings,
      options: {
        known: [
          'secret', 'sign', 'verify', 'decode', 'cookie', 'trusted', 'formatUser', 'namespace', 'decoratorName', 'messages',
          'jwtDecode', 'jwtSign', 'jwtVerify',
        ],
        unknown: 'ignored',
        nested: {
          sign: { known: fastJwtSignOptionNames, unknown: 'ignored' },
          verify: { known: verifyNames, unknown: 'ignored' },
          decode: decodeNames,
        },
      },
    },
    {
      kind: 'verify', calls: ['fastify.jwt.verify', 'request.server.jwt.verify', 'reply.server.jwt.verify', 'request.jwt.verify'], versions, ambient: true,
      emptyKey: [{ versions: '<10', given: ['text', 'nothing'], algorithms: 'set' }],
      arguments: [{ token: 0, callback: 1 }, { token: 0, options: 1, callback: 2 }],
      settings: verifySettings,
      absent: fastJwtVerifyAbsent,
      options: { known: fastJwtVerifyOptionNames, unknown: 'ignored' },
      result: { delivers: 'claims', when: 'callback-or-sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['request.jwtVerify'], versions, ambient: true,
      arguments: [{ callback: 0 }, { options: 0, callback: 1 }],
      settings: requestVerifySettings,
      absent: fastJwtVerifyAbsent,
      options: {
        known: [...verifyNames, 'verify', 'decode'], unknown: 'ignored',
        nested: { verify: { known: verifyNames, unknown: 'ignored' }, decode: decodeNames },
      },
      result: { delivers: 'claims', when: 'callback-or-promise', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['fastify.jwt.sign', 'request.server.jwt.sign', 'reply.server.jwt.sign', 'request.jwt.sign'], versions, ambient: true,
      emptyKey: [{ versions: '<10', given: ['bytes'] }],
      arguments: [{ payload: 0, callback: 1 }, { payload: 0, options: 1, callback: 2 }],
      settings: signSettings,
      absent: fastJwtSignAbsent,
      options: { known: fastJwtSignOptionNames, unknown: 'ignored' },
      result: { delivers: 'token', when: 'callback-or-sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['reply.jwtSign'], versions, ambient: true,
      arguments: [{ payload: 0, callback: 1 }, { payload: 0, options: 1, callback: 2 }],
      settings: replySignSettings,
      absent: fastJwtSignAbsent,
      options: {
        known: [...fastJwtSignOptionNames, 'sign'], unknown: 'ignored',
        nested: { sign: { known: fastJwtSignOptionNames, unknown: 'ignored' } },
      },
      result: { delivers: 'token', when: 'callback-or-promise', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['fastify.jwt.decode', 'request.server.jwt.decode', 'reply.server.jwt.decode', 'request.jwt.decode'], versions,
      arguments: { token: 0, options: 1 }, settings: {}, options: decodeNames,
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['request.jwtDecode'], versions,
      arguments: [{ callback: 0 }, { options: 0, callback: 1 }], settings: {},
      options: { known: ['decode', 'verify'], unknown: 'ignored', nested: { decode: decodeNames } },
      result: { delivers: 'claims', when: 'callback-or-promise', failure: 'throws' },
    },
  ],
  decorations,
  notes: [
    'The former name `fastify-jwt` (version 4) is the same plugin. Its versions 1 to 3 hand their options on to jsonwebtoken 8 under the names that it has for them.',
    '`expiresIn`, `notBefore` and `maxAge` are in seconds, but `clockTolerance` and `clockTimestamp` stay in milliseconds.',
    'A token without `aud` or `iss` passes `allowedAud` and `allowedIss` unless `requiredClaims` lists the claim.',
    'What `sign` says about audience and issuer is not checked when verifying.',
    'Up to version 9 the options of a call of `fastify.jwt.verify` or `fastify.jwt.sign` replace those of the plugin altogether; those of `request.jwtVerify` and `reply.jwtSign` are laid over them, so that an undefined value switches a check off. In version 10 both are laid over them and undefined values are skipped.',
    'In versions 8 and 9 `exp` in the payload wins over `expiresIn`; in version 10 `expiresIn` wins.',
    'In version 8 `await request.jwtVerify()` reads `maxAge` a thousand times too long, also that of the plugin; the form with a callback does not.',
    'Version 10 refuses flat and nested options in one object.',
    'With the option `namespace` the methods carry other names (`request.<namespace>JwtVerify`), which are not followed.',
    'Up to version 9 `request.jwtVerify` and `reply.jwtSign` use the `secret` of the plugin, whatever `key` their options name; in version 8 also whatever `verify.key` of the plugin names.',
    '`request.jwtDecode` does not verify.',
    '`request.jwt` is not the doing of the plugin; projects put `fastify.jwt` there in a hook, and it is taken for that.',
  ],
} as const satisfies LibraryDescriptor;
