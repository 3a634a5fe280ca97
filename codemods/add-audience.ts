import { requireAudience } from '../rules/require-audience.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addAudience = codemod({
  name: 'add-audience',
  description: 'Checks the audience of the policy when verifying.',
  repairs: [remedyOf(requireAudience, 'add-audience')],
  phases: { 'add-audience': 'enforce' },
});

export default addAudience.transform;
