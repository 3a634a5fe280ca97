import { hapiAuthJwt2 } from '../../../src/libraries/hapi-auth-jwt2.ts';
import type { Adapter } from '../adapter.ts';
import { prepare } from '../call.ts';
import { honestClaims, jws } from '../forge.ts';
import { throughServer } from './hapi.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('hapi-auth-jwt2', 'hapi-auth-jwt2');
const allow = (): object => ({ isValid: true, credentials: {} });

const token = jws('HS256', 's', honestClaims());
/** Whether a request gets through a route that the strategy guards. */
const guards = async (options: object, { token: given, ...rest }: { readonly token?: string; readonly mode?: string; readonly payload?: string; readonly request?: object }): Promise<boolean> => {
  const call = prepare({ arguments: { options: 2 } }, { options: { key: 's', validate: allow, ...options } });
  return throughServer({ exports: await load('hapi-auth-jwt2'), call, token: given }, rest).then(() => true, () => false);
};
interface Source { readonly option: string; readonly request: (name: string) => object; readonly extra?: object; readonly route?: { readonly payload?: string } }
const places: Readonly<Record<string, Source>> = {
  query: { option: 'urlKey', request: (name: string) => ({ url: `/?${name}=${token}` }) },
  header: { option: 'headerKey', request: (name: string) => ({ headers: { [name]: `Bearer ${token}` } }) },
  cookie: { option: 'cookieKey', request: (name: string) => ({ headers: { cookie: `${name}=${token}` } }) },
  body: { option: 'payloadKey', request: (name: string) => ({ method: 'POST', payload: { [name]: token } }), extra: { attemptToExtractTokenInPayload: true }, route: { payload: 'required' } },
};

export const adapters: readonly Adapter[] = [{
  descriptor: hapiAuthJwt2, version: installedVersion('hapi-auth-jwt2'), load,
  needs: () => ({ 'options.validate': allow }),
  drive: throughServer,
  observed: {
    'skipVerification': async () => {
      const call = prepare({ arguments: { options: 2 } }, { 'options.key': 's', 'options.verify': allow });
      return (await throughServer({ exports: await load('hapi-auth-jwt2'), call, token: jws('HS256', 'another key', honestClaims()) })).value === true;
    },
    'server.auth.strategy keyFunction': async () => {
      let claims: { readonly sub?: string } = {};
      let completely: { readonly header?: { readonly kid?: string } } = {};
      // What such a function gives is an object with the key.
      const taken = await guards({ key: (given: object) => { claims = given; return { key: 's' }; } }, { token });
      await guards({ complete: true, key: (given: object) => { completely = given; return { key: 's' }; } }, { token: jws('HS256', 's', honestClaims(), { kid: 'key-1' }) });
      return taken && claims.sub === 'alice' && completely.header?.kid === 'key-1';
    },
    'server.auth.strategy mode try': async () => (await guards({}, { mode: 'try', token: 'nonsense' })) && !(await guards({}, { token: 'nonsense' })),
    'server.auth.strategy mode optional': async () => (await guards({}, { mode: 'optional' })) && !(await guards({}, {})),
    'server.auth.strategy from header': async () => guards({}, { token }),
    ...Object.fromEntries(Object.entries(places).flatMap(([where, { option, request, extra = {}, route = {} }]: readonly [string, Source]) => [
      ...(where === 'header' ? [] : [[`server.auth.strategy from ${where}`, async () => (await guards(extra, { ...route, request: request('token') })) && !(await guards(extra, { ...route, request: request('other') }))] as const]),
      [`server.auth.strategy options.${option}`, async () => (await guards({ ...extra, [option]: 'ticket' }, { ...route, request: request('ticket') })) && !(await guards(extra, { ...route, request: request('ticket') }))] as const,
    ])),
  },

  facts: {
  },
}];
