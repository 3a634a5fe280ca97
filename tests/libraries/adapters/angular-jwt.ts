import { readFileSync } from 'node:fs';
import { angularJwt } from '../../../src/libraries/angular-jwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws } from '../forge.ts';
import { installedVersion } from './installed.ts';

interface Exports {
  JwtHelperService: new () => { isTokenExpired(token: string): boolean };
  JwtInterceptor: new (config: object, helper: object, document: object) => { isAllowedDomain(request: { url: string }): boolean };
}

/** Stands for everything of Angular that the module names while it is loaded. */
const angular: unknown = new Proxy(function placeholder() { /* never does anything */ }, {
  get: () => angular, apply: () => ({}), construct: () => ({}),
});

/** The shipped module with Angular, which it only registers itself with, left out. */
function shipped(): Exports {
  const file = new URL('../../../node_modules/@auth0/angular-jwt/fesm2020/auth0-angular-jwt.mjs', import.meta.url);
  const names = ['i0'];
  const text = readFileSync(file, 'utf8')
    .replace(/^import (?:\* as i0|\{ ([^}]+) \}) from .*$/gm, (_all, list: string | undefined) => { if (list !== undefined) names.push(...list.split(', ')); return ''; })
    .replace(/^export (\{[^}]+\});$/m, 'return $1;');
   
  return (new Function(...names, text) as (...list: unknown[]) => Exports)(...names.map(() => angular));
}

const exports = shipped();
const interceptor = new exports.JwtInterceptor({ allowedDomains: [/example\.com/, 'api.example'] }, {}, { location: { origin: 'https://app.example', host: 'app.example' } });

export const adapters: readonly Adapter[] = [{
  descriptor: angularJwt, version: installedVersion('@auth0/angular-jwt'),
  load: async () => exports,
  unobserved: {
    'JwtHelperService#isTokenExpired': 'it yields no claims; see the facts', 'JwtHelperService#getTokenExpirationDate': 'it yields no claims',
  },
  facts: {
    'isTokenExpired reads forged tokens': () => !new exports.JwtHelperService().isTokenExpired(jws('HS256', 'another key', honestClaims())),
    'a token without exp never counts as expired': () => !new exports.JwtHelperService().isTokenExpired(jws('HS256', 's', honestClaims({ exp: undefined }))),
    'a regular expression among allowedDomains has no anchors of its own': () => interceptor.isAllowedDomain({ url: 'https://example.com.evil.net/' }),
    'the scheme is not looked at': () => interceptor.isAllowedDomain({ url: 'http://api.example/' }),
  },
}];
