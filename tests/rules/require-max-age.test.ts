import { requireMaxAge } from '../../rules/require-max-age.ts';
import { runRule } from './run-rule.ts';

const policy = { maxAge: '15m' };

runRule(requireMaxAge, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { maxAge: '15m' });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { maxAge: process.env.MAX_AGE });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, options);`,
    `import { verify } from './own.js'; verify(token, key);`,
    `import jwt from 'jsonwebtoken'; jwt.sign({}, key); jwt.decode(token);`,
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { maxTokenAge: 600 });`,
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { requiredClaims: ['exp', 'sub'] });`,
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { requiredClaims: CLAIMS });`,
    `import { createVerifier } from 'fast-jwt'; createVerifier({ key: 'k', requiredClaims: ['exp'] });`,
    { name: 'demanded by hand', code: `import jwt from 'jsonwebtoken'; export function check(token) { const claims = jwt.verify(token, key); if (!claims.exp) throw new Error('no expiry'); return claims; }` },
    { name: 'demanded by hand, by type', code: `import jwt from 'jsonwebtoken'; export function check(token) { const { exp, sub } = jwt.verify(token, key); if (typeof exp !== 'number') return undefined; return sub; }` },
    { name: 'the age computed by hand', code: `import jwt from 'jsonwebtoken'; export function check(token) { const claims = jwt.verify(token, key); if (Date.now() / 1000 - claims.iat > 900) throw new Error('too old'); return claims; }` },
    { name: 'a library that always demands exp', code: `import { auth } from 'express-oauth2-jwt-bearer'; app.use(auth({ audience: 'a', issuerBaseURL: 'b' }));` },
    { name: 'a library that cannot', code: `import { verify } from 'hono/jwt'; await verify(token, 's', 'HS256');` },
    { name: 'only the signature', code: `import { compactVerify } from 'jose'; await compactVerify(token, key);` },
    { name: 'within the policy', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { maxAge: 600 });`, settings: { policy } },
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['RS256'] });\n`, errors: [{ message: 'missing', line: 2, exploitability: 'hardening', text: 'Pass `maxAge`.', remedy: null }] },
    { name: 'from the policy', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['RS256'] });\n`, settings: { policy }, errors: [{ message: 'missing', remedy: { id: 'bound-age', output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['RS256'], maxAge: '900s' });\n` } }], output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['RS256'], maxAge: '900s' });\n` },
    { name: 'read, not tested', code: `import jwt from 'jsonwebtoken'; export function check(token) { const claims = jwt.verify(token, key); return { id: claims.sub, until: claims.exp }; }`, errors: ['missing'] },
    { name: 'a callback', code: `const { verify } = require('jsonwebtoken');\nverify(token, key, done);\n`, settings: { policy }, errors: ['missing'], output: `const { verify } = require('jsonwebtoken');\nverify(token, key, { maxAge: '900s' }, done);\n` },
    { name: 'jose', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { requiredClaims: ['sub'] });\n`, settings: { policy }, errors: [{ message: 'missing', text: 'or demand `exp` with `requiredClaims`' }], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { requiredClaims: ['sub'], maxTokenAge: '900s' });\n` },
    { name: 'jose 2', code: `const { JWT } = require('jose'); JWT.verify(token, key);`, settings: { versions: { jose: '2.0.7' } }, errors: ['missing'] },
    { name: 'jose, encrypted', code: `import { jwtDecrypt } from 'jose'; await jwtDecrypt(token, key);`, errors: ['missing'] },
    { name: 'fast-jwt counts milliseconds, and skips a token that says no time', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', requiredClaims: ['iat'] });\n`, settings: { policy }, errors: ['missing'], output: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', requiredClaims: ['iat'], maxAge: 900000 });\n` },
    { name: 'fast-jwt, without a list of claims', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k' });\n`, settings: { policy }, errors: ['missing'], output: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', maxAge: 900000, requiredClaims: ['iat'] });\n` },
    { name: 'fastify', code: `import fastify from 'fastify'; import plugin from '@fastify/jwt'; const app = fastify(); app.register(plugin, { secret: 's' }); app.get('/', async (request) => { await request.jwtVerify(); });`, errors: ['missing'] },
    { name: 'hapi counts seconds', code: `const Jwt = require('@hapi/jwt');\nJwt.token.verify(artifacts, key, { aud: 'a' });\n`, settings: { policy }, errors: ['missing'], output: `const Jwt = require('@hapi/jwt');\nJwt.token.verify(artifacts, key, { aud: 'a', maxAgeSec: 900 });\n` },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt';\nnew Strategy({ secretOrKey: 's', jwtFromRequest: from }, done);\n`, settings: { policy }, errors: ['missing'], output: `import { Strategy } from 'passport-jwt';\nnew Strategy({ secretOrKey: 's', jwtFromRequest: from, jsonWebTokenOptions: { maxAge: '900s' } }, done);\n` },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: 's', algorithms: ['HS256'] }));`, errors: ['missing'] },
    { name: 'koa-jwt', code: `const jwt = require('koa-jwt'); app.use(jwt({ secret: 's' }));`, errors: ['missing'] },
    { name: 'nest', filename: 'service.ts', code: `import { JwtModule, JwtService } from '@nestjs/jwt'; const auth = JwtModule.register({ secret: 's' }); class Auth { constructor(private jwt: JwtService) {} check(token: string) { return this.jwt.verify(token); } }`, errors: ['missing'] },
    { name: 'elysia', code: `import { Elysia } from 'elysia'; import { jwt } from '@elysiajs/jwt'; new Elysia().use(jwt({ secret: 's' })).get('/', async ({ jwt }) => jwt.verify(token));`, errors: ['missing'] },
    { name: 'hapi-auth-jwt2', code: `const Hapi = require('@hapi/hapi'); require('hapi-auth-jwt2'); const server = Hapi.server(); server.auth.strategy('a', 'jwt', { key, validate, verifyOptions: { algorithms: ['HS256'] } });`, errors: ['missing'] },
    { name: 'longer than the policy allows', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { maxAge: '1h' });\n`, settings: { policy }, errors: [{ message: 'longer', line: 2, column: 34, exploitability: 'depends', remedy: { id: 'lower-age', description: 'Accept tokens up to an age of 15 minutes.', output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { maxAge: '900s' });\n` } }], output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { maxAge: '900s' });\n` },
    { name: 'longer, in seconds', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { maxTokenAge: 3600 });\n`, settings: { policy }, errors: ['longer'], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { maxTokenAge: 900 });\n` },
    { name: 'one of two ages', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { maxAge: remember ? '1d' : '10m' });\n`, settings: { policy }, errors: [{ message: 'longer', line: 2, remedy: null }] },
    { name: 'demanding another claim bounds nothing', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', requiredClaims: ['sub'] });\n`, errors: ['missing'] },
  ],
});
