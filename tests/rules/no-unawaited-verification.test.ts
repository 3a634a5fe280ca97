import { noUnawaitedVerification } from '../../rules/no-unawaited-verification.ts';
import { runRule } from './run-rule.ts';

const jose = `import { jwtVerify } from 'jose';\n`;
const inAsync = (line: string) => `${jose}export async function check(token, req, next) {\n  ${line}\n  next();\n}\n`;
const repaired = (line: string, output: string, message: 'discarded' | 'tested' | 'opened' | 'stored') => ({ code: inAsync(line), errors: [{ message, line: 3, remedy: { id: 'add-await' as const, output: inAsync(output) } }], output: inAsync(output) });
const nest = (line: string) => `import { JwtService } from '@nestjs/jwt';\nexport class Guard {\n  constructor(private readonly jwt: JwtService) {}\n  async canActivate(token: string, request: any) {\n    ${line}\n    return true;\n  }\n}\n`;
const promisified = `const { promisify } = require('util');\nconst jwt = require('jsonwebtoken');\nconst verify = promisify(jwt.verify);\n`;

runRule(noUnawaitedVerification, {
  valid: [
    inAsync('await jwtVerify(token, key);'),
    inAsync('const { payload } = await jwtVerify(token, key);'),
    inAsync('const pending = jwtVerify(token, key); await other(); req.user = (await pending).payload;'),
    inAsync('const [{ payload }, user] = await Promise.all([jwtVerify(token, key), load(req)]); use(payload, user);'),
    inAsync('const pending = Promise.all([jwtVerify(token, key)]); await pending;'),
    inAsync('jwtVerify(token, key).then(({ payload }) => { req.user = payload; }, next);'),
    inAsync('return jwtVerify(token, key);'),
    inAsync('const result = jwtVerify(token, key); return result;'),
    inAsync('await expect(jwtVerify(token, key)).rejects.toThrow();'),
    inAsync('const first = cache.get(token) ?? jwtVerify(token, key); await first;'),
    inAsync('for await (const one of [jwtVerify(token, key)]) use(one);'),
    `${jose}export const check = (token) => jwtVerify(token, key);`,
    `${jose}app.get('/', async (req, res) => { res.json(await jwtVerify(req.token, key)); });`,
    { name: 'a promise that is kept for later', code: `${jose}class Session { start(token) { this.pending = jwtVerify(token, key); } }` },
    { name: 'an exported promise', code: `${jose}export const verified = jwtVerify(token, key);` },
    { name: 'a synchronous verification', code: `import jwt from 'jsonwebtoken';\nif (jwt.verify(token, key, options)) next();` },
    { name: 'a callback', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, options, (error) => next(error));` },
    { name: 'a look-alike', code: `import { jwtVerify } from './own.js';\njwtVerify(token, key);` },
    { name: 'middleware that is handed next', code: `${jose}async function guard(req, res, next) { await jwtVerify(req.token, key); next(); }\napp.use((req, res, next) => { guard(req, res, next); });` },
    { name: 'an async wrapper that is awaited', code: `${jose}async function check(token) { return (await jwtVerify(token, key)).payload; }\nexport async function handle(req) { req.user = await check(req.token); }` },
    `${promisified}exports.check = async (token) => { const claims = await verify(token, key); return claims.sub; };`,
    `import { verify } from 'hono/jwt';\nexport const check = async (c, next) => { c.set('user', await verify(c.token, key, 'HS256')); await next(); };`,
    { code: nest('request.user = await this.jwt.verifyAsync(token);'), filename: 'case.ts' },
    { name: 'the synchronous method of NestJS', code: nest('request.user = this.jwt.verify(token);'), filename: 'case.ts' },
    `import fastify from 'fastify';\nimport plugin from '@fastify/jwt';\nconst app = fastify();\napp.register(plugin, { secret });\napp.addHook('onRequest', async (request) => { await request.jwtVerify(); });`,
  ],
  invalid: [
    repaired('jwtVerify(token, key);', 'await jwtVerify(token, key);', 'discarded'),
    repaired('void jwtVerify(token, key); // checked elsewhere', 'await jwtVerify(token, key); // checked elsewhere', 'discarded'),
    repaired('const result = jwtVerify(token, key);', 'const result = await jwtVerify(token, key);', 'discarded'),
    repaired('if (!jwtVerify(token, key)) return;', 'if (!await jwtVerify(token, key)) return;', 'tested'),
    repaired('const valid = jwtVerify(token, key); if (!valid) return;', 'const valid = await jwtVerify(token, key); if (!valid) return;', 'tested'),
    repaired('const ok = jwtVerify(token, key) ? 1 : 2;', 'const ok = await jwtVerify(token, key) ? 1 : 2;', 'tested'),
    repaired('req.user = jwtVerify(token, key);', 'req.user = await jwtVerify(token, key);', 'stored'),
    repaired('req.user = jwtVerify(token, key).payload;', 'req.user = (await jwtVerify(token, key)).payload;', 'opened'),
    repaired('const { payload } = jwtVerify(token, key);', 'const { payload } = await jwtVerify(token, key);', 'opened'),
    repaired('const result = jwtVerify(token, key); req.user = result.payload;', 'const result = await jwtVerify(token, key); req.user = result.payload;', 'opened'),
    repaired('Promise.all([jwtVerify(token, key), log(req)]);', 'await Promise.all([jwtVerify(token, key), log(req)]);', 'discarded'),
    { name: 'no await where the function is not async', code: `${jose}export function check(token, next) {\n  jwtVerify(token, key);\n  next();\n}`, errors: [{ message: 'discarded', line: 3, exploitability: 'exploitable', remedy: null }] },
    { name: 'nor in a callback inside an async function', code: `${jose}export async function check(tokens) {\n  tokens.forEach((token) => { jwtVerify(token, key); });\n}`, errors: [{ message: 'discarded', remedy: null }] },
    { code: `import * as jose from 'jose';\ntry { jose.compactVerify(token, key); next(); } catch { refuse(); }`, errors: ['discarded'] },
    { code: `${promisified}exports.check = async (token, next) => { try { verify(token, key, { algorithms: ['HS256'] }); next(); } catch (error) { next(error); } };`, errors: ['discarded'] },
    { code: nest('request.user = this.jwt.verifyAsync(token);'), filename: 'case.ts', errors: ['stored'], output: nest('request.user = await this.jwt.verifyAsync(token);') },
    { code: nest('const valid = this.jwt.verifyAsync(token);\n    if (!valid) return false;'), filename: 'case.ts', errors: ['tested'] },
    { code: `import { verify } from 'hono/jwt';\nexport const check = async (c, next) => {\n  const claims = verify(c.token, key, 'HS256');\n  if (claims) await next();\n};\n`, errors: ['tested'], output: `import { verify } from 'hono/jwt';\nexport const check = async (c, next) => {\n  const claims = await verify(c.token, key, 'HS256');\n  if (claims) await next();\n};\n` },
    { code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nexport default { async fetch(request) { if (!jwt.verify(token, key)) return deny(); return serve(); } };`, errors: ['tested'] },
    { code: `import { CognitoJwtVerifier } from 'aws-jwt-verify';\nconst verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });\nexport const handler = async (event) => { verifier.verify(event.token); return { isAuthorized: true }; };`, errors: ['discarded'] },
    { code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nconst verifier = new OktaJwtVerifier({ issuer });\nexport const guard = (req, res, next) => { verifier.verifyAccessToken(req.token, 'api'); next(); };`, errors: [{ message: 'discarded', remedy: null }] },
    { code: `import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ name: 'jwt', secret })).get('/', ({ jwt, headers }) => { const user = jwt.verify(headers.token); if (!user) return 'no'; return 'yes'; });`, errors: ['tested'] },
    { code: `import fastify from 'fastify';\nimport plugin from '@fastify/jwt';\nconst app = fastify();\napp.register(plugin, { secret });\napp.addHook('onRequest', async (request) => { request.jwtVerify(); });`, errors: ['discarded'] },
    { code: `import { jwtDecrypt } from 'jose';\nexport async function read(token) { const { payload } = jwtDecrypt(token, key); return payload; }`, errors: ['opened'] },
    { name: 'an async wrapper', code: `${jose}async function check(token) {\n  const { payload } = await jwtVerify(token, key);\n  return payload;\n}\nexport async function handle(req, res, next) {\n  if (!check(req.token)) return res.end();\n  next();\n}\n`, errors: [{ message: 'tested', line: 7 }] },
    { name: 'a wrapper in another file', code: `import { check } from './auth.js';\nexport const handle = async (req, res, next) => {\n  req.user = check(req.token);\n  next();\n};`, files: { 'auth.js': `import { jwtVerify } from 'jose';\nexport const check = async (token) => (await jwtVerify(token, key)).payload;\n` }, errors: [{ message: 'stored', line: 3 }] },
  ],
});
