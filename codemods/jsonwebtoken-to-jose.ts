import { migrateToJose } from '../src/migrations/jsonwebtoken-to-jose/jsonwebtoken-to-jose.ts';
import { migration } from '../src/migration.ts';

export const jsonwebtokenToJose = migration({
  name: 'jsonwebtoken-to-jose',
  description: 'Carries a file over from jsonwebtoken to jose 6: calls, options, keys, errors, callbacks, and the functions that then have to wait.',
  from: 'jsonwebtoken',
  to: 'jose',
  migrate: migrateToJose,
});

export default jsonwebtokenToJose.transform;
