import { requireClaims } from '../../rules/require-claims.ts';
import { runRule } from './run-rule.ts';

runRule(requireClaims, {
  valid: [
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { requiredClaims: ['exp'] });`,
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { requiredClaims: CLAIMS });`,
    `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { maxTokenAge: '10m' });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { maxAge: '10m', audience: 'a', issuer: 'i' });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, options);`,
    `import { createVerifier } from 'fast-jwt'; createVerifier({ key: 'k', allowedAud: 'a', allowedIss: 'i', requiredClaims: ['exp', 'aud', 'iss'] });`,
    `import { createVerifier } from 'fast-jwt'; createVerifier({ key: 'k', allowedAud: 'a', requiredClaims });`,
    `import { createVerifier } from './own.js'; createVerifier({ key: 'k', allowedAud: 'a' });`,
    { name: 'demanded by hand', code: `import jwt from 'jsonwebtoken'; export function check(token) { const claims = jwt.verify(token, key); if (!claims.exp) throw new Error(); return claims; }` },
    { name: 'the library always demands exp', code: `import { auth } from 'express-oauth2-jwt-bearer'; app.use(auth({ audience: 'a', issuerBaseURL: 'b' }));` },
    { name: 'the library cannot demand any', code: `import { verify } from 'hono/jwt'; await verify(token, 's', 'HS256');` },
    { name: 'nothing but what is compared', code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { audience: 'a' });`, options: { claims: [] } },
    { name: 'jose refuses a token without the audience it compares', code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { audience: 'a', issuer: 'i', requiredClaims: ['exp'] });`, settings: { policy: { requiredClaims: ['aud', 'iss'] } } },
  ],
  invalid: [
    { code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { audience: 'a' });\n`, errors: [{ message: 'missing', line: 2, exploitability: 'hardening', text: 'carries no `exp`', remedy: { id: 'demand-claims', output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { audience: 'a', requiredClaims: ['exp'] });\n` } }], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { audience: 'a', requiredClaims: ['exp'] });\n` },
    { name: 'added to a list', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { requiredClaims: ['sub'] });\n`, errors: ['missing'], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { requiredClaims: ['sub', 'exp'] });\n` },
    { name: 'added to a list, line by line', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, {\n  requiredClaims: [\n    'sub',\n  ],\n});\n`, errors: ['missing'], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, {\n  requiredClaims: [\n    'sub',\n    'exp',\n  ],\n});\n` },
    { name: 'a library that can only bound the age', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key);`, errors: [{ message: 'missing', text: 'Set `maxAge`', remedy: null }] },
    { name: 'the policy', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key);\n`, settings: { policy: { requiredClaims: ['sub', 'jti'] } }, options: { claims: [] }, errors: [{ message: 'missing', text: '`sub`, `jti`' }], output: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { requiredClaims: ['sub', 'jti'] });\n` },
    { name: 'a claim that the library cannot demand', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { maxAge: '10m' });`, settings: { policy: { requiredClaims: ['tenant'] } }, errors: [{ message: 'missing', text: 'Check it by hand', remedy: null }] },
    { name: 'fast-jwt compares only what is there', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', allowedAud: 'a', allowedIss: 'i' });\n`, options: { claims: [] }, errors: [{ message: 'skipped', exploitability: 'depends', text: '`aud`, `iss`' }], output: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', allowedAud: 'a', allowedIss: 'i', requiredClaims: ['aud', 'iss'] });\n` },
    { name: 'fast-jwt, one of them', code: `const { createVerifier } = require('fast-jwt');\nconst verify = createVerifier({ key: 'k', allowedAud: 'a', requiredClaims: ['iss', 'exp'], allowedIss: 'i' });\nverify(token);\n`, errors: ['skipped'], output: `const { createVerifier } = require('fast-jwt');\nconst verify = createVerifier({ key: 'k', allowedAud: 'a', requiredClaims: ['iss', 'exp', 'aud'], allowedIss: 'i' });\nverify(token);\n` },
    { name: 'fastify, in a call', code: `import fastify from 'fastify'; import plugin from '@fastify/jwt';\nconst app = fastify(); app.register(plugin, { secret: 's' });\napp.get('/', async (request) => { await request.jwtVerify({ allowedAud: 'a' }); });\n`, options: { claims: [] }, errors: ['skipped'] },
    { name: 'fastify, in the plugin', code: `import fastify from 'fastify'; import plugin from '@fastify/jwt';\nconst app = fastify(); app.register(plugin, { secret: 's', verify: { allowedIss: 'i' } });\napp.get('/', async (request) => { await request.jwtVerify(); });\n`, options: { claims: [] }, errors: [{ message: 'skipped', line: 3 }] },
    { name: 'jsrsasign', code: `import { KJUR } from 'jsrsasign'; KJUR.jws.JWS.verifyJWT(token, key, { alg: ['HS256'], aud: ['a'] });`, options: { claims: [] }, errors: [{ message: 'skipped', text: 'Check it by hand', remedy: null }] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt'; new Strategy({ secretOrKey: 's', jwtFromRequest: from }, done);`, errors: ['missing'] },
    { name: 'hapi', code: `const Jwt = require('@hapi/jwt'); Jwt.token.verify(artifacts, key);`, errors: [{ message: 'missing', text: 'maxAgeSec' }] },
    { name: 'elysia', code: `import { Elysia } from 'elysia'; import { jwt } from '@elysiajs/jwt'; new Elysia().use(jwt({ secret: 's' })).get('/', async ({ jwt }) => jwt.verify(token));`, errors: ['missing'] },
    { name: 'nest', filename: 'service.ts', code: `import { JwtModule, JwtService } from '@nestjs/jwt'; const auth = JwtModule.register({ secret: 's' }); class Auth { constructor(private jwt: JwtService) {} check(token: string) { return this.jwt.verify(token); } }`, errors: ['missing'] },
  ],
});
