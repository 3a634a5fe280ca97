import type { OperationModel } from './descriptor.ts';
import {
  jsonwebtokenEmptyBytes, jsonwebtokenSignAbsent, jsonwebtokenSignOptionNames, jsonwebtokenSignSettings, jsonwebtokenVerifyAbsent,
  jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings,
} from './jsonwebtoken.ts';

const verify = jsonwebtokenVerifySettings;
const sign = jsonwebtokenSignSettings;
const versions = '<4';

/** The plugin has one secret, or one pair, for both directions; no call takes another. */
const verificationKey = [{ at: 'configuration.secret.public' }, { at: 'configuration.secret' }] as const;
const signingKey = [{ at: 'configuration.secret.private' }, { at: 'configuration.secret' }] as const;

const verifySettings = {
  key: verificationKey,
  algorithms: [verify.algorithms[0], { ...verify.algorithms[0], at: 'configuration.verify.algorithms' }],
  audience: [verify.audience[0], { ...verify.audience[0], at: 'configuration.verify.audience' }],
  issuer: [verify.issuer[0], { ...verify.issuer[0], at: 'configuration.verify.issuer' }],
  subject: [{ at: 'options.subject' }, { at: 'configuration.verify.subject' }],
  tokenId: [{ at: 'options.jwtid' }, { at: 'configuration.verify.jwtid' }],
  nonce: [{ at: 'options.nonce' }, { at: 'configuration.verify.nonce' }],
  maxAge: [verify.maxAge[0], { ...verify.maxAge[0], at: 'configuration.verify.maxAge' }],
  clockTolerance: [verify.clockTolerance[0], { ...verify.clockTolerance[0], at: 'configuration.verify.clockTolerance' }],
  currentTime: [verify.currentTime[0], { ...verify.currentTime[0], at: 'configuration.verify.clockTimestamp' }],
  ignoreExpiration: [{ at: 'options.ignoreExpiration' }, { at: 'configuration.verify.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.ignoreNotBefore' }, { at: 'configuration.verify.ignoreNotBefore' }],
} as const satisfies OperationModel['settings'];

/** `request.jwtVerify` takes the options flat or, from version 3 on, under `verify`, and asks a function for the secret. */
const requestVerifySettings = {
  key: [
    { at: 'configuration.secret.public', keyFunction: [['request', 'claims', 'callback']] },
    { at: 'configuration.secret', keyFunction: [['request', 'claims', 'callback']] },
  ],
  algorithms: [...verifySettings.algorithms, { ...verify.algorithms[0], at: 'options.verify.algorithms', versions: '>=3' }],
  audience: [...verifySettings.audience, { ...verify.audience[0], at: 'options.verify.audience', versions: '>=3' }],
  issuer: [...verifySettings.issuer, { ...verify.issuer[0], at: 'options.verify.issuer', versions: '>=3' }],
  subject: [...verifySettings.subject, { at: 'options.verify.subject', versions: '>=3' }],
  tokenId: [...verifySettings.tokenId, { at: 'options.verify.jwtid', versions: '>=3' }],
  nonce: [...verifySettings.nonce, { at: 'options.verify.nonce', versions: '>=3' }],
  maxAge: [...verifySettings.maxAge, { ...verify.maxAge[0], at: 'options.verify.maxAge', versions: '>=3' }],
  clockTolerance: [...verifySettings.clockTolerance, { ...verify.clockTolerance[0], at: 'options.verify.clockTolerance', versions: '>=3' }],
  currentTime: [...verifySettings.currentTime, { ...verify.currentTime[0], at: 'options.verify.clockTimestamp', versions: '>=3' }],
  ignoreExpiration: [...verifySettings.ignoreExpiration, { at: 'options.verify.ignoreExpiration', versions: '>=3' }],
  ignoreNotBefore: [...verifySettings.ignoreNotBefore, { at: 'options.verify.ignoreNotBefore', versions: '>=3' }],
} as const satisfies OperationModel['settings'];

const signSettings = {
  key: signingKey,
  payload: [{ at: 'payload' }],
  algorithm: [...sign.algorithm, { at: 'configuration.sign.header.alg' }, { at: 'configuration.sign.algorithm' }],
  expiration: [...sign.expiration, { ...sign.expiration[0], at: 'configuration.sign.expiresIn' }],
  notBefore: [...sign.notBefore, { ...sign.notBefore[0], at: 'configuration.sign.notBefore' }],
  issuedAt: sign.issuedAt,
  audience: [...sign.audience, { at: 'configuration.sign.audience' }],
  issuer: [...sign.issuer, { at: 'configuration.sign.issuer' }],
  subject: [...sign.subject, { at: 'configuration.sign.subject' }],
  tokenId: [...sign.tokenId, { at: 'configuration.sign.jwtid' }],
  keyId: [...sign.keyId, { at: 'configuration.sign.keyid' }, { at: 'configuration.sign.header.kid' }],
  type: [...sign.type, { at: 'configuration.sign.header.typ' }],
  header: [...sign.header, { at: 'configuration.sign.header' }],
  noTimestamp: [...sign.noTimestamp, { at: 'configuration.sign.noTimestamp' }],
} as const satisfies OperationModel['settings'];

/** `reply.jwtSign` takes the options flat or, from version 3 on, under `sign`. */
const replySignSettings = {
  ...signSettings,
  algorithm: [...signSettings.algorithm, { at: 'options.sign.algorithm', versions: '>=3' }],
  expiration: [...signSettings.expiration, { ...sign.expiration[0], at: 'options.sign.expiresIn', versions: '>=3' }],
  audience: [...signSettings.audience, { at: 'options.sign.audience', versions: '>=3' }],
  issuer: [...signSettings.issuer, { at: 'options.sign.issuer', versions: '>=3' }],
} as const satisfies OperationModel['settings'];

/** Options of the plugin itself. The settings that both directions have are the verifying ones. */
const pluginSettings = {
  key: [{ at: 'options.secret.private' }, { at: 'options.secret.public' }, { at: 'options.secret' }],
  algorithm: [{ at: 'options.sign.header.alg' }, { at: 'options.sign.algorithm' }],
  expiration: [{ ...sign.expiration[0], at: 'options.sign.expiresIn' }],
  notBefore: [{ ...sign.notBefore[0], at: 'options.sign.notBefore' }],
  keyId: [{ at: 'options.sign.keyid' }, { at: 'options.sign.header.kid' }],
  type: [{ at: 'options.sign.header.typ' }],
  header: [{ at: 'options.sign.header' }],
  noTimestamp: [{ at: 'options.sign.noTimestamp' }],
  algorithms: [{ ...verify.algorithms[0], at: 'options.verify.algorithms' }],
  audience: [{ ...verify.audience[0], at: 'options.verify.audience' }],
  issuer: [{ ...verify.issuer[0], at: 'options.verify.issuer' }],
  subject: [{ at: 'options.verify.subject' }],
  tokenId: [{ at: 'options.verify.jwtid' }],
  nonce: [{ at: 'options.verify.nonce' }],
  maxAge: [{ ...verify.maxAge[0], at: 'options.verify.maxAge' }],
  clockTolerance: [{ ...verify.clockTolerance[0], at: 'options.verify.clockTolerance' }],
  currentTime: [{ ...verify.currentTime[0], at: 'options.verify.clockTimestamp' }],
  ignoreExpiration: [{ at: 'options.verify.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.verify.ignoreNotBefore' }],
  tokenSource: [{ at: 'options.cookie' }],
} as const satisfies OperationModel['settings'];

const verifyNames = [...jsonwebtokenVerifyOptionNames, 'extractToken'] as const;
const decodeNames = { known: ['complete', 'json'], unknown: 'ignored' } as const;

const absent = {
  ...jsonwebtokenVerifyAbsent,
  algorithms: [{ means: 'by-key', exploitability: 'exploitable', note: 'jsonwebtoken 8 underneath takes the algorithm from the text of the key and accepts an unsigned token when the secret function yields nothing.' }],
} as const satisfies OperationModel['absent'];

/** `fastify-jwt` 1 to 3, the former plugin of the same name, hands its options on to jsonwebtoken 8. */
export const fastifyJwtUntil3 = [
  {
    kind: 'configure', calls: ['', 'fastifyJwt'], versions, passedTo: { method: 'register', argument: 0 },
    emptyKey: jsonwebtokenEmptyBytes,
    arguments: { options: 1 },
    settings: pluginSettings,
    options: {
      known: ['secret', 'sign', 'verify', 'decode', 'cookie', 'trusted', 'formatUser', 'namespace', 'messages', 'jwtDecode', 'jwtSign', 'jwtVerify'],
      unknown: 'ignored',
      nested: {
        sign: { known: jsonwebtokenSignOptionNames, unknown: 'refused' },
        verify: { known: verifyNames, unknown: 'ignored' },
        decode: decodeNames,
      },
    },
  },
  {
    kind: 'verify', calls: ['fastify.jwt.verify'], versions, ambient: true,
    arguments: [{ token: 0, callback: 1 }, { token: 0, options: 1, callback: 2 }],
    settings: verifySettings,
    absent,
    options: { known: jsonwebtokenVerifyOptionNames, unknown: 'ignored' },
    result: { delivers: 'claims', when: 'callback-or-sync', failure: 'throws' },
  },
  {
    kind: 'verify', calls: ['request.jwtVerify'], versions, ambient: true,
    arguments: [{ callback: 0 }, { options: 0, callback: 1 }],
    settings: requestVerifySettings,
    absent,
    options: {
      known: [...verifyNames, 'verify', 'decode'], unknown: 'ignored',
      nested: { verify: { known: verifyNames, unknown: 'ignored' }, decode: decodeNames },
    },
    result: { delivers: 'claims', when: 'callback-or-promise', failure: 'throws' },
  },
  {
    kind: 'sign', calls: ['fastify.jwt.sign'], versions, ambient: true,
    arguments: [{ payload: 0, callback: 1 }, { payload: 0, options: 1, callback: 2 }],
    settings: signSettings,
    absent: jsonwebtokenSignAbsent,
    options: { known: jsonwebtokenSignOptionNames, unknown: 'refused' },
    result: { delivers: 'token', when: 'callback-or-sync', failure: 'throws' },
  },
  {
    kind: 'sign', calls: ['reply.jwtSign'], versions, ambient: true,
    arguments: [{ payload: 0, callback: 1 }, { payload: 0, options: 1, callback: 2 }],
    settings: replySignSettings,
    absent: jsonwebtokenSignAbsent,
    options: {
      known: [...jsonwebtokenSignOptionNames, 'sign'], unknown: 'refused',
      nested: { sign: { known: jsonwebtokenSignOptionNames, unknown: 'refused' } },
    },
    result: { delivers: 'token', when: 'callback-or-promise', failure: 'throws' },
  },
  {
    kind: 'decode', calls: ['fastify.jwt.decode'], versions,
    arguments: { token: 0, options: 1 }, settings: {}, options: decodeNames,
    result: { delivers: 'claims', when: 'sync', failure: 'null' },
  },
] as const satisfies readonly OperationModel[];
