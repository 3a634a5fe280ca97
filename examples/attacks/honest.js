// What the shop's users, services and partners do every day. Each entry resolves to true when all of it was answered as it should be.

import { get, post, request } from './request.js';
import { claims, hs256, passwordEncrypted, rs256 } from './tokens.js';

const ORDERS_CLIENT = { client_id: 'orders-api', client_secret: 'orders-api-client-4b1d9c0e7a5f' };

/** Logs a user in and resolves to the token response. */
export async function login({ issuer }, username = 'alice', resource = 'shop') {
  const password = { alice: 'correct horse battery staple', bob: 'tr0ub4dor and three' }[username];
  const { json, status } = await post(`${issuer}/login`, { username, password, resource });
  if (status !== 200) throw new Error(`login answered ${status}`);
  return json;
}

export const accessToken = async (shop, username, resource) => (await login(shop, username, resource)).access_token;

export const serviceToken = async ({ issuer }) => (await post(`${issuer}/service-token`, ORDERS_CLIENT)).json.access_token;

export const pickToken = async ({ stock }) => (await post(`${stock}/warehouse/picklists`, { picker: 'p-7' })).json.token;

export async function invitation(shop, body = {}) {
  return (await post(`${shop.issuer}/invitations`, body, { token: await accessToken(shop) })).json.invitation;
}

/** Import tokens come from a scheduler, which is given the same secret as the service. */
export async function importStock(shop, own) {
  for (const secret of shop.importSecrets) {
    const token = hs256(claims({ sub: 'nightly-import', ...own }), secret);
    const { accepted } = await request('PUT', `${shop.stock}/stock/cocoa`, { token, body: { quantity: 25 } });
    if (accepted) return true;
  }
  return false;
}

export const honestRequests = {
  'log in and read the own profile': async (shop) =>
    (await get(`${shop.issuer}/me`, { token: await accessToken(shop) })).json?.username === 'alice',

  'refresh an access token and use it': async (shop) => {
    const { refresh_token } = await login(shop);
    const { json } = await post(`${shop.issuer}/refresh`, { refresh_token });
    return (await get(`${shop.orders}/orders`, { token: json?.access_token })).accepted;
  },

  'invite a colleague who joins': async (shop) =>
    (await post(`${shop.issuer}/join`, { invitation: await invitation(shop) })).json?.invitedBy === 'u-1001',

  'list the own orders': async (shop) => (await get(`${shop.orders}/orders`, { token: await accessToken(shop) })).accepted,

  'ask whether tea is available': async (shop) =>
    (await get(`${shop.orders}/available/tea`, { token: await accessToken(shop) })).json?.quantity > 0,

  'order tea, which reserves stock, and cancel': async (shop) => {
    const token = await accessToken(shop);
    const { json, status } = await post(`${shop.orders}/orders`, { sku: 'tea', quantity: 1 }, { token });
    if (status !== 201) return false;
    return (await request('DELETE', `${shop.orders}/orders/${json.id}`, { token })).accepted;
  },

  'read the own invoices': async (shop) => (await get(`${shop.orders}/invoices`, { token: await accessToken(shop) })).accepted,

  'download an order': async (shop) => {
    const { json } = await post(`${shop.orders}/downloads/1`, {}, { token: await accessToken(shop) });
    return (await get(`${shop.orders}/downloads`, { headers: { 'x-download-token': String(json?.token) } })).accepted;
  },

  'list all orders as a member of the staff': async (shop) =>
    (await get(`${shop.orders}/admin/orders`, { token: await accessToken(shop, 'bob') })).accepted,

  'report a payment as the payment provider': async (shop) => {
    const { privateKey, header } = shop.paymentProvider;
    const token = rs256(claims({ iss: 'https://payments.example' }), privateKey, header);
    return (await post(`${shop.orders}/partners/payments`, { order: 1 }, { token })).json?.paid === true;
  },

  'read prices and history as a service': async (shop) => {
    const token = await serviceToken(shop);
    const answers = await Promise.all([get(`${shop.stock}/prices/tea`, { token }), get(`${shop.stock}/history/tea`, { token })]);
    return answers.every(({ accepted }) => accepted);
  },

  'delete history as a service': async (shop) =>
    (await request('DELETE', `${shop.stock}/history/coffee`, { token: await serviceToken(shop) })).accepted,

  'import stock at night': (shop) => importStock(shop, {}),

  'fetch a pick list, count and book a return': async (shop) => {
    const token = await pickToken(shop);
    const answers = await Promise.all([
      get(`${shop.stock}/warehouse/picklists`, { token }),
      post(`${shop.stock}/warehouse/counts`, { sku: 'tea', quantity: 3 }, { token }),
      post(`${shop.stock}/warehouse/returns`, { sku: 'tea' }, { token }),
    ]);
    return answers.every(({ accepted }) => accepted);
  },

  'get a receipt and redeem it': async (shop) => {
    const { json } = await post(`${shop.stock}/warehouse/receipts`, { quantity: 3 }, { token: await pickToken(shop) });
    return (await post(`${shop.stock}/warehouse/receipts/redeem`, { receipt: json?.receipt })).json?.redeemed === 3;
  },

  'read the own address': async (shop) =>
    (await get(`${shop.gateway}/customers/u-1001/address`, { token: await accessToken(shop) })).accepted,

  'activate a kiosk that shows its menu': async (shop) => {
    const { json } = await post(`${shop.gateway}/kiosk/activation`, {}, { token: await accessToken(shop, 'bob') });
    return (await get(`${shop.gateway}/kiosk/menu`, { token: json?.token })).accepted;
  },

  'send encrypted mail as a partner': async (shop) => {
    const message = passwordEncrypted({ subject: 'prices for May' }, shop.inboxPassword, 2_000);
    return (await post(`${shop.gateway}/inbox`, { message })).json?.subject === 'prices for May';
  },
};
