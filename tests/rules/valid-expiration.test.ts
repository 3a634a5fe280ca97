import { validExpiration } from '../../rules/valid-expiration.ts';
import { runRule } from './run-rule.ts';

const jwt = `import jwt from 'jsonwebtoken';\n`;
const sign = (options: string) => `${jwt}jwt.sign({ sub }, key, { ${options} });\n`;
const claim = (exp: string) => `${jwt}jwt.sign({ sub, exp: ${exp} }, key);\n`;
const jose = (exp: string) => `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setExpirationTime(${exp}).sign(key);\n`;
const fast = (expiresIn: string) => `import { createSigner } from 'fast-jwt';\ncreateSigner({ key, expiresIn: ${expiresIn} });\n`;
const hono = (exp: string) => `import { sign } from 'hono/jwt';\nawait sign({ sub, exp: ${exp} }, key);\n`;
const njwt = (exp: string) => `import njwt from 'njwt';\nconst token = njwt.create({ sub }, key);\ntoken.setExpiration(${exp});\ntoken.compact();\n`;

runRule(validExpiration, {
  valid: [
    { name: 'a thing of its own whose exp is in milliseconds', code: `export class State {\n  make(state) { return this.seal({ state, exp: Date.now() + this.age }); }\n  check(text) { const payload = this.open(text); if (Date.now() > payload.exp) throw new Error('late'); return payload; }\n}\n// jwt\nimport 'jsonwebtoken';\n` },
    sign(`expiresIn: '15m'`), sign('expiresIn: 900'), sign('expiresIn: 60 * 60'), sign(`expiresIn: '2 days'`), sign('expiresIn: 2592000'), sign('expiresIn: 31536000'), sign('expiresIn: 0'), sign('expiresIn: -10'),
    sign('expiresIn: process.env.JWT_EXPIRES_IN'), sign('expiresIn: Number(process.env.JWT_EXPIRES_IN)'), sign('expiresIn: `${process.env.MINUTES}m`'),
    claim('Math.floor(Date.now() / 1000) + 900'), claim('Math.floor((Date.now() + 15 * 60 * 1000) / 1000)'), claim('(Date.now() / 1000 | 0) + 900'), claim('parseInt(String(Date.now() / 1000), 10) + 900'), claim('4102444800'),
    `${jwt}import ms from 'ms';\njwt.sign({ sub }, key, { expiresIn: ms('15m') / 1000 });`,
    `${jwt}jwt.sign({ sub, iat: Math.floor(Date.now() / 1000) - 30 }, key, { expiresIn: '15m' });`,
    jose(`'15m'`), jose('Math.floor(Date.now() / 1000) + 900'), jose('new Date(Date.now() + 900_000)'), jose('1893456000'),
    fast('900_000'), fast('15 * 60 * 1000'), fast('30_000'), fast(`'15m'`),
    hono('Math.floor(Date.now() / 1000) + 900'),
    njwt('new Date().getTime() + 60 * 60 * 1000'), njwt('new Date(Date.now() + 900_000)'),
    `import Jwt from '@hapi/jwt'; Jwt.token.generate({ sub }, key, { ttlSec: 900 });`,
    `import { sign } from './bank.js'; sign({ sub, exp: Date.now() + 1000 }, key, { expiresIn: '3600' });`,
    `${jwt}const decoded = jwt.decode(token); if (decoded.exp * 1000 < Date.now()) refresh();`,
    `${jwt}const decoded = jwt.decode(token); if (decoded.exp < Date.now() / 1000) refresh();`,
    `${jwt}const decoded = jwt.decode(token); const now = Math.floor(Date.now() / 1000); if (decoded.exp <= now) refresh();`,
    `${jwt}const decoded = jwt.decode(token); if (new Date(decoded.exp * 1000) < new Date()) refresh();`,
    `${jwt}if (cookie.exp < Date.now()) drop();`,
  ],
  invalid: [
    { code: sign('expiresIn: 60 * 60 * 1000'), errors: [{ message: 'milliseconds', text: '41.7 days instead of 1 hour', exploitability: 'exploitable', remedy: { id: 'correct-unit', output: sign('expiresIn: 60 * 60') } }], output: sign('expiresIn: 60 * 60') },
    { code: sign('expiresIn: 3600000'), errors: ['milliseconds'], output: sign('expiresIn: 3600') },
    { code: `${jwt}import ms from 'ms';\njwt.sign({ sub }, key, { expiresIn: ms('15m') });\n`, errors: ['milliseconds'], output: `${jwt}import ms from 'ms';\njwt.sign({ sub }, key, { expiresIn: ms('15m') / 1000 });\n` },
    { name: 'a constant keeps the unit of its name', code: `${jwt}const LIFETIME_MS = 900_000;\njwt.sign({ sub }, key, { expiresIn: LIFETIME_MS });\n`, errors: [{ message: 'milliseconds', line: 2 }], output: `${jwt}const LIFETIME_MS = 900_000;\njwt.sign({ sub }, key, { expiresIn: LIFETIME_MS / 1000 });\n` },
    { name: 'what grows is for a person', code: sign(`expiresIn: '3600'`), errors: [{ message: 'digits', text: '3.6 seconds', exploitability: 'hardening', remedy: { id: 'write-out', output: sign('expiresIn: 3600') } }], output: null },
    { code: sign(`expiresIn: process.env.JWT_EXPIRES_IN || '86400'`), errors: ['digits'] },
    { code: sign('expiresIn: Math.floor(Date.now() / 1000) + 3600'), errors: ['instant'], output: sign('expiresIn: 3600') },
    { code: sign(`expiresIn: '1mo'`), errors: [{ message: 'rejected', text: 'a whole number', remedy: null }] },
    { code: sign('expiresIn: null'), errors: ['rejected'] },
    { code: sign('expiresIn: 1.5'), errors: ['rejected'] },
    { code: claim('Date.now() + 60 * 60 * 1000'), errors: [{ message: 'milliseconds', text: 'never expires' }], output: claim('Math.floor((Date.now() + 60 * 60 * 1000) / 1000)') },
    { name: 'seconds added to milliseconds', code: claim('Date.now() + 3600'), errors: ['milliseconds'], output: claim('Math.floor(Date.now() / 1000) + 3600') },
    { name: 'milliseconds added to seconds', code: claim('Math.floor(Date.now() / 1000) + 60 * 60 * 1000'), errors: ['milliseconds'], output: claim('Math.floor(Date.now() / 1000) + 3600') },
    { code: claim('Math.floor((Date.now() + 3600) / 1000)'), errors: ['seconds'], output: null },
    { code: claim('3600'), errors: [{ message: 'duration', text: '3600 lies in 1970' }] },
    { code: claim(`'1h'`), errors: ['rejected'] },
    { code: claim('new Date(Date.now() + 3600_000)'), errors: ['rejected'] },
    { code: `${jwt}jwt.sign({ sub, exp: Math.floor(Date.now() / 1000) + 60 }, key, { expiresIn: '15m' });`, errors: [{ message: 'twice', column: 78 }] },
    { code: `${jwt}jwt.sign({ sub, iat: Date.now() }, key, { expiresIn: '15m' });`, errors: [{ message: 'milliseconds', text: '`iat`', remedy: null }] },
    { code: `${jwt}const issue = (sub, lifetime) => jwt.sign({ sub }, key, { expiresIn: lifetime });\nissue('a', 900);\nissue('b', '900');`, errors: [{ message: 'digits', line: 4, remedy: null }] },
    { name: 'the text stands in another file', code: `${jwt}import { lifetime } from './config.js';\njwt.sign({ sub }, key, { expiresIn: lifetime });\n`, files: { 'config.js': `export const lifetime = '3600';\n` }, errors: [{ message: 'digits', line: 3, text: '(config.js:1)' }] },
    { code: jose('3600'), errors: [{ message: 'duration', remedy: { id: 'write-out', output: jose(`'3600s'`) } }], output: null },
    { code: jose(`'3600'`), errors: ['rejected'] },
    { code: jose('Date.now() + 900_000'), errors: ['milliseconds'], output: jose('Math.floor((Date.now() + 900_000) / 1000)') },
    { code: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setIssuedAt(Date.now()).setExpirationTime('15m').sign(key);`, errors: ['milliseconds'] },
    { code: fast('3600'), errors: [{ message: 'seconds', remedy: { id: 'write-out', output: fast('3600000') } }], output: null },
    { code: fast('60 * 60'), errors: ['seconds'] },
    { code: hono('Date.now() + 900_000'), errors: ['milliseconds'], output: hono('Math.floor((Date.now() + 900_000) / 1000)') },
    { code: hono(`'15m'`), errors: [{ message: 'ignored', exploitability: 'exploitable' }], output: hono('Math.floor(Date.now() / 1000) + 900') },
    { code: hono('new Date()'), errors: ['ignored'] },
    { code: `import jwt from 'jwt-simple';\nimport moment from 'moment';\njwt.encode({ sub, exp: moment().add(1, 'h').valueOf() }, key);`, errors: ['milliseconds'] },
    { code: njwt('Math.floor(Date.now() / 1000) + 3600'), errors: ['seconds'] },
    { code: njwt('3600'), errors: ['duration'] },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key, { ttlSec: 15 * 60 * 1000 });\n`, errors: ['milliseconds'], output: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key, { ttlSec: 15 * 60 });\n` },
    { filename: 'app.module.ts', code: `import { JwtModule } from '@nestjs/jwt';\nJwtModule.register({ secret: read(), signOptions: { expiresIn: '3600' } });\n`, errors: ['digits'] },
    { code: `import fastify from 'fastify';\nimport fastifyJwt from '@fastify/jwt';\nfastify().register(fastifyJwt, { secret, sign: { expiresIn: 15 * 60 * 1000 } });`, errors: ['milliseconds'] },
    { code: `${jwt}const decoded = jwt.decode(token);\nif (decoded.exp < Date.now()) refresh();\n`, errors: [{ message: 'compared', line: 3, remedy: { id: 'correct-unit', output: `${jwt}const decoded = jwt.decode(token);\nif (decoded.exp * 1000 < Date.now()) refresh();\n` } }], output: null },
    { code: `import { jwtDecode } from 'jwt-decode';\nconst { exp } = jwtDecode(token);\nconst now = new Date().getTime();\nif (now >= exp) refresh();`, errors: ['compared'] },
    { code: `import { jwtDecode } from 'jwt-decode';\nconst a = jwtDecode(token);\nconst left = a.exp - Date.now();\nif (Date.now() - a.iat > 5000) refresh();`, errors: ['compared', 'compared'] },
    { name: 'exp in seconds made beside the comparison', code: `${jwt}export const make = (sub) => jwt.sign({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);\nexport const isOver = (token) => jwt.decode(token).exp < Date.now();\n`, errors: [{ message: 'compared', line: 3 }] },
  ],
});
