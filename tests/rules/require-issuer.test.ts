import { requireIssuer } from '../../rules/require-issuer.ts';
import { runRule } from './run-rule.ts';

const policy = { issuer: 'https://issuer.example' };

runRule(requireIssuer, {
  valid: [
    { name: 'a validator of its own beside the value', code: `import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ issuer: 'https://idp.example', audience: 'api://orders', jwksUri, validators: { iss: (value) => known.has(value) } });` },
    { name: 'proofs of possession, which are bound to a request', code: `import { EmbeddedJWK, jwtVerify } from 'jose';\nexport const f = (proof) => jwtVerify(proof, EmbeddedJWK, { algorithms: ['ES256'], typ: 'dpop+jwt' });\n` },
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms: ['RS256'], issuer: 'https://issuer.example' });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { issuer: [process.env.ISSUER, 'https://old.example'] });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, options);`,
    `import { verify } from './own.js'; verify(token, key);`,
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, key);`,
    { name: 'compared by hand', code: `import jwt from 'jsonwebtoken'; export function check(token) { const claims = jwt.verify(token, key); if (claims.iss !== ISSUER) throw new Error('wrong issuer'); return claims; }` },
    { name: 'compared in the callback', code: `const jwt = require('jsonwebtoken'); jwt.verify(token, key, (error, claims) => { if (error || !TRUSTED.has(claims.iss)) return refuse(); accept(claims); });` },
    { name: 'the user pool is the issuer', code: `import { CognitoJwtVerifier } from 'aws-jwt-verify'; CognitoJwtVerifier.create({ userPoolId: 'u', clientId: 'c', tokenUse: 'access' });` },
    { name: 'the constructor has it', code: `import OktaJwtVerifier from '@okta/jwt-verifier'; const verifier = new OktaJwtVerifier({ issuer: 'https://issuer.example' }); await verifier.verifyAccessToken(token, 'api://orders');` },
    { name: 'the library takes it from the environment', code: `import { auth } from 'express-oauth2-jwt-bearer'; app.use(auth({ audience: 'api://orders' }));` },
    { name: 'the configuration is elsewhere', filename: 'service.ts', code: `import { JwtService } from '@nestjs/jwt'; class Auth { constructor(private jwt: JwtService) {} check(token: string) { return this.jwt.verify(token); } }` },
    { name: 'only the signature is checked', code: `import { compactVerify } from 'jose'; await compactVerify(token, key);` },
    { name: 'as the policy has it', code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key, { issuer: 'https://issuer.example' });`, settings: { policy } },
    { name: 'a token for another service is issued', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, key, { issuer: 'invoices', expiresIn: '5m' });`, settings: { policy: { issuer: 'orders' } } },
  ],
  invalid: [
    { name: 'a validator that is switched off beside the value', code: `import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ issuer: 'https://idp.example', audience: 'api://orders', jwksUri, validators: { iss: false } });`, errors: [{ message: 'off', line: 2 }] },
    { code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { audience: 'api://orders' });\n`, errors: [{ message: 'missing', line: 2, column: 1, text: 'Pass `issuer`', remedy: null }] },
    {
      name: 'from the policy', code: `import jwt from 'jsonwebtoken';\nconst claims = jwt.verify(token, key, {\n  audience: 'api://orders',\n});\n`, settings: { policy },
      errors: [{ message: 'missing', remedy: { id: 'add-issuer', output: `import jwt from 'jsonwebtoken';\nconst claims = jwt.verify(token, key, {\n  audience: 'api://orders',\n  issuer: 'https://issuer.example',\n});\n` } }],
      output: `import jwt from 'jsonwebtoken';\nconst claims = jwt.verify(token, key, {\n  audience: 'api://orders',\n  issuer: 'https://issuer.example',\n});\n`,
    },
    {
      name: 'from an environment variable that is checked at start-up', filename: 'case.ts', code: `import { jwtVerify } from 'jose';\n\nexport async function check(token: string) {\n  return jwtVerify(token, key);\n}\n`, settings: { policy: { issuer: { environment: 'JWT_ISSUER' } } },
      errors: ['missing'], output: `import { jwtVerify } from 'jose';\n\nfunction requireEnv(name: string): string {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n\nconst jwtIssuer = requireEnv('JWT_ISSUER');\n\nexport async function check(token: string) {\n  return jwtVerify(token, key, { issuer: jwtIssuer });\n}\n`,
    },
    { name: 'no options, a callback', code: `const { verify } = require('jsonwebtoken');\nverify(token, key, done);\n`, settings: { policy }, errors: ['missing'], output: `const { verify } = require('jsonwebtoken');\nverify(token, key, { issuer: 'https://issuer.example' }, done);\n` },
    { name: 'an empty string', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { issuer: '' });`, errors: [{ message: 'off', text: 'issuer: ""', remedy: null }] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: 's', algorithms: ['HS256'] }));`, errors: ['missing'] },
    { name: 'koa-jwt', code: `const jwt = require('koa-jwt'); app.use(jwt({ secret: 's' }));`, errors: ['missing'] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt'; new Strategy({ secretOrKey: 's', jwtFromRequest: from, audience: 'a' }, done);`, errors: ['missing'] },
    { name: 'nest', filename: 'service.ts', code: `import { JwtModule, JwtService } from '@nestjs/jwt'; const auth = JwtModule.registerAsync({ useFactory: () => ({ secret: key, verifyOptions: { audience: 'a' } }) }); class Auth { constructor(private jwt: JwtService) {} check(token: string) { return this.jwt.verify(token); } }`, errors: ['missing'] },
    { name: 'fast-jwt', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k' });\n`, settings: { policy }, errors: ['missing'], output: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: 'k', allowedIss: 'https://issuer.example', requiredClaims: ['iss'] });\n` },
    { name: 'fastify', code: `import fastify from 'fastify'; import plugin from '@fastify/jwt'; const app = fastify(); app.register(plugin, { secret: 's' }); app.get('/', async (request) => { await request.jwtVerify(); });`, errors: ['missing'] },
    { name: 'hono, which compares no list', code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret: 's', alg: 'HS256', verification: { aud: 'a' } }));\n`, settings: { policy: { issuer: ['https://issuer.example', 'https://accounts.example'] }, versions: { hono: '4.11.4' } }, errors: [{ message: 'missing', remedy: null }] },
    { name: 'hono', code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret: 's', alg: 'HS256', verification: { aud: 'a' } }));\n`, settings: { policy, versions: { hono: '4.11.4' } }, errors: ['missing'], output: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret: 's', alg: 'HS256', verification: { aud: 'a', iss: 'https://issuer.example' } }));\n` },
    { name: 'hapi', code: `const Jwt = require('@hapi/jwt'); Jwt.token.verify(artifacts, key, { aud: 'a' });`, errors: ['missing'] },
    { name: 'hapi, switched off', code: `const Hapi = require('@hapi/hapi'); require('@hapi/jwt'); const server = Hapi.server(); server.auth.strategy('a', 'jwt', { keys, verify: { aud: 'a', iss: false, sub: false } });`, errors: ['off'] },
    { name: 'aws, switched off', code: `import { JwtVerifier } from 'aws-jwt-verify'; JwtVerifier.create({ issuer: null, audience: 'a', jwksUri: 'https://issuer.example/jwks' });`, errors: ['off'] },
    { name: 'an encrypted token', code: `import { jwtDecrypt } from 'jose'; await jwtDecrypt(token, key, { audience: 'api://orders' });`, errors: ['missing'] },
    { name: 'elysia', code: `import { Elysia } from 'elysia'; import { jwt } from '@elysiajs/jwt'; new Elysia().use(jwt({ secret: 's', iss: 'i' })).get('/', async ({ jwt }) => jwt.verify(token));`, errors: ['missing'] },
    { name: 'jsrsasign', code: `import { KJUR } from 'jsrsasign'; KJUR.jws.JWS.verifyJWT(token, key, { alg: ['HS256'], aud: ['a'] });`, errors: ['missing'] },
    { name: 'decided by the caller', code: `import jwt from 'jsonwebtoken';\nconst check = (token, options) => jwt.verify(token, KEY, options);\ncheck(token, { audience: 'a' });\n`, errors: [{ message: 'missing', line: 3, remedy: null }] },
    { name: 'another issuer than the policy has', code: `import jwt from 'jsonwebtoken'; import { ISSUER } from './config.js';\njwt.verify(token, key, { issuer: ISSUER });\n`, files: { 'config.js': `export const ISSUER = 'https://other.example';\n` }, settings: { policy }, errors: [{ message: 'contradicts', line: 2, text: '(config.js:1)' }] },
    { name: 'another than the policy says', code: `import jwt from 'jsonwebtoken';\nconst claims = jwt.verify(token, key, { algorithms: ['RS256'], issuer: 'invoices' });`, settings: { policy: { issuer: 'orders' } }, errors: [{ message: 'contradicts', line: 2, exploitability: 'depends' }] },
  ],
});
