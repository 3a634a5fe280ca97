import { requireIssuerClaim } from '../../rules/require-issuer-claim.ts';
import { runRule } from './run-rule.ts';

const jwt = `import jwt from 'jsonwebtoken';\n`;
const settings = { policy: { issuer: 'https://issuer.example' } };

runRule(requireIssuerClaim, {
  valid: [
    `${jwt}jwt.sign({ sub }, key, { issuer: 'https://issuer.example' });`,
    `${jwt}jwt.sign({ sub, iss: 'https://issuer.example' }, key);`,
    `${jwt}const claims = { sub }; claims.iss = 'https://issuer.example'; jwt.sign(claims, key);`,
    `${jwt}export const issue = (payload) => jwt.sign(payload, key);`,
    // The claim belongs into the function that issues, not to each of its callers.
    `${jwt}const issue = (payload) => jwt.sign(payload, key);\nissue({ sub });`,
    `${jwt}export const issue = (sub, options) => jwt.sign({ sub }, key, options);`,
    `import { SignJWT } from 'jose'; await new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setIssuer('https://issuer.example').sign(key);`,
    `import { SignJWT } from 'jose'; await new SignJWT({ sub, iss: 'https://issuer.example' }).setProtectedHeader({ alg: 'RS256' }).sign(key);`,
    `import { createSigner } from 'fast-jwt'; createSigner({ key, iss: 'https://issuer.example' })({ sub });`,
    `import { sign } from 'hono/jwt'; await sign({ sub, iss: 'https://issuer.example' }, key);`,
    `import jwt from 'jwt-simple'; jwt.encode({ sub, iss: 'https://issuer.example' }, key);`,
    `import Jwt from '@hapi/jwt'; Jwt.token.generate({ sub, iss: 'https://issuer.example' }, key);`,
    `import { sign } from './bank.js'; sign({ sub }, key);`,
    { name: 'settled where the module is registered, which is not found', filename: 'auth.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.sign({ sub: id }); }\n}\n` },
    { name: 'a caller that hands the claim over', code: `${jwt}const issue = (payload, options) => jwt.sign(payload, key, options);\nissue({ sub }, { issuer: 'https://issuer.example' });` },
  ],
  invalid: [
    { settings, code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', line: 2, exploitability: 'depends', text: '`issuer`', remedy: { id: 'write-issuer', output: `${jwt}jwt.sign({ sub }, key, { issuer: 'https://issuer.example' });\n` } }] },
    { settings, code: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m' });\n`, errors: ['missing'], output: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m', issuer: 'https://issuer.example' });\n` },
    { name: 'without a policy nothing is written', code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', remedy: null }], output: null },
    { name: 'of several in the policy none is chosen', settings: { policy: { issuer: ['a', 'b'] } }, code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', remedy: null }], output: null },
    { name: 'a variable is read so that its absence stops the program', settings: { policy: { issuer: { environment: 'JWT_ISSUER' } } }, code: `${jwt}export function issue(sub) {\n  return jwt.sign({ sub }, key);\n}\n`, errors: ['missing'], output: `${jwt}\nfunction requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n\nconst jwtIssuer = requireEnv('JWT_ISSUER');\nexport function issue(sub) {\n  return jwt.sign({ sub }, key, { issuer: jwtIssuer });\n}\n` },
    { code: `${jwt}export const issue = (user) => jwt.sign(user.toJSON(), key);`, errors: ['missing'] },
    { settings, code: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).sign(key);\n`, errors: [{ message: 'missing', text: '`setIssuer`' }], output: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setIssuer('https://issuer.example').sign(key);\n` },
    { settings, code: `import { sign } from 'hono/jwt';\nawait sign({ sub }, key);\n`, errors: [{ message: 'missing', text: 'Set `iss` in the payload.' }], output: `import { sign } from 'hono/jwt';\nawait sign({ sub, iss: 'https://issuer.example' }, key);\n` },
    { settings, code: `import jwt from 'jwt-simple';\njwt.encode({ sub }, key);\n`, errors: ['missing'], output: `import jwt from 'jwt-simple';\njwt.encode({ sub, iss: 'https://issuer.example' }, key);\n` },
    { code: `import { createSigner } from 'fast-jwt';\ncreateSigner({ key })({ sub });`, errors: ['missing'] },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key);`, errors: ['missing'] },
    { code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nawait jwt.sign({ sub }, key);`, errors: ['missing'] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.sign('HS256', { alg: 'HS256' }, { sub }, key);`, errors: ['missing'] },
    { code: `import fastify from 'fastify';\nimport fastifyJwt from '@fastify/jwt';\nconst app = fastify();\napp.register(fastifyJwt, { secret });\napp.jwt.sign({ sub });`, errors: ['missing'] },
    { name: 'a caller that hands options without it over', code: `${jwt}const issue = (payload, options) => jwt.sign(payload, key, options);\nissue({ sub }, { expiresIn: '5m' });`, errors: [{ message: 'missing', line: 3, remedy: null }] },
  ],
});
