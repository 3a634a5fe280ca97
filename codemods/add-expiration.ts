import { requireExpiration } from '../rules/require-expiration.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addExpiration = codemod({
  name: 'add-expiration',
  description: 'Gives tokens that never expire the lifetime that the policy names for their kind.',
  repairs: [remedyOf(requireExpiration, 'add-expiration')],
});

export default addExpiration.transform;
