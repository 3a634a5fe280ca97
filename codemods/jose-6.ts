import { migrateJose } from '../src/migrations/jose-6/jose-6.ts';
import { migration } from '../src/migration.ts';

export const jose6 = migration({
  name: 'jose-6',
  description: 'Carries a file over from jose 3, 4 and 5 to jose 6: modules, names and types, and what keys then have to be told.',
  from: 'jose 3 to 5',
  to: 'jose 6',
  migrate: migrateJose,
});

export default jose6.transform;
