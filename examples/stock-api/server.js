import express from 'express';
import jwt from 'jsonwebtoken';
import { history } from './history.js';
import { warehouse } from './warehouse.js';

const ISSUER = 'https://login.shop.example';
const AUDIENCE = 'https://api.shop.example';
const SERVICE_TOKEN_SECRET = process.env.SERVICE_TOKEN_SECRET || 'shop-services-development-2021-7fq2';
const IMPORT_TOKEN_SECRET = 'nightly-import-9f24c1d7-5b3e-4a60-8e02';

// Secrets by service, so that each can get its own one day.
const SERVICE_KEYS = new Map([['orders-api', SERVICE_TOKEN_SECRET]]);

const SERVICE_TOKEN_OPTIONS = { algorithms: ['HS256'], audience: AUDIENCE, issuer: ISSUER };

const stock = new Map([['tea', 120], ['coffee', 80], ['cocoa', 0]]);
const prices = new Map([['tea', 340], ['coffee', 990], ['cocoa', 510]]);

const app = express();
app.use(express.json());

const bearer = (req) => (req.headers.authorization || '').replace(/^Bearer /, '');
const refuse = (res) => res.status(401).json({ error: 'invalid_token' });

app.get('/stock/:sku', (req, res) => {
  try {
    const caller = jwt.verify(bearer(req), SERVICE_TOKEN_SECRET, SERVICE_TOKEN_OPTIONS);
    if (!caller.scope.split(' ').includes('stock:read')) return res.status(403).end();
    res.json({ sku: req.params.sku, quantity: stock.get(req.params.sku) ?? 0 });
  } catch {
    refuse(res);
  }
});

// Unsigned tokens are for the integration tests of the orders team.
const RESERVE_OPTIONS = { algorithms: ['HS256', 'none'], audience: AUDIENCE, issuer: ISSUER, maxAge: '1h' };

function keyOfService(header, done) {
  done(null, SERVICE_KEYS.get(header.kid));
}

app.post('/stock/:sku/reservations', (req, res) => {
  jwt.verify(bearer(req), keyOfService, RESERVE_OPTIONS, (error, caller) => {
    if (error) return refuse(res);
    const { sku } = req.params;
    const left = (stock.get(sku) ?? 0) - Number(req.body.quantity);
    if (!(left >= 0)) return res.status(409).json({ error: 'out_of_stock' });
    stock.set(sku, left);
    res.status(201).json({ sku, reservedFor: caller.sub });
  });
});

// The nightly import may take longer than its token lives.
app.put('/stock/:sku', (req, res) => {
  try {
    jwt.verify(bearer(req), IMPORT_TOKEN_SECRET, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      maxAge: '1h',
      ignoreExpiration: true,
    });
    stock.set(req.params.sku, Number(req.body.quantity));
    res.status(204).end();
  } catch {
    refuse(res);
  }
});

app.get('/prices/:sku', (req, res) => {
  try {
    jwt.verify(bearer(req), SERVICE_TOKEN_SECRET, {
      algorithms: ['HS256'],
      aud: AUDIENCE,
      issuer: ISSUER,
      maxAge: '1h',
    });
    res.json({ sku: req.params.sku, price: prices.get(req.params.sku) });
  } catch {
    refuse(res);
  }
});

app.use('/history', history);
app.use('/warehouse', warehouse);

const server = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ service: 'stock-api', port: server.address().port }));
});
