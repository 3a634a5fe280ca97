import { requireAudienceClaim } from '../rules/require-audience-claim.ts';
import { requireAudience } from '../rules/require-audience.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addAudience = codemod({
  name: 'add-audience',
  description: 'Names the audience of the policy when issuing, and checks it when verifying, in two phases.',
  repairs: [remedyOf(requireAudienceClaim, 'write-audience'), remedyOf(requireAudience, 'add-audience')],
  phases: { 'write-audience': 'issue', 'add-audience': 'enforce' },
});

export default addAudience.transform;
