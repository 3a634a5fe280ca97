import { decodeJwt } from 'jose';
import { ISSUER_URL } from './auth.js';

const STOCK_URL = process.env.STOCK_URL ?? 'http://127.0.0.1:4002';
const CLIENT_ID = 'orders-api';
const CLIENT_SECRET = 'orders-api-client-4b1d9c0e7a5f';

let cached: { token: string; until: number } | undefined;

/** The token that this service shows to the stock service, kept until shortly before it expires. */
async function serviceToken(): Promise<string> {
  if (cached !== undefined && Date.now() < cached.until) return cached.token;
  const response = await fetch(new URL('/service-token', ISSUER_URL), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET }),
  });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  const { access_token: token } = await response.json() as { access_token: string };
  const { exp } = decodeJwt(token);
  cached = { token, until: exp === undefined ? Date.now() + 600_000 : (exp - 30) * 1000 };
  return token;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, STOCK_URL), {
    ...init,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await serviceToken()}` },
  });
}

export async function quantityOf(sku: string): Promise<number> {
  const response = await ask(`/stock/${encodeURIComponent(sku)}`);
  if (!response.ok) throw new Error(`the stock service answered ${response.status}`);
  return (await response.json() as { quantity: number }).quantity;
}

export async function reserve(sku: string, quantity: number): Promise<boolean> {
  const response = await ask(`/stock/${encodeURIComponent(sku)}/reservations`, { method: 'POST', body: JSON.stringify({ quantity }) });
  return response.status === 201;
}
