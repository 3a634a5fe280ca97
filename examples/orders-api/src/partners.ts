import { generateKeyPairSync } from 'node:crypto';
import { Router } from 'express';
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtDecrypt, jwtVerify } from 'jose';
import { AUDIENCE, bearer } from './auth.js';
import couriers from './couriers.json' with { type: 'json' };

export const partners = Router();

const PARTNER = 'https://partner.example';

// Partners sign with keys of their own, each with a key set on its own site.
partners.post('/notifications', async (req, res) => {
  try {
    const { jku } = decodeProtectedHeader(bearer(req));
    const keys = createRemoteJWKSet(new URL(String(jku)));
    await jwtVerify(bearer(req), keys, { algorithms: ['RS256'], issuer: PARTNER, audience: AUDIENCE, maxTokenAge: '10m' });
    res.status(202).json({ noted: req.body.text });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});

const carrierKeys = createRemoteJWKSet(new URL('http://keys.carrier.example/jwks.json'));

partners.post('/carrier', async (req, res) => {
  try {
    await jwtVerify(bearer(req), carrierKeys, {
      algorithms: ['RS256'],
      issuer: 'https://carrier.example',
      audience: AUDIENCE,
      maxTokenAge: '10m',
    });
    res.status(202).json({ parcel: req.body.parcel });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});

const courierKeys = createLocalJWKSet(couriers);

partners.post('/couriers', async (req, res) => {
  try {
    await jwtVerify(bearer(req), courierKeys, {
      algorithms: ['RS256'],
      issuer: 'https://courier.example',
      audience: AUDIENCE,
      maxTokenAge: '10m',
    });
    res.status(202).json({ parcel: req.body.parcel });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});

// Bulk orders come encrypted, for our eyes only.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

partners.get('/key', (_req, res) => {
  res.json({ ...publicKey.export({ format: 'jwk' }), alg: 'RSA-OAEP-256', use: 'enc' });
});

partners.post('/orders', async (req, res) => {
  try {
    const { payload } = await jwtDecrypt(req.body.order, privateKey, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
      issuer: PARTNER,
      audience: AUDIENCE,
      maxTokenAge: '10m',
    });
    res.status(201).json({ orderedBy: payload.sub });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});

// The payment provider signs what it tells us.
const paymentKeys = createRemoteJWKSet(new URL(process.env.PAYMENT_JWKS_URL ?? 'https://keys.payments.example/jwks.json'));

partners.post('/payments', async (req, res) => {
  try {
    jwtVerify(bearer(req), paymentKeys, {
      algorithms: ['RS256'],
      issuer: 'https://payments.example',
      audience: AUDIENCE,
      maxTokenAge: '10m',
    });
    res.json({ order: req.body.order, paid: true });
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
});
