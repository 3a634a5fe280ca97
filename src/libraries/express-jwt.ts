import type { Absence, LibraryDescriptor, OperationModel } from './descriptor.ts';
import { jsonwebtokenEmptyBytes, jsonwebtokenVerifyAbsent, jsonwebtokenVerifyOptionNames, jsonwebtokenVerifySettings } from './jsonwebtoken.ts';

/** Versions 5 and 6 hand the options to jsonwebtoken 8, versions 7 and 8 to jsonwebtoken 9. */
const algorithmsAbsent = [
  { versions: '<6', means: 'by-key', exploitability: 'exploitable', note: 'express-jwt 5 lets jsonwebtoken 8 choose by the text of the key, and accepts an unsigned token when the secret function yields nothing.' },
  { versions: '>=6', means: 'refused', exploitability: 'hardening', note: 'Construction throws without a list of algorithms.' },
] as const satisfies readonly Absence[];

const settings = {
  ...jsonwebtokenVerifySettings,
  key: [{ at: 'options.secret', keyFunction: [['request', 'claims', 'callback'], ['request', 'header', 'claims', 'callback']] }],
  algorithms: [{
    at: 'options.algorithms', shape: 'list',
    misread: [
      { given: 'string', versions: '<6', effect: 'substring', note: 'A string is searched for the algorithm name as a substring.' },
      { given: 'string', versions: '>=6', effect: 'rejects' },
    ],
  }],
  insecureKeys: [{ at: 'options.allowInvalidAsymmetricKeyTypes', versions: '>=7' }],
  optionalAuthentication: [{ at: 'options.credentialsRequired', on: 'false' }],
  tokenSource: [{ at: 'options.getToken' }],
} as const satisfies OperationModel['settings'];

const absent = { ...jsonwebtokenVerifyAbsent, algorithms: algorithmsAbsent } as const;

const middleware = {
  kind: 'verify', middleware: true,
  arguments: { options: 0 },
  settings,
  absent,
  emptyKey: jsonwebtokenEmptyBytes,
  result: { delivers: 'function', when: 'sync', failure: 'throws' },
} as const satisfies Omit<OperationModel, 'calls'>;

export const expressJwt = {
  name: 'express-jwt',
  modules: { 'express-jwt': '' },
  measured: ['5.3.3', '6.1.2', '7.7.8', '8.5.1'],
  confusable: '<7',
  operations: [
    {
      ...middleware, calls: [''], versions: '<7',
      options: {
        known: [...jsonwebtokenVerifyOptionNames, 'secret', 'isRevoked', 'userProperty', 'requestProperty', 'resultProperty', 'credentialsRequired', 'getToken'],
        unknown: 'ignored',
      },
    },
    {
      ...middleware, calls: ['expressjwt'], versions: '>=7',
      settings: { ...settings, key: [{ at: 'options.secret', keyFunction: [['request', 'decoded']] }], acceptExpired: [{ at: 'options.onExpired', versions: '>=8' }] },
      options: {
        known: [...jsonwebtokenVerifyOptionNames, 'secret', 'isRevoked', 'requestProperty', 'credentialsRequired', 'getToken', 'onExpired'],
        unknown: 'ignored',
      },
    },
  ],
  notes: [
    'Up to version 6 the module itself is the function; from version 7 on it is the named export `expressjwt`, and the default import is an object that cannot be called.',
    'The claims are on `req.user` up to version 6 and on `req.auth` from version 7 on.',
    'Versions 5 and 6 contain jsonwebtoken 8: a list that mixes HMAC and RSA algorithms lets anyone who has the public key forge tokens.',
    'With `credentialsRequired: false` a request without a token, or with another scheme than Bearer, goes through; a bad token still fails.',
    'An `onExpired` handler that does not throw accepts the expired token (version 8).',
    'A CORS preflight request that names the authorization header is let through by design.',
  ],
} as const satisfies LibraryDescriptor;
