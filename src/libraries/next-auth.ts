import type { Absence, LibraryDescriptor, OperationModel, TimeReading } from './descriptor.ts';

const seconds = { number: 'duration-s' } as const satisfies TimeReading;

/** Session tokens are encrypted with a key derived from the secret; one call each makes and reads them. */
const encode = {
  kind: 'encrypt', calls: ['encode'],
  arguments: { options: 0 },
  settings: {
    key: [{ at: 'options.secret' }],
    payload: [{ at: 'options.token' }],
    expiration: [{
      at: 'options.maxAge', session: true, time: { number: 'duration-s' }, accepts: ['number'],
      misread: [
        { given: 'numeric-string', effect: 'rejects' },
        { given: 'string', effect: 'other-unit', note: 'The string is concatenated to the time, so that the session lives for thousands of years.' },
      ],
    }],
  },
  absent: { expiration: [{ means: 'defaulted', exploitability: 'hardening', note: 'The session lives for 30 days.' }] },
  options: { known: ['token', 'secret', 'maxAge', 'salt'], unknown: 'ignored' },
  result: { delivers: 'token', when: 'promise', failure: 'throws' },
} as const satisfies OperationModel;

const decode = {
  kind: 'decrypt', calls: ['decode'],
  arguments: { options: 0 },
  settings: { key: [{ at: 'options.secret' }] },
  options: { known: ['token', 'secret', 'salt'], unknown: 'ignored' },
  result: { delivers: 'claims', when: 'promise', failure: 'throws' },
} as const satisfies OperationModel;

const getToken = {
  kind: 'decrypt', calls: ['getToken'],
  arguments: { options: 0 },
  tokenFrom: ['cookie', 'header'],
  settings: { key: [{ at: 'options.secret' }] },
  options: { known: ['req', 'secureCookie', 'cookieName', 'raw', 'secret', 'decode', 'logger', 'salt'], unknown: 'ignored' },
  result: { delivers: 'claims', when: 'promise', failure: 'null' },
} as const satisfies OperationModel;

const configuration = {
  kind: 'configure',
  settings: {
    key: [{ at: 'options.secret' }, { at: 'options.jwt.secret' }],
    expiration: [{ at: 'options.jwt.maxAge', time: seconds, session: true }, { at: 'options.session.maxAge', time: seconds, session: true }],
  },
} as const satisfies Partial<OperationModel>;

const everyAlgorithm = {
  keyManagementAlgorithms: [{ means: 'by-key', exploitability: 'hardening', note: 'Every algorithm that a secret key can do is accepted.' }],
} as const satisfies OperationModel['absent'];
const oneAlgorithm = {
  keyManagementAlgorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'Only dir is accepted.' }],
} as const satisfies OperationModel['absent'];
const contentEncryption = {
  contentEncryptionAlgorithms: [{ means: 'pinned', exploitability: 'hardening', note: 'Only A256CBC-HS512 and A256GCM are accepted.' }] satisfies readonly Absence[],
} as const;

const notes = [
  'Session tokens are encrypted, not signed, with a key derived from the secret: whoever knows the secret can make any session.',
  '`maxAge` is in seconds and 30 days by default; 15 seconds of tolerance are given when reading.',
  '`getToken` yields null for a token that cannot be decrypted; with `raw: true` it yields the token unread.',
  'Neither audience nor issuer nor type is checked, and none can be.',
  'Functions `encode` and `decode` in the `jwt` option replace all of this.',
] as const;

export const nextAuth = {
  name: 'next-auth',
  modules: { 'next-auth/jwt': '', 'next-auth': 'NextAuth' },
  measured: ['4.24.15'],
  operations: [
    encode,
    { ...decode, versions: '<5', absent: everyAlgorithm },
    { ...getToken, versions: '<5', absent: everyAlgorithm },
    {
      ...configuration, calls: ['NextAuth'],
      arguments: [{ options: 0 }, { options: 2 }],
    },
  ],
  notes: [
    ...notes,
    '`jwt.maxAge` holds for the token that is handed out at sign-in; when the session is looked at it is renewed for as long as `session.maxAge` says.',
    'Without `secret` the variables NEXTAUTH_SECRET and AUTH_SECRET are read by `getToken`, but not by `encode` and `decode`.',
    'From version 5 on the package hands on to `@auth/core`.',
  ],
} as const satisfies LibraryDescriptor;

export const authCore = {
  name: '@auth/core',
  modules: { '@auth/core/jwt': '', '@auth/core': '' },
  measured: ['0.41.3'],
  operations: [
    encode,
    { ...decode, absent: { ...oneAlgorithm, ...contentEncryption } },
    { ...getToken, absent: { ...oneAlgorithm, ...contentEncryption } },
    { ...configuration, calls: ['Auth'], arguments: { options: 1 } },
  ],
  notes: [
    ...notes,
    '`getToken` without `secret` throws.',
    'A list of secrets serves rotation: the first one encrypts, any one decrypts.',
  ],
} as const satisfies LibraryDescriptor;
