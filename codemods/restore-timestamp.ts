import { noDisabledTimestamp } from '../rules/no-disabled-timestamp.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const restoreTimestamp = codemod({
  name: 'restore-timestamp',
  description: 'Removes the options that leave out the time of issue.',
  repairs: [remedyOf(noDisabledTimestamp, 'restore-timestamp')],
});

export default restoreTimestamp.transform;
