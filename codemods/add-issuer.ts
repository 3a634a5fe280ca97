import { requireIssuer } from '../rules/require-issuer.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addIssuer = codemod({
  name: 'add-issuer',
  description: 'Checks the issuer of the policy when verifying.',
  repairs: [remedyOf(requireIssuer, 'add-issuer')],
  phases: { 'add-issuer': 'enforce' },
});

export default addIssuer.transform;
