import { requireIssuerClaim } from '../rules/require-issuer-claim.ts';
import { requireIssuer } from '../rules/require-issuer.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addIssuer = codemod({
  name: 'add-issuer',
  description: 'Names the issuer of the policy when issuing, and checks it when verifying, in two phases.',
  repairs: [remedyOf(requireIssuerClaim, 'write-issuer'), remedyOf(requireIssuer, 'add-issuer')],
  phases: { 'write-issuer': 'issue', 'add-issuer': 'enforce' },
});

export default addIssuer.transform;
