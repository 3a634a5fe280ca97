import { hapiAuthJwt2 } from '../../../src/libraries/hapi-auth-jwt2.ts';
import type { Adapter } from '../adapter.ts';
import { prepare } from '../call.ts';
import { honestClaims, jws } from '../forge.ts';
import { throughServer } from './hapi.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('hapi-auth-jwt2', 'hapi-auth-jwt2');
const allow = (): object => ({ isValid: true, credentials: {} });

export const adapters: readonly Adapter[] = [{
  descriptor: hapiAuthJwt2, version: installedVersion('hapi-auth-jwt2'), load,
  needs: () => ({ 'options.validate': allow }),
  drive: throughServer,
  unobserved: { skipVerification: 'it is a function in place of validate; see the facts' },
  facts: {
    'a function verify in place of validate receives forged tokens': async () => {
      const call = prepare({ arguments: { options: 2 } }, { 'options.key': 's', 'options.verify': allow });
      return (await throughServer({ exports: await load('hapi-auth-jwt2'), call, token: jws('HS256', 'another key', honestClaims()) })).value === true;
    },
  },
}];
