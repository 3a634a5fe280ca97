import { noUntrustedPayload } from '../../rules/no-untrusted-payload.ts';
import { runRule } from './run-rule.ts';

runRule(noUntrustedPayload, {
  valid: [
    {
      name: 'the wrapper itself',
      code: `import jwt from 'jsonwebtoken';
export const issueToken = (claims) => jwt.sign(claims, process.env.KEY, { expiresIn: '5m' });
`,
      filename: 'tokens.js',
    },
    {
      name: 'chosen fields',
      code: `import jwt from 'jsonwebtoken';
export const login = (req, res) => { const { email } = req.body; res.send(jwt.sign({ email }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'chosen members',
      code: `import jwt from 'jsonwebtoken';
export const login = (req, res) => res.send(jwt.sign({ sub: req.body.id, name: req.body.name }, KEY));
`,
      filename: 'a.js',
    },
    {
      name: 'schema.parse',
      code: `import jwt from 'jsonwebtoken';
import { z } from 'zod';
const schema = z.object({ sub: z.string() });
export const login = (req, res) => res.send(jwt.sign(schema.parse(req.body), KEY));
`,
      filename: 'a.js',
    },
    {
      name: 'schema.parse, spread',
      code: `import jwt from 'jsonwebtoken';
import { schema } from './schema.js';
export const login = async (req, res) => { const claims = await schema.parseAsync(req.body); res.send(jwt.sign({ ...claims }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'pick',
      code: `import jwt from 'jsonwebtoken';
import _ from 'lodash';
export const login = (req, res) => res.send(jwt.sign(_.pick(req.body, ['sub', 'name']), KEY));
`,
      filename: 'a.js',
    },
    {
      name: 'Joi value',
      code: `const jwt = require('jsonwebtoken');
exports.login = (req, res) => { const { error, value } = schema.validate(req.body); if (error) return res.sendStatus(400); res.send(jwt.sign(value, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'user found by the request',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.send(jwt.sign({ sub: user.id }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'the user of the request',
      code: `const jwt = require('jsonwebtoken');
exports.refresh = (req, res) => res.send(jwt.sign({ sub: req.user.id }, KEY));
`,
      filename: 'a.js',
    },
    {
      name: 'hono validated',
      code: `import { sign } from 'hono/jwt';
app.post('/t', validator, async (c) => { const data = c.req.valid('json'); return c.text(await sign({ sub: data.sub }, KEY)); });
`,
      filename: 'a.js',
    },
    {
      name: 'answer of another service',
      code: `import { SignJWT } from 'jose';
export async function exchange() { const response = await fetch('https://x'); const body = await response.json(); return new SignJWT(body).setProtectedHeader({ alg: 'HS256' }).sign(KEY); }
`,
      filename: 'a.js',
    },
    {
      name: 'verified claims',
      code: `const jwt = require('jsonwebtoken');
exports.refresh = (req, res) => { const claims = jwt.verify(req.body.token, KEY, { algorithms: ['HS256'] }); res.send(jwt.sign({ sub: claims.sub }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: `another library's sign`,
      code: `import { sign } from './cards.js';
export const f = (req) => sign(req.body);
`,
      filename: 'a.js',
    },
    {
      name: 'a body that is no request',
      code: `import jwt from 'jsonwebtoken';
export const f = (mail) => jwt.sign({ body: mail.body }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'parameter named payload',
      code: `import jwt from 'jsonwebtoken';
export const f = (payload) => jwt.sign(payload, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'a parameter named body, signed as it is',
      code: `import jwt from 'jsonwebtoken';
export const signToken = (body) => jwt.sign(body, KEY);
`,
      filename: 'a.js',
    },
  ],
  invalid: [
    {
      name: 'the body of an Express request',
      code: `import jwt from 'jsonwebtoken';
app.post('/token', (req, res) => res.json({ token: jwt.sign(req.body, KEY, { expiresIn: '5m' }) }));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'spread into the payload',
      code: `const jwt = require('jsonwebtoken');
exports.issue = (req, res) => { const token = jwt.sign({ ...req.body, iss: 'me' }, KEY); res.send(token); };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'through a variable',
      code: `const { sign } = require('jsonwebtoken');
exports.issue = (req, res) => { const payload = req.body; res.send(sign(payload, KEY)); };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'destructured request',
      code: `import jwt from 'jsonwebtoken';
export const issue = ({ body }, res) => res.send(jwt.sign(body, KEY));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'the rest of the body',
      code: `import jwt from 'jsonwebtoken';
export const issue = (req, res) => { const { password, ...claims } = req.body; res.send(jwt.sign(claims, KEY)); };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'jose, await request.json()',
      code: `import { SignJWT } from 'jose';
export async function POST(request) {
  const body = await request.json();
  const token = await new SignJWT(body).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m').sign(KEY);
  return Response.json({ token });
}
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'jose, spread of await request.json()',
      code: `import * as jose from 'jose';
export async function POST(request) {
  return Response.json({ token: await new jose.SignJWT({ ...(await request.json()), scope: 'read' }).setProtectedHeader({ alg: 'HS256' }).sign(KEY) });
}
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'koa',
      code: `const jwt = require('jsonwebtoken');
router.post('/t', async (ctx) => { ctx.body = { token: jwt.sign(ctx.request.body, KEY) }; });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'query string',
      code: `const jwt = require('jsonwebtoken');
app.get('/t', (req, res) => { res.send(jwt.sign(req.query, KEY)); });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'Lambda event',
      code: `const jwt = require('jsonwebtoken');
exports.handler = async (event) => ({ statusCode: 200, body: jwt.sign(JSON.parse(event.body), KEY) });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'Lambda event through a variable',
      code: `const jwt = require('jsonwebtoken');
exports.handler = async (event) => { const data = JSON.parse(event.body); return { body: jwt.sign(data, KEY) }; };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'GraphQL arguments',
      code: `import jwt from 'jsonwebtoken';
export const resolvers = { Mutation: { login: (_, args, ctx) => jwt.sign(args, KEY) } };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'GraphQL input, spread',
      code: `import jwt from 'jsonwebtoken';
export const resolvers = { Mutation: { login: (parent, args) => jwt.sign({ ...args.input }, KEY) } };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'Nest body',
      code: `import { JwtService } from '@nestjs/jwt';
import { Body, Controller, Post } from '@nestjs/common';
@Controller()
export class AuthController {
  constructor(private readonly jwt: JwtService) {}
  @Post('login') login(@Body() dto: LoginDto) { return this.jwt.sign(dto); }
}
`,
      filename: 'a.ts',
      errors: ['input'],
    },
    {
      name: 'Nest body, spread and awaited',
      code: `import { JwtService } from '@nestjs/jwt';
import { Body, Controller, Post } from '@nestjs/common';
@Controller()
export class AuthController {
  constructor(private readonly jwt: JwtService) {}
  @Post('login') async login(@Body() dto: any) { return { token: await this.jwt.signAsync({ ...dto }) }; }
}
`,
      filename: 'a.ts',
      errors: ['input'],
    },
    {
      name: 'wrapper in another file',
      code: `import { issueToken } from './tokens.js';
export const login = (req, res) => res.json({ token: issueToken(req.body) });
`,
      filename: 'a.js',
      files: {
        'tokens.js': `import jwt from 'jsonwebtoken';
export const issueToken = (claims) => jwt.sign(claims, process.env.KEY, { expiresIn: '5m' });
`,
      },
      errors: ['input'],
    },
    {
      name: 'wrapper in the same file',
      code: `import jwt from 'jsonwebtoken';
const issueToken = (claims) => jwt.sign(claims, KEY);
export const login = (req, res) => res.json({ token: issueToken(req.body) });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'nested whole',
      code: `import jwt from 'jsonwebtoken';
export const login = (req, res) => res.json({ token: jwt.sign({ data: req.body }, KEY) });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'Object.assign',
      code: `import jwt from 'jsonwebtoken';
export const login = (req, res) => res.json({ token: jwt.sign(Object.assign({}, req.body, { a: 1 }), KEY) });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'an object inside the body',
      code: `import jwt from 'jsonwebtoken';
export const login = (req, res) => res.json({ token: jwt.sign(req.body.user, KEY) });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'jwt-simple',
      code: `const jwt = require('jwt-simple');
exports.login = (req, res) => res.send(jwt.encode(req.body, KEY, 'HS256'));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'hono',
      code: `import { Hono } from 'hono';
import { sign } from 'hono/jwt';
const app = new Hono();
app.post('/t', async (c) => c.json({ token: await sign(await c.req.json(), KEY) }));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'fastify',
      code: `const fastify = require('fastify')();
fastify.register(require('@fastify/jwt'), { secret: process.env.S });
fastify.post('/t', async (request, reply) => { const token = fastify.jwt.sign(request.body); return { token }; });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'fastify reply',
      code: `const fastify = require('fastify')();
fastify.register(require('@fastify/jwt'), { secret: process.env.S });
fastify.post('/t', async (request, reply) => { const token = await reply.jwtSign(request.body); return { token }; });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'fast-jwt',
      code: `import { createSigner } from 'fast-jwt';
const sign = createSigner({ key: KEY });
export const issue = (req, res) => res.send(sign(req.body));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'worker',
      code: `import jwt from '@tsndr/cloudflare-worker-jwt';
export default { async fetch(request, env) { return new Response(await jwt.sign(await request.json(), env.SECRET)); } };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'jws',
      code: `const jws = require('jws');
exports.issue = (req, res) => res.send(jws.sign({ header: { alg: 'HS256' }, payload: req.body, secret: KEY }));
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'hapi',
      code: `const Jwt = require('@hapi/jwt');
module.exports = { handler: (request, h) => Jwt.token.generate(request.payload, KEY) };
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'callback style',
      code: `const jwt = require('jsonwebtoken');
app.post('/t', (req, res) => { jwt.sign({ ...req.body }, KEY, { expiresIn: 60 }, (err, token) => res.send(token)); });
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'njwt',
      code: `const njwt = require('njwt');
exports.issue = (req, res) => res.send(njwt.create(req.body, KEY).compact());
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'a parameter named body, spread',
      code: `import jwt from 'jsonwebtoken';
export const issue = (body) => jwt.sign({ ...body, iss: 'me' }, KEY);
`,
      filename: 'a.js',
      errors: ['input'],
    },
    {
      name: 'reported at the spread',
      code: `import jwt from 'jsonwebtoken';
export const issue = (req) => jwt.sign({ ...req.body, iss: 'me' }, KEY);
`,
      errors: [{ message: 'input', line: 2, column: 45, exploitability: 'exploitable' }],
    },
  ],
});
