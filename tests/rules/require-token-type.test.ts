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
  ],
  invalid: [
    { code: `${issued}export const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });`, errors: [{ message: 'mixed', line: 5, text: 'access and refresh tokens', remedy: null }] },
    {
      code: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'] });\n`, settings: policy,
      errors: [{ message: 'mixed', text: 'Pass `typ`', exploitability: 'depends' }],
      output: `${jose}export const check = (token) => jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'at+jwt' });\n`,
    },
    { name: 'without a policy there is no value to write', code: `${jose}export const check = (token) => jwtVerify(token, secret);`, errors: [{ message: 'mixed', remedy: null }] },
    { name: 'a token for resetting a password', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '10m' });\nexport const resetToken = (user) => jwt.sign({ sub: user.id }, secret, { expiresIn: '1h' });\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });`, errors: [{ message: 'mixed', text: 'one-time' }] },
    { code: `import { sign, verify } from 'hono/jwt';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const refreshToken = (user) => sign({ sub: user.id, exp }, secret, 'HS256');\nexport const check = (token) => verify(token, secret, 'HS256');`, settings: { versions: { hono: '4.6.20' } }, errors: ['mixed'] },
    { code: `import jwt from 'jwt-simple';\nconst secret = process.env.SECRET;\nexport const accessToken = (user) => jwt.encode({ sub: user.id, exp }, secret);\nexport const refreshToken = (user) => jwt.encode({ sub: user.id, exp }, secret);\nexport const check = (token) => jwt.decode(token, secret, false, 'HS256');`, errors: [{ message: 'mixed', text: 'Use a key for each kind' }] },
  ],
});
