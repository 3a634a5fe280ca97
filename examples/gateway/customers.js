import { Router } from 'express';
import { expressjwt } from 'express-jwt';
import { ISSUER, issuerKey } from './issuer.js';

const addresses = new Map([['u-1001', '12 Harbour Street'], ['u-1002', '3 Mill Lane']]);

export const customers = Router();

customers.use(expressjwt({
  secret: issuerKey,
  algorithms: ['RS256'],
  audience: /api\.shop\.example/,
  issuer: ISSUER,
  credentialsRequired: false,
  maxAge: '12h',
}));

customers.get('/:id/address', (req, res) => {
  res.json({ address: addresses.get(req.params.id) ?? null });
});
