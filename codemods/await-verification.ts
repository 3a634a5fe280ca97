import { noUnawaitedVerification } from '../rules/no-unawaited-verification.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const awaitVerification = codemod({
  name: 'await-verification',
  description: 'Adds `await` to verifications in async functions whose promise nobody waits for.',
  repairs: [remedyOf(noUnawaitedVerification, 'add-await')],
});

export default awaitVerification.transform;
