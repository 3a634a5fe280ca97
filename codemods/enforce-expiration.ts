import { noIgnoreExpiration } from '../rules/no-ignore-expiration.ts';
import { noLargeClockTolerance } from '../rules/no-large-clock-tolerance.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const enforceExpiration = codemod({
  name: 'enforce-expiration',
  description: 'Removes the options that switch off the check of the times in a token, and lowers a clock tolerance that is too large.',
  repairs: [
    remedyOf(noIgnoreExpiration, 'check-times'),
    remedyOf(noLargeClockTolerance, 'lower-tolerance'),
  ],
});

export default enforceExpiration.transform;
