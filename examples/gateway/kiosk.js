import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { expressjwt } from 'express-jwt';
import { createSigner, createVerifier } from 'fast-jwt';
import { ISSUER, issuerKey } from './issuer.js';

const GATEWAY = 'https://gateway.shop.example';
const KIOSKS = 'https://kiosks.shop.example';

// Kiosks live as long as this process.
const key = randomBytes(32);

const signPairing = createSigner({ key, algorithm: 'HS256', expiresIn: '10m' });
const signKiosk = createSigner({ key, algorithm: 'HS256', iss: GATEWAY, aud: KIOSKS, expiresIn: '1h' });
const verifyKiosk = createVerifier({ key, algorithms: ['HS256'], allowedIss: GATEWAY, allowedAud: KIOSKS, maxAge: 3_600_000 });

const requireStaff = expressjwt({
  secret: issuerKey,
  algorithms: ['RS256'],
  audience: 'https://api.shop.example',
  issuer: ISSUER,
  maxAge: '12h',
});

export const kiosk = Router();

// The kiosk shows this token as a code, and a member of the staff scans it.
kiosk.post('/pairing', (req, res) => {
  res.status(201).json({ token: signPairing({ sub: 'pairing' }) });
});

kiosk.post('/activation', requireStaff, (req, res) => {
  if (req.auth.role !== 'admin') return res.status(403).end();
  res.status(201).json({ token: signKiosk({ sub: 'kiosk' }) });
});

kiosk.get('/menu', (req, res) => {
  try {
    const { sub } = verifyKiosk((req.headers.authorization ?? '').replace(/^Bearer /, ''));
    res.json({ shownOn: sub, menu: ['tea', 'coffee'] });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});
