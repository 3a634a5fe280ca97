import type { LibraryDescriptor } from './descriptor.ts';

export const angularJwt = {
  name: '@auth0/angular-jwt',
  modules: { '@auth0/angular-jwt': '' },
  measured: ['5.2.0'],
  operations: [
    {
      kind: 'configure', calls: ['JwtModule.forRoot'],
      arguments: { options: 0 },
      settings: { tokenSource: [{ at: 'options.config.tokenGetter' }] },
      options: {
        known: ['config', 'jwtOptionsProvider'], unknown: 'ignored',
        nested: {
          config: {
            known: ['tokenGetter', 'allowedDomains', 'disallowedRoutes', 'headerName', 'authScheme', 'throwNoTokenError', 'skipWhenExpired'],
            unknown: 'ignored',
          },
        },
      },
    },
    {
      kind: 'decode', calls: ['JwtHelperService#decodeToken'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'claims', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decode', calls: ['JwtHelperService#isTokenExpired', 'JwtHelperService#getTokenExpirationDate'],
      arguments: { token: 0 }, settings: {},
      result: { delivers: 'nothing', when: 'sync', failure: 'throws' },
    },
  ],
  notes: [
    'Nothing is ever verified: the package reads tokens for display and attaches them to requests.',
    'A regular expression among `allowedDomains` is tested against the host without anchors: `/example\\.com/` also sends the token to `example.com.evil.net`.',
    'The scheme is not looked at: the token also goes to an allowed host over `http:`.',
    '`tokenGetter` usually reads `localStorage`, where every script of the page reads it too.',
    'A token without `exp` never counts as expired.',
  ],
} as const satisfies LibraryDescriptor;
