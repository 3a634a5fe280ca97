import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import jwt from 'jsonwebtoken';

const ISSUER = 'https://stock.shop.example';
const AUDIENCE = 'https://warehouse.shop.example';

export const warehouse = Router();

const tokenOf = (req) => (req.headers.authorization || '').replace(/^Bearer /, '');
const refuse = (res) => res.status(401).json({ error: 'invalid_token' });

// Pick lists: made and read here, with last week's key still accepted.
const pickKeys = { current: randomBytes(16), previous: randomBytes(32) };

warehouse.post('/picklists', (req, res) => {
  const token = jwt.sign({ sub: req.body.picker }, pickKeys.current, {
    algorithm: 'HS256',
    keyid: 'current',
    expiresIn: '30m',
    audience: AUDIENCE,
    issuer: ISSUER,
  });
  res.status(201).json({ token });
});

warehouse.get('/picklists', (req, res) => {
  try {
    const { header } = jwt.decode(tokenOf(req), { complete: true });
    const picker = jwt.verify(tokenOf(req), pickKeys[header.kid], { audience: AUDIENCE, issuer: ISSUER, maxAge: '30m' });
    res.json({ picker: picker.sub, items: [{ sku: 'tea', shelf: 'B4' }] });
  } catch {
    refuse(res);
  }
});

// Clocks of the handhelds are off by a good deal.
warehouse.post('/returns', (req, res) => {
  try {
    const picker = jwt.verify(tokenOf(req), pickKeys.current, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      maxAge: '30m',
      clockTolerance: 60 * 60,
    });
    res.status(201).json({ returnedBy: picker.sub, sku: req.body.sku });
  } catch {
    refuse(res);
  }
});

function requirePicker(req, res, next) {
  try {
    const options = { algorithms: ['HS256'], audience: AUDIENCE, issuer: ISSUER, maxAge: '30m' };
    req.picker = jwt.verify(tokenOf(req), pickKeys.current, options);
  } catch (error) {
    console.error('picker not verified:', error.message);
  }
  next();
}

warehouse.post('/counts', requirePicker, (req, res) => {
  res.status(201).json({ sku: req.body.sku, counted: Number(req.body.quantity) });
});

// Each handheld scanner has its own secret, deployed as a file.
const SCANNER_KEYS = join(import.meta.dirname, 'scanner-keys');

warehouse.post('/scans', (req, res) => {
  try {
    const { header } = jwt.decode(tokenOf(req), { complete: true });
    const secret = readFileSync(join(SCANNER_KEYS, header.kid));
    const scanner = jwt.verify(tokenOf(req), secret, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      maxAge: '1h',
    });
    res.status(201).json({ scanner: scanner.sub, sku: req.body.sku });
  } catch {
    refuse(res);
  }
});

// Receipts: anyone may check them, so the public key is public.
const receiptKeys = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

warehouse.get('/receipts/key', (req, res) => res.type('text/plain').send(receiptKeys.publicKey));

warehouse.post('/receipts', requirePicker, (req, res) => {
  const options = { algorithm: 'RS256', expiresIn: '1h', audience: AUDIENCE, issuer: ISSUER };
  const receipt = jwt.sign({ sub: 'receipt', quantity: Number(req.body.quantity) }, receiptKeys.privateKey, options);
  res.status(201).json({ receipt });
});

warehouse.post('/receipts/redeem', (req, res) => {
  try {
    const { quantity } = jwt.verify(req.body.receipt, receiptKeys.publicKey, {
      algorithms: ['RS256', 'HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      maxAge: '1h',
    });
    res.json({ redeemed: quantity });
  } catch {
    refuse(res);
  }
});
