import { noUnverifiedDecode } from '../../rules/no-unverified-decode.ts';
import { runRule } from './run-rule.ts';

runRule(noUnverifiedDecode, {
  valid: [
    { name: 'an ID token of an answer that is caught and checked', code: `import { decodeJwt } from 'jose';\nimport { exchange } from './oauth.js';\nexport async function signIn(code) {\n  let answer;\n  try {\n    answer = await exchange(code);\n  } catch (error) {\n    throw new SignInError(error);\n  }\n  if (!answer.id_token) throw new SignInError('No ID token.');\n  const claims = decodeJwt(answer.id_token);\n  return sessions.create(claims.sub);\n}` },
    { name: 'an ID token of a response of the token endpoint that is handed on', filename: 'case.ts', code: `import { decodeJwt } from 'jose';\nexport async function createSession(tokenResponse: TokenResponse) {\n  const claims = decodeJwt(tokenResponse.id_token);\n  return sessions.create(claims.sub);\n}` },
    { name: 'the header, taken with at()', code: `export const isHmac = (token) => JSON.parse(atob(token.split('.').at(0))).alg === 'HS256' ? 'yes' : 'no';\n// jwt\nimport 'jsonwebtoken';\n` },
    { name: 'parts of another text, read by a function of the project', code: `import jwt from 'jsonwebtoken';\nexport const list = (query) => db.books.findOne({ series: filters.decode(query.filterBy.split('.')[1]) });\n` },
    { name: 'an ID token in a file that exchanges the code for it', code: `import jwt from 'jsonwebtoken';\nexport class Apple {\n  tokens(code) { return request({ url: 'https://appleid.apple.com/auth/token', data: qs.stringify({ code, grant_type: 'authorization_code' }) }); }\n  user(idToken) { return db.users.findOne({ sub: jwt.decode(idToken).sub }); }\n}\n` },
    { name: 'what the client of another service answers', code: `import jwt from 'jsonwebtoken';\nexport async function refresh(id) {\n  const answer = await storeClient.getTransaction(id);\n  const bought = jwt.decode(answer.signedTransaction);\n  return db.orders.update({ where: { id: bought.orderId } });\n}\n` },
    { name: 'a look at the shape of a claim', code: `import jwt from 'jsonwebtoken';\nexport const isNamed = (token) => { const claims = jwt.decode(token); return typeof claims.name === 'string' && claims.name.length > 0 ? 'yes' : 'no'; };\n` },
    {
      name: 'the id token that the token endpoint gave a strategy of Passport',
      code: `import jwt from 'jsonwebtoken';
passport.use(new OAuth2Strategy({ tokenURL }, async (req, accessToken, refreshToken, params, profile, done) => {
  const claims = (() => { const decoded = jwt.decode(params.id_token); return decoded ?? {}; })();
  done(null, await User.findOne({ email: claims.email }));
}));
`,
      filename: 'strategy.js',
    },
    {
      name: 'the id token as a parameter of such a callback',
      code: `import jwt from 'jsonwebtoken';
passport.use(new AppleStrategy({ clientID }, (accessToken, refreshToken, idToken, profile, cb) => {
  const { sub } = jwt.decode(idToken);
  cb(null, { id: sub });
}));
`,
      filename: 'strategy.js',
    },
    {
      name: 'every caller hands in what the token endpoint gave',
      code: `import jwt from 'jsonwebtoken';
export class Provider {
  async finish(code) {
    const tokens = await this.http.post('https://login.example.com/token', { code });
    return this.read(tokens.id_token);
  }
  async read(idToken) {
    const claims = jwt.decode(idToken);
    return User.findOne({ email: claims.email });
  }
}
`,
      filename: 'provider.js',
    },
    {
      name: 'every caller verifies the token afterwards',
      code: `import jwt from 'jsonwebtoken';
const ownerOf = async (token) => {
  const claims = jwt.decode(token);
  return User.findOne({ id: claims.sub });
};
export const check = async (token) => {
  const owner = await ownerOf(token);
  return jwt.verify(token, owner.key, { algorithms: ['HS256'] });
};
`,
      filename: 'owner.js',
    },
    {
      name: 'a page with the new JSX transform',
      code: `import useAuth from './use-auth.js';
export const Notes = ({ notes }) => {
  const { username } = useAuth();
  return <ul>{notes.filter((note) => note.owner === username).map((note) => <li key={note.id}>{note.text}</li>)}</ul>;
};
`,
      filename: 'notes.jsx',
      files: { 'use-auth.js': `import { jwtDecode } from 'jwt-decode';\nimport { useSelector } from 'react-redux';\nexport default function useAuth() { const token = useSelector(pick); return jwtDecode(token); }\n` },
    },
    {
      name: 'a guard that leaves the decision to the one it extends',
      code: `import jwt from 'jsonwebtoken';
export class TenantGuard extends AuthGuard {
  canActivate(context) {
    const claims = jwt.decode(context.switchToHttp().getRequest().token);
    if (!claims) return false;
    return super.canActivate(context);
  }
}
`,
      filename: 'tenant.guard.js',
    },
    {
      name: 'wrapper alone',
      code: `import jwt from 'jsonwebtoken';
export function decodeToken(token) { return jwt.decode(token); }
`,
      filename: 'tokens.js',
    },
    {
      name: 'only exp',
      code: `import jwt from 'jsonwebtoken';
export function isExpired(token) {
  const { exp } = jwt.decode(token);
  return exp * 1000 < Date.now();
}
`,
      filename: 'a.js',
    },
    {
      name: 'header to pick key then verify',
      code: `import jwt from 'jsonwebtoken';
export function check(token) {
  const { header, payload } = jwt.decode(token, { complete: true });
  const key = keys[header.kid];
  return jwt.verify(token, key, { algorithms: ['RS256'], issuer: payload.iss });
}
`,
      filename: 'a.js',
    },
    {
      name: 'iss to pick key then verify',
      code: `import jwt from 'jsonwebtoken';
export async function check(token) {
  const decoded = jwt.decode(token);
  const tenant = await Tenant.findOne({ id: decoded.tenantId });
  if (!tenant) throw new Error('unknown');
  return jwt.verify(token, tenant.key, { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
    },
    {
      name: 'verify then decode',
      code: `import jwt from 'jsonwebtoken';
export function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  jwt.verify(token, KEY, { algorithms: ['HS256'] });
  req.user = jwt.decode(token);
  next();
}
`,
      filename: 'a.js',
    },
    {
      name: 'verify in try that leaves',
      code: `import jwt from 'jsonwebtoken';
export function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  try { jwt.verify(token, KEY, { algorithms: ['HS256'] }); } catch (e) { return res.sendStatus(401); }
  req.user = jwt.decode(token);
  next();
}
`,
      filename: 'a.js',
    },
    {
      name: 'callback verify',
      code: `import jwt from 'jsonwebtoken';
export function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  jwt.verify(token, KEY, (err) => {
    if (err) return res.sendStatus(401);
    req.user = jwt.decode(token);
    next();
  });
}
`,
      filename: 'a.js',
    },
    {
      name: 'signed here',
      code: `import jwt from 'jsonwebtoken';
export function login(req, res) {
  const token = jwt.sign({ sub: req.user.id }, KEY, { expiresIn: '5m' });
  const { sub, exp } = jwt.decode(token);
  res.json({ token, sub, exp });
}
`,
      filename: 'a.js',
    },
    {
      name: 'id token from the token endpoint',
      code: `import { decodeJwt } from 'jose';
export async function callback(req, res) {
  const response = await fetch('https://idp.example/token', { method: 'POST', body });
  const tokens = await response.json();
  const claims = decodeJwt(tokens.id_token);
  req.session.user = claims.sub;
  res.redirect('/');
}
`,
      filename: 'a.js',
    },
    {
      name: 'browser display',
      code: `import { jwtDecode } from 'jwt-decode';
import { useState } from 'react';
export function Menu() {
  const user = jwtDecode(localStorage.getItem('token'));
  return user.role === 'admin' ? <Admin /> : <Home />;
}
`,
      filename: 'a.jsx',
    },
    {
      name: 'logged only',
      code: `import jwt from 'jsonwebtoken';
export const debug = (token) => console.log(jwt.decode(token));
`,
      filename: 'a.js',
    },
    {
      name: 'jwt-simple verify',
      code: `const jwt = require('jwt-simple');
app.use((req, res, next) => { req.user = jwt.decode(req.headers.token, KEY, false, 'HS256'); next(); });
`,
      filename: 'a.js',
    },
    {
      name: 'fastify verified',
      code: `import Fastify from 'fastify';
import fastifyJwt from '@fastify/jwt';
const fastify = Fastify();
fastify.register(fastifyJwt, { secret: process.env.S });
fastify.get('/me', async (request, reply) => {
  await request.jwtVerify();
  const claims = await request.jwtDecode();
  return { id: claims.sub };
});
`,
      filename: 'a.js',
    },
    {
      name: 'hapi token decode and verify',
      code: `const Jwt = require('@hapi/jwt');
const handler = (request, h) => {
  const artifacts = Jwt.token.decode(request.headers.authorization);
  Jwt.token.verify(artifacts, KEY);
  return db.collection('users').findOne({ _id: artifacts.decoded.payload.sub });
};
`,
      filename: 'a.js',
    },
    {
      name: 'google verifyIdToken',
      code: `const jwt = require('jsonwebtoken');
async function login(req) {
  const idToken = req.body.credential;
  await client.verifyIdToken({ idToken, audience: ID });
  const p = jwt.decode(idToken);
  return User.findOne({ email: p.email });
}
`,
      filename: 'a.js',
    },
    {
      name: 'guarded route',
      code: `const jwt = require('jsonwebtoken');
app.get('/me', requireAuth, async (req, res) => {
  const { sub } = jwt.decode(req.headers.authorization.split(' ')[1]);
  res.json(await User.findById(sub));
});
`,
      filename: 'a.js',
    },
    {
      name: 'verify && decode',
      code: `const jwt = require('jsonwebtoken');
const jws = require('jws');
function f(token) {
  const { userId } = jws.verify(token, 'HS256', KEY) && JSON.parse(jws.decode(token).payload);
  return User.findByPk(userId);
}
`,
      filename: 'a.js',
    },
    {
      name: 'not a token',
      code: `import jwt from 'jsonwebtoken';
const data = JSON.parse(atob(image.split(',')[1]));
if (data.role === 'admin') go();
`,
      filename: 'a.ts',
    },
    {
      name: 'passport payload of a verify',
      code: `import jwt from 'jsonwebtoken';
const p = jwt.verify(token, KEY, { algorithms: ['HS256'] });
if (p.role === 'admin') go();
`,
      filename: 'a.js',
    },
    {
      name: 'verify through wrapper in other file',
      code: `import jwt from 'jsonwebtoken';
import { verifyToken } from './verify.js';
export async function h(req, res, next) {
  const token = req.headers.authorization.slice(7);
  await verifyToken(token);
  req.user = jwt.decode(token);
  next();
}
`,
      filename: 'a.js',
      files: {
        'verify.js': `import jwt from 'jsonwebtoken';
export const verifyToken = (token) => new Promise((ok, no) => jwt.verify(token, KEY, { algorithms: ['RS256'] }, (e, d) => e ? no(e) : ok(d)));
`,
      },
    },
    {
      name: 'authenticate then decode (jose)',
      code: `import { jwtVerify, decodeJwt } from 'jose';
export async function h(req, res, next) {
  const token = req.headers.authorization?.split(' ')[1];
  try {
    await jwtVerify(token, KEY, { issuer: 'x' });
    const { role } = decodeJwt(token);
    if (role !== 'admin') return res.sendStatus(403);
    next();
  } catch { res.sendStatus(401); }
}
`,
      filename: 'a.js',
    },
    {
      name: 'kid via decode, getKey',
      code: `import jwt from 'jsonwebtoken';
async function check(token) {
  const decoded = jwt.decode(token, { complete: true });
  if (!decoded || !decoded.header.kid) throw new Error('bad');
  const key = await client.getSigningKey(decoded.header.kid);
  return jwt.verify(token, key.getPublicKey(), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
    },
    {
      name: 'iss to choose config then verify',
      code: `import { decodeJwt, jwtVerify } from 'jose';
async function check(token) {
  const { iss } = decodeJwt(token);
  const jwks = JWKS[iss];
  if (!jwks) throw new Error('unknown issuer');
  if (iss === 'https://a') { return jwtVerify(token, jwks, { issuer: 'https://a' }); }
  return jwtVerify(token, jwks);
}
`,
      filename: 'a.js',
    },
    {
      name: 'multi tenant',
      code: `const jwt = require('jsonwebtoken');
async function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  const unverified = jwt.decode(token);
  const tenant = await getTenant(unverified.tid);
  try {
    req.user = jwt.verify(token, tenant.secret, { algorithms: ['HS256'] });
    next();
  } catch (err) { next(err); }
}
`,
      filename: 'a.js',
    },
    {
      name: 'password reset with per-user secret',
      code: `const jwt = require('jsonwebtoken');
app.post('/reset/:token', async (req, res) => {
  const { token } = req.params;
  const payload = jwt.decode(token);
  const user = await User.findById(payload.id);
  if (!user) return res.status(404).end();
  jwt.verify(token, SECRET + user.password, { algorithms: ['HS256'] }, async (err) => {
    if (err) return res.status(400).end();
    await user.setPassword(req.body.password);
  });
});
`,
      filename: 'a.js',
    },
    {
      name: 'refresh time in service',
      code: `const jwt = require('jsonwebtoken');
class TokenCache {
  set(token) { const { exp, iat } = jwt.decode(token); this.expires = exp; this.lifetime = exp - iat; }
}
`,
      filename: 'a.js',
    },
    {
      name: 'blacklist by jti and exp',
      code: `const jwt = require('jsonwebtoken');
async function logout(req, res) {
  const token = req.headers.authorization.split(' ')[1];
  const { jti, exp } = jwt.decode(token);
  await redis.set('bl:' + jti, '1', 'EX', exp - Math.floor(Date.now() / 1000));
  res.sendStatus(204);
}
`,
      filename: 'a.js',
    },
    {
      name: 'vue store',
      code: `import { jwtDecode } from 'jwt-decode';
import { defineStore } from 'pinia';
export const useAuth = defineStore('auth', { state: () => ({ user: null }), actions: { login(token) { const c = jwtDecode(token); if (c.role === 'admin') this.user = c; } } });
`,
      filename: 'a.ts',
    },
    {
      name: 'angular guard',
      code: `import { JwtHelperService } from '@auth0/angular-jwt';
import { CanActivate, Router } from '@angular/router';
export class Guard implements CanActivate {
  constructor(private helper: JwtHelperService) {}
  canActivate() { return this.helper.decodeToken(localStorage.getItem('t')).role === 'admin'; }
}
`,
      filename: 'a.ts',
    },
    {
      name: 'cloudflare worker verified',
      code: `import jwt from '@tsndr/cloudflare-worker-jwt';
export default { async fetch(request, env) { const t = request.headers.get('Authorization'); if (!await jwt.verify(t, env.S)) return new Response('no', { status: 401 }); const { payload } = jwt.decode(t); return new Response(payload.sub); } };
`,
      filename: 'a.ts',
    },
    {
      name: 'aws verified',
      code: `import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
const verifier = CognitoJwtVerifier.create({ userPoolId: 'p', tokenUse: 'access', clientId: 'c' });
export const f = async (t) => { await verifier.verify(t); const { payload } = decomposeUnverifiedJwt(t); return db.users.findOne({ sub: payload.sub }); };
`,
      filename: 'a.ts',
    },
    {
      name: 'next-auth callback',
      code: `import { jwtDecode } from 'jwt-decode';
export const options = { callbacks: { async jwt({ token, account }) { if (account) { const c = jwtDecode(account.access_token); token.roles = c.realm_access.roles; } return token; } } };
`,
      filename: 'a.ts',
    },
    {
      name: 'openid-client',
      code: `import { decodeJwt } from 'jose';
export async function cb(req, res) { const set = await client.callback(REDIRECT, client.callbackParams(req)); const c = decodeJwt(set.id_token); req.session.sub = c.sub; }
`,
      filename: 'a.ts',
    },
    {
      name: 'hand parse only header',
      code: `const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString());
const key = keys[header.kid];
`,
      filename: 'a.ts',
    },
    {
      name: 'own library',
      code: `import { decode } from './morse.js';
if (decode(text).role === 'admin') go();
`,
      filename: 'a.js',
      files: {
        'morse.js': `export const decode = (t) => ({ role: t });
`,
      },
    },
    {
      name: 'presence then verify in the next middleware',
      code: `import jwt from 'jsonwebtoken';
export const pre = (req, res, next) => { const d = jwt.decode(req.token); if (!d) return res.sendStatus(400); next(); };
export const post = (req, res, next) => { req.user = jwt.verify(req.token, KEY, { algorithms: ['HS256'] }); next(); };
`,
      filename: 'a.js',
    },
    {
      name: 'audit of decoded',
      code: `import jwt from 'jsonwebtoken';
export const pre = (req, res, next) => { const d = jwt.decode(req.token); logger.info('request', { sub: d?.sub }); next(); };
`,
      filename: 'a.js',
    },
    {
      name: 'metrics label',
      code: `import jwt from 'jsonwebtoken';
import { trace } from '@opentelemetry/api';
export const pre = (token) => { const d = jwt.decode(token); trace.getActiveSpan()?.setAttribute('user.id', d.sub); };
`,
      filename: 'a.js',
    },
    {
      name: 'test assertions',
      code: `import jwt from 'jsonwebtoken';
it('signs', () => { const token = service.issue(user); const d = jwt.decode(token); expect(d.sub).toBe('1'); expect(d.role).toEqual('admin'); });
`,
      filename: 'a.js',
    },
    {
      name: 'express-jwt middleware in same app',
      code: `import { expressjwt } from 'express-jwt';
import jwt from 'jsonwebtoken';
app.use(expressjwt({ secret: KEY, algorithms: ['HS256'] }));
app.get('/me', (req, res) => { const c = jwt.decode(req.headers.authorization.split(' ')[1]); res.json({ id: c.sub }); });
`,
      filename: 'a.js',
    },
    {
      name: 'passport in route',
      code: `import passport from 'passport';
import jwt from 'jsonwebtoken';
router.get('/me', passport.authenticate('jwt', { session: false }), (req, res) => { const c = jwt.decode(req.headers.authorization.split(' ')[1]); res.json({ id: c.sub }); });
`,
      filename: 'a.js',
    },
    {
      name: 'nest guard on the class',
      code: `import { JwtService } from '@nestjs/jwt';
import { Controller, Get, UseGuards, Headers } from '@nestjs/common';
@Controller() @UseGuards(JwtAuthGuard)
export class C { constructor(private jwt: JwtService) {} @Get('me') me(@Headers('authorization') h: string) { return this.users.findOne(this.jwt.decode(h.split(' ')[1]).sub); } }
`,
      filename: 'a.ts',
    },
    {
      name: 'azure easy auth id token via msal',
      code: `import { decodeJwt } from 'jose';
export async function f() { const result = await msal.acquireTokenByCode(request); const claims = decodeJwt(result.idToken); await session.save({ sub: claims.sub }); }
`,
      filename: 'a.ts',
    },
    {
      name: 'a method that validates and then decodes',
      code: `import { JwtService } from '@nestjs/jwt';
export class AuthService {
  constructor(private readonly jwt: JwtService) {}
  async validateToken(token: string) { await this.jwt.verifyAsync(token, { algorithms: ['RS256'] }); return this.jwt.decode(token); }
}
`,
      filename: 'a.ts',
    },
    {
      name: 'type of a token checked in a test',
      code: `import jwt from 'jsonwebtoken';
import assert from 'node:assert';
it('x', () => { const d = jwt.decode(body.token); assert.equal(d.sub, '1'); });
`,
      filename: 'a.ts',
    },
    {
      name: 'claims only handed to an unknown function',
      code: `import jwt from 'jsonwebtoken';
export const me = (t) => track(jwt.decode(t));
`,
      filename: 'a.js',
    },
    {
      name: 'helper that verifies inside',
      code: `import { read } from './reader';
export const isAdmin = (t: string) => read(t).role === 'admin';
`,
      filename: 'a.ts',
      files: {
        'reader.ts': `import jwt from 'jsonwebtoken';
export const read = (t: string) => { jwt.verify(t, KEY, { algorithms: ['RS256'] }); return jwt.decode(t); };
`,
      },
    },
    {
      name: 'React router guard',
      code: `import { jwtDecode } from 'jwt-decode';
import { Navigate } from 'react-router-dom';
export const Guard = ({ children }) => jwtDecode(localStorage.getItem('t')).role === 'admin' ? children : <Navigate to="/" />;
`,
      filename: 'a.jsx',
    },
    {
      name: 'verification by another name',
      code: `const jwt = require('jsonwebtoken');
exports.h = async (req) => { const token = req.cookies.t; if (!(await introspect(token)).active) throw new Error(); return User.findById(jwt.decode(token).sub); };
`,
      filename: 'a.js',
    },
    {
      name: 'crypto by hand',
      code: `const jwt = require('jsonwebtoken');
const crypto = require('crypto');
exports.h = (token) => { const [h, p, s] = token.split('.'); const ok = crypto.verify('sha256', Buffer.from(h + '.' + p), KEY, Buffer.from(s, 'base64url')); if (!ok) throw new Error(); return User.findById(JSON.parse(Buffer.from(p, 'base64url')).sub); };
`,
      filename: 'a.js',
    },
    {
      name: 'hmac by hand',
      code: `const crypto = require('crypto');
exports.h = (token) => { const [h, p, s] = token.split('.'); const want = crypto.createHmac('sha256', KEY).update(h + '.' + p).digest('base64url'); if (want !== s) throw new Error('bad'); return User.findById(JSON.parse(Buffer.from(p, 'base64url').toString()).sub); };
`,
      filename: 'a.js',
    },
    {
      name: 'firebase',
      code: `const jwt = require('jsonwebtoken');
exports.h = async (req) => { const token = req.headers.authorization.split('Bearer ')[1]; await admin.auth().verifyIdToken(token); const { user_id } = jwt.decode(token); return db.collection('u').doc(user_id).get(); };
`,
      filename: 'a.js',
    },
    {
      name: 'app.use(authenticate) above',
      code: `const jwt = require('jsonwebtoken');
router.use(authenticate);
router.get('/me', (req, res) => { const { sub } = jwt.decode(req.headers.authorization.slice(7)); res.json({ sub }); });
`,
      filename: 'a.js',
    },
    { name: 'behind the guard of a class, from a parameter', filename: 'me.controller.ts', code: `import { JwtService } from '@nestjs/jwt';\nimport { Controller, Get, Headers, UseGuards } from '@nestjs/common';\nimport { AuthGuard } from '@nestjs/passport';\n@Controller('me')\n@UseGuards(AuthGuard('jwt'))\nexport class MeController {\n  constructor(private readonly jwt: JwtService) {}\n  @Get() me(@Headers('authorization') header: string) { return this.jwt.decode(header.split(' ')[1]); }\n}\n` },
    { name: 'an authorizer that verifies', code: `const jwt = require('jsonwebtoken');\nexports.handler = async (event) => {\n  const claims = jwt.verify(event.authorizationToken.slice(7), process.env.PUBLIC_KEY, { algorithms: ['RS256'] });\n  return { principalId: jwt.decode(event.authorizationToken.slice(7)).sub, policyDocument: allow(event.methodArn) };\n};\n` },
  ],
  invalid: [
    { name: 'a function that finds what belongs to somebody', code: `import jwt from 'jsonwebtoken';\nimport { findOrders } from './orders.js';\nexport async function list(req) {\n  const claims = jwt.decode(req.cookies.token);\n  const orders = await findOrders(claims.sub);\n  return render(orders);\n}`, files: { 'orders.js': `import { book } from 'orders-client';\nexport function findOrders(customer) {\n  return book.of(customer);\n}\n` }, errors: 1 },
    { name: 'the session of a request', code: `import jwt from 'jsonwebtoken';\nexport function login(req, res) {\n  const { sub } = jwt.decode(req.body.token);\n  req.session.userId = sub;\n  res.sendStatus(204);\n}`, errors: [{ message: 'decision', text: 'goes into a session' }] },
    { name: 'a reading that may fail', code: `import jwt from 'jsonwebtoken';\nconst read = async (token) => jwt.decode(token);\nexport async function guard(req, res, next) {\n  const claims = await read(req.cookies.token).catch(() => undefined);\n  if (claims?.role !== 'admin') return res.sendStatus(403);\n  next();\n}`, errors: 1 },
    { name: 'an answer that may also be what the browser sent', code: `import { decodeJwt } from 'jose';\nimport { exchange } from './oauth.js';\nexport async function signIn(req) {\n  let answer;\n  if (req.body.code) answer = await exchange(req.body.code);\n  else answer = req.body;\n  const claims = decodeJwt(answer.id_token);\n  return sessions.create(claims.sub);\n}`, errors: 1 },
    {
      name: 'a helper that looks at the form alone',
      code: `import jwt from 'jsonwebtoken';
function validateToken(token) {
  if (token.split('.').length !== 3) throw new Error('malformed');
}
app.get('/orders', (req, res) => {
  const { token } = req.body;
  validateToken(token);
  const claims = jwt.decode(token);
  res.json(Orders.find({ owner: claims.sub }));
});
`,
      errors: [{ message: 'decision', line: 8 }],
    },
    { name: 'tokens that the client keeps in a cookie', code: `import jwt from 'jsonwebtoken';\nexport async function profile(req, res) {\n  const tokens = JSON.parse(req.cookies.tokens);\n  const { sub } = jwt.decode(tokens.id_token);\n  res.json(await User.findOne({ id: sub }));\n}\n`, errors: 1 },
    { name: 'tokens in a cookie of a framework', code: `import jwt from 'jsonwebtoken';\nexport async function profile(store) {\n  const tokens = await store.cookies.get('tokens');\n  const { sub } = jwt.decode(tokens.id_token);\n  return User.findOne({ id: sub });\n}\n`, errors: 1 },
    { name: 'the claims, taken with at()', code: `import 'jsonwebtoken';\nexport const load = (req) => db.users.findOne({ id: JSON.parse(atob(req.headers.authorization.split('.').at(1))).sub });\n`, errors: [{ message: 'decision', line: 2 }] },
    {
      name: 'role condition',
      code: `import jwt from 'jsonwebtoken';
export function admin(req, res, next) {
  const decoded = jwt.decode(req.headers.authorization.split(' ')[1]);
  if (decoded.role !== 'admin') return res.sendStatus(403);
  next();
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'req.user',
      code: `const jwt = require('jsonwebtoken');
module.exports = (req, res, next) => {
  const token = req.headers['authorization'];
  const payload = jwt.decode(token);
  req.user = payload;
  next();
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'query',
      code: `const { decode } = require('jsonwebtoken');
async function me(req, res) {
  const { sub } = decode(req.cookies.token);
  const user = await User.findById(sub);
  res.json(user);
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'jwtDecode v4',
      code: `import { jwtDecode } from 'jwt-decode';
app.get('/me', async (req, res) => {
  const claims = jwtDecode(req.get('authorization'));
  res.json({ name: claims.name });
});
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'jose decodeJwt',
      code: `import { decodeJwt } from 'jose';
export async function GET(request) {
  const token = request.cookies.get('session').value;
  const claims = decodeJwt(token);
  const rows = await db.query('select * from orders where user_id = $1', [claims.sub]);
  return Response.json(rows);
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'hand-made',
      code: `function userId(req) {
  const token = req.headers.authorization.split(' ')[1];
  const payload = JSON.parse(atob(token.split('.')[1]));
  return payload.sub;
}
app.get('/x', async (req, res) => { res.json(await Order.find({ owner: userId(req) })); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'hand-made Buffer',
      code: `module.exports = function (req, res, next) {
  const token = req.headers.authorization;
  const base64Url = token.split('.')[1];
  const base64 = base64Url.replace(/-/g, '+').replace(/_/g, '/');
  const claims = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  if (claims.scope.includes('admin')) return next();
  res.status(403).end();
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'hand-made destructured',
      code: `app.use((req, res, next) => {
  const [header, payload, signature] = req.headers.authorization.replace('Bearer ', '').split('.');
  req.user = JSON.parse(Buffer.from(payload, 'base64url').toString());
  next();
});
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'jose base64url',
      code: `import { base64url } from 'jose';
export function tenant(token) {
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(token.split('.')[1])));
  return db.tenant.findUnique({ where: { id: claims.tenant } });
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'nest guard',
      code: `import { JwtService } from '@nestjs/jwt';
import { Injectable, CanActivate, ExecutionContext } from '@nestjs/common';
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly jwtService: JwtService) {}
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest();
    const token = request.headers.authorization?.split(' ')[1];
    const payload = this.jwtService.decode(token) as any;
    return payload.roles.includes('admin');
  }
}
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'wrapper across files',
      code: `import { decodeToken } from './tokens.js';
export const handler = async (req, res) => {
  const claims = decodeToken(req.headers.authorization);
  const user = await User.findOne({ where: { id: claims.sub } });
  res.json(user);
};
`,
      filename: 'a.js',
      files: {
        'tokens.js': `import jwt from 'jsonwebtoken';
export function decodeToken(token) { return jwt.decode(token); }
`,
      },
      errors: ['decision'],
    },
    {
      name: 'hand-made wrapper across files',
      code: `import { parseJwt } from './parse.js';
export const guard = (req, res, next) => {
  if (parseJwt(req.headers.authorization).role === 'admin') return next();
  res.sendStatus(403);
};
`,
      filename: 'a.js',
      files: {
        'parse.js': `export const parseJwt = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64').toString());
`,
      },
      errors: ['decision'],
    },
    {
      name: 'wrapper same file, the caller decides',
      code: `const jwt = require('jsonwebtoken');
const read = (token) => jwt.decode(token);
exports.handler = async (event) => {
  const claims = read(event.headers.Authorization);
  if (claims.admin) return { statusCode: 200 };
  return { statusCode: 403 };
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'verify in a catch that goes on',
      code: `import jwt from 'jsonwebtoken';
export function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  try { jwt.verify(token, KEY, { algorithms: ['HS256'] }); } catch (e) { console.log(e); }
  req.user = jwt.decode(token);
  next();
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'id token from the request',
      code: `import { decodeJwt } from 'jose';
export async function callback(req, res) {
  const claims = decodeJwt(req.body.id_token);
  req.session.user = claims.sub;
  res.redirect('/');
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'optional chaining and cast',
      code: `import jwt from 'jsonwebtoken';
export const isAdmin = (token) => jwt.decode(token)?.role === 'admin';
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'refresh',
      code: `import jwt from 'jsonwebtoken';
export function refresh(req, res) {
  const payload = jwt.decode(req.body.refreshToken);
  res.json({ token: jwt.sign({ sub: payload.sub }, KEY, { expiresIn: '5m' }) });
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'passport callback',
      code: `import jwt from 'jsonwebtoken';
passport.use(new BearerStrategy((token, done) => {
  const claims = jwt.decode(token);
  return done(null, claims);
}));
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'promise then',
      code: `import { jwtDecode } from 'jwt-decode';
app.post('/x', (req, res) => {
  Promise.resolve(jwtDecode(req.body.token)).then((claims) => User.findOne({ id: claims.sub })).then((u) => res.json(u));
});
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'jwt-simple noVerify',
      code: `const jwt = require('jwt-simple');
app.use((req, res, next) => { req.user = jwt.decode(req.headers.token, null, true); next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'fastify',
      code: `import Fastify from 'fastify';
import fastifyJwt from '@fastify/jwt';
const fastify = Fastify();
fastify.register(fastifyJwt, { secret: process.env.S });
fastify.get('/me', async (request, reply) => {
  const claims = await request.jwtDecode();
  return { id: claims.sub };
});
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'hapi strategy verify false',
      code: `const Hapi = require('@hapi/hapi');
const Jwt = require('@hapi/jwt');
const server = Hapi.server();
server.auth.strategy('jwt', 'jwt', { keys: 'secret', verify: false, validate });
`,
      filename: 'a.js',
      errors: ['off'],
    },
    {
      name: 'hapi token decode',
      code: `const Jwt = require('@hapi/jwt');
const handler = (request, h) => {
  const artifacts = Jwt.token.decode(request.headers.authorization);
  return db.collection('users').findOne({ _id: artifacts.decoded.payload.sub });
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'presence',
      code: `const jwt = require('jsonwebtoken');
module.exports = (req, res, next) => {
  const decoded = jwt.decode(req.headers.authorization);
  if (!decoded) return res.sendStatus(401);
  next();
};
`,
      filename: 'a.js',
      errors: ['presence'],
    },
    {
      name: 'switch',
      code: `const jwt = require('jsonwebtoken');
module.exports = (token) => {
  const { role } = jwt.decode(token);
  switch (role) { case 'admin': return 1; default: return 0; }
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'class field',
      code: `const jwt = require('jsonwebtoken');
class Session {
  constructor(token) { this.claims = jwt.decode(token); }
  isAdmin() { return this.claims.role === 'admin'; }
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'object property',
      code: `const jwt = require('jsonwebtoken');
const ctx0 = {};
function load(token) { const state = {}; state.claims = jwt.decode(token); return state.claims.role === 'x'; }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'GraphQL context',
      code: `const jwt = require('jsonwebtoken');
const server = new ApolloServer({ typeDefs, resolvers, context: ({ req }) => ({ user: jwt.decode(req.headers.authorization) }) });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'hono',
      code: `import { Hono } from 'hono';
import { decode } from 'hono/jwt';
const app = new Hono();
app.get('/me', (c) => {
  const { payload } = decode(c.req.header('Authorization'));
  return c.json({ user: payload.sub });
});
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'jws',
      code: `const jws = require('jws');
async function f(token) {
  const decoded = jws.decode(token);
  const user = await User.findByPk(JSON.parse(decoded.payload).sub);
  return user;
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'verify in the else branch',
      code: `const jwt = require('jsonwebtoken');
function f(req, token) {
  if (config.verify) { jwt.verify(token, KEY); }
  req.user = jwt.decode(token);
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'rows by id',
      code: `import jwt, { JwtPayload } from 'jsonwebtoken';
export const me = async (req: Request, res: Response) => {
  const token = req.header('Authorization')!.replace('Bearer ', '');
  const { id } = jwt.decode(token) as JwtPayload;
  const user = await prisma.user.findUnique({ where: { id } });
  return res.json(user);
};
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'service',
      code: `import { decodeJwt } from 'jose';
export class UserService {
  async current(token: string) {
    const claims = decodeJwt(token);
    return this.usersRepository.findOneBy({ id: claims.sub });
  }
}
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'path',
      code: `import { decodeJwt } from 'jose';
import { readFile } from 'node:fs/promises';
export const avatar = async (token: string) => readFile(\`/data/\${decodeJwt(token).sub}.png\`);
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'verify of another token',
      code: `import jwt from 'jsonwebtoken';
export function f(req, res) {
  jwt.verify(req.body.access, KEY, { algorithms: ['HS256'] });
  const who = jwt.decode(req.body.identity);
  req.session.userId = who.sub;
}
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'verifyToken that only decodes',
      code: `import jwt from 'jsonwebtoken';
function verifyToken(token) { return jwt.decode(token); }
export async function h(req, res, next) {
  const token = req.headers.authorization.slice(7);
  req.user = verifyToken(token);
  next();
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'handler with query string',
      code: `const { jwtDecode } = require('jwt-decode');
exports.handler = async (event) => {
  const claims = jwtDecode(event.headers.Authorization.replace('Bearer ', ''));
  const out = await dynamo.query({ TableName: 't', KeyConditionExpression: 'pk = :s', ExpressionAttributeValues: { ':s': claims.sub } }).promise();
  return { statusCode: 200, body: JSON.stringify(out.Items) };
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'cognito groups',
      code: `const jwt = require('jsonwebtoken');
exports.handler = async (event) => {
  const groups = jwt.decode(event.headers.Authorization)['cognito:groups'];
  if (!groups.includes('admins')) return { statusCode: 403 };
  return { statusCode: 200 };
};
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'keycloak realm',
      code: `const jwt = require('jsonwebtoken');
function hasRealmRole(req, role) {
  const token = jwt.decode(req.headers.authorization.split(' ')[1]);
  return token.realm_access.roles.some((r) => r === role);
}
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'ternary',
      code: `const jwt = require('jsonwebtoken');
const f = (t) => jwt.decode(t).isAdmin ? 'all' : 'own';
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'koa',
      code: `const jwt = require('jsonwebtoken');
app.use(async (ctx, next) => { ctx.state.user = jwt.decode(ctx.headers.authorization.split(' ')[1]); await next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'socket',
      code: `const jwt = require('jsonwebtoken');
io.use((socket, next) => { const d = jwt.decode(socket.handshake.auth.token); socket.userId = d.sub; next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'res.locals',
      code: `const jwt = require('jsonwebtoken');
app.use((req, res, next) => { res.locals.user = jwt.decode(req.cookies.jwt); next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'spread into req.user',
      code: `const jwt = require('jsonwebtoken');
app.use((req, res, next) => { const c = jwt.decode(req.cookies.jwt); req.user = { ...c, ok: true }; next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'object pick',
      code: `const jwt = require('jsonwebtoken');
app.use((req, res, next) => { const c = jwt.decode(req.cookies.jwt); req.user = { id: c.sub, roles: c.roles }; next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'assign let',
      code: `const jwt = require('jsonwebtoken');
app.use((req, res, next) => { let c; try { c = jwt.decode(req.cookies.jwt); } catch (e) { return next(e); } req.user = c; next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'fallback to decode',
      code: `const jwt = require('jsonwebtoken');
function f(req, token) { let p; try { p = jwt.verify(token, KEY); } catch { p = jwt.decode(token); } req.user = p; }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'decode in promise',
      code: `const jwt = require('jsonwebtoken');
const auth = (req, res, next) => Promise.resolve().then(() => jwt.decode(req.headers.token)).then((u) => { req.user = u; next(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'sql text',
      code: `const jwt = require('jsonwebtoken');
async function f(t) { const u = jwt.decode(t); return pool.query(\`select * from users where id = \${u.id}\`); }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'tagged sql',
      code: `const jwt = require('jsonwebtoken');
async function f(t) { const u = jwt.decode(t); return sql\`select * from users where id = \${u.id}\`; }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'nested helper',
      code: `const jwt = require('jsonwebtoken');
const claimsOf = (req) => jwt.decode(req.headers.authorization);
const subjectOf = (req) => claimsOf(req).sub;
exports.me = async (req, res) => res.json(await Users.findOne({ id: subjectOf(req) }));
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'class helper method',
      code: `import * as jwt from 'jsonwebtoken';
export class Auth {
  private read(token: string) { return jwt.decode(token) as any; }
  isAdmin(token: string) { return this.read(token).role === 'admin'; }
}
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'fast-jwt',
      code: `import { createDecoder } from 'fast-jwt';
const decode = createDecoder();
export const who = (req, res) => res.send(decode(req.headers.authorization).sub);
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'cloudflare worker',
      code: `import jwt from '@tsndr/cloudflare-worker-jwt';
export default { async fetch(request, env) { const { payload } = jwt.decode(request.headers.get('Authorization')); if (payload.role === 'admin') return new Response('ok'); return new Response('no', { status: 403 }); } };
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'jsrsasign',
      code: `import { KJUR } from 'jsrsasign';
export const f = (t) => KJUR.jws.JWS.parse(t).payloadObj.role === 'admin';
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'aws decompose',
      code: `import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
export const f = (t) => { const { payload } = decomposeUnverifiedJwt(t); return db.users.findOne({ sub: payload.sub }); };
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'trpc context',
      code: `import jwt from 'jsonwebtoken';
export const createContext = ({ req }) => { const user = jwt.decode(req.headers.authorization); return { user, db }; };
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'next middleware',
      code: `import { NextResponse } from 'next/server';
import { decodeJwt } from 'jose';
export function middleware(req) { const c = decodeJwt(req.cookies.get('token').value); if (c.role !== 'admin') return NextResponse.redirect(new URL('/login', req.url)); return NextResponse.next(); }
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'hand with pad helper',
      code: `const decodeB64 = (s) => Buffer.from(s, 'base64').toString();
export function f(req) { const claims = JSON.parse(decodeB64(req.headers.authorization.split('.')[1])); req.user = claims; }
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'decodeURIComponent map dance',
      code: `function parseJwt(token) {
  var base64Url = token.split('.')[1];
  var base64 = base64Url.replace(/-/g, '+').replace(/_/g, '/');
  var jsonPayload = decodeURIComponent(Buffer.from(base64, 'base64').toString('binary').split('').map(function (c) { return '%' + ('00' + c.charCodeAt(0).toString(16)).slice(-2); }).join(''));
  return JSON.parse(jsonPayload);
}
exports.auth = (req, res, next) => { req.user = parseJwt(req.headers.authorization); next(); };
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'require().decode chain',
      code: `const claims = require('jsonwebtoken').decode(token);
if (claims.permissions.includes('write')) write();
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'rate limit key by sub is a lookup',
      code: `import jwt from 'jsonwebtoken';
const users = new Map();
export const f = (token) => users.get(jwt.decode(token).sub);
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'google credential posted',
      code: `import { jwtDecode } from 'jwt-decode';
export async function login(req, res) { const { email } = jwtDecode(req.body.credential); const user = await User.findOneAndUpdate({ email }, {}, { upsert: true }); res.json(user); }
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'a function that authenticates by its name',
      code: `import { decodeJwt } from 'jose';
export function authenticate(token) { return decodeJwt(token); }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'a method that validates by its name',
      code: `import { JwtService } from '@nestjs/jwt';
export class AuthService {
  constructor(private readonly jwt: JwtService) {}
  async validateToken(token: string) { return this.jwt.decode(token); }
}
`,
      filename: 'a.ts',
      errors: ['decision'],
    },
    {
      name: 'hapi-auth-jwt2 with a function that replaces the check',
      code: `const Hapi = require('@hapi/hapi');
const server = new Hapi.Server({ port: 3000 });
server.register(require('hapi-auth-jwt2'));
server.auth.strategy('jwt', 'jwt', { key: 'secret', verify: async (decoded) => ({ isValid: true, credentials: decoded }) });
`,
      filename: 'a.js',
      errors: ['off'],
    },
    {
      name: 'fastify in a handler of an instance',
      code: `const fastify = require('fastify')();
fastify.register(require('@fastify/jwt'), { secret: process.env.S });
fastify.post('/a', async function (request) { const { role } = await request.jwtDecode(); if (role === 'admin') return run(); });
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'claims passed to a function of another file that queries',
      code: `import jwt from 'jsonwebtoken';
import { load } from './users.js';
export const me = async (req, res) => { const claims = jwt.decode(req.cookies.t); const u = await load(claims); res.json(u); };
`,
      filename: 'a.js',
      files: {
        'users.js': `export const load = ({ sub }) => db.users.findOne({ id: sub });
`,
      },
      errors: ['decision'],
    },
    {
      name: 'default export helper, require',
      code: `const read = require('./read');
module.exports = (req, res, next) => { const c = read(req.headers.authorization); if (c.permissions.indexOf('x') === -1) return res.end(); next(); };
`,
      filename: 'a.js',
      files: {
        'read.js': `const jwt = require('jsonwebtoken');
module.exports = function (header) { return jwt.decode(header.split(' ')[1]); };
`,
      },
      errors: ['decision'],
    },
    {
      name: 'a class in another file',
      code: `import { TokenReader } from './reader';
const reader = new TokenReader();
export const isAdmin = (t: string) => reader.read(t).role === 'admin';
`,
      filename: 'a.ts',
      files: {
        'reader.ts': `import { decodeJwt } from 'jose';
export class TokenReader { read(t: string) { return decodeJwt(t); } }
`,
      },
      errors: ['decision'],
    },
    {
      name: 'async helper with try',
      code: `const jwt = require('jsonwebtoken');
async function claimsOf(req) { try { return jwt.decode(req.headers.authorization.split(' ')[1]); } catch (e) { return null; } }
exports.h = async (req, res) => { const c = await claimsOf(req); if (!c || c.role !== 'admin') return res.sendStatus(403); res.send('ok'); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'optional decode and default',
      code: `const jwt = require('jsonwebtoken');
exports.h = (req, res) => { const { role = 'guest' } = jwt.decode(req.cookies.t) ?? {}; if (role === 'admin') res.send('ok'); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'array of roles in a loop',
      code: `const jwt = require('jsonwebtoken');
exports.h = (t) => { for (const r of jwt.decode(t).roles) if (r === 'admin') return true; return false; };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'required roles some includes',
      code: `const jwt = require('jsonwebtoken');
exports.can = (t, need) => { const { roles } = jwt.decode(t); return need.some((n) => roles.includes(n)); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'scope split',
      code: `const jwt = require('jsonwebtoken');
exports.can = (t, need) => jwt.decode(t).scope.split(' ').includes(need);
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'new Set of scopes',
      code: `const jwt = require('jsonwebtoken');
exports.can = (t) => { const scopes = new Set(jwt.decode(t).scope.split(' ')); return scopes.has('write'); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'owner comparison',
      code: `const jwt = require('jsonwebtoken');
exports.del = (req, res) => { const me = jwt.decode(req.cookies.t); if (me.id !== req.params.userId) return res.sendStatus(403); remove(); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'prisma where',
      code: `const jwt = require('jsonwebtoken');
exports.list = async (req) => { const { userId } = jwt.decode(req.cookies.t); return prisma.order.findMany({ where: { userId, deleted: false } }); };
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'knex',
      code: `const jwt = require('jsonwebtoken');
exports.list = async (req) => knex('orders').where('user_id', jwt.decode(req.cookies.t).sub).select('*');
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'supabase',
      code: `const jwt = require('jsonwebtoken');
exports.list = async (req) => supabase.from('orders').select().eq('user', jwt.decode(req.cookies.t).sub);
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'fetch with the subject',
      code: `const jwt = require('jsonwebtoken');
exports.list = async (req) => fetch(\`http://orders/\${jwt.decode(req.cookies.t).sub}\`);
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'Next server component',
      code: `import { cookies } from 'next/headers';
import { jwtDecode } from 'jwt-decode';
export default async function Page() { const c = jwtDecode((await cookies()).get('t').value); const rows = await db.order.findMany({ where: { user: c.sub } }); return null; }
`,
      filename: 'a.js',
      errors: ['decision'],
    },
    {
      name: 'the verification of the same file takes its place',
      code: `import jwt from 'jsonwebtoken';
import { readFileSync } from 'node:fs';
const KEY = readFileSync('public.pem');
const OPTIONS = { algorithms: ['RS256'], audience: 'https://api.example', issuer: 'https://login.example', maxAge: '10m' };
export const subjectOf = (token) => jwt.verify(token, KEY, OPTIONS).sub;
export function admin(req, res, next) {
  try {
    const claims = jwt.decode(req.cookies.token); // who is it?
    if (claims.role !== 'admin') return res.sendStatus(403);
    next();
  } catch {
    res.sendStatus(401);
  }
}
`,
      settings: { versions: { jsonwebtoken: '9.0.3' } },
      errors: [{ message: 'decision', line: 8, column: 20, text: 'its `role` decides a condition on line 9', exploitability: 'exploitable' }],
      output: `import jwt from 'jsonwebtoken';
import { readFileSync } from 'node:fs';
const KEY = readFileSync('public.pem');
const OPTIONS = { algorithms: ['RS256'], audience: 'https://api.example', issuer: 'https://login.example', maxAge: '10m' };
export const subjectOf = (token) => jwt.verify(token, KEY, OPTIONS).sub;
export function admin(req, res, next) {
  try {
    const claims = jwt.verify(req.cookies.token, KEY, OPTIONS); // who is it?
    if (claims.role !== 'admin') return res.sendStatus(403);
    next();
  } catch {
    res.sendStatus(401);
  }
}
`,
    },
    {
      name: 'the claims are taken out of what jwtVerify resolves to',
      code: `import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
const keys = createRemoteJWKSet(new URL('https://login.example/keys'));
const checks = { algorithms: ['RS256'], audience: 'https://api.example', issuer: 'https://login.example', maxTokenAge: '10m', requiredClaims: ['exp', 'sub'] };
export async function subjectOf(token) {
  const { payload } = await jwtVerify(token, keys, checks);
  return payload.sub;
}
export async function orders(request, reply) {
  try {
    const { sub } = decodeJwt(request.cookies.token);
    return reply.send(await Order.find({ owner: sub }));
  } catch {
    return reply.code(401).send();
  }
}
`,
      errors: ['decision'],
      output: `import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
const keys = createRemoteJWKSet(new URL('https://login.example/keys'));
const checks = { algorithms: ['RS256'], audience: 'https://api.example', issuer: 'https://login.example', maxTokenAge: '10m', requiredClaims: ['exp', 'sub'] };
export async function subjectOf(token) {
  const { payload } = await jwtVerify(token, keys, checks);
  return payload.sub;
}
export async function orders(request, reply) {
  try {
    const { sub } = (await jwtVerify(request.cookies.token, keys, checks)).payload;
    return reply.send(await Order.find({ owner: sub }));
  } catch {
    return reply.code(401).send();
  }
}
`,
    },
    {
      name: 'no repair where nothing catches what a verification throws',
      code: `import jwt from 'jsonwebtoken';
export const read = (token) => jwt.verify(token, KEY, { algorithms: ['RS256'] });
export const isAdmin = (token) => jwt.decode(token).role === 'admin';
`,
      errors: [{ message: 'decision', line: 3, column: 35, remedy: null }],
      output: null,
    },
    {
      name: 'no repair where two keys could be meant',
      code: `import jwt from 'jsonwebtoken';
export const access = (token) => jwt.verify(token, ACCESS_KEY, { algorithms: ['RS256'] });
export const refresh = (token) => jwt.verify(token, REFRESH_KEY, { algorithms: ['RS256'] });
export function isAdmin(token) {
  try { return jwt.decode(token).role === 'admin'; } catch { return false; }
}
`,
      errors: [{ message: 'decision', remedy: null }],
    },
    {
      name: 'no repair where the only key is that of another kind of token',
      code: `import jwt from 'jsonwebtoken';
export const refresh = (refreshToken) => jwt.verify(refreshToken, KEY, { algorithms: ['RS256'] });
export function isAdmin(token) {
  try { return jwt.decode(token).role === 'admin'; } catch { return false; }
}
`,
      errors: [{ message: 'decision', remedy: null }],
    },
    {
      name: 'no repair where the key is only known in another function',
      code: `import jwt from 'jsonwebtoken';
export function read(token, key) { return jwt.verify(token, key, { algorithms: ['RS256'] }); }
export function isAdmin(token) {
  try { return jwt.decode(token).role === 'admin'; } catch { return false; }
}
`,
      errors: [{ message: 'decision', remedy: null }],
    },
    {
      name: 'in a browser, where asked for',
      code: `import { jwtDecode } from 'jwt-decode';
import { useState } from 'react';
export const isAdmin = () => jwtDecode(localStorage.getItem('token')).role === 'admin';
`,
      options: { browser: true },
      errors: ['decision'],
    },
    {
      name: 'jose UnsecuredJWT, where no other rule reports it',
      code: `import { UnsecuredJWT } from 'jose';
export const isAdmin = (token) => UnsecuredJWT.decode(token).payload.role === 'admin';
`,
      errors: ['decision'],
    },
    {
      name: 'a guard that lets through whoever brings text of the right form',
      code: `import jwt from 'jsonwebtoken';
export class SubscriberGuard {
  canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const claims = jwt.decode(request.headers.authorization.split(' ')[1]);
    if (!claims) return false;
    return true;
  }
}
`,
      filename: 'subscriber.guard.js',
      errors: [{ message: 'presence', line: 5 }],
    },
    {
      name: 'a parameter decorator',
      code: `import { createParamDecorator } from '@nestjs/common';
import jwt from 'jsonwebtoken';
export const Session = createParamDecorator((data, context) => {
  const request = context.switchToHttp().getRequest();
  if (request.user) return request.user;
  const user = jwt.decode(request.headers.authorization.split(' ')[1]);
  return user;
});
`,
      filename: 'session.decorator.js',
      errors: [{ message: 'decision', line: 6 }],
    },
    {
      name: 'a piece of a claim is named by the claim',
      code: `import jwt from 'jsonwebtoken';
export const isColleague = (token) => {
  const claims = jwt.decode(token);
  return claims.email.split('@')[1] === 'example.com';
};
`,
      filename: 'colleague.js',
      errors: [{ message: 'decision', text: '\`email\`' }],
    },
    {
      name: 'a caller hands in what a client sent',
      code: `import jwt from 'jsonwebtoken';
const ownerOf = async (token) => {
  const claims = jwt.decode(token);
  return User.findOne({ id: claims.sub });
};
export const profile = async (req, res) => res.json(await ownerOf(req.body.token));
`,
      filename: 'profile.js',
      errors: [{ message: 'decision', line: 3 }],
    },
    { name: 'without a guard, from a parameter', filename: 'me.controller.ts', code: `import { JwtService } from '@nestjs/jwt';\nimport { Controller, Get, Headers } from '@nestjs/common';\n@Controller('me')\nexport class MeController {\n  constructor(private readonly jwt: JwtService) {}\n  @Get() me(@Headers('authorization') header: string) { return this.jwt.decode(header.split(' ')[1]); }\n}\n`, errors: [{ message: 'decision', line: 6 }] },
    { name: 'an authorizer of API Gateway', code: `const jwt = require('jsonwebtoken');\nexports.handler = async (event) => {\n  const claims = jwt.decode(event.authorizationToken.slice(7));\n  return { principalId: claims.sub, policyDocument: allow(event.methodArn) };\n};\n`, errors: [{ message: 'decision', line: 3, text: 'its `sub` becomes the user of the request' }] },
    { name: 'a simple authorizer of API Gateway', code: `const jwt = require('jsonwebtoken');\nexports.handler = async (event) => {\n  const claims = jwt.decode(event.headers.authorization);\n  return { isAuthorized: true, context: { user: claims.sub } };\n};\n`, errors: [{ message: 'decision', line: 3 }] },
    { name: 'an authorizer with a policy of its own', code: `const jwt = require('jsonwebtoken');\nexports.handler = async (event) => buildPolicy(jwt.decode(event.authorizationToken).sub, 'Allow', event.methodArn);\n`, errors: [{ message: 'decision', line: 2 }] },
    { name: 'a method of a class in plain JavaScript', filename: 'profile.js', code: `import jwt from 'jsonwebtoken';\nexport class Profile {\n  cache;\n  async show(req, res) { res.json(await this.users.findById(jwt.decode(req.headers.authorization).sub)); }\n}\n`, errors: [{ message: 'decision', line: 4 }] },
    { name: 'the options of the strategy stand in another file', filename: 'a.js', files: { 'auth.js': `export const strategy = {\n  keys: 'secret',\n  verify: false,\n};\n` }, code: `import Hapi from '@hapi/hapi';\nimport Jwt from '@hapi/jwt';\nimport { strategy } from './auth.js';\nconst server = Hapi.server();\nserver.auth.strategy('jwt', 'jwt', strategy);\n`, errors: [{ message: 'off', line: 5, column: 36, text: 'is told not to verify (auth.js:3): it accepts every token', exploitability: 'exploitable', cause: 'auth.js:3' }] },
    { name: 'all that it says is sent back', code: `import jwt from 'jsonwebtoken';\napp.get('/me', (req, res) => {\n  const claims = jwt.decode(req.headers.authorization.slice(7));\n  res.json(claims);\n});\n`, errors: [{ message: 'decision', line: 3, text: 'what it says goes into the response on line 4', exploitability: 'depends' }] },
  ],
});
