import { requireClaims as rule } from '../rules/require-claims.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const requireClaims = codemod({
  name: 'require-claims',
  description: 'Demands the claims that a token is judged by, where the library can demand them.',
  repairs: [remedyOf(rule, 'demand-claims')],
});

export default requireClaims.transform;
