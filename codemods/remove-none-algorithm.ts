import { noNoneAlgorithm } from '../rules/no-none-algorithm.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const removeNoneAlgorithm = codemod({
  name: 'remove-none-algorithm',
  description: 'Takes `none` out of the accepted algorithms, and pins what the key proves where nothing is left.',
  repairs: [remedyOf(noNoneAlgorithm, 'remove-none', 'pin-algorithms')],
});

export default removeNoneAlgorithm.transform;
