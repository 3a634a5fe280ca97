import { requireDecryptionLimits } from '../rules/require-decryption-limits.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const limitDecryption = codemod({
  name: 'limit-decryption',
  description: 'Bounds the work that an encrypted token can cause: leaves out password-based algorithms where they are unbounded and lowers limits that are too large.',
  repairs: [remedyOf(requireDecryptionLimits, 'exclude-passwords', 'lower-limit')],
});

export default limitDecryption.transform;
