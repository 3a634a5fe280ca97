import { noFallbackSecret } from '../rules/no-fallback-secret.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const removeSecretFallback = codemod({
  name: 'remove-secret-fallback',
  description: 'Drops the written-out fallback of a secret, so that the program does not start without its environment variable.',
  repairs: [remedyOf(noFallbackSecret, 'remove-fallback')],
});

export default removeSecretFallback.transform;
