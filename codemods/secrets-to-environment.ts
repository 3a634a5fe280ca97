import { noHardcodedSecret } from '../rules/no-hardcoded-secret.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const secretsToEnvironment = codemod({
  name: 'secrets-to-environment',
  description: 'Moves secrets, private keys and client secrets that are written in the source to environment variables without which the program does not start.',
  repairs: [remedyOf(noHardcodedSecret, 'read-environment')],
});

export default secretsToEnvironment.transform;
