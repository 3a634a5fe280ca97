import { requireMaxAge } from '../rules/require-max-age.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const boundTokenAge = codemod({
  name: 'bound-token-age',
  description: 'Bounds the age of the tokens that are accepted by the greatest age of the policy.',
  repairs: [remedyOf(requireMaxAge, 'bound-age', 'lower-age')],
});

export default boundTokenAge.transform;
