import { noEmptyKey } from '../rules/no-empty-key.ts';
import { noUndefinedClaimOption } from '../rules/no-undefined-claim-option.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const requireEnvironment = codemod({
  name: 'require-environment',
  description: 'Makes a program fail at start-up where an unset environment variable would switch a check off or leave a key empty.',
  repairs: [remedyOf(noUndefinedClaimOption, 'require-environment'), remedyOf(noEmptyKey, 'require-environment')],
});

export default requireEnvironment.transform;
