import { requireExpiration } from '../../rules/require-expiration.ts';
import { runRule } from './run-rule.ts';

const policy = { lifetimes: { access: '15m', refresh: '7d', oneTime: '1h' } };
const settings = { policy };

runRule(requireExpiration, {
  valid: [
    { name: 'a parameter whose type has room for it', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\ninterface Claims { id: string; [claim: string]: unknown }\nexport const issue = (claims: Claims) => jwt.sign(claims, key);` },
    { name: 'a parameter whose type lists it', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\ninterface Timed { exp: number }\ninterface Claims extends Timed { id: string }\nexport const issue = (claims: Claims) => jwt.sign(claims, key);` },
    { name: 'a parameter whose type is a library\'s', filename: 'a.ts', code: `import jwt, { type JwtPayload } from 'jsonwebtoken';\nexport const issue = (claims: JwtPayload, other: object, any: Record<string, unknown>) => [jwt.sign(claims, key), jwt.sign(other, key), jwt.sign(any, key)];` },
    { name: 'options of a parameter whose type lists it', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\nexport const issue = (id: string, options: { expiresIn: number }) => jwt.sign({ id }, key, options);` },
    {
      name: 'a placeholder that what the caller gave takes the place of', code: `import { SignJWT } from 'jose';\nexport async function make(text, key) {\n  let claims = {};\n  try { claims = JSON.parse(text); } catch { return null; }\n  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);\n}\n`,
    },
    {
      name: 'the registration of the program that the file belongs to', filename: 'services/orders/auth/auth.service.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.signAsync({ sub: id }); }\n}\n`,
      files: {
        'package.json': '{}',
        'services/billing/auth/auth.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read() });\n`,
        'services/orders/auth/auth.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read(), signOptions: { expiresIn: '15m' } });\n`,
      },
    },
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, key, { expiresIn: '15m' });`,
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);`,
    `const jwt = require('jsonwebtoken'); const options = { algorithm: 'RS256' }; options.expiresIn = '15m'; jwt.sign({ sub }, key, options);`,
    `const { sign } = require('jsonwebtoken'); const claims = { sub }; claims.exp = soon(); sign(claims, key);`,
    `import jwt from 'jsonwebtoken'; export const issue = (payload) => jwt.sign(payload, key);`,
    `import jwt from 'jsonwebtoken'; export const issue = (id, options) => jwt.sign({ id }, key, options);`,
    `import jwt from 'jsonwebtoken'; export const issue = (id, options) => jwt.sign({ id }, key, { ...options, algorithm: 'HS256' });`,
    `import jwt from 'jsonwebtoken'; export const issue = (user) => jwt.sign(claimsOf(user), key);`,
    `import jwt from 'jsonwebtoken'; export const renew = (req) => jwt.sign(req.user, key);`,
    `import jwt from 'jsonwebtoken'; export const issue = (claims) => jwt.sign({ ...claims, jti: next() }, key);`,
    `import jwt from 'jsonwebtoken'; import config from 'config'; jwt.sign({ sub }, key, config.get('jwt.signOptions'));`,
    `import { sign } from './cms.js'; sign({ sub }, key);`,
    `import { SignJWT } from 'jose'; await new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('15m').sign(key);`,
    `import { SignJWT } from 'jose'; const token = new SignJWT({ sub }); token.setProtectedHeader({ alg: 'RS256' }); token.setExpirationTime('15m'); await token.sign(key);`,
    `import { EncryptJWT } from 'jose'; await new EncryptJWT({ sub, exp: soon }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);`,
    `import { createSigner } from 'fast-jwt'; const sign = createSigner({ key, expiresIn: 900_000 }); sign({ sub });`,
    `import jwt from 'jwt-simple'; jwt.encode({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);`,
    `import { sign } from 'hono/jwt'; await sign({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);`,
    `import Jwt from '@hapi/jwt'; Jwt.token.generate({ sub }, key, { ttlSec: 900 });`,
    `import jwt from '@tsndr/cloudflare-worker-jwt'; await jwt.sign({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);`,
    { name: 'njwt gives an hour by itself', code: `import njwt from 'njwt'; njwt.create({ sub }, key).compact();` },
    { name: 'settled where the module is registered, which is not found', filename: 'auth.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.sign({ sub: id }); }\n}\n` },
    {
      name: 'settled in the module that another file registers', filename: 'auth.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.sign({ sub: id }); }\n}\n`,
      files: { 'package.json': '{}', 'app.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read(), signOptions: { expiresIn: '15m' } });\n` },
    },
    { name: 'options from another module', code: `import jwt from 'jsonwebtoken';\nimport { options } from './options.js';\njwt.sign({ sub }, key, options);\n`, files: { 'options.js': `export const options = { expiresIn: '15m' };\n` } },
    { name: 'the function is asked by its callers', code: `const jwt = require('jsonwebtoken');\nconst issue = (user) => jwt.sign(user, key);\nissue({ sub, exp: soon });\n` },
  ],
  invalid: [
    { name: 'a parameter whose type leaves no room for it', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\nexport const issue = (claims: { id: string }) => jwt.sign(claims, key);`, errors: [{ message: 'missing', line: 2, column: 50 }] },
    { name: 'a parameter of an interface of the project, reported where it is signed', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\nimport type { Claims } from './claims';\nexport const issue = (claims: Claims) => jwt.sign(claims, key);\nissue({ id: '1' });\n`, files: { 'claims.ts': `interface Named { name: string }\nexport interface Claims extends Named { id: string }\n` }, errors: [{ message: 'missing', line: 3 }] },
    { name: 'a parameter of a narrowed type', filename: 'a.ts', code: `import jwt from 'jsonwebtoken';\nimport { User } from './orm';\ntype Claims = Readonly<Pick<User, 'id' | 'name'>>;\nexport const issue = (claims: Claims) => jwt.sign(claims, key);\n`, errors: [{ message: 'missing', line: 4 }] },
    {
      settings, code: `import jwt from 'jsonwebtoken';\nconst token = jwt.sign({ sub: user.id }, process.env.JWT_SECRET);\n`,
      errors: [{ message: 'missing', line: 2, column: 15, exploitability: 'exploitable', text: '`expiresIn`', remedy: { id: 'add-expiration', output: `import jwt from 'jsonwebtoken';\nconst token = jwt.sign({ sub: user.id }, process.env.JWT_SECRET, { expiresIn: '15m' });\n` } }],
    },
    {
      name: 'without a policy nothing is written', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, key, { algorithm: 'RS256' });\n`,
      errors: [{ message: 'missing', remedy: null }], output: null,
    },
    {
      name: 'the kind of token says which lifetime', settings, code: `const jwt = require("jsonwebtoken");\nconst refreshToken = jwt.sign({ sub }, key, {\n  algorithm: "RS256",\n});\nconst resetToken = jwt.sign({ sub, type: "password-reset" }, key, { algorithm: "RS256" });\n`,
      errors: ['missing', 'missing'],
      output: `const jwt = require("jsonwebtoken");\nconst refreshToken = jwt.sign({ sub }, key, {\n  algorithm: "RS256",\n  expiresIn: "7d",\n});\nconst resetToken = jwt.sign({ sub, type: "password-reset" }, key, { algorithm: "RS256", expiresIn: "1h" });\n`,
    },
    { settings, code: `const { sign } = require('jsonwebtoken');\nsign({ sub }, key, (error, token) => done(error, token));\n`, errors: ['missing'], output: `const { sign } = require('jsonwebtoken');\nsign({ sub }, key, { expiresIn: '15m' }, (error, token) => done(error, token));\n` },
    { code: `import { promisify } from 'node:util';\nimport * as jwt from 'jsonwebtoken';\nconst sign = promisify(jwt.sign);\nawait sign({ sub }, key);\n`, errors: ['missing'] },
    { name: 'options written out as undefined', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, key, undefined);\n`, errors: ['missing'] },
    { name: 'a record brings no exp', settings, code: `import jwt from 'jsonwebtoken';\nconst user = await User.findOne({ email });\njwt.sign(user.toJSON(), key);\n`, errors: [{ message: 'record' }], output: `import jwt from 'jsonwebtoken';\nconst user = await User.findOne({ email });\njwt.sign(user.toJSON(), key, { expiresIn: '15m' });\n` },
    { name: 'a record as it comes: libraries refuse a lifetime for what is no plain object', settings, code: `import jwt from 'jsonwebtoken';\nexport const issue = (user) => jwt.sign(user, key);\n`, errors: [{ message: 'record', remedy: null }] },
    { code: `import jwt from 'jsonwebtoken';\nconst { password, ...rest } = await findUser();\njwt.sign(rest, key);\nconst { salt, ...user } = record;\njwt.sign({ ...user, role }, key);\n`, errors: [{ message: 'record', line: 5 }] },
    { code: `import jwt from 'jsonwebtoken';\napp.post('/login', (req, res) => res.send(jwt.sign(req.body, key)));\n`, errors: ['record'] },
    { code: `const jwt = require('jsonwebtoken');\nconst issue = (payload) => jwt.sign(payload, key);\nissue({ sub });\nissue({ sub, exp: soon });\n`, errors: [{ message: 'missing', line: 3, remedy: null }] },
    { name: 'wrapper in another file', code: `import { issue } from './issue.js';\nissue({ sub });\n`, files: { 'issue.js': `import jwt from 'jsonwebtoken';\nexport const issue = (payload, options) => jwt.sign(payload, process.env.KEY, options);\n` }, errors: [{ message: 'missing', line: 2 }] },
    { settings, code: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub })\n  .setProtectedHeader({ alg: 'RS256' })\n  .setIssuedAt()\n  .sign(key);\n`, errors: [{ message: 'missing', text: '`setExpirationTime`' }], output: `import { SignJWT } from 'jose';\nawait new SignJWT({ sub })\n  .setProtectedHeader({ alg: 'RS256' })\n  .setIssuedAt()\n  .setExpirationTime('15m')\n  .sign(key);\n` },
    { settings, code: `import { EncryptJWT } from 'jose';\nawait new EncryptJWT({ sub }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);\n`, errors: ['missing'] },
    { settings, code: `import jose from 'jose';\njose.JWT.sign({ sub }, key);\n`, errors: ['missing'] },
    { settings, code: `import { createSigner } from 'fast-jwt';\nconst sign = createSigner({ key });\nsign({ sub });\n`, errors: [{ message: 'missing', line: 3 }] },
    { settings, code: `import jwt from 'jwt-simple';\njwt.encode({ sub }, key);\n`, errors: [{ message: 'missing', text: 'Set `exp` in the payload.' }], output: `import jwt from 'jwt-simple';\njwt.encode({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);\n` },
    { settings, code: `import { sign } from 'hono/jwt';\nawait sign({ sub }, key);\n`, errors: ['missing'], output: `import { sign } from 'hono/jwt';\nawait sign({ sub, exp: Math.floor(Date.now() / 1000) + 900 }, key);\n` },
    { settings, code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key);\n`, errors: ['missing'], output: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key, { ttlSec: 900 });\n` },
    { settings, code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nawait jwt.sign({ sub }, key);\n`, errors: ['missing'] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.sign('HS256', { alg: 'HS256' }, { sub }, key);\n`, errors: ['missing'] },
    { settings, code: `import fastify from 'fastify';\nimport fastifyJwt from '@fastify/jwt';\nconst app = fastify();\napp.register(fastifyJwt, { secret });\napp.jwt.sign({ sub });\n`, errors: [{ message: 'missing', line: 5 }] },
    {
      name: 'the module registers no lifetime', filename: 'auth.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.signAsync({ sub: id }); }\n}\n`,
      files: { 'package.json': '{}', 'app.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read() });\n` }, errors: [{ message: 'missing', line: 4 }],
    },
    {
      name: 'the registration of the program that the file belongs to, though another one sets a lifetime', filename: 'services/billing/auth/auth.service.ts', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  login(id: string) { return this.jwt.signAsync({ sub: id }); }\n}\n`,
      files: {
        'package.json': '{}',
        'services/billing/auth/auth.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read() });\n`,
        'services/orders/auth/auth.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read(), signOptions: { expiresIn: '15m' } });\n`,
      },
      errors: [{ message: 'missing', line: 4 }],
    },
  ],
});
