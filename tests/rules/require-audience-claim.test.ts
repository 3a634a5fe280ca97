import { requireAudienceClaim } from '../../rules/require-audience-claim.ts';
import { runRule } from './run-rule.ts';

const jwt = `import jwt from 'jsonwebtoken';\n`;
const settings = { policy: { audience: 'api://orders' } };

runRule(requireAudienceClaim, {
  valid: [
    `${jwt}jwt.sign({ sub }, key, { audience: 'api://orders' });`,
    `${jwt}jwt.sign({ sub, aud: 'api://orders' }, key);`,
    `${jwt}const claims = { sub }; claims.aud = 'api://orders'; jwt.sign(claims, key);`,
    `${jwt}export const issue = (payload) => jwt.sign(payload, key);`,
    // The claim belongs into the function that issues, not to each of its callers.
    `${jwt}const issue = (payload) => jwt.sign(payload, key);\nissue({ sub });`,
    `${jwt}export const issue = (sub, options) => jwt.sign({ sub }, key, options);`,
    `import { SignJWT } from 'jose'; await new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setAudience('api://orders').sign(key);`,
    `import { SignJWT } from 'jose'; await new SignJWT({ sub, aud: 'api://orders' }).setProtectedHeader({ alg: 'RS256' }).sign(key);`,
    `import { createSigner } from 'fast-jwt'; createSigner({ key, aud: 'api://orders' })({ sub });`,
    `import { sign } from 'hono/jwt'; await sign({ sub, aud: 'api://orders' }, key);`,
    `import jwt from 'jwt-simple'; jwt.encode({ sub, aud: 'api://orders' }, key);`,
    `import Jwt from '@hapi/jwt'; Jwt.token.generate({ sub, aud: 'api://orders' }, key);`,
    `import { sign } from './bank.js'; sign({ sub }, key);`,
    { name: 'settled where the module is registered, which is not found', filename: 'auth.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.sign({ sub: id }); }\n}\n` },
    { name: 'a caller that hands the claim over', code: `${jwt}const issue = (payload, options) => jwt.sign(payload, key, options);\nissue({ sub }, { audience: 'orders' });` },
  ],
  invalid: [
    { settings, code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', line: 2, exploitability: 'depends', text: '`audience`', remedy: { id: 'write-audience', output: `${jwt}jwt.sign({ sub }, key, { audience: 'api://orders' });\n` } }] },
    { settings, code: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m' });\n`, errors: ['missing'], output: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m', audience: 'api://orders' });\n` },
    { name: 'without a policy nothing is written', code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', remedy: null }], output: null },
    { name: 'of several in the policy none is chosen', settings: { policy: { audience: ['a', 'b'] } }, code: `${jwt}jwt.sign({ sub }, key);\n`, errors: [{ message: 'missing', remedy: null }], output: null },
    { name: 'a variable is read so that its absence stops the program', settings: { policy: { audience: { environment: 'JWT_AUDIENCE' } } }, code: `${jwt}export function issue(sub) {\n  return jwt.sign({ sub }, key);\n}\n`, errors: ['missing'], output: `${jwt}\nfunction requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n\nconst jwtAudience = requireEnv('JWT_AUDIENCE');\nexport function issue(sub) {\n  return jwt.sign({ sub }, key, { audience: jwtAudience });\n}\n` },
    { code: `${jwt}export const issue = (user) => jwt.sign(user.toJSON(), key);`, errors: ['missing'] },
    { settings, code: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).sign(key);\n`, errors: [{ message: 'missing', text: '`setAudience`' }], output: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setAudience('api://orders').sign(key);\n` },
    { settings, code: `import { sign } from 'hono/jwt';\nawait sign({ sub }, key);\n`, errors: [{ message: 'missing', text: 'Set `aud` in the payload.' }], output: `import { sign } from 'hono/jwt';\nawait sign({ sub, aud: 'api://orders' }, key);\n` },
    { settings, code: `import jwt from 'jwt-simple';\njwt.encode({ sub }, key);\n`, errors: ['missing'], output: `import jwt from 'jwt-simple';\njwt.encode({ sub, aud: 'api://orders' }, key);\n` },
    { code: `import { createSigner } from 'fast-jwt';\ncreateSigner({ key })({ sub });`, errors: ['missing'] },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key);`, errors: ['missing'] },
    { code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nawait jwt.sign({ sub }, key);`, errors: ['missing'] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.sign('HS256', { alg: 'HS256' }, { sub }, key);`, errors: ['missing'] },
    { code: `import fastify from 'fastify';\nimport fastifyJwt from '@fastify/jwt';\nconst app = fastify();\napp.register(fastifyJwt, { secret });\napp.jwt.sign({ sub });`, errors: ['missing'] },
    { name: 'a caller that hands options without it over', code: `${jwt}const issue = (payload, options) => jwt.sign(payload, key, options);\nissue({ sub }, { expiresIn: '5m' });`, errors: [{ message: 'missing', line: 3, remedy: null }] },
  ],
});
