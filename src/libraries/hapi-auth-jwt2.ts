import type { LibraryDescriptor } from './descriptor.ts';
import { hapiServer } from './hapi-jwt.ts';
import { jsonwebtokenEmptyBytes, jsonwebtokenVerifyAbsent, jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings } from './jsonwebtoken.ts';

const verify = jsonwebtokenVerifySettings;

export const hapiAuthJwt2 = {
  name: 'hapi-auth-jwt2',
  modules: { 'hapi-auth-jwt2': '' },
  measured: ['11.0.0'],
  confusable: '<10.4',
  operations: [
    {
      kind: 'verify', calls: ['server.auth.strategy'], middleware: true, literals: { 1: 'jwt' }, maySkip: { property: 'mode', below: 'auth', values: ['try', 'optional'] },
      tokenFrom: ['query', 'header', 'cookie', 'body'],
      arguments: { name: 0, options: 2 },
      emptyKey: jsonwebtokenEmptyBytes,
      settings: {
        key: [{ at: 'options.key', keyFunction: [['claims']] }],
        algorithms: [{ ...verify.algorithms[0], at: 'options.verifyOptions.algorithms' }],
        audience: [{ ...verify.audience[0], at: 'options.verifyOptions.audience' }],
        issuer: [{ ...verify.issuer[0], at: 'options.verifyOptions.issuer' }],
        subject: [{ at: 'options.verifyOptions.subject' }],
        tokenId: [{ at: 'options.verifyOptions.jwtid' }],
        nonce: [{ at: 'options.verifyOptions.nonce' }],
        maxAge: [{ ...verify.maxAge[0], at: 'options.verifyOptions.maxAge' }],
        clockTolerance: [{ ...verify.clockTolerance[0], at: 'options.verifyOptions.clockTolerance' }],
        currentTime: [{ ...verify.currentTime[0], at: 'options.verifyOptions.clockTimestamp' }],
        ignoreExpiration: [{ at: 'options.verifyOptions.ignoreExpiration' }],
        ignoreNotBefore: [{ at: 'options.verifyOptions.ignoreNotBefore' }],
        insecureKeys: [{ at: 'options.verifyOptions.allowInvalidAsymmetricKeyTypes', versions: '>=10.4' }],
        skipVerification: [{ at: 'options.verify' }],
        tokenSource: [{ at: 'options.urlKey' }, { at: 'options.headerKey' }, { at: 'options.cookieKey' }, { at: 'options.payloadKey' }],
      },
      absent: {
        ...jsonwebtokenVerifyAbsent,
        algorithms: [
          { versions: '<10.4', means: 'by-key', exploitability: 'exploitable', note: 'Version 10.0 contains jsonwebtoken 8, which takes the algorithm from the text of the key.' },
          { versions: '>=10.4', means: 'by-key', exploitability: 'hardening', note: 'Every algorithm of the family of the key is accepted.' },
        ],
      },
      options: {
        known: [
          'key', 'validate', 'verify', 'verifyOptions', 'complete', 'headless', 'tokenType', 'urlKey', 'headerKey', 'cookieKey', 'payloadKey',
          'customExtractionFunc', 'errorFunc', 'responseFunc', 'payloadFunc', 'attemptToExtractTokenInPayload',
        ],
        unknown: 'ignored',
        misplaced: [
          { at: 'algorithms', belongs: 'verifyOptions.algorithms' },
          { at: 'audience', belongs: 'verifyOptions.audience' },
          { at: 'issuer', belongs: 'verifyOptions.issuer' },
          { at: 'maxAge', belongs: 'verifyOptions.maxAge' },
          { at: 'clockTolerance', belongs: 'verifyOptions.clockTolerance' },
          { at: 'subject', belongs: 'verifyOptions.subject' },
        ],
        nested: { verifyOptions: { known: jsonwebtokenVerifyOptionNames, unknown: 'ignored' } },
      },
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
  ],
  decorations: hapiServer,
  notes: [
    'Unless `urlKey`, `cookieKey` and `payloadKey` are false, a token in the query, a cookie or the body named `token` is accepted too; the query wins over the header.',
    'A function `verify` in place of `validate` receives the decoded token unverified: the package then checks nothing itself.',
    'The options of jsonwebtoken stand under `verifyOptions`; beside `key` they check nothing.',
  ],
} as const satisfies LibraryDescriptor;
