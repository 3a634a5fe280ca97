import { noSharedToken } from '../../rules/no-shared-token.ts';
import { runRule } from './run-rule.ts';

const ORDERS = "await fetch('https://orders.example/orders', { headers: { Authorization: `Bearer ${token}` } });";
const STOCK = "await fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${token}` } });";
const SIGN = `import jwt from 'jsonwebtoken';\nconst token = jwt.sign({ sub: 'shop' }, process.env.KEY, { expiresIn: '1m' });`;
/** One token of this program, kept and handed to whoever asks. */
const SERVICE_TOKEN = `let token;
async function serviceToken() {
  if (token) return token;
  const response = await fetch('https://login.example/oauth/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) });
  token = (await response.json()).access_token;
  return token;
}`;

runRule(noSharedToken, {
  valid: [
    { name: 'one service', code: `${SIGN}\n${ORDERS}\n${ORDERS}` },
    { name: 'one service, two paths', code: `${SIGN}\n${ORDERS}\nawait fetch('https://orders.example/returns', { headers: { Authorization: 'Bearer ' + token } });` },
    { name: 'a token for each', code: `import jwt from 'jsonwebtoken';\nconst sign = (audience) => jwt.sign({ sub: 'shop' }, process.env.KEY, { audience, expiresIn: '1m' });\nconst orders = sign('orders');\nconst stock = sign('stock');\n${ORDERS.replace('${token}', '${orders}')}\n${STOCK.replace('${token}', '${stock}')}` },
    { name: 'a token for each, signed in place', code: "import jwt from 'jsonwebtoken';\nawait fetch('https://orders.example/orders', { headers: { Authorization: `Bearer ${jwt.sign({ aud: 'orders' }, key)}` } });\nawait fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${jwt.sign({ aud: 'stock' }, key)}` } });" },
    { name: 'a token for each, by a function', code: "await fetch(`${process.env.ORDERS_URL}/orders`, { headers: { Authorization: `Bearer ${await getToken('orders')}` } });\nawait fetch(`${process.env.STOCK_URL}/items`, { headers: { Authorization: `Bearer ${await getToken('stock')}` } });" },
    { name: 'a function that is not known', code: "import { getToken } from 'tokens';\nawait fetch('https://orders.example', { headers: { Authorization: `Bearer ${await getToken()}` } });\nawait fetch('https://stock.example', { headers: { Authorization: `Bearer ${await getToken()}` } });" },
    { name: 'a token of its own for each call of a helper', code: "async function call(service, path) {\n  const token = await getToken(service);\n  return fetch(`https://${service}.example${path}`, { headers: { Authorization: `Bearer ${token}` } });\n}\nawait call('orders', '/orders');\nawait call('stock', '/items');" },
    { name: 'a token of its own for each address', code: "async function call(url) {\n  return fetch(url, { headers: { Authorization: `Bearer ${await tokenFor(url)}` } });\n}\nawait call(process.env.ORDERS_URL);\nawait call(process.env.STOCK_URL);" },
    { name: 'headers for each', code: "const headers = async (audience) => ({ Authorization: `Bearer ${await getToken(audience)}` });\nawait fetch('https://orders.example', { headers: await headers('orders') });\nawait fetch('https://stock.example', { headers: await headers('stock') });" },
    { name: 'a helper that is given both', code: "const call = (url, token) => fetch(url, { headers: { Authorization: `Bearer ${token}` } });\nawait call(process.env.ORDERS_URL, ordersToken);\nawait call(process.env.STOCK_URL, stockToken);" },
    { name: 'a variable that is filled anew', code: `let token = await getToken('orders');\n${ORDERS}\ntoken = await getToken('stock');\n${STOCK}\ntoken = undefined;` },
    { name: 'the issuer and a service', code: `const token = await login();\nawait fetch('https://login.example/userinfo', { headers: { Authorization: 'Bearer ' + token } });\n${STOCK}` },
    { name: 'hosts of one provider', code: "const token = await google.getAccessToken();\nawait fetch('https://www.googleapis.com/oauth2/v1/certs', { headers: { Authorization: `Bearer ${token}` } });\nawait fetch('https://sheets.googleapis.com/v4', { headers: { Authorization: `Bearer ${token}` } });" },
    { name: 'a key of a service with two hosts', code: "const options = { headers: { Authorization: process.env.LINKS_SECRET_KEY } };\nawait fetch('https://api.links.example/links', options);\nawait fetch('https://statistics.links.example/links', options);" },
    { name: 'hosts of GitHub', code: "const token = process.env.GITHUB_TOKEN;\nawait fetch('https://api.github.com/user', { headers: { Authorization: `Bearer ${token}` } });\nawait fetch('https://uploads.github.com/assets', { headers: { Authorization: `Bearer ${token}` } });" },
    { name: 'two names of one service', code: "const token = await getToken();\nawait fetch(process.env.ORDERS_URL, { headers: { Authorization: token } });\nawait fetch(process.env.ORDERS_INTERNAL_BASE_URL, { headers: { Authorization: token } });" },
    { name: 'two addresses of one service', code: "const token = await getToken();\nawait fetch(`https://${process.env.CACHE_REST_API_DOMAIN}/get`, { headers: { Authorization: token } });\nawait fetch(`https://${process.env.CACHE_EDGE_API_DOMAIN}/get`, { headers: { Authorization: token } });" },
    { name: 'a name that says no service', code: "const token = await getToken();\nawait fetch(process.env.API_URL, { headers: { Authorization: token } });\nawait fetch(process.env.ORDERS_URL, { headers: { Authorization: token } });" },
    { name: 'an environment variable and a host', code: "const token = await getToken();\nawait fetch(process.env.ORDERS_URL, { headers: { Authorization: token } });\nawait fetch('https://orders.example', { headers: { Authorization: token } });" },
    { name: 'addresses that nothing is known of', code: 'const token = await getToken();\nawait fetch(ordersUrl, { headers: { Authorization: token } });\nawait fetch(stockUrl, { headers: { Authorization: token } });' },
    { name: 'an address that is not known, by a condition', code: "const token = await getToken();\nconst url = test ? 'https://orders.test' : 'https://orders.example';\nawait fetch(url, { headers: { Authorization: token } });\nawait fetch('https://orders.test/x', { headers: { Authorization: token } });" },
    { name: 'an address that may be the other', code: "const ORDERS = process.env.ORDERS_URL;\nconst STOCK = process.env.STOCK_URL ?? ORDERS;\nconst token = await getToken();\nawait fetch(ORDERS + '/x', { headers: { Authorization: token } });\nawait fetch(STOCK + '/x', { headers: { Authorization: token } });" },
    { name: 'only one of them with the token', code: `${SIGN}\n${ORDERS}\nawait fetch('https://stock.example/items');` },
    { name: 'two tokens of a class', code: "class Orders {\n  list() { return fetch('https://orders.example', { headers: { Authorization: this.token } }); }\n}\nclass Stock {\n  list() { return fetch('https://stock.example', { headers: { Authorization: this.token } }); }\n}" },
    { name: 'parameters of two functions', code: "const orders = (token) => fetch('https://orders.example', { headers: { Authorization: token } });\nconst stock = (token) => fetch('https://stock.example', { headers: { Authorization: token } });" },
    { name: 'a client for each', code: "import axios from 'axios';\nconst orders = axios.create({ baseURL: 'https://orders.example', headers: { Authorization: `Bearer ${process.env.ORDERS_TOKEN}` } });\nconst stock = axios.create({ baseURL: 'https://stock.example', headers: { Authorization: `Bearer ${process.env.STOCK_TOKEN}` } });" },
    { name: 'a token for each of a list', code: "for (const url of ['https://orders.example/x', 'https://stock.example/x']) {\n  const token = await getToken(url);\n  await fetch(url, { headers: { Authorization: `Bearer ${token}` } });\n}" },
    { name: 'a token for each of a list, in place', code: "await Promise.all(['https://orders.example', 'https://stock.example'].map(async (url) => fetch(url, { headers: { Authorization: await getToken(url) } })));" },
    { name: 'a list that is not known', code: "const token = await getToken();\nfor (const url of urls) await fetch(url, { headers: { Authorization: token } });" },
    { name: 'paths of a list', code: "const token = await getToken();\nfor (const path of ['/a', '/b']) await fetch('https://orders.example' + path, { headers: { Authorization: token } });" },
    { name: 'a page in a browser', code: `'use client';\nconst token = await getToken();\n${ORDERS}\n${STOCK}` },
    { name: 'a text', code: "await fetch('https://orders.example', { headers: { Authorization: 'Basic eDp5' } });\nawait fetch('https://stock.example', { headers: { Authorization: 'Basic eDp5' } });" },
  ],
  invalid: [
    { name: 'a signed token', code: `${SIGN}\n${ORDERS}\n${STOCK}`, errors: [{ message: 'shared', line: 4, column: 72, exploitability: 'depends', text: /goes to `stock\.example` here goes to `orders\.example` in line 3 too/ }] },
    { name: 'three services', code: `${SIGN}\n${ORDERS}\n${STOCK}\nawait fetch('https://prices.example', { headers: { Authorization: 'Bearer ' + token } });`, errors: [{ message: 'shared', line: 4 }, { message: 'shared', line: 5, text: /`prices\.example`/ }] },
    { name: 'a second request to the second service is no new one', code: `${SIGN}\n${ORDERS}\n${STOCK}\n${STOCK}`, errors: 1 },
    { name: 'environment variables', code: "const token = await getToken();\nawait fetch(`${process.env.ORDERS_URL}/orders`, { headers: { Authorization: `Bearer ${token}` } });\nawait fetch(`${process.env.STOCK_URL}/items`, { headers: { Authorization: `Bearer ${token}` } });", errors: [{ message: 'shared', line: 3, text: /`STOCK_URL`.*`ORDERS_URL`/ }] },
    { name: 'environment variables with fallbacks', code: "const ORDERS = process.env.ORDERS_URL ?? 'http://localhost:3001';\nconst STOCK = process.env.STOCK_URL ?? 'http://localhost:3002';\nconst token = await getToken();\nawait fetch(ORDERS, { headers: { Authorization: token } });\nawait fetch(STOCK + '/items', { headers: { Authorization: token } });", errors: ['shared'] },
    { name: 'paths on base addresses', code: "const token = await getToken();\nconst headers = { Authorization: token };\nawait fetch(new URL(`/orders/${id}`, process.env.ORDERS_URL), { headers });\nawait fetch(new URL(`/items/${id}`, process.env.STOCK_URL), { headers });", errors: [{ message: 'shared', line: 4 }] },
    { name: 'hosts in a cluster', code: "const token = await getToken();\nawait fetch('http://orders:3000/orders', { headers: { Authorization: token } });\nawait fetch('http://stock:3000/items', { headers: { Authorization: token } });", errors: ['shared'] },
    { name: 'ports of this machine', code: "const token = await getToken();\nawait fetch('http://localhost:3001/orders', { headers: { Authorization: token } });\nawait fetch('http://localhost:3002/items', { headers: { Authorization: token } });", errors: ['shared'] },
    { name: 'a client credentials grant', code: `const axios = require('axios');\nconst { data } = await axios.post('https://login.example/oauth/token', { grant_type: 'client_credentials', client_id: id });\nawait axios.get('https://orders.example/orders', { headers: { Authorization: 'Bearer ' + data.access_token } });\nawait axios.get('https://stock.example/items', { headers: { Authorization: 'Bearer ' + data.access_token } });`, errors: [{ message: 'shared', line: 4 }] },
    { name: 'a function that keeps one token', code: `${SERVICE_TOKEN}\nconst orders = async () => fetch('https://orders.example', { headers: { Authorization: \`Bearer \${await serviceToken()}\` } });\nconst stock = async () => fetch('https://stock.example', { headers: { Authorization: \`Bearer \${await serviceToken()}\` } });`, errors: [{ message: 'shared', line: 9 }] },
    { name: 'a function that keeps one token, in variables', code: `${SERVICE_TOKEN}\nasync function orders() {\n  const token = await serviceToken();\n  ${ORDERS}\n}\nasync function stock() {\n  const token = await serviceToken();\n  ${STOCK}\n}`, errors: ['shared'] },
    { name: 'a helper', code: `${SERVICE_TOKEN}\nasync function call(url) {\n  return fetch(url, { headers: { Authorization: \`Bearer \${await serviceToken()}\` } });\n}\nawait call('https://orders.example/orders');\nawait call('https://stock.example/items');`, errors: [{ message: 'shared', line: 12 }] },
    { name: 'a helper that is given the token', code: "const call = (url, token) => fetch(url, { headers: { Authorization: `Bearer ${token}` } });\nconst token = await getToken();\nawait call(process.env.ORDERS_URL, token);\nawait call(process.env.STOCK_URL, token);", errors: [{ message: 'shared', line: 4 }] },
    { name: 'a loop over a list', code: "const token = await getToken();\nfor (const url of ['https://orders.example/x', 'https://stock.example/x']) await fetch(url, { headers: { Authorization: `Bearer ${token}` } });", errors: [{ message: 'shared', line: 2, text: /`stock\.example` here goes to `orders\.example` in line 2/ }] },
    { name: 'a list that is mapped', code: "const token = await getToken();\nawait Promise.all([process.env.ORDERS_URL, process.env.STOCK_URL].map((url) => fetch(url, { headers: { Authorization: `Bearer ${token}` } })));", errors: ['shared'] },
    { name: 'a function without arguments for a list', code: `${SERVICE_TOKEN}\nconst urls = ['https://orders.example', 'https://stock.example', 'https://prices.example'];\nconst kept = await serviceToken();\nurls.forEach((url) => fetch(url, { headers: { Authorization: 'Bearer ' + kept } }));`, errors: 1 },
    { name: 'headers in a constant', code: "const headers = { Authorization: `Bearer ${await getToken()}` };\nawait fetch('https://orders.example', { headers });\nawait fetch('https://stock.example', { headers });", errors: [{ message: 'shared', line: 3 }] },
    { name: 'options in a constant', code: "import axios from 'axios';\nconst options = { headers: { Authorization: `Bearer ${process.env.SERVICE_TOKEN}` } };\nawait axios.get('https://orders.example', options);\nawait axios.get('https://stock.example', options);", errors: [{ message: 'shared', line: 4 }] },
    { name: 'headers from a helper', code: `${SERVICE_TOKEN}\nconst authorized = async () => ({ Authorization: \`Bearer \${await serviceToken()}\` });\nawait fetch('https://orders.example', { headers: await authorized() });\nawait fetch('https://stock.example', { headers: await authorized() });`, errors: ['shared'] },
    { name: 'an environment variable that holds the token', code: "await fetch('https://orders.example', { headers: { Authorization: `Bearer ${process.env.SERVICE_TOKEN}` } });\nawait fetch('https://stock.example', { headers: { Authorization: `Bearer ${process.env.SERVICE_TOKEN}` } });", errors: ['shared'] },
    { name: 'a field', code: "class Shop {\n  async start() { this.token = await getToken(); }\n  orders() { return fetch('https://orders.example', { headers: { Authorization: `Bearer ${this.token}` } }); }\n  stock() { return fetch('https://stock.example', { headers: { Authorization: `Bearer ${this.token}` } }); }\n}", errors: [{ message: 'shared', line: 4 }] },
    { name: 'a parameter', code: "export async function both(token) {\n  await fetch('https://orders.example', { headers: { Authorization: `Bearer ${token}` } });\n  await fetch('https://stock.example', { headers: { Authorization: `Bearer ${token}` } });\n}", errors: ['shared'] },
    { name: 'clients', code: "import axios from 'axios';\nconst token = await getToken();\nexport const orders = axios.create({ baseURL: process.env.ORDERS_URL, headers: { Authorization: `Bearer ${token}` } });\nexport const stock = axios.create({ baseURL: process.env.STOCK_URL, headers: { Authorization: `Bearer ${token}` } });", errors: [{ message: 'shared', line: 4 }] },
    { name: 'the defaults of axios', code: "import axios from 'axios';\naxios.defaults.headers.common.Authorization = `Bearer ${await getToken()}`;\nawait axios.get('https://orders.example/orders');\nawait axios.get('https://stock.example/items');", errors: [{ message: 'shared', line: 4 }] },
    { name: 'an interceptor', code: `import axios from 'axios';\n${SERVICE_TOKEN}\naxios.interceptors.request.use(async (config) => {\n  config.headers.Authorization = \`Bearer \${await serviceToken()}\`;\n  return config;\n});\nexport const orders = () => axios.get('https://orders.example/orders');\nexport const stock = () => axios.get('https://stock.example/items');`, errors: [{ message: 'shared', line: 14 }] },
    { name: 'interceptors of two clients', code: "import axios from 'axios';\nconst token = await getToken();\nconst orders = axios.create({ baseURL: 'https://orders.example' });\nconst stock = axios.create({ baseURL: 'https://stock.example' });\norders.interceptors.request.use((config) => { config.headers.Authorization = `Bearer ${token}`; return config; });\nstock.interceptors.request.use((config) => { config.headers.Authorization = `Bearer ${token}`; return config; });", errors: [{ message: 'shared', line: 6 }] },
    { name: 'got', code: "import got from 'got';\nconst token = await getToken();\nconst orders = got.extend({ prefixUrl: 'https://orders.example', headers: { authorization: `Bearer ${token}` } });\nconst stock = got.extend({ prefixUrl: 'https://stock.example', headers: { authorization: `Bearer ${token}` } });", errors: ['shared'] },
    { name: 'superagent', code: "const superagent = require('superagent');\nconst token = await getToken();\nawait superagent.get('https://orders.example').set('Authorization', `Bearer ${token}`);\nawait superagent.get('https://stock.example').auth(token, { type: 'bearer' });", errors: ['shared'] },
    { name: 'node:https', code: "import https from 'node:https';\nconst token = await getToken();\nhttps.get('https://orders.example', { headers: { Authorization: 'Bearer ' + token } }, (response) => response.resume());\nhttps.request({ host: 'stock.example', headers: { Authorization: 'Bearer ' + token } });", errors: ['shared'] },
    {
      name: 'HttpService and a configuration of Nest', filename: 'shop.service.ts',
      code: `import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';

@Injectable()
export class ShopService {
  constructor(private readonly http: HttpService, private readonly config: ConfigService, private readonly jwt: JwtService) {}

  async all() {
    const token = await this.jwt.signAsync({ sub: 'shop' });
    const headers = { Authorization: \`Bearer \${token}\` };
    return [
      this.http.get(this.config.get('ORDERS_URL'), { headers }),
      this.http.get(this.config.getOrThrow('STOCK_URL'), { headers }),
    ];
  }
}`,
      errors: [{ message: 'shared', line: 15 }],
    },
    { name: "a caller's token, where forwarding is not looked for", code: "app.get('/', async (req, res) => {\n  const token = req.headers.authorization;\n  await fetch('https://orders.example', { headers: { Authorization: token } });\n  await fetch('https://stock.example', { headers: { Authorization: token } });\n});", errors: ['shared'] },
  ],
});
