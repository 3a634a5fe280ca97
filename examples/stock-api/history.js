import { Router } from 'express';
import jwt from 'jsonwebtoken';

const { SERVICE_TOKEN_SECRET = 'shop-services-development-2021-7fq2' } = process.env;

const movements = new Map([['tea', [{ on: '2026-03-02', change: 40 }, { on: '2026-03-09', change: -15 }]]]);

const bearer = (req) => (req.headers.authorization || '').replace(/^Bearer /, '');

export const history = Router();

history.delete('/:sku', (req, res) => {
  try {
    const caller = jwt.verify(bearer(req), SERVICE_TOKEN_SECRET, {
      algorithms: ['HS256'],
      audience: 'https://api.shop.example',
      issuer: 'https://login.shop.example',
      maxAge: '1h',
    });
    if (!caller.scope.includes('stock:write')) return res.status(403).end();
    movements.delete(req.params.sku);
    res.status(204).end();
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});

history.get('/:sku', (req, res) => {
  try {
    const caller = jwt.decode(bearer(req));
    if (!caller.scope.includes('stock:read')) return res.status(403).end();
    res.json(movements.get(req.params.sku) ?? []);
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});
