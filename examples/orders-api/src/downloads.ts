import { Router } from 'express';
import { jwtVerify, SignJWT } from 'jose';
import { AUDIENCE, requireOwner } from './auth.js';

const ORDERS = 'https://orders.shop.example';

const key = new TextEncoder().encode(`${process.env.DOWNLOAD_SECRET}`);

export const downloads = Router();

downloads.post('/:order', requireOwner, async (req, res) => {
  const token = await new SignJWT({ order: req.params.order })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ORDERS)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key);
  res.status(201).json({ token });
});

downloads.get('/', async (req, res) => {
  try {
    const { payload } = await jwtVerify(String(req.headers['x-download-token']), key, {
      algorithms: ['HS256'],
      issuer: ORDERS,
      audience: AUDIENCE,
      maxTokenAge: '10m',
    });
    res.json({ order: payload.order, lines: ['2 x tea'] });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});
