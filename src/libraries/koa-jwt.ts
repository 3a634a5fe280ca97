import type { LibraryDescriptor } from './descriptor.ts';
import { jsonwebtokenEmptyBytes, jsonwebtokenVerifyAbsent, jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings } from './jsonwebtoken.ts';

export const koaJwt = {
  name: 'koa-jwt',
  modules: { 'koa-jwt': '' },
  measured: ['4.0.4'],
  confusable: '<4.0.4',
  operations: [
    {
      kind: 'verify', calls: [''], middleware: true,
      arguments: { options: 0 },
      emptyKey: jsonwebtokenEmptyBytes,
      tokenFrom: ['header', 'cookie'],
      settings: {
        ...jsonwebtokenVerifySettings,
        key: [{ at: 'options.secret', keyFunction: [['header', 'claims']] }],
        insecureKeys: [{ at: 'options.allowInvalidAsymmetricKeyTypes', versions: '>=4.0.4' }],
        optionalAuthentication: [{ at: 'options.passthrough' }],
        tokenSource: [{ at: 'options.getToken' }, { at: 'options.cookie' }],
      },
      absent: {
        ...jsonwebtokenVerifyAbsent,
        algorithms: [
          { versions: '<4.0.4', means: 'by-key', exploitability: 'exploitable', note: 'koa-jwt before 4.0.4 lets jsonwebtoken 8 choose by the text of the key.' },
          { versions: '>=4.0.4', means: 'by-key', exploitability: 'hardening', note: 'Every algorithm of the family of the key is accepted.' },
        ],
      },
      options: {
        known: [...jsonwebtokenVerifyOptionNames, 'secret', 'key', 'tokenKey', 'getToken', 'isRevoked', 'passthrough', 'cookie', 'debug'],
        unknown: 'ignored',
      },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'A secret in `ctx.state.secret` wins over the option `secret`.',
    'With an array of secrets any one of them may fit, which serves key rotation.',
    'With `passthrough: true` a missing or forged token still reaches the next middleware, with `ctx.state.user` undefined.',
    '`debug: true` tells the client why verification failed.',
  ],
} as const satisfies LibraryDescriptor;
