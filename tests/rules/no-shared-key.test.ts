import { noSharedKey } from '../../rules/no-shared-key.ts';
import { runRule } from './run-rule.ts';

const head = `import jwt from 'jsonwebtoken';\n`;

runRule(noSharedKey, {
  valid: [
    { name: 'one kind', code: `${head}export const issueAccessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '15m' });` },
    { name: 'a key for each', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.ACCESS, { expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id }, process.env.REFRESH, { expiresIn: '7d' });` },
    { name: 'a claim tells them apart', code: `${head}const accessToken = (id) => jwt.sign({ id, type: 'access' }, process.env.S, { expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id, type: 'refresh' }, process.env.S, { expiresIn: '7d' });` },
    { name: 'only one has the claim', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id, refresh: true }, process.env.S, { expiresIn: '7d' });` },
    { name: 'the audience tells them apart', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, { audience: 'api', expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id }, process.env.S, { audience: 'login', expiresIn: '7d' });` },
    { name: 'typ tells them apart', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, { header: { typ: 'at+jwt' }, expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '7d' });` },
    { name: 'payloads that are not known', code: `${head}const accessToken = (claims) => jwt.sign(claims, process.env.S, { expiresIn: '15m' });\nconst refreshToken = (claims) => jwt.sign(claims, process.env.S, { expiresIn: '7d' });` },
    { name: 'the same kind twice', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '15m' });\nconst shortAccessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '5m' });` },
    { name: 'not a token library', code: `import { sign } from './bank.js';\nconst accessToken = () => sign({}, KEY);\nconst refreshToken = () => sign({}, KEY);` },
    { name: 'fixed subjects tell them apart', code: `${head}const accessToken = () => jwt.sign({}, process.env.S, { subject: 'reader', expiresIn: '15m' });\nconst refreshToken = () => jwt.sign({}, process.env.S, { subject: 'renewal', expiresIn: '7d' });` },
    { name: 'key ids tell them apart', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, { keyid: 'access', expiresIn: '15m' });\nconst refreshToken = (id) => jwt.sign({ id }, process.env.S, { keyid: 'refresh', expiresIn: '7d' });` },
    { name: 'options of one that are not known', code: `${head}const accessToken = (id) => jwt.sign({ id }, process.env.S, settings.access);\nconst refreshToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '7d' });` },
    { name: 'claims that come from outside', code: `${head}const accessToken = (claims) => jwt.sign({ ...claims }, process.env.S, { audience: 'a', subject: 's', keyid: 'k', header: { typ: 'JWT' }, expiresIn: '15m' });\nconst refreshToken = (claims) => jwt.sign({ ...claims }, process.env.S, { audience: 'a', subject: 's', keyid: 'k', header: { typ: 'JWT' }, expiresIn: '7d' });` },
    { name: 'hono: a key for each', code: `import { sign } from 'hono/jwt';\nexport const accessToken = (sub, env) => sign({ sub, exp: soon() }, process.env.ACCESS, 'HS256');\nexport const refreshToken = (sub, env) => sign({ sub, exp: later() }, process.env.REFRESH, 'HS256');\n`, settings: { versions: { hono: '4.11.4' } } },
    { name: 'hono: a claim tells them apart', code: `import { sign } from 'hono/jwt';\nexport const accessToken = (sub, env) => sign({ sub, use: 'access', exp: soon() }, process.env.S, 'HS256');\nexport const refreshToken = (sub, env) => sign({ sub, use: 'refresh', exp: later() }, process.env.S, 'HS256');\n`, settings: { versions: { hono: '4.11.4' } } },
  ],
  invalid: [
    {
      code: `${head}export const accessToken = (id) => jwt.sign({ id }, process.env.JWT_SECRET, { expiresIn: '15m' });\nexport const refreshToken = (id) => jwt.sign({ id }, process.env.JWT_SECRET, { expiresIn: '7d' });\n`,
      errors: [{ message: 'shared', line: 3, column: 54, exploitability: 'depends', text: '`jwt.sign` signs a refresh token with the key that signs an access token in line 2' }],
    },
    { name: 'a reset token', code: `${head}const KEY = process.env.JWT_SECRET;\nexport function issueAccessToken(user) {\n  return jwt.sign({ sub: user.id }, KEY, { expiresIn: '15m' });\n}\nexport function createResetToken(user) {\n  return jwt.sign({ sub: user.id }, KEY, { expiresIn: '1h' });\n}\n`, errors: [{ message: 'shared', line: 7, text: 'signs a one-time token' }] },
    { name: 'jose', code: `import { SignJWT } from 'jose';\nconst key = new TextEncoder().encode(process.env.JWT_SECRET);\nexport const accessToken = (sub) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('15m').sign(key);\nexport const refreshToken = (sub) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('7d').sign(key);\n`, errors: [{ message: 'shared', line: 4 }] },
    { name: '@nestjs/jwt', filename: 'auth.service.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class AuthService {\n  constructor(private readonly jwt: JwtService) {}\n  accessToken(sub: string) { return this.jwt.sign({ sub }, { secret: process.env.JWT_SECRET, expiresIn: '15m', audience: 'a', header: { typ: 'JWT', kid: 'k', alg: 'HS256' } }); }\n  refreshToken(sub: string) { return this.jwt.sign({ sub }, { secret: process.env.JWT_SECRET, expiresIn: '7d', audience: 'a', header: { typ: 'JWT', kid: 'k', alg: 'HS256' } }); }\n}\n`, files: { 'app.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport default JwtModule.register({});\n`, 'package.json': '{}' }, errors: ['shared'] },
    { name: 'jwt-simple', code: `import jwt from 'jwt-simple';\nexport const accessToken = (id) => jwt.encode({ id, exp: soon() }, process.env.S);\nexport const refreshToken = (id) => jwt.encode({ id, exp: later() }, process.env.S);\n`, errors: ['shared'] },
    { name: 'the same fixed subject', code: `${head}const accessToken = () => jwt.sign({}, process.env.S, { subject: 'service', expiresIn: '15m' });\nconst refreshToken = () => jwt.sign({}, process.env.S, { subject: 'service', expiresIn: '7d' });`, errors: ['shared'] },
    { name: 'fixed times tell nobody what a token is for', code: `import jwt from 'jwt-simple';\nconst accessToken = (id) => jwt.encode({ id, exp: 2000000000, iat: 1, nbf: 1 }, process.env.S);\nconst refreshToken = (id) => jwt.encode({ id, exp: 2000000600, iat: 2, nbf: 2 }, process.env.S);`, errors: [{ message: 'shared', line: 3 }] },
    { name: 'hono 4.6.20', code: `import { sign } from 'hono/jwt';\nexport const accessToken = (sub, env) => sign({ sub, exp: soon() }, process.env.S, 'HS256');\nexport const refreshToken = (sub, env) => sign({ sub, exp: later() }, process.env.S, 'HS256');\n`, settings: { versions: { hono: '4.6.20' } }, errors: [{ message: 'shared', line: 3 }] },
    { name: 'hono 4.11.4', code: `import { sign } from 'hono/jwt';\nexport const accessToken = (sub, env) => sign({ sub, exp: soon() }, process.env.S, 'HS256');\nexport const refreshToken = (sub, env) => sign({ sub, exp: later() }, process.env.S, 'HS256');\n`, settings: { versions: { hono: '4.11.4' } }, errors: [{ message: 'shared', line: 3 }] },
  ],
});
