import { requireAlgorithms } from '../rules/require-algorithms.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const pinAlgorithms = codemod({
  name: 'pin-algorithms',
  description: 'Adds the algorithms that the key, the matching sign call or the policy proves to verifications without an allowlist, and renames a misspelt one.',
  repairs: [remedyOf(requireAlgorithms, 'pin-algorithms', 'rename-option')],
});

export default pinAlgorithms.transform;
