import { requireKeyId } from '../rules/require-key-id.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const addKeyId = codemod({
  name: 'add-key-id',
  description: 'Writes the key id of the policy into the header of tokens that are signed with a private key.',
  repairs: [remedyOf(requireKeyId, 'add-key-id')],
});

export default addKeyId.transform;
