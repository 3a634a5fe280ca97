import { requireTokenType } from '../../rules/require-token-type.ts';
import { runRule } from './run-rule.ts';

const issued = `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m' });\nexport const refreshToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '30d' });\n`;
const jose = `import { jwtVerify, SignJWT } from 'jose';\nconst secret = new TextEncoder().encode(process.env.SECRET);\nexport const signAccessToken = (user) => new SignJWT({ sub: user.id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('10m').sign(secret);\nexport const signRefreshToken = (user) => new SignJWT({ sub: user.id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('30d').sign(secret);\n`;
const policy = { policy: { tokenType: 'at+jwt' } };

runRule(requireTokenType, {
  valid: [
    { name: 'one kind only', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m' });\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });` },
    { name: 'a key for each kind', code: `import jwt from 'jsonwebtoken';\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, process.env.ACCESS, { expiresIn: '10m' });\nexport const refreshToken = (user) => jwt.sign({ sub: user.id }, process.env.REFRESH, { expiresIn: '30d' });\nexport const check = (token) => jwt.verify(token, process.env.ACCESS, { algorithms: ['HS256'] });` },
    { name: 'a claim is compared', code: `${issued}export function check(token) {\n  const claims = jwt.verify(token, secret, { algorithms: ['HS256'] });\n  if (claims.type !== 'access') throw new Error('no access token');\n  return claims;\n}` },
    { name: 'an audience of its own', code: `${issued}export const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'], audience: 'api' });` },
    { name: 'the type is demanded', code: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'at+jwt' });` },
    { name: 'another key', code: `${issued}export const check = (token) => jwt.verify(token, process.env.PARTNER, { algorithms: ['HS256'] });` },
    { name: 'nothing is signed here', code: `import jwt from 'jsonwebtoken';\nexport const check = (token) => jwt.verify(token, process.env.SECRET, { algorithms: ['HS256'] });` },
    { name: 'a look-alike', code: `import { sign, verify } from './own.js';\nexport const accessToken = () => sign({}, KEY);\nexport const refreshToken = () => sign({}, KEY);\nverify(token, KEY);` },
    { name: 'a claim is demanded', code: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'], requiredClaims: ['scope'] });` },
    { name: 'each kind is for an audience', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m', audience: 'orders' });\nexport const refreshToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '30d', audience: 'login' });\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });` },
    { name: 'a fixed subject', code: `import jwt from 'jsonwebtoken';\nconst accessToken = (id) => jwt.sign({ id }, process.env.S, { subject: 'access' });\nconst resetToken = (id) => jwt.sign({ id }, process.env.S, { subject: 'reset' });\njwt.verify(token, process.env.S, { subject: 'access' });` },
    { name: 'a claim that only one kind has', code: `import { jwtVerify, SignJWT } from 'jose';\nconst accessToken = () => new SignJWT({ sub }).setProtectedHeader({ alg }).sign(key);\nconst refreshToken = () => new SignJWT({ sub, refresh: true }).setProtectedHeader({ alg }).sign(key);\nconst key = new TextEncoder().encode(process.env.S);\nawait jwtVerify(token, key, { requiredClaims: ['refresh'] });` },
    { name: 'a store says what the token is for', code: `import jwt from 'jsonwebtoken';\nconst accessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '15m' });\nconst resetToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '1h' });\nexport async function read(token, type) {\n  const { id } = jwt.verify(token, process.env.S);\n  return Token.findOne({ where: { token, type, user: id } });\n}` },
  ],
  invalid: [
    { code: `${issued}export const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });`, errors: [{ message: 'mixed', line: 5, text: 'access and refresh tokens', remedy: null }] },
    {
      code: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'] });\n`, settings: policy,
      errors: [{ message: 'mixed', text: 'Pass `typ`', exploitability: 'depends' }],
      output: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'at+jwt' });\n`,
    },
    {
      name: 'a switch that demands access tokens',
      code: `${issued}import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ secret, issuer: 'https://login.example' });\n`, settings: policy,
      errors: [{ message: 'mixed', text: 'Pass `strict`' }],
      output: `${issued}import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ secret, issuer: 'https://login.example', strict: true });\n`,
    },
    {
      name: 'a type that the switch does not mean',
      code: `${issued}import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ secret, issuer: 'https://login.example' });\n`, settings: { policy: { tokenType: 'logout+jwt' } },
      errors: ['mixed'],
      output: `${issued}import { auth } from 'express-oauth2-jwt-bearer';\nexport const guard = auth({ secret, issuer: 'https://login.example', validators: { typ: 'logout+jwt' } });\n`,
    },
    { name: 'without a policy there is no value to write', code: `${jose}export const check = (token) => jwtVerify(token, secret);`, errors: [{ message: 'mixed', remedy: null }] },
    { name: 'a token for resetting a password', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m' });\nexport const resetToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '1h' });\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });`, errors: [{ message: 'mixed', text: 'one-time' }] },
    { code: `import { sign, verify } from 'hono/jwt';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const refreshToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const check = (token) => verify(token, secret, 'HS256');`, settings: { versions: { hono: '4.6.20' } }, errors: ['mixed'] },
    { name: 'hono: a version that accepts no type but the one it signs with', code: `import { sign, verify } from 'hono/jwt';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const refreshToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const check = (token) => verify(token, secret, 'HS256');`, settings: { versions: { hono: '4.13.19' } }, errors: [{ message: 'mixed', line: 5, exploitability: 'depends' }] },
    { code: `import jwt from 'jwt-simple';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.encode({ sub: user.id, exp }, secret);\nexport const refreshToken = (user) => jwt.encode({ sub: user.id, exp }, secret);\nexport const check = (token) => jwt.decode(token, secret, false, 'HS256');`, errors: [{ message: 'mixed', text: 'Use a key for each kind' }] },
    { name: 'only one kind is for an audience', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m', audience: 'orders' });\nexport const refreshToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '30d' });\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });`, errors: [{ message: 'mixed', line: 5 }] },
    { name: 'hono: a binding of the runtime', code: `import { sign, verify } from 'hono/jwt';\napp.post('/login', async (c) => {\n  const accessToken = await sign({ sub }, c.env.SECRET, 'HS256');\n  const refreshToken = await sign({ sub }, c.env.SECRET, 'HS256');\n});\napp.get('/me', async (c) => c.json(await verify(token, c.env.SECRET, 'HS256')));\n`, errors: [{ message: 'mixed', line: 6 }] },
    { name: 'a claim that every kind has', code: `import { jwtVerify, SignJWT } from 'jose';\nconst key = new TextEncoder().encode(process.env.S);\nconst accessToken = () => new SignJWT({ sub }).setProtectedHeader({ alg }).sign(key);\nconst refreshToken = () => new SignJWT({ sub }).setProtectedHeader({ alg }).sign(key);\nawait jwtVerify(token, key, { requiredClaims: ['exp'] });`, errors: [{ message: 'mixed', line: 5 }] },
    { name: 'a store that is asked for something else', code: `import jwt from 'jsonwebtoken';\nconst accessToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '15m' });\nconst resetToken = (id) => jwt.sign({ id }, process.env.S, { expiresIn: '1h' });\nexport async function read(token) {\n  const { id } = jwt.verify(token, process.env.S);\n  log({ token });\n  return User.findOne({ id });\n}`, errors: [{ message: 'mixed', line: 5 }] },
  ],
});
