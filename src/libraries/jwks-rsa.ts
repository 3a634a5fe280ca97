import type { LibraryDescriptor, OperationModel } from './descriptor.ts';

const settings = {
  url: [{ at: 'options.jwksUri' }],
  cache: [{ at: 'options.cache', on: 'false' }],
  cacheMaxAge: [{ at: 'options.cacheMaxAge', time: { number: 'duration-ms' } }],
  rateLimit: [{ at: 'options.rateLimit', on: 'false' }],
} as const satisfies OperationModel['settings'];

const known = [
  'jwksUri', 'cache', 'cacheMaxEntries', 'cacheMaxAge', 'rateLimit', 'jwksRequestsPerMinute', 'timeout', 'requestAgent',
  'requestHeaders', 'getKeysInterceptor', 'fetcher', 'cacheMaxAgeFallback', 'onStaleCacheFallback',
] as const;

export const jwksRsa = {
  name: 'jwks-rsa',
  modules: { 'jwks-rsa': '' },
  measured: ['3.2.2', '4.1.0'],
  operations: [
    {
      kind: 'key-set', calls: ['', 'new JwksClient'],
      arguments: { options: 0 },
      settings,
      options: { known, unknown: 'ignored' },
    },
    {
      kind: 'key-set', calls: ['expressJwtSecret', 'passportJwtSecret', 'koaJwtSecret', 'hapiJwt2Key', 'hapiJwt2KeyAsync'],
      arguments: { options: 0 },
      settings,
      options: { known: [...known, 'handleSigningKeyError'], unknown: 'ignored' },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'key-set', calls: ['JwksClient#getSigningKey', '()#getSigningKey'], settledElsewhere: true,
      arguments: { name: 0, callback: 1 },
      settings: {},
      result: { delivers: 'holder', when: 'callback-or-promise', failure: 'throws' },
    },
  ],
  notes: [
    'Keys are cached for ten minutes; requests are not limited unless `rateLimit` is true, so that unknown key ids drive a request each.',
    'A `jwksUri` with `http:` is accepted.',
    'The helpers for frameworks yield undefined for an algorithm that is not asymmetric; the verifier must then refuse (passport-jwt 4.0.0 without `algorithms` does not).',
    '`getSigningKey` without a key id yields the key when the set has exactly one.',
  ],
} as const satisfies LibraryDescriptor;
