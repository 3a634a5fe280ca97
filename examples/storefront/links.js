import express from 'express';
import jwt from 'jsonwebtoken';

// Renders the page and the links in its mails; bundled with the page, not started by the demo.
const LINK_SECRET = process.env.LINK_SECRET;
const ISSUER = 'https://shop.example';

export const app = express();

export const accessToken = (user) => jwt.sign({ sub: user.id }, LINK_SECRET, { algorithm: 'HS256', expiresIn: '15m', issuer: ISSUER });
export const resetToken = (user) => jwt.sign({ sub: user.id }, LINK_SECRET, { algorithm: 'HS256', expiresIn: '1h', issuer: ISSUER });

app.post('/session', (req, res) => {
  res.cookie('token', accessToken(req.user));
  res.status(204).end();
});

app.post('/reset', (req, res) => {
  try {
    const { sub } = jwt.verify(req.body.token, LINK_SECRET, { algorithms: ['HS256'], issuer: ISSUER, maxAge: '1h' });
    res.json({ resetting: sub });
  } catch {
    res.status(401).end();
  }
});
