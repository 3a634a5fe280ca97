import { noAlgorithmConfusion } from '../rules/no-algorithm-confusion.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const separateAlgorithmFamilies = codemod({
  name: 'separate-algorithm-families',
  description: 'Keeps the algorithms that the key proves where HMAC and asymmetric ones are accepted together.',
  repairs: [remedyOf(noAlgorithmConfusion, 'keep-family')],
});

export default separateAlgorithmFamilies.transform;
