import { noUnverifiedDecode } from '../rules/no-unverified-decode.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const verifyInsteadOfDecode = codemod({
  name: 'verify-instead-of-decode',
  description: 'Replaces the decoding of a token whose claims decide something by the verification that the same file makes elsewhere.',
  repairs: [remedyOf(noUnverifiedDecode, 'verify-instead')],
});

export default verifyInsteadOfDecode.transform;
