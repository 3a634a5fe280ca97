import { noInsecureKeyOptions } from '../rules/no-insecure-key-options.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const removeInsecureKeyOptions = codemod({
  name: 'remove-insecure-key-options',
  description: 'Removes options that make a library accept keys it would refuse.',
  repairs: [remedyOf(noInsecureKeyOptions, 'remove-option')],
});

export default removeInsecureKeyOptions.transform;
