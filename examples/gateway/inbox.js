import { Router } from 'express';
import jose from 'node-jose';

const { INBOX_PASSWORD } = process.env;
if (!INBOX_PASSWORD) throw new Error('INBOX_PASSWORD is not set');

const key = await jose.JWK.asKey({ kty: 'oct', k: Buffer.from(INBOX_PASSWORD).toString('base64url') });

export const inbox = Router();

inbox.post('/', async (req, res) => {
  try {
    const { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['PBES2-HS256+A128KW', 'A128CBC-HS256'] })
      .decrypt(req.body.message);
    res.status(202).json({ subject: JSON.parse(payload.toString()).subject });
  } catch {
    res.status(400).json({ error: 'unreadable' });
  }
});
