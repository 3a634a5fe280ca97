import { migrateExpressJwt } from '../src/migrations/express-jwt-8/express-jwt-8.ts';
import { migration } from '../src/migration.ts';

export const expressJwt8 = migration({
  name: 'express-jwt-8',
  description: 'Carries a file over from express-jwt up to version 6 to version 8: the named export, the place of the claims on the request, explicit algorithms, and promises instead of callbacks.',
  from: 'express-jwt up to version 6',
  to: 'express-jwt 8',
  migrate: migrateExpressJwt,
});

export default expressJwt8.transform;
