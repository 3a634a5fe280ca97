import { noLongLivedToken } from '../rules/no-long-lived-token.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const capLifetime = codemod({
  name: 'cap-lifetime',
  description: 'Lowers lifetimes above the limit to what the policy names for the kind of token.',
  repairs: [remedyOf(noLongLivedToken, 'cap-lifetime')],
});

export default capLifetime.transform;
