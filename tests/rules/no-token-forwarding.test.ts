import { noTokenForwarding } from '../../rules/no-token-forwarding.ts';
import { runRule } from './run-rule.ts';

/** A route of Express, with a body. */
const route = (body: string): string => `import express from 'express';\nconst app = express();\napp.get('/orders', async (req, res) => {\n  ${body}\n});`;
const axios = (body: string): string => `import axios from 'axios';\n${route(body)}`;

runRule(noTokenForwarding, {
  valid: [
    { name: 'a token for the other service', code: axios(`const token = await getTokenFor('stock');\n  res.json((await axios.get('https://stock.example/items', { headers: { Authorization: \`Bearer \${token}\` } })).data);`) },
    { name: 'a token that was exchanged for it', code: axios(`const { access_token } = await exchange(req.headers.authorization);\n  await axios.get('https://stock.example/items', { headers: { Authorization: \`Bearer \${access_token}\` } });`) },
    {
      name: 'token exchange in the body',
      code: axios(`const token = req.headers.authorization.split(' ')[1];
  const { data } = await axios.post(process.env.STS_URL, new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: token, audience: 'stock' }), { headers: { Authorization: req.headers.authorization } });
  await axios.get('https://stock.example/items', { headers: { Authorization: 'Bearer ' + data.access_token } });`),
    },
    { name: 'introspection', code: route(`await fetch('https://login.example/oauth2/introspect', { method: 'POST', headers: { Authorization: req.headers.authorization }, body: 'token=' + t });`) },
    { name: 'introspection endpoint in a variable', code: route(`await fetch(process.env.INTROSPECTION_ENDPOINT, { headers: { Authorization: req.headers.authorization } });`) },
    { name: 'introspection endpoint of the metadata', code: route(`await fetch(metadata.introspection_endpoint, { headers: { Authorization: req.headers.authorization } });`) },
    { name: 'userinfo', code: axios("const { data } = await axios.get(`https://${domain}/userinfo`, { headers: { Authorization: req.headers.authorization } });") },
    { name: 'homemade introspection', code: axios("await axios.get(`${process.env.ACCOUNTS_URL}/tokens/verify`, { headers: { Authorization: req.headers.authorization } });") },
    { name: 'the service that issues the tokens', code: axios("await axios.get(`${process.env.AUTH_SERVICE_URL}/me`, { headers: { Authorization: req.headers.authorization } });") },
    { name: 'the host of the issuer', code: route(`await fetch('https://auth.example.com/realms/shop/account', { headers: { authorization: req.headers.authorization } });`) },
    { name: 'a host of the policy', code: route(`await fetch('https://stock.example/items', { headers: { authorization: req.headers.authorization } });`), settings: { policy: { forwardTo: ['stock.example'] } } },
    { name: 'a host of the policy, whatever the port', code: route(`await fetch('http://stock:3000/items', { headers: { authorization: req.headers.authorization } });`), settings: { policy: { forwardTo: ['stock'] } } },
    { name: 'this machine', code: route(`await fetch('http://localhost:3000/items', { headers: { authorization: req.headers.authorization } });`) },
    { name: 'this program', code: route("await fetch(`${req.protocol}://${req.get('host')}/items`, { headers: { authorization: req.headers.authorization } });") },
    { name: 'an address without a host', code: route(`await fetch('/items', { headers: { authorization: req.headers.authorization } });`) },
    { name: "the program's own address", code: route("await fetch(`${process.env.APP_URL}/items`, { headers: { authorization: req.headers.authorization } });") },
    { name: 'a parameter that nothing is known of', code: `export const send = (url, token) => fetch(url, { headers: { Authorization: \`Bearer \${token}\` } });` },
    { name: 'an address that nothing is known of', code: `export const send = (url, req) => fetch(url, { headers: { Authorization: req.headers.authorization } });` },
    { name: 'other headers of the request', code: route(`await fetch('https://stock.example/items', { headers: { 'x-request-id': req.headers['x-request-id'], 'accept-language': req.get('Accept-Language') } });`) },
    { name: 'a lock on forms', code: route(`await fetch('https://stock.example/items', { headers: { 'x-csrf-token': req.headers['x-csrf-token'] } });`) },
    { name: 'all headers but that one', code: route(`const { authorization, ...headers } = req.headers;\n  await fetch('https://stock.example/items', { headers });`) },
    { name: 'all headers, with another token', code: route("await fetch('https://stock.example/items', { headers: { ...req.headers, authorization: `Bearer ${await stockToken()}` } });") },
    { name: 'all headers, without it afterwards', code: route(`const headers = { ...req.headers };\n  delete headers.authorization;\n  await fetch('https://stock.example/items', { headers });`) },
    { name: 'Headers, without it afterwards', code: `export async function GET(request) {\n  const headers = new Headers(request.headers);\n  headers.delete('authorization');\n  return fetch('https://stock.example/items', { headers });\n}` },
    { name: 'Headers, with another token', code: `export async function GET(request) {\n  const headers = new Headers(request.headers);\n  headers.set('Authorization', 'Bearer ' + (await stockToken()));\n  return fetch('https://stock.example/items', { headers });\n}` },
    { name: 'some headers, picked', code: route(`await fetch('https://stock.example/items', { headers: pick(req.headers, ['accept', 'x-request-id']) });`) },
    { name: 'the answer to the caller', code: route(`res.set('Authorization', req.headers.authorization).json({});`) },
    { name: 'a failed request tried again', code: `import axios from 'axios';\naxios.interceptors.response.use(undefined, (error) => {\n  const headers = { Authorization: error.config.headers.Authorization };\n  return axios.get('https://stock.example/items', { headers });\n});` },
    { name: 'a token that a login answers with', code: `const response = await fetch('https://login.example/login');\nawait fetch('https://stock.example/items', { headers: { Authorization: response.headers.get('Authorization') } });` },
    { name: 'a page in a browser', code: `'use client';\nexport const load = (headers) => fetch('https://stock.example/items', { headers: { Authorization: headers.authorization } });` },
    { name: 'a page that keeps its refresh token', code: `'use client';\nexport const register = (device) => fetch('https://devices.example/mine', { method: 'POST', body: JSON.stringify({ device, refreshToken }) });` },
    { name: 'a client for a host of the policy', code: axios("const stock = axios.create({ baseURL: 'https://stock.example' });\n  stock.defaults.headers.common.Authorization = req.headers.authorization;\n  res.json((await stock.get('/items')).data);"), settings: { policy: { forwardTo: ['stock.example'] } } },
    { name: 'a cookie that the program has set, under a name of another module', code: `import { COOKIE } from './cookies.js';\n${route(`await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + req.cookies.access_token } });`)}\napp.post('/login', async (req, res) => { res.cookie(COOKIE, await login(req.body), { httpOnly: true, secure: true, sameSite: 'lax' }).end(); });` },
    { name: 'a token of the session', code: route(`await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + req.session.accessToken } });`) },
    { name: 'a cookie that the program has set', code: `${route(`await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + req.cookies.access_token } });`)}\napp.post('/login', async (req, res) => { res.cookie('access_token', await login(req.body), { httpOnly: true, secure: true, sameSite: 'lax' }).end(); });` },
    { name: 'an address that browsers use as well', code: "import { cookies } from 'next/headers';\nexport const load = async () => fetch(`${process.env.NEXT_PUBLIC_API_URL}/items`, { headers: { Authorization: `Bearer ${(await cookies()).get('access_token')?.value}` } });" },
    { name: 'a cookie of another kind', code: route(`await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + req.cookies.theme } });`) },
    { name: 'verifying it here', code: `import jwt from 'jsonwebtoken';\n${route(`const { sub } = jwt.verify(req.headers.authorization.split(' ')[1], key, { algorithms: ['RS256'] });\n  await fetch('https://stock.example/items/' + sub);`)}` },
    { name: 'a fresh token', code: `import jwt from 'jsonwebtoken';\n${route(`const token = jwt.sign({ sub: 'orders' }, process.env.KEY, { audience: 'stock', expiresIn: '1m' });\n  await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + token } });`)}` },
    { name: 'a refresh token at the token endpoint', code: `await fetch('https://login.example/oauth/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }) });` },
    { name: 'a refresh token at the revocation endpoint', code: `await axios.post('https://login.example/oauth2/revoke', { token: refreshToken });` },
    { name: 'a refresh token at a homemade endpoint', code: `await axios.post('https://shop.example/session/refresh', { refreshToken });` },
    { name: 'a refresh token at an address that is not known', code: 'await axios.post(url, { refreshToken });' },
    { name: 'a refresh token with its grant type', code: `await axios.post('https://shop.example/api', { grant_type: 'refresh_token', refresh_token: refreshToken });` },
    { name: 'a long text where a module could be named', code: `${route(`await prepare()('${'select / '.repeat(1000)}');`)}\nexport const ask = (token) => fetch('/items', { headers: { authorization: token } });`, files: { 'package.json': '{}' } },
    { name: 'a map of the same methods', code: `const headers = map.get('https://stock.example/items', { headers: { Authorization: value } });` },
    { name: 'headers of a client', code: `class Calendar {\n  constructor(args) { this.headers = args.headers; }\n  list() { return fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + this.token, ...this.headers } }); }\n}` },
    { name: 'an adapter that makes a request for a handler', code: 'export function adapted(event) {\n  const url = `https://${event.requestContext.domainName}${event.rawPath}`;\n  return new Request(url, { headers: event.headers });\n}' },
    { name: 'an address that is put together of what is not known', code: 'export const send = (host, path, req) => fetch(`https://${host}${path}`, { headers: req.headers });' },
    { name: 'a client of the project that says no service', code: `import { httpClient } from './http.js';\nexport const list = (req) => httpClient.get('/items', { headers: { Authorization: req.headers.authorization } });` },
    { name: 'a client of the service that issues tokens', code: `import { AuthService } from './services.js';\nexport const list = (req) => AuthService.get('/accounts', { headers: { Authorization: req.headers.authorization } });` },
    { name: 'options of a helper', code: `export const send = ({ path, headers }) => fetch('https://stock.example' + path, { headers });\nexport const ask = (options) => fetch('https://stock.example', { headers: { authorization: options.headers.authorization } });` },
    { name: 'a helper that is given a token of its own', code: `const send = (token) => fetch('https://stock.example/items', { headers: { Authorization: \`Bearer \${token}\` } });\n${route('res.json(await send(await stockToken()));')}` },
  ],
  invalid: [
    { name: 'all headers beside a token of its own', code: `app.get('/', async (req, res) => {\n  const answer = await fetch('https://stock.example/items', { headers: { ...req.headers, 'x-access-token': serviceToken } });\n  res.json(await answer.json());\n});`, errors: 1 },
    {
      name: 'express and axios',
      code: axios(`const { data } = await axios.get('https://stock.example/items', { headers: { Authorization: req.headers.authorization } });`),
      errors: [{ message: 'token', line: 5, column: 95, exploitability: 'depends', text: "This sends the caller's token on to `stock.example` as it came, and `stock.example` can then act as the caller" }],
    },
    { name: 'an environment variable', code: axios("await axios.get(`${process.env.STOCK_URL}/items`, { headers: { Authorization: req.headers.authorization } });"), errors: [{ message: 'token', text: /`STOCK_URL`/ }] },
    { name: 'with a fallback on this machine', code: `const STOCK = process.env.STOCK_URL || 'http://localhost:3002';\n${axios("await axios.get(STOCK + '/items', { headers: { Authorization: req.headers.authorization } });")}`, errors: [{ message: 'token', text: /`STOCK_URL`/ }] },
    { name: 'taken apart and put together', code: axios("const token = req.headers.authorization?.split(' ')[1];\n  await axios.post('https://stock.example/items', req.body, { headers: { Authorization: `Bearer ${token}` } });"), errors: [{ message: 'token', line: 6 }] },
    { name: 'taken apart into a list', code: axios("const [, token] = req.headers['authorization'].split(' ');\n  await axios.post('https://stock.example/items', {}, { headers: { Authorization: 'Bearer ' + token } });"), errors: ['token'] },
    { name: 'replace', code: axios("const token = req.get('Authorization').replace('Bearer ', '');\n  await axios({ method: 'get', url: 'https://stock.example/items', headers: { Authorization: `Bearer ${token}` } });"), errors: ['token'] },
    { name: 'slice', code: route("const token = req.header('authorization').slice(7);\n  await fetch('https://stock.example/items', { headers: { authorization: `Bearer ${token}` } });"), errors: ['token'] },
    { name: 'assigned later', code: route("let token;\n  if (req.headers.authorization?.startsWith('Bearer ')) token = req.headers.authorization.split(' ')[1];\n  await fetch('https://stock.example/items', { headers: { authorization: `Bearer ${token}` } });"), errors: ['token'] },
    { name: 'destructured', code: route("const { authorization } = req.headers;\n  await fetch('https://stock.example/items', { headers: { authorization } });"), errors: ['token'] },
    { name: 'a fallback to a token of its own', code: route("await fetch('https://stock.example/items', { headers: { authorization: req.headers.authorization ?? `Bearer ${await own()}` } });"), errors: ['token'] },
    { name: 'another header', code: route("await fetch('https://stock.example/items', { headers: { 'x-access-token': req.headers['x-access-token'] } });"), errors: ['token'] },
    { name: 'a cookie', code: route("await fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${req.cookies.access_token}` } });"), errors: ['token'] },
    { name: 'all headers', code: route("await fetch('https://stock.example/items', { method: 'GET', headers: req.headers });"), errors: [{ message: 'headers', line: 4, column: 72, text: /all headers of the request on to `stock\.example`/ }] },
    { name: 'all headers, spread', code: axios("await axios.get('https://stock.example/items', { headers: { ...req.headers, host: undefined } });"), errors: ['headers'] },
    { name: 'all headers but another', code: axios("const { host, ...headers } = req.headers;\n  await axios.get('https://stock.example/items', { headers });"), errors: ['headers'] },
    { name: 'Headers of a worker', code: `export default { async fetch(request, env) {\n  const headers = new Headers(request.headers);\n  headers.set('x-forwarded-by', 'edge');\n  return fetch('https://stock.example/items', { headers });\n} };`, errors: ['headers'] },
    { name: 'the request itself', code: `export default { async fetch(request, env) {\n  return fetch('https://stock.example/items', request);\n} };`, errors: ['headers'] },
    { name: 'options in a constant', code: axios("const options = { headers: { Authorization: req.headers.authorization } };\n  await axios.get('https://stock.example/items', options);"), errors: [{ message: 'token', line: 5 }] },
    { name: 'headers filled later', code: axios("const headers = {};\n  headers.Authorization = req.headers.authorization;\n  await axios.get('https://stock.example/items', { headers });"), errors: ['token'] },
    { name: 'a client for each request', code: axios("const stock = axios.create({ baseURL: process.env.STOCK_URL, headers: { Authorization: req.headers.authorization } });\n  res.json((await stock.get('/items')).data);"), errors: ['token'] },
    { name: 'a client with a base address', code: `import axios from 'axios';\nconst stock = axios.create({ baseURL: 'https://stock.example' });\n${route("res.json((await stock.get('/items', { headers: { Authorization: req.headers.authorization } })).data);")}`, errors: [{ message: 'token', text: /`stock\.example`/ }] },
    { name: 'the defaults of a client', code: axios("axios.defaults.headers.common['Authorization'] = req.headers.authorization;\n  await axios.get('https://stock.example/items');"), errors: [{ message: 'token', text: /on to another service as it came/ }] },
    { name: 'got', code: `import got from 'got';\n${route("await got('https://stock.example/items', { headers: { authorization: req.headers.authorization } }).json();")}`, errors: ['token'] },
    { name: 'a base address in the options', code: `import got from 'got';\n${route("const options = { prefixUrl: process.env.STOCK_API, headers: { authorization: req.headers.authorization } };\n  res.json((await got('items', options)).body);")}`, errors: [{ message: 'token', text: /`STOCK_API`/ }] },
    { name: 'a list of headers', code: route("await fetch('https://stock.example/items', { headers: [['Authorization', req.get('authorization')]] });"), errors: ['token'] },
    { name: 'got.extend', code: `import got from 'got';\nconst stock = got.extend({ prefixUrl: process.env.STOCK_API });\n${route("await stock.get('items', { headers: { authorization: req.headers.authorization } }).json();")}`, errors: ['token'] },
    { name: 'ky', code: `import ky from 'ky';\n${route("await ky.post('https://stock.example/items', { json: req.body, headers: { authorization: req.get('authorization') } });")}`, errors: ['token'] },
    { name: 'undici', code: `import { request } from 'undici';\n${route("await request('https://stock.example/items', { headers: { authorization: req.headers.authorization } });")}`, errors: ['token'] },
    { name: 'superagent', code: `const superagent = require('superagent');\n${route("await superagent.get('https://stock.example/items').set('Authorization', req.headers.authorization).accept('json');")}`, errors: ['token'] },
    { name: 'superagent, the token by itself', code: `const superagent = require('superagent');\n${route("await superagent.post('https://stock.example/items').auth(req.headers.authorization.slice(7), { type: 'bearer' }).send({});")}`, errors: ['token'] },
    { name: 'node:https', code: `import https from 'node:https';\n${route("https.request({ hostname: 'stock.example', path: '/items', headers: { Authorization: req.headers.authorization } });")}`, errors: [{ message: 'token', text: /`stock\.example`/ }] },
    { name: 'request-promise', code: `const rp = require('request-promise');\n${route("await rp({ uri: 'https://stock.example/items', auth: { bearer: req.headers.authorization.split(' ')[1] } });")}`, errors: ['token'] },
    { name: 'ofetch', code: `import { $fetch } from 'ofetch';\nexport default defineEventHandler(async (event) => $fetch('https://stock.example/items', { headers: { authorization: getHeader(event, 'authorization') } }));`, errors: ['token'] },
    { name: 'graphql-request', code: `import { GraphQLClient } from 'graphql-request';\n${route("const client = new GraphQLClient('https://stock.example/graphql', { headers: { authorization: req.headers.authorization } });")}`, errors: ['token'] },
    { name: 'a function of graphql-request', code: `import { request } from 'graphql-request';\n${route("res.json(await request('https://stock.example/graphql', query, {}, { authorization: req.headers.authorization }));")}`, errors: ['token'] },
    { name: 'the raw request of hono', code: `app.get('/orders', async (c) => {\n  const response = await fetch('https://stock.example/items', { headers: c.req.raw.headers });\n  return c.json(await response.json());\n});`, errors: ['headers'] },
    { name: 'a callback', code: `const request = require('request');\n${route("request({ url: 'https://stock.example/items', headers: { Authorization: req.headers.authorization } }, (error, response, body) => res.send(body));")}`, errors: ['token'] },
    {
      name: 'HttpService of Nest',
      filename: 'orders.service.ts',
      code: `import { HttpService } from '@nestjs/axios';
import { Controller, Get, Headers } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Controller('orders')
export class OrdersController {
  constructor(private readonly http: HttpService, private readonly config: ConfigService) {}

  @Get()
  list(@Headers('authorization') authorization: string) {
    return this.http.get(\`\${this.config.get('STOCK_URL')}/items\`, { headers: { Authorization: authorization } });
  }
}`,
      errors: [{ message: 'token', line: 11, text: /`STOCK_URL`/ }],
    },
    {
      name: 'the request of Nest',
      filename: 'orders.controller.ts',
      code: `import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';

@Controller()
export class OrdersController {
  @Get()
  async list(@Req() request: Request) {
    const token = request.headers.authorization?.split(' ')[1];
    return fetch('https://stock.example/items', { headers: { Authorization: \`Bearer \${token}\` } });
  }
}`,
      errors: ['token'],
    },
    { name: 'fastify', code: `fastify.get('/orders', async (request, reply) => {\n  return fetch(process.env.STOCK_URL, { headers: { authorization: request.headers.authorization } });\n});`, errors: ['token'] },
    { name: 'koa', code: `router.get('/orders', async (ctx) => {\n  ctx.body = await axios.get('https://stock.example/items', { headers: { Authorization: ctx.get('Authorization') } });\n});`, errors: ['token'] },
    { name: 'koa headers', code: `router.get('/orders', async (ctx) => {\n  ctx.body = await axios.get('https://stock.example/items', { headers: { Authorization: ctx.request.headers.authorization } });\n});`, errors: ['token'] },
    { name: 'hono', code: `app.get('/orders', async (c) => {\n  const authorization = c.req.header('Authorization');\n  return c.json(await (await fetch('https://stock.example/items', { headers: { Authorization: authorization } })).json());\n});`, errors: ['token'] },
    { name: 'hapi', code: `server.route({ method: 'GET', path: '/orders', handler: async (request, h) => fetch('https://stock.example/items', { headers: { authorization: request.headers.authorization } }) });`, errors: ['token'] },
    { name: 'a route of Next', filename: 'app/api/orders/route.ts', code: `import { headers } from 'next/headers';\nexport async function GET() {\n  const authorization = (await headers()).get('authorization') ?? '';\n  return fetch(\`\${process.env.STOCK_URL}/items\`, { headers: { authorization } });\n}`, errors: ['token'] },
    { name: 'cookies of Next', filename: 'app/api/orders/route.ts', code: `import { cookies } from 'next/headers';\nexport async function GET() {\n  const cookieStore = await cookies();\n  const token = cookieStore.get('access_token')?.value;\n  return fetch(\`\${process.env.STOCK_URL}/items\`, { headers: { Authorization: \`Bearer \${token}\` } });\n}`, errors: ['token'] },
    { name: 'a request of the platform', code: `export async function GET(request) {\n  return fetch('https://stock.example/items', { headers: { Authorization: request.headers.get('Authorization') } });\n}`, errors: ['token'] },
    { name: 'an event of Lambda', code: `exports.handler = async (event) => {\n  const response = await fetch(process.env.STOCK_URL, { headers: { Authorization: event.headers.Authorization } });\n  return { statusCode: response.status };\n};`, errors: ['token'] },
    { name: 'a function that takes it out', code: `function bearer(req) {\n  return req.headers.authorization.replace(/^Bearer /, '');\n}\n${route("await fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${bearer(req)}` } });")}`, errors: [{ message: 'token', line: 7 }] },
    { name: 'a function of a package that takes it out', code: `import { ExtractJwt } from 'passport-jwt';\nconst extract = ExtractJwt.fromAuthHeaderAsBearerToken();\n${route("await fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${extractBearerToken(req)}` } });")}`, errors: ['token'] },
    { name: 'put on the request before', code: `app.use((req, res, next) => {\n  req.token = req.headers.authorization?.split(' ')[1];\n  next();\n});\n${route("await fetch('https://stock.example/items', { headers: { Authorization: `Bearer ${req.token}` } });")}`, errors: ['token'] },
    { name: 'a Request that is sent', code: `export async function GET(request) {\n  const next = new Request('https://stock.example/items', { headers: { Authorization: request.headers.get('Authorization') } });\n  return fetch(next);\n}`, errors: ['token'] },
    { name: 'a copy of the request, sent at once', code: `export const GET = async (request) => fetch(new Request('https://stock.example/items', request));`, errors: ['headers'] },
    { name: 'a path on a host that is not known', code: 'export const items = (host, req) => fetch(`${host}/items`, { headers: { Authorization: req.headers.authorization } });', errors: [{ message: 'token', text: /on to another service/ }] },
    { name: 'a client and a token in private fields', code: `export class Orders {\n  #stockClient = createClient();\n  #refreshToken;\n  list(req) {\n    return this.#stockClient.get('/items', { headers: { Authorization: req.headers.authorization } });\n  }\n  register(device) {\n    return fetch('https://devices.example/mine', { method: 'POST', body: JSON.stringify({ device, token: this.#refreshToken }) });\n  }\n}`, errors: [{ message: 'token', line: 5, text: /to `stockClient`/ }, { message: 'refresh', line: 8 }] },
    { name: 'a client of the project', code: `import { StockService } from './services.js';\nexport const list = (req) => StockService.get('/items', { headers: { Authorization: req.headers.authorization } });`, errors: [{ message: 'token', text: /`StockService`/ }] },
    { name: 'a socket', code: `io.use(async (socket, next) => {\n  await axios.get(\`${'$'}{process.env.STOCK_URL}/items\`, { headers: { Authorization: \`Bearer ${'$'}{socket.handshake.auth.token}\` } });\n  next();\n});`, errors: ['token'] },
    { name: 'a helper that sends it', code: `const items = (token) => fetch('https://stock.example/items', { headers: { Authorization: token } });\n${route('res.json(await items(req.headers.authorization));')}`, errors: [{ message: 'token', line: 5 }] },
    { name: 'a helper of a helper', code: `async function call(url, token) {\n  return fetch(url, { headers: { Authorization: \`Bearer \${token}\` } });\n}\nfunction items(token) {\n  return call('https://stock.example/items', token);\n}\n${route("res.json(await items(req.headers.authorization.slice(7)));")}`, errors: [{ message: 'token', line: 10 }] },
    { name: 'headers from a helper', code: `const authorized = (req) => ({ headers: { Authorization: req.headers.authorization } });\n${axios("await axios.get('https://stock.example/items', authorized(req));")}`, errors: ['token'] },
    {
      name: 'a method that sends it',
      code: `class StockClient {
  async items(token) {
    return fetch(\`\${process.env.STOCK_URL}/items\`, { headers: { Authorization: \`Bearer \${token}\` } });
  }
  handle = async (req, res) => {
    res.json(await this.items(req.headers.authorization.split(' ')[1]));
  };
}`,
      errors: [{ message: 'token', line: 6 }],
    },
    { name: 'another host than the ones of the policy', code: route(`await fetch('https://prices.example/items', { headers: { authorization: req.headers.authorization } });`), settings: { policy: { forwardTo: ['stock.example'] } }, errors: ['token'] },
    { name: 'a service of a configuration', code: `import config from './config.js';\n${route("await fetch(`${config.services.stock}/items`, { headers: { authorization: req.headers.authorization } });")}`, errors: [{ message: 'token', text: /`config\.services\.stock`/ }] },
    { name: 'a refresh token as access token', code: `await fetch('https://stock.example/items', { headers: { Authorization: \`Bearer \${refreshToken}\` } });`, errors: [{ message: 'refresh', text: /refresh token to `stock\.example`/ }] },
    { name: 'a client for all requests', code: `import axios from 'axios';\n${route('axios.defaults.headers.common.Authorization = req.headers.authorization;')}`, errors: [{ message: 'token', line: 5, column: 49, text: /on to another service/ }] },
    { name: 'a client for all requests, by a helper', code: `import axios from 'axios';\nfunction setToken(token) {\n  axios.defaults.headers.common.Authorization = \`Bearer \${token}\`;\n}\n${route('setToken(req.headers.authorization.slice(7));')}`, errors: [{ message: 'token', line: 8, column: 3 }] },
    { name: 'all headers, from a helper of another module', code: `import { passedOn } from './headers.js';\n${axios("logger.info(req.headers['x-request-id']);\n  await axios.get('https://stock.example/items', passedOn(req));")}`, files: { 'headers.js': 'export const passedOn = (req) => ({ headers: req.headers });\n' }, errors: [{ message: 'headers', line: 7, column: 9 }] },
    { name: 'a cookie, while another one is set', code: `${route(`await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + req.cookies.access_token } });`)}\napp.post('/theme', (req, res) => { res.cookie('theme', req.body.theme, { httpOnly: true, secure: true, sameSite: 'lax' }).end(); });`, errors: [{ message: 'token', line: 4 }] },
    { name: 'a refresh token behind a word', code: `await fetch('https://stock.example/items', { headers: { Authorization: 'Bearer ' + refreshToken } });`, errors: [{ message: 'refresh', column: 84 }] },
    { name: 'a refresh token in a form', code: `await fetch('https://stock.example/devices', { method: 'POST', body: new URLSearchParams({ device, token: session.refreshToken }) });`, errors: [{ message: 'refresh', column: 107 }] },
    { name: 'a refresh token in a body', code: `await axios.post('https://stock.example/devices', { name, refreshToken: user.refreshToken });`, errors: ['refresh'] },
    { name: 'a refresh token as JSON', code: `await fetch(\`\${process.env.STOCK_URL}/devices\`, { method: 'POST', body: JSON.stringify({ refresh_token: tokens.refresh_token }), headers: { 'content-type': 'application/json' } });`, errors: ['refresh'] },
  ],
});
