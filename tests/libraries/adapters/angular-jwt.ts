import { readFileSync } from 'node:fs';
import * as rxjs from 'rxjs';
import * as operators from 'rxjs/operators';
import { angularJwt } from '../../../src/libraries/angular-jwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws } from '../forge.ts';
import { installedVersion } from './installed.ts';

interface Exports {
  JwtHelperService: new () => { isTokenExpired(token: string): boolean };
  JwtInterceptor: new (config: object, helper: object, document: object) => { isAllowedDomain(request: { url: string }): boolean; intercept(request: object, next: { handle(request: object): rxjs.Observable<unknown> }): rxjs.Observable<unknown> };
}

/** Stands for everything of Angular that the module names while it is loaded. */
const angular: unknown = new Proxy(function placeholder() { /* never does anything */ }, {
  get: () => angular, apply: () => ({}), construct: () => ({}),
});

/** The shipped module with Angular, which it only registers itself with, left out. */
function shipped(): Exports {
  const file = new URL('../../../node_modules/@auth0/angular-jwt/fesm2020/auth0-angular-jwt.mjs', import.meta.url);
  const given = new Map<string, unknown>();
  const text = readFileSync(file, 'utf8')
    .replace(/^import (?:\* as (\w+)|\{ ([^}]+) \}) from '([^']+)';$/gm, (_all, whole: string | undefined, list: string | undefined, from: string) => {
      for (const name of whole === undefined ? (list ?? '').split(', ') : [whole]) given.set(name, from.startsWith('rxjs') ? ({ ...rxjs, ...operators } as Readonly<Record<string, unknown>>)[name] : angular);
      return '';
    })
    .replace(/^export (\{[^}]+\});$/m, 'return $1;');
  return (new Function(...given.keys(), text) as (...list: unknown[]) => Exports)(...given.values());
}

const exports = shipped();
const interceptor = new exports.JwtInterceptor({ allowedDomains: [/example\.com/, 'api.example'] }, {}, { location: { origin: 'https://app.example', host: 'app.example' } });

export const adapters: readonly Adapter[] = [{
  descriptor: angularJwt, version: installedVersion('@auth0/angular-jwt'),
  load: async () => exports,
  observed: {
    'JwtHelperService#isTokenExpired': () => !new exports.JwtHelperService().isTokenExpired(jws('HS256', 'another key', honestClaims())),
    // Interceptors are given the module's configuration as it stands.
    'options.config.tokenGetter': async () => {
      const sent: string[] = [];
      const request = { url: 'https://api.example/', clone: ({ setHeaders }: { setHeaders: Record<string, string> }) => ({ ...request, ...setHeaders }) };
      const own = new exports.JwtInterceptor({ tokenGetter: () => 'the-token', allowedDomains: ['api.example'] }, { getAuthScheme: (scheme: string) => scheme }, { location: { origin: 'https://app.example', host: 'app.example' } });
      await rxjs.firstValueFrom(own.intercept(request, { handle: (given) => { sent.push(String((given as Record<string, unknown>)['Authorization'])); return rxjs.of(true); } }));
      return sent.join() === 'Bearer the-token';
    },
  },
  unobserved: { 'JwtHelperService#getTokenExpirationDate': 'it yields no claims',
  },
  facts: {
    'a token without exp never counts as expired': () => !new exports.JwtHelperService().isTokenExpired(jws('HS256', 's', honestClaims({ exp: undefined }))),
    'a regular expression among allowedDomains has no anchors of its own': () => interceptor.isAllowedDomain({ url: 'https://example.com.evil.net/' }),
    'the scheme is not looked at': () => interceptor.isAllowedDomain({ url: 'http://api.example/' }),
  },
}];
