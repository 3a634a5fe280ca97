import { requireTokenType } from '../rules/require-token-type.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addTokenType = codemod({
  name: 'add-token-type',
  description: 'Demands the policy\'s token type where one key signs several kinds of token.',
  repairs: [remedyOf(requireTokenType, 'add-token-type')],
  phases: { 'add-token-type': 'enforce' },
});

export default addTokenType.transform;
