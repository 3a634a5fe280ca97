import type { LibraryDescriptor, OperationModel } from './descriptor.ts';
import {
  jsonwebtokenEmptyBytes, jsonwebtokenSignAbsent, jsonwebtokenSignOptionNames, jsonwebtokenSignSettings,
  jsonwebtokenVerifyAbsent, jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings,
} from './jsonwebtoken.ts';

const verify = jsonwebtokenVerifySettings;
const sign = jsonwebtokenSignSettings;

/** Per call first, then what the module was given: the two are merged, and a key of the call wins even if its value is undefined. */
const verifySettings = {
  key: [
    { at: 'options.secret' }, { at: 'configuration.secret' }, { at: 'options.publicKey' }, { at: 'configuration.publicKey' },
    { at: 'configuration.secretOrKeyProvider', keyFunction: [['other', 'token', 'other']] }, { at: 'configuration.secretOrPrivateKey', readOnly: true },
  ],
  algorithms: [...verify.algorithms, { ...verify.algorithms[0], at: 'configuration.verifyOptions.algorithms' }],
  audience: [...verify.audience, { ...verify.audience[0], at: 'configuration.verifyOptions.audience' }],
  issuer: [...verify.issuer, { ...verify.issuer[0], at: 'configuration.verifyOptions.issuer' }],
  subject: [{ at: 'options.subject' }, { at: 'configuration.verifyOptions.subject' }],
  tokenId: [{ at: 'options.jwtid' }, { at: 'configuration.verifyOptions.jwtid' }],
  nonce: [{ at: 'options.nonce' }, { at: 'configuration.verifyOptions.nonce' }],
  maxAge: [...verify.maxAge, { ...verify.maxAge[0], at: 'configuration.verifyOptions.maxAge' }],
  clockTolerance: [...verify.clockTolerance, { ...verify.clockTolerance[0], at: 'configuration.verifyOptions.clockTolerance' }],
  currentTime: [...verify.currentTime, { ...verify.currentTime[0], at: 'configuration.verifyOptions.clockTimestamp' }],
  ignoreExpiration: [...verify.ignoreExpiration, { at: 'configuration.verifyOptions.ignoreExpiration' }],
  ignoreNotBefore: [...verify.ignoreNotBefore, { at: 'configuration.verifyOptions.ignoreNotBefore' }],
  insecureKeys: [{ at: 'options.allowInvalidAsymmetricKeyTypes' }, { at: 'configuration.verifyOptions.allowInvalidAsymmetricKeyTypes' }],
} as const satisfies OperationModel['settings'];

const signSettings = {
  key: [
    { at: 'options.secret' }, { at: 'configuration.secret' }, { at: 'options.privateKey' }, { at: 'configuration.privateKey' },
    { at: 'configuration.secretOrKeyProvider' }, { at: 'configuration.secretOrPrivateKey', readOnly: true },
  ],
  payload: [{ at: 'payload' }],
  algorithm: [
    ...sign.algorithm, { at: 'configuration.signOptions.header.alg' }, { at: 'configuration.signOptions.algorithm' },
  ],
  expiration: [...sign.expiration, { ...sign.expiration[0], at: 'configuration.signOptions.expiresIn' }],
  notBefore: [...sign.notBefore, { ...sign.notBefore[0], at: 'configuration.signOptions.notBefore' }],
  issuedAt: sign.issuedAt,
  audience: [...sign.audience, { at: 'configuration.signOptions.audience' }],
  issuer: [...sign.issuer, { at: 'configuration.signOptions.issuer' }],
  subject: [...sign.subject, { at: 'configuration.signOptions.subject' }],
  tokenId: [...sign.tokenId, { at: 'configuration.signOptions.jwtid' }],
  keyId: [...sign.keyId, { at: 'configuration.signOptions.keyid' }, { at: 'configuration.signOptions.header.kid' }],
  type: [...sign.type, { at: 'configuration.signOptions.header.typ' }],
  header: [...sign.header, { at: 'configuration.signOptions.header' }],
  noTimestamp: [...sign.noTimestamp, { at: 'configuration.signOptions.noTimestamp' }],
  insecureKeys: [
    { at: 'options.allowInsecureKeySizes' }, { at: 'options.allowInvalidAsymmetricKeyTypes' },
    { at: 'configuration.signOptions.allowInsecureKeySizes' }, { at: 'configuration.signOptions.allowInvalidAsymmetricKeyTypes' },
  ],
} as const satisfies OperationModel['settings'];

/** Options of the module itself. The settings that both directions have are the verifying ones. */
const moduleSettings = {
  key: [
    { at: 'options.secret' }, { at: 'options.privateKey' }, { at: 'options.publicKey' }, { at: 'options.secretOrKeyProvider' },
    { at: 'options.secretOrPrivateKey', readOnly: true },
  ],
  algorithm: [{ at: 'options.signOptions.header.alg' }, { at: 'options.signOptions.algorithm' }],
  expiration: [{ ...sign.expiration[0], at: 'options.signOptions.expiresIn' }],
  notBefore: [{ ...sign.notBefore[0], at: 'options.signOptions.notBefore' }],
  keyId: [{ at: 'options.signOptions.keyid' }, { at: 'options.signOptions.header.kid' }],
  noTimestamp: [{ at: 'options.signOptions.noTimestamp' }],
  algorithms: [{ ...verify.algorithms[0], at: 'options.verifyOptions.algorithms' }],
  audience: [{ ...verify.audience[0], at: 'options.verifyOptions.audience' }],
  issuer: [{ ...verify.issuer[0], at: 'options.verifyOptions.issuer' }],
  maxAge: [{ ...verify.maxAge[0], at: 'options.verifyOptions.maxAge' }],
  clockTolerance: [{ ...verify.clockTolerance[0], at: 'options.verifyOptions.clockTolerance' }],
  currentTime: [{ ...verify.currentTime[0], at: 'options.verifyOptions.clockTimestamp' }],
  ignoreExpiration: [{ at: 'options.verifyOptions.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.verifyOptions.ignoreNotBefore' }],
  insecureKeys: [
    { at: 'options.signOptions.allowInsecureKeySizes' }, { at: 'options.signOptions.allowInvalidAsymmetricKeyTypes' },
    { at: 'options.verifyOptions.allowInvalidAsymmetricKeyTypes' },
  ],
} as const satisfies OperationModel['settings'];

/** The same switches and limits in what the factory returns. */
const factorySettings = {
  key: [
    { at: 'options.useFactory().secret' }, { at: 'options.useFactory().privateKey' }, { at: 'options.useFactory().publicKey' },
    { at: 'options.useFactory().secretOrKeyProvider' }, { at: 'options.useFactory().secretOrPrivateKey', readOnly: true },
  ],
  algorithm: [{ at: 'options.useFactory().signOptions.header.alg' }, { at: 'options.useFactory().signOptions.algorithm' }],
  expiration: [{ ...sign.expiration[0], at: 'options.useFactory().signOptions.expiresIn' }],
  noTimestamp: [{ at: 'options.useFactory().signOptions.noTimestamp' }],
  algorithms: [{ ...verify.algorithms[0], at: 'options.useFactory().verifyOptions.algorithms' }],
  audience: [{ ...verify.audience[0], at: 'options.useFactory().verifyOptions.audience' }],
  issuer: [{ ...verify.issuer[0], at: 'options.useFactory().verifyOptions.issuer' }],
  maxAge: [{ ...verify.maxAge[0], at: 'options.useFactory().verifyOptions.maxAge' }],
  clockTolerance: [{ ...verify.clockTolerance[0], at: 'options.useFactory().verifyOptions.clockTolerance' }],
  currentTime: [{ ...verify.currentTime[0], at: 'options.useFactory().verifyOptions.clockTimestamp' }],
  ignoreExpiration: [{ at: 'options.useFactory().verifyOptions.ignoreExpiration' }],
  ignoreNotBefore: [{ at: 'options.useFactory().verifyOptions.ignoreNotBefore' }],
  insecureKeys: [
    { at: 'options.useFactory().signOptions.allowInsecureKeySizes' }, { at: 'options.useFactory().signOptions.allowInvalidAsymmetricKeyTypes' },
    { at: 'options.useFactory().verifyOptions.allowInvalidAsymmetricKeyTypes' },
  ],
} as const satisfies OperationModel['settings'];

const moduleOptionNames = {
  known: ['global', 'signOptions', 'secret', 'publicKey', 'privateKey', 'secretOrPrivateKey', 'secretOrKeyProvider', 'verifyOptions'],
  unknown: 'ignored',
  nested: {
    signOptions: { known: jsonwebtokenSignOptionNames, unknown: 'refused' },
    verifyOptions: { known: jsonwebtokenVerifyOptionNames, unknown: 'ignored' },
  },
} as const;

const signOptionNames = { known: [...jsonwebtokenSignOptionNames, 'secret', 'privateKey'], unknown: 'refused' } as const;
const verifyOptionNames = { known: [...jsonwebtokenVerifyOptionNames, 'secret', 'publicKey'], unknown: 'ignored' } as const;

const signAbsent = { ...jsonwebtokenSignAbsent } as const;
const verifyAbsent = {
  ...jsonwebtokenVerifyAbsent,
  algorithms: [
    { versions: '<10', means: 'by-key', exploitability: 'exploitable', note: 'Before version 10 jsonwebtoken 8 takes the algorithm from the text of the key.' },
    { versions: '>=10', means: 'by-key', exploitability: 'hardening', note: 'Every algorithm of the family of the key is accepted.' },
  ],
} as const;

export const nestjsJwt = {
  name: '@nestjs/jwt',
  modules: { '@nestjs/jwt': '' },
  measured: ['10.2.0', '11.0.2', '12.0.2'],
  confusable: '<10',
  operations: [
    {
      kind: 'configure', calls: ['JwtModule.register', 'new JwtService'],
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { options: 0 },
      settings: moduleSettings,
      options: moduleOptionNames,
    },
    {
      kind: 'configure', calls: ['JwtModule.registerAsync'],
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { options: 0 }, configurationAt: 'useFactory()',
      settings: factorySettings,
      options: {
        known: ['global', 'imports', 'useExisting', 'useClass', 'useFactory', 'inject', 'extraProviders'], unknown: 'ignored',
        nested: { 'useFactory()': moduleOptionNames },
      },
    },
    {
      kind: 'sign', calls: ['JwtService#sign'], ambient: true,
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { payload: 0, options: 1 },
      settings: signSettings, absent: signAbsent, options: signOptionNames,
      result: { delivers: 'token', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['JwtService#signAsync'], ambient: true,
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { payload: 0, options: 1 },
      settings: signSettings, absent: signAbsent, options: signOptionNames,
      result: { delivers: 'token', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['JwtService#verify'], ambient: true,
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { token: 0, options: 1 },
      settings: verifySettings, absent: verifyAbsent, options: verifyOptionNames,
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['JwtService#verifyAsync'], ambient: true,
      emptyKey: jsonwebtokenEmptyBytes,
      arguments: { token: 0, options: 1 },
      settings: verifySettings, absent: verifyAbsent, options: verifyOptionNames,
      result: { delivers: 'claims', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['JwtService#decode'],
      arguments: { token: 0, options: 1 },
      settings: {},
      options: { known: ['complete', 'json'], unknown: 'ignored' },
      result: { delivers: 'claims', when: 'sync', failure: 'null' },
    },
  ],
  notes: [
    '`signOptions` are not used when verifying: an audience or issuer written there alone is never checked.',
    'Options of a call are laid over those of the module: `{ audience: undefined }` in a call switches the audience of the module off, while `{ secret: undefined }` falls back to the secret of the module.',
    '`secretOrKeyProvider` wins over every other key, and `secret` over `publicKey` and `privateKey`.',
    '`expiresIn` in the module together with `exp` in a payload throws.',
    'The package has no guard: look for guards that call `verifyAsync`.',
    'Version 12 is ESM only.',
  ],
} as const satisfies LibraryDescriptor;
