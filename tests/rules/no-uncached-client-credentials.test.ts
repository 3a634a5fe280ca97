import { noUncachedClientCredentials } from '../../rules/no-uncached-client-credentials.ts';
import { runRule } from './run-rule.ts';

const GRANT = `const response = await fetch('https://login.example/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.CLIENT_ID, client_secret: process.env.CLIENT_SECRET }),
  });`;
/** A function that asks for a token each time. */
const TOKEN = `async function serviceToken() {
  ${GRANT}
  return (await response.json()).access_token;
}`;
const route = (body: string): string => `app.get('/orders', async (req, res) => {\n  ${body}\n});`;

runRule(noUncachedClientCredentials, {
  valid: [
    { name: 'in the scope of the module', code: `${GRANT}\nexport const { access_token } = await response.json();` },
    { name: 'at start-up', code: `${TOKEN}\nconst token = await serviceToken();\napp.listen(3000);` },
    { name: 'when the server listens', code: `${TOKEN}\napp.listen(3000, async () => {\n  app.locals.token = await serviceToken();\n});` },
    { name: 'when the server is ready', code: `${TOKEN}\nfastify.addHook('onReady', async () => {\n  await serviceToken();\n});` },
    { name: 'in a timer', code: `${TOKEN}\nsetInterval(async () => { await serviceToken(); }, 60_000);` },
    { name: 'in a function that nobody calls here', code: `export ${TOKEN}` },
    { name: 'in a script', code: `${TOKEN}\nasync function main() {\n  console.log(await serviceToken());\n}\nmain();` },
    { name: 'a request of a library, by its callback', code: `import https from 'node:https';\n${TOKEN}\nhttps.get('https://shop.example', async (res) => { await serviceToken(); });` },
    {
      name: 'kept in the module until it expires',
      code: `let cached;\nasync function serviceToken() {\n  if (cached && Date.now() < cached.until) return cached.token;\n  ${GRANT}\n  const { access_token, expires_in } = await response.json();\n  cached = { token: access_token, until: Date.now() + (expires_in - 30) * 1000 };\n  return access_token;\n}\n${route('await call(await serviceToken());')}`,
    },
    { name: 'kept in the module', code: `let token;\n${route(`if (!token) {\n  ${GRANT}\n  token = (await response.json()).access_token;\n  }\n  await call(token);`)}` },
    { name: 'kept as a promise', code: `let pending;\n${TOKEN}\n${route('pending ??= serviceToken();\n  await call(await pending);')}` },
    {
      name: 'kept in a field',
      code: `class Orders {\n  #token;\n  async token() {\n    if (this.#token) return this.#token;\n    ${GRANT}\n    this.#token = (await response.json()).access_token;\n    return this.#token;\n  }\n  list = async (req, res) => { res.json(await call(await this.token())); };\n}`,
    },
    { name: 'kept by a function that makes the getter', code: `function provider() {\n  let token;\n  return async () => {\n    if (token) return token;\n    ${GRANT}\n    token = (await response.json()).access_token;\n    return token;\n  };\n}\nconst serviceToken = provider();\n${route('await call(await serviceToken());')}` },
    { name: 'a consumer of a queue', code: `${TOKEN}\nchannel.consume('orders', async () => { await call(await serviceToken()); });` },
    { name: 'kept in a map', code: `const tokens = new Map();\n${TOKEN}\n${route("let token = tokens.get('stock');\n  if (!token) { token = await serviceToken(); tokens.set('stock', token); }\n  await call(token);")}` },
    { name: 'kept in a cache', code: `import NodeCache from 'node-cache';\nconst cache = new NodeCache();\n${TOKEN}\n${route("let token = cache.get('token');\n  if (token === undefined) { token = await serviceToken(); cache.set('token', token, 3000); }\n  await call(token);")}` },
    { name: 'kept in Redis', code: `${TOKEN}\n${route("const token = (await redis.get('token')) ?? (await serviceToken());\n  await redis.set('token', token, 'EX', 3000);\n  await call(token);")}` },
    { name: 'memoized', code: `import memoize from 'p-memoize';\nconst serviceToken = memoize(async () => {\n  ${GRANT}\n  return (await response.json()).access_token;\n}, { maxAge: 60_000 });\n${route('await call(await serviceToken());')}` },
    { name: 'memoized by name', code: `${TOKEN}\nconst cachedToken = pMemoize(serviceToken);\n${route('await call(await cachedToken());')}` },
    { name: 'wrapped by a cache', code: `${TOKEN}\n${route("await call(await cacheManager.wrap('token', () => serviceToken(), 3000));")}` },
    { name: 'kept by the platform', code: `export async function GET(request) {\n  const response = await fetch('https://login.example/oauth/token', { method: 'POST', body: 'grant_type=client_credentials&client_id=orders', next: { revalidate: 3000 } });\n  return Response.json(await response.json());\n}` },
    { name: 'kept in the session', code: `${TOKEN}\n${route('req.session.token = await serviceToken();\n  await call(req.session.token);')}` },
    { name: 'a token of the session first', code: `${TOKEN}\n${route('const token = req.session.token || (await serviceToken());\n  await call(token);')}` },
    {
      name: 'a method with a decorator that keeps it', filename: 'orders.controller.ts',
      code: `@Controller()\nexport class OrdersController {\n  @Get()\n  async list() { return call(await this.token()); }\n  @Cacheable({ ttl: 3000 })\n  async token() {\n    ${GRANT}\n    return (await response.json()).access_token;\n  }\n}`,
    },
    { name: 'a library that keeps tokens', code: `import { ConfidentialClientApplication } from '@azure/msal-node';\nconst client = new ConfidentialClientApplication({ auth });\n${route("const { accessToken } = await client.acquireTokenByClientCredential({ scopes: ['api://stock/.default'] });\n  await call(accessToken);")}` },
    { name: 'another grant', code: route("await fetch('https://login.example/oauth/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code }) });") },
    { name: 'a server of tokens', code: `app.post('/token', (req, res) => {\n  if (req.body.grant_type === 'client_credentials') return res.json(issue(req.body.client_id));\n  const { grant_type = 'client_credentials' } = req.body;\n  res.status(400).json({ error: 'unsupported_grant_type', grant_type });\n});` },
    { name: 'metadata of a server', code: route("res.json({ issuer: 'https://login.example', grant_types_supported: ['client_credentials'], introspection_endpoint: 'https://login.example/introspect' });") },
    { name: 'introspection with a cache', code: `const seen = new Map();\napp.use(async (req, res, next) => {\n  const token = req.headers.authorization.slice(7);\n  let claims = seen.get(token);\n  if (!claims) {\n    claims = await (await fetch('https://login.example/introspect', { method: 'POST', body: new URLSearchParams({ token }) })).json();\n    seen.set(token, claims);\n  }\n  next();\n});` },
    { name: 'introspection that nobody calls here', code: `export const introspect = (token) => fetch('https://login.example/introspect', { method: 'POST', body: new URLSearchParams({ token }) });` },
    { name: 'an endpoint for introspection', code: `app.post('/introspect', (req, res) => res.json({ active: false }));` },
  ],
  invalid: [
    { name: 'in a route', code: route(GRANT), errors: [{ message: 'grant', line: 4, exploitability: 'hardening' }] },
    { name: 'in a function that a route calls', code: `${TOKEN}\n${route('await call(await serviceToken());')}`, errors: [{ message: 'grant', line: 4 }] },
    { name: 'in a function behind a function', code: `${TOKEN}\nasync function stock() {\n  return call(await serviceToken());\n}\n${route('res.json(await stock());')}`, errors: ['grant'] },
    { name: 'in an arrow function', code: `const axios = require('axios');\nconst serviceToken = async () => {\n  const { data } = await axios.post(process.env.TOKEN_URL, { grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.SECRET });\n  return data.access_token;\n};\nmodule.exports = (app) => {\n  ${route('await call(await serviceToken());')}\n};`, errors: [{ message: 'grant', line: 3 }] },
    { name: 'a form that is filled', code: route("const form = new URLSearchParams();\n  form.append('grant_type', 'client_credentials');\n  await fetch('https://login.example/token', { method: 'POST', body: form });"), errors: [{ message: 'grant', line: 3 }] },
    { name: 'a form as text', code: route("await fetch('https://login.example/token', { method: 'POST', body: `grant_type=client_credentials&client_id=${process.env.ID}&client_secret=${process.env.SECRET}` });"), errors: ['grant'] },
    { name: 'qs', code: `const qs = require('qs');\n${route("await axios.post('https://login.example/token', qs.stringify({ grant_type: 'client_credentials', scope: 'stock' }), { auth: { username: id, password: secret } });")}`, errors: ['grant'] },
    { name: 'a body as JSON', code: `const request = require('request');\napp.get('/orders', (req, res) => {\n  request({ method: 'POST', url: 'https://login.example/oauth/token', body: '{"client_id":"orders","grant_type":"client_credentials"}' }, (error, response, body) => res.send(body));\n});`, errors: ['grant'] },
    { name: 'a variable of the handler', code: `app.get('/orders', (req, res) => {\n  let token;\n  axios.post('https://login.example/oauth/token', { grant_type: 'client_credentials' }).then(({ data }) => { token = data.access_token; return call(token); }).then((all) => res.json(all));\n});`, errors: ['grant'] },
    { name: 'a handler that is made', code: `export const list = (config) => async (req, res) => {\n  const { data } = await axios.post(config.tokenUrl, { grant_type: 'client_credentials', client_id: config.id });\n  res.json(data);\n};`, errors: ['grant'] },
    { name: 'the grant type in a constant', code: `const GRANT_TYPE = 'client_credentials';\n${route("await axios.post('https://login.example/token', { grant_type: GRANT_TYPE, client_id: id });")}`, errors: ['grant'] },
    { name: 'middleware', code: `app.use(async (req, res, next) => {\n  ${GRANT}\n  req.stockToken = (await response.json()).access_token;\n  next();\n});`, errors: ['grant'] },
    { name: 'a named handler', code: `export async function listOrders(req, res) {\n  ${GRANT}\n  res.json(await response.json());\n}`, errors: ['grant'] },
    { name: 'a wrapped handler', code: `export const listOrders = asyncHandler(async (req, res) => {\n  ${GRANT}\n  res.json(await response.json());\n});`, errors: ['grant'] },
    { name: 'in a callback inside a route', code: `${TOKEN}\n${route('const all = await Promise.all(ids.map(async (id) => call(id, await serviceToken())));\n  res.json(all);')}`, errors: ['grant'] },
    { name: 'a chained route', code: `${TOKEN}\nrouter.route('/orders').get(async (req, res) => res.json(await call(await serviceToken())));`, errors: ['grant'] },
    { name: 'fastify', code: `${TOKEN}\nfastify.get('/orders', { schema }, async () => call(await serviceToken()));`, errors: ['grant'] },
    { name: 'a hook of fastify', code: `${TOKEN}\nfastify.addHook('preHandler', async (request) => { request.stock = await serviceToken(); });`, errors: ['grant'] },
    { name: 'koa', code: `${TOKEN}\nrouter.get('/orders', async (ctx) => { ctx.body = await call(await serviceToken()); });`, errors: ['grant'] },
    { name: 'hono', code: `import { Hono } from 'hono';\n${TOKEN}\nexport default new Hono().get('/', (c) => c.text('ok')).get('/orders', async (c) => c.json(await call(await serviceToken())));`, errors: ['grant'] },
    { name: 'hapi', code: `${TOKEN}\nserver.route({ method: 'GET', path: '/orders', handler: async (request, h) => call(await serviceToken()) });`, errors: ['grant'] },
    { name: 'a route of Next', code: `${TOKEN}\nexport async function GET() {\n  return Response.json(await call(await serviceToken()));\n}`, errors: ['grant'] },
    { name: 'a page of Next', code: `${TOKEN}\nexport const getServerSideProps = async () => ({ props: await call(await serviceToken()) });`, errors: ['grant'] },
    { name: 'Lambda', code: `${TOKEN}\nexports.handler = async (event) => call(event, await serviceToken());`, errors: ['grant'] },
    { name: 'a worker', code: `${TOKEN}\nexport default { async fetch(request, env) {\n  return call(request, await serviceToken());\n} };`, errors: ['grant'] },
    { name: 'an event handler', code: `${TOKEN}\nexport default defineEventHandler(async (event) => call(await serviceToken()));`, errors: ['grant'] },
    { name: 'tRPC', code: `${TOKEN}\nexport const orders = router({ list: publicProcedure.query(async () => call(await serviceToken())) });`, errors: ['grant'] },
    {
      name: 'Nest', filename: 'orders.controller.ts',
      code: `@Controller('orders')\nexport class OrdersController {\n  @Get()\n  async list() {\n    return this.http.get(url, { headers: { Authorization: \`Bearer \${await this.token()}\` } });\n  }\n  private async token() {\n    ${GRANT}\n    return (await response.json()).access_token;\n  }\n}`,
      errors: ['grant'],
    },
    { name: 'a guard of Nest', filename: 'service.guard.ts', code: `export class ServiceGuard implements CanActivate {\n  async canActivate(context: ExecutionContext) {\n    ${GRANT}\n    return response.ok;\n  }\n}`, errors: ['grant'] },
    { name: 'each request of a client', code: `${TOKEN}\nstock.interceptors.request.use(async (config) => {\n  config.headers.Authorization = \`Bearer \${await serviceToken()}\`;\n  return config;\n});`, errors: ['grant'] },
    { name: 'openid-client 6', code: `import * as client from 'openid-client';\n${route("const { access_token } = await client.clientCredentialsGrant(config, { scope: 'stock' });\n  await call(access_token);")}`, errors: ['grant'] },
    { name: 'openid-client 5', code: `import { Issuer } from 'openid-client';\n${route("const { access_token } = await client.grant({ grant_type: 'client_credentials', scope: 'stock' });\n  await call(access_token);")}`, errors: ['grant'] },
    { name: 'simple-oauth2', code: `const { ClientCredentials } = require('simple-oauth2');\nconst client = new ClientCredentials(config);\n${route("const { token } = await client.getToken({ scope: 'stock' });\n  await call(token.access_token);")}`, errors: ['grant'] },
    { name: 'oauth4webapi', code: `import * as oauth from 'oauth4webapi';\n${route("const response = await oauth.clientCredentialsGrantRequest(as, client, auth, new URLSearchParams());\n  await call(await oauth.processClientCredentialsResponse(as, client, response));")}`, errors: ['grant'] },
    { name: 'auth0', code: `const { AuthenticationClient } = require('auth0');\nconst auth0 = new AuthenticationClient(options);\n${route("const { data } = await auth0.oauth.clientCredentialsGrant({ audience: 'https://stock.example' });\n  await call(data.access_token);")}`, errors: ['grant'] },
    { name: 'not kept on purpose', code: `export async function GET(request) {\n  const response = await fetch('https://login.example/oauth/token', { method: 'POST', cache: 'no-store', body: 'grant_type=client_credentials&client_id=orders' });\n  return Response.json(await response.json());\n}`, errors: ['grant'] },
    { name: 'introspection in middleware', code: `app.use(async (req, res, next) => {\n  const token = req.headers.authorization.slice(7);\n  const response = await fetch('https://login.example/oauth2/introspect', { method: 'POST', body: new URLSearchParams({ token }) });\n  if (!(await response.json()).active) return res.status(401).end();\n  next();\n});`, errors: [{ message: 'introspection', line: 3, exploitability: 'hardening' }] },
    { name: 'introspection by the metadata', code: `async function isActive(token) {\n  const { data } = await axios.post(metadata.introspection_endpoint, new URLSearchParams({ token }));\n  return data.active;\n}\napp.use(async (req, res, next) => ((await isActive(bearer(req))) ? next() : res.status(401).end()));`, errors: ['introspection'] },
    { name: 'introspection by options', code: `app.use(async (req, res, next) => {\n  const { data } = await axios({ method: 'post', url: process.env.INTROSPECTION_URL, data: 'token=' + bearer(req) });\n  next(data.active ? undefined : new Error('inactive'));\n});`, errors: ['introspection'] },
    { name: 'introspection by a client', code: `import { Issuer } from 'openid-client';\nconst client = new issuer.Client(metadata);\napp.use(async (req, res, next) => {\n  const { active } = await client.introspect(bearer(req));\n  next(active ? undefined : new Error('inactive'));\n});`, errors: ['introspection'] },
  ],
});
