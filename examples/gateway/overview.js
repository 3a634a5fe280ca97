import { Router } from 'express';

const ISSUER_URL = process.env.ISSUER_URL ?? 'http://127.0.0.1:4000';
const ORDERS_URL = process.env.ORDERS_URL ?? 'http://127.0.0.1:4001';
const STOCK_URL = process.env.STOCK_URL ?? 'http://127.0.0.1:4002';
const PRICES_URL = process.env.PRICES_URL ?? 'http://127.0.0.1:4003';

async function serviceToken() {
  const response = await fetch(new URL('/service-token', ISSUER_URL), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id: 'gateway', client_secret: process.env.GATEWAY_CLIENT_SECRET }),
  });
  return (await response.json()).access_token;
}

export const overview = Router();

// What a customer sees first: the orders, and what is in stock at which price.
overview.get('/:sku', async (req, res) => {
  try {
    const { sku } = req.params;
    const orders = await fetch(new URL('/orders', ORDERS_URL), { headers: { authorization: req.headers.authorization } });
    const token = await serviceToken();
    const stock = await fetch(new URL(`/stock/${encodeURIComponent(sku)}`, STOCK_URL), { headers: { authorization: `Bearer ${token}` } });
    const prices = await fetch(new URL(`/prices/${encodeURIComponent(sku)}`, PRICES_URL), { headers: { Authorization: `Bearer ${token}` } });
    res.json({ orders: await orders.json(), ...await stock.json(), ...await prices.json() });
  } catch {
    res.status(502).json({ error: 'bad_gateway' });
  }
});
