import { validVerifyOptions } from '../rules/valid-verify-options.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const correctVerifyOptions = codemod({
  name: 'correct-verify-options',
  description: 'Renames, moves and converts options for verification that the library ignores or misreads; audience and issuer only in the phase `enforce`.',
  repairs: [remedyOf(validVerifyOptions, 'correct-option', 'correct-claim-option')],
  phases: { 'correct-claim-option': 'enforce' },
});

export default correctVerifyOptions.transform;
