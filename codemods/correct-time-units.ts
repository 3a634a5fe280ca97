import { validExpiration } from '../rules/valid-expiration.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const correctTimeUnits = codemod({
  name: 'correct-time-units',
  description: 'Writes lifetimes and times of expiry in the unit that the library reads, where the token then lives shorter.',
  repairs: [remedyOf(validExpiration, 'correct-unit')],
});

export default correctTimeUnits.transform;
