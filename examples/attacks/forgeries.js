// What attackers do. Each entry resolves to true when the attacker got what they wanted.

import { readFile } from 'node:fs/promises';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { accessToken, importStock, invitation, pickToken, serviceToken } from './honest.js';
import { get, post, request } from './request.js';
import { claims, hs256, now, rs256, rsaEncrypted, unsigned } from './tokens.js';

const MINUTES = 60_000;
const DAYS = 24 * 60 * MINUTES;

// Anyone who has ever seen the repository knows these.
const LEAKED = {
  fallback: 'shop-services-development-2021-7fq2',
  refresh: 'shop-login-refresh-2019-kx82-mq71-vb30',
  import: 'nightly-import-9f24c1d7-5b3e-4a60-8e02',
};

const warehouse = (own) => claims({ iss: 'https://stock.shop.example', aud: 'https://warehouse.shop.example', ...own });
const service = (own) => claims({ sub: 'orders-api', scope: 'stock:read stock:write', ...own });

/** Runs a request while the services believe that it is later. */
async function later(shop, aheadMs, send) {
  await shop.moveClocks(aheadMs);
  try {
    return (await send()).accepted;
  } finally {
    await shop.moveClocks(0);
  }
}

export const attacks = {
  'reserve stock with an unsigned token': async (shop) => {
    const token = unsigned(service(), { kid: 'nobody' });
    return (await post(`${shop.stock}/stock/tea/reservations`, { quantity: 1 }, { token })).accepted;
  },

  'read a pick list with an unsigned token': async (shop) =>
    (await get(`${shop.stock}/warehouse/picklists`, { token: unsigned(warehouse({ sub: 'p-0' }), { kid: 'nobody' }) })).accepted,

  'redeem a receipt signed with the public key as a secret': async (shop) => {
    const { text: publicKey } = await get(`${shop.stock}/warehouse/receipts/key`);
    const receipt = hs256(warehouse({ sub: 'receipt', quantity: 9_000 }), publicKey);
    return (await post(`${shop.stock}/warehouse/receipts/redeem`, { receipt })).json?.redeemed === 9_000;
  },

  'read orders with a token meant for billing': async (shop) =>
    (await get(`${shop.orders}/orders`, { token: await accessToken(shop, 'alice', 'billing') })).accepted,

  'read the profile with a token meant for billing': async (shop) =>
    (await get(`${shop.issuer}/me`, { token: await accessToken(shop, 'alice', 'billing') })).accepted,

  'read invoices with a token meant for billing': async (shop) =>
    (await get(`${shop.orders}/invoices`, { token: await accessToken(shop, 'alice', 'billing') })).accepted,

  'read an address with a sandbox token': async (shop) =>
    (await get(`${shop.gateway}/customers/u-1001/address`, { token: await accessToken(shop, 'alice', 'sandbox') })).accepted,

  'read prices with a service token meant for billing': async (shop) => {
    const token = hs256(service({ aud: 'https://billing.shop.example' }), shop.serviceSecret);
    return (await get(`${shop.stock}/prices/tea`, { token })).accepted;
  },

  'read stock with a token signed with the fallback secret': async (shop) =>
    (await get(`${shop.stock}/stock/tea`, { token: hs256(service(), LEAKED.fallback) })).accepted,

  'delete history with a token signed with the fallback secret': async (shop) =>
    (await request('DELETE', `${shop.stock}/history/cocoa`, { token: hs256(service(), LEAKED.fallback) })).accepted,

  'import stock with a token signed with the secret in the source': async (shop) => {
    const token = hs256(claims({ sub: 'nightly-import' }), LEAKED.import);
    return (await request('PUT', `${shop.stock}/stock/cocoa`, { token, body: { quantity: 0 } })).accepted;
  },

  'refresh with a token signed with the secret in the source': async (shop) => {
    const refresh_token = hs256(claims({ sub: 'u-1002', aud: 'https://login.shop.example' }), LEAKED.refresh);
    return (await post(`${shop.issuer}/refresh`, { refresh_token })).accepted;
  },

  'download an order with a token signed with the word undefined': async (shop) => {
    const token = hs256(claims({ iss: 'https://orders.shop.example', order: '1' }), 'undefined');
    return (await get(`${shop.orders}/downloads`, { headers: { 'x-download-token': token } })).accepted;
  },

  'import stock with an expired token': (shop) => importStock(shop, { iat: now() - 1_200, exp: now() - 600 }),

  'list all orders with a made-up token': async (shop) =>
    (await get(`${shop.orders}/admin/orders`, { token: unsigned(claims({ role: 'admin' })) })).accepted,

  'read history with a made-up token': async (shop) =>
    (await get(`${shop.stock}/history/tea`, { token: unsigned(service()) })).accepted,

  'notify with a key from the own site': async (shop) => {
    const { privateKey, header, url } = shop.attacker;
    const token = rs256(claims({ iss: 'https://partner.example' }), privateKey, { ...header, jku: url });
    return (await post(`${shop.orders}/partners/notifications`, { text: 'hello' }, { token })).accepted;
  },

  'scan with a file that everyone has as the secret': async (shop) => {
    const publicFile = await readFile(join(shop.root, 'stock-api', 'package.json'));
    const token = hs256(warehouse({ sub: 'scanner-1' }), publicFile, { kid: '../package.json' });
    return (await post(`${shop.stock}/warehouse/scans`, { sku: 'tea' }, { token })).accepted;
  },

  'report a payment with a made-up token': async (shop) =>
    (await post(`${shop.orders}/partners/payments`, { order: 1 }, { token: unsigned(claims()) })).json?.paid === true,

  'count stock with a made-up token': async (shop) =>
    (await post(`${shop.stock}/warehouse/counts`, { sku: 'tea', quantity: 0 }, { token: 'not.a.token' })).accepted,

  'read an address with no token': async (shop) => (await get(`${shop.gateway}/customers/u-1001/address`)).accepted,

  'open the kiosk with a pairing code': async (shop) => {
    const { json } = await post(`${shop.gateway}/kiosk/pairing`, {});
    return (await get(`${shop.gateway}/kiosk/menu`, { token: json?.token })).accepted;
  },

  'order as a partner with nothing but the public key': async (shop) => {
    const { json: jwk } = await get(`${shop.orders}/partners/key`);
    const order = rsaEncrypted(claims({ iss: 'https://partner.example', sub: 'mallory' }), createPublicKey({ key: jwk, format: 'jwk' }));
    return (await post(`${shop.orders}/partners/orders`, { order })).accepted;
  },

  'use an invitation as a refresh token': async (shop) =>
    (await post(`${shop.issuer}/refresh`, { refresh_token: await invitation(shop) })).accepted,

  'invite a colleague to a team of the own choice': async (shop) => {
    const forged = await invitation(shop, { team: 'owners' });
    return (await post(`${shop.issuer}/join`, { invitation: forged })).json?.team === 'owners';
  },

  'read the password hash from an access token': async (shop) => {
    const [, payload] = (await accessToken(shop)).split('.');
    return 'passwordHash' in JSON.parse(Buffer.from(payload, 'base64url').toString());
  },

  'book a return with a pick token a quarter of an hour too old': async (shop) => {
    const token = await pickToken(shop);
    return later(shop, 45 * MINUTES, () => post(`${shop.stock}/warehouse/returns`, { sku: 'tea' }, { token }));
  },

  'read stock with a stolen service token a year later': async (shop) => {
    const token = await serviceToken(shop);
    return later(shop, 365 * DAYS, () => get(`${shop.stock}/stock/tea`, { token }));
  },

  'cancel an order with a stolen access token two hours later': async (shop) => {
    const token = await accessToken(shop);
    return later(shop, 120 * MINUTES, () => request('DELETE', `${shop.orders}/orders/99`, { token }));
  },

  'join with an invitation a month later': async (shop) => {
    const found = await invitation(shop);
    return later(shop, 30 * DAYS, () => post(`${shop.issuer}/join`, { invitation: found }));
  },
};
