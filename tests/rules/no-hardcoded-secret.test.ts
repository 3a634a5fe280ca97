import { noHardcodedSecret } from '../../rules/no-hardcoded-secret.ts';
import { runRule } from './run-rule.ts';

const READER = `function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(\`Environment variable \${name} is not set\`);
  return value;
}
`;
const TYPED_READER = READER.replace('(name)', '(name: string): string');
const PRIVATE_PEM = '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\\n-----END PRIVATE KEY-----';
const PUBLIC_PEM = '-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\\n-----END PUBLIC KEY-----';

runRule(noHardcodedSecret, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET);`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env['JWT_SECRET']!);`.replace('!', ''),
    `const jwt = require('jsonwebtoken'); const { JWT_SECRET } = process.env; jwt.verify(token, JWT_SECRET, { algorithms: ['HS256'] });`,
    { name: 'the name of a variable, not the secret', code: `import jwt from 'jsonwebtoken'; const NAME = 'JWT_SECRET'; jwt.verify(token, process.env[NAME]);` },
    { name: 'a public key is public', code: `import jwt from 'jsonwebtoken'; const KEY = '${PUBLIC_PEM}'; jwt.verify(token, KEY, { algorithms: ['ES256'] });` },
    { name: 'a public JWK is public', code: `import { importJWK, jwtVerify } from 'jose'; const key = await importJWK({ kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' }, 'ES256'); await jwtVerify(token, key);` },
    `import { createRemoteJWKSet, jwtVerify } from 'jose'; const keys = createRemoteJWKSet(new URL('https://login.example/jwks.json')); await jwtVerify(token, keys);`,
    `import { SignJWT } from 'jose'; import { randomBytes } from 'node:crypto'; const key = randomBytes(32); await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);`,
    `import jwt from 'jsonwebtoken'; import fs from 'node:fs'; jwt.sign({ sub }, fs.readFileSync('./private.pem'), { algorithm: 'RS256' });`,
    `import { verify } from './bank.js'; verify(token, 'not-a-jwt-secret');`,
    `import { createHmac } from 'node:crypto'; import jwt from 'jsonwebtoken'; createHmac('sha256', 'webhook-secret').update(body); jwt.decode(token);`,
    `import bcrypt from 'bcrypt'; import jwt from 'jsonwebtoken'; bcrypt.hash('password', 10); jwt.verify(token, process.env.S);`,
    { name: 'another rule has the fallback', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET || 'development');` },
    { name: 'nobody wrote «undefined»', code: 'import jwt from \'jsonwebtoken\'; jwt.sign({ sub }, `${process.env.JWT_SECRET}`);' },
    `import { JwtModule } from '@nestjs/jwt'; JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config) => ({ secret: config.get('JWT_SECRET') }) });`,
    `import { JwtModule } from '@nestjs/jwt'; JwtModule.register({ secret: process.env.JWT_SECRET, signOptions: { expiresIn: '15m' } });`,
    `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] }));`,
    `import { Hono } from 'hono'; import { jwt } from 'hono/jwt'; const app = new Hono(); app.use('/api/*', (c, next) => jwt({ secret: c.env.JWT_SECRET, alg: 'HS256' })(c, next));`,
    { name: 'a token request with a secret from the environment', code: `import jwt from 'jsonwebtoken'; await fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: process.env.CLIENT_SECRET }) });` },
    { name: 'a login form is not a token request', code: `import jwt from 'jsonwebtoken'; const form = { username: 'Name', password: 'Password' }; jwt.decode(token);` },
    { name: 'a token that is made, not written', code: `import jwt from 'jsonwebtoken'; await fetch(url, { headers: { Authorization: \`Bearer \${jwt.sign({ sub }, process.env.JWT_SECRET)}\` } });` },
    { name: 'a config module that reads the environment', files: { 'config.js': `export const jwtSecret = process.env.JWT_SECRET;\n` }, code: `import jwt from 'jsonwebtoken'; import { jwtSecret } from './config.js'; jwt.sign({ sub }, jwtSecret);` },
  ],
  invalid: [
    {
      code: `import jwt from 'jsonwebtoken';\n\nconst JWT_SECRET = 'correct-horse-battery-staple-2019';\n\nexport const issue = (sub) => jwt.sign({ sub }, JWT_SECRET);\nexport const check = (token) => jwt.verify(token, JWT_SECRET);\n`,
      errors: [{
        message: 'secret', line: 3, column: 20, exploitability: 'exploitable', text: /The secret that `jwt\.sign` uses is written in the source, so .*history/,
        remedy: { id: 'read-environment', output: `import jwt from 'jsonwebtoken';\n\n${READER}\nconst JWT_SECRET = requireEnv('JWT_SECRET');\n\nexport const issue = (sub) => jwt.sign({ sub }, JWT_SECRET);\nexport const check = (token) => jwt.verify(token, JWT_SECRET);\n` },
      }],
      output: `import jwt from 'jsonwebtoken';\n\n${READER}\nconst JWT_SECRET = requireEnv('JWT_SECRET');\n\nexport const issue = (sub) => jwt.sign({ sub }, JWT_SECRET);\nexport const check = (token) => jwt.verify(token, JWT_SECRET);\n`,
    },
    {
      name: 'inside functions the reading moves to the start of the program, and equal texts to one variable',
      code: `const jwt = require('jsonwebtoken');\n\nexports.issue = (sub) => jwt.sign({ sub }, 'correct-horse-battery-staple');\nexports.check = (token) => jwt.verify(token, 'correct-horse-battery-staple');\n`,
      filename: 'tokens.cjs',
      errors: [{ message: 'secret', line: 3 }, { message: 'secret', line: 4 }],
      output: `const jwt = require('jsonwebtoken');\n\n${READER}\nconst jwtSecret = requireEnv('JWT_SECRET');\n\nexports.issue = (sub) => jwt.sign({ sub }, jwtSecret);\nexports.check = (token) => jwt.verify(token, jwtSecret);\n`,
    },
    {
      name: 'two secrets have two variables',
      code: `import jwt from 'jsonwebtoken';\n\nconst config = {\n  access: { secret: 'access-secret-1' },\n  refresh: { secret: 'refresh-secret-1' },\n};\njwt.sign({ sub }, config.access.secret);\njwt.sign({ sub }, config.refresh.secret);\n`,
      errors: [{ message: 'secret', line: 4 }, { message: 'secret', line: 5 }],
      output: `import jwt from 'jsonwebtoken';\n\n${READER}\nconst config = {\n  access: { secret: requireEnv('ACCESS_SECRET') },\n  refresh: { secret: requireEnv('REFRESH_SECRET') },\n};\njwt.sign({ sub }, config.access.secret);\njwt.sign({ sub }, config.refresh.secret);\n`,
    },
    {
      name: 'the policy names the variable',
      settings: { policy: { environment: { secret: 'AUTH_HMAC_SECRET' } } },
      code: `import jwt from 'jsonwebtoken';\njwt.verify(token, 'your-256-bit-secret');\n`,
      errors: ['secret'],
      output: `import jwt from 'jsonwebtoken';\n\n${READER}\njwt.verify(token, requireEnv('AUTH_HMAC_SECRET'));\n`.replace('}\n\njwt', '}\njwt'),
    },
    {
      name: 'TypeScript',
      filename: 'case.ts',
      code: `import { SignJWT } from 'jose';\n\nconst secret = new TextEncoder().encode('correct-horse-battery-staple-2019');\n\nexport const issue = (sub: string) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).sign(secret);\n`,
      errors: [{ message: 'secret', line: 3, column: 41 }],
      output: `import { SignJWT } from 'jose';\n\n${TYPED_READER}\nconst secret = new TextEncoder().encode(requireEnv('JWT_SECRET'));\n\nexport const issue = (sub: string) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).sign(secret);\n`,
    },
    {
      name: 'a local constant keeps its name',
      code: `import jwt from 'jsonwebtoken';\n\nfunction issue(sub) {\n  const jwtSecret = 'correct-horse-battery-staple';\n  return jwt.sign({ sub }, jwtSecret);\n}\n`,
      errors: [{ message: 'secret', line: 4 }],
      output: `import jwt from 'jsonwebtoken';\n\n${READER}\nconst jwtSecretFromEnvironment = requireEnv('JWT_SECRET');\n\nfunction issue(sub) {\n  const jwtSecret = jwtSecretFromEnvironment;\n  return jwt.sign({ sub }, jwtSecret);\n}\n`,
    },
    { name: 'a private key', code: `import jwt from 'jsonwebtoken';\nconst KEY = \`${PRIVATE_PEM.replaceAll('\\n', '\n')}\`;\njwt.sign({ sub }, KEY, { algorithm: 'ES256' });\n`, errors: [{ message: 'privateKey', line: 2 }] },
    { name: 'a private key that is imported', code: `import { importPKCS8 } from 'jose';\nexport const key = await importPKCS8('${PRIVATE_PEM}', 'ES256');\n`, errors: [{ message: 'privateKey', line: 2 }] },
    { name: 'a private JWK', code: `import { importJWK, SignJWT } from 'jose';\nconst JWK = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' };\nconst key = await importJWK(JWK, 'ES256');\nawait new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(key);\n`, errors: [{ message: 'privateKey', line: 2 }] },
    { name: 'a symmetric JWK', code: `import { importJWK, SignJWT } from 'jose';\nconst key = await importJWK({ kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA' }, 'HS256');\nawait new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);\n`, errors: [{ message: 'secret', line: 2 }] },
    { code: `import jwt from 'jsonwebtoken';\njwt.verify(token, Buffer.from('c2VjcmV0LXNlY3JldA==', 'base64'));\n`, errors: [{ message: 'secret', line: 2, column: 31 }] },
    { name: 'bytes written out', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, new Uint8Array([1, 2, 3, 4]));\n`, errors: [{ message: 'secret', remedy: null }] },
    { code: `import jwt from 'jsonwebtoken';\nimport { createSecretKey } from 'node:crypto';\nconst key = createSecretKey(Buffer.from('correct horse battery staple'));\njwt.sign({ sub }, key);\n`, errors: [{ message: 'secret', line: 3 }] },
    { name: 'a key callback', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, (header, callback) => callback(null, 'correct-horse'), { algorithms: ['HS256'] }, done);\n`, errors: [{ message: 'secret', line: 2 }] },
    { name: 'a key function of a project', code: `import jwt from 'jsonwebtoken';\nfunction secret() { return 'correct-horse'; }\njwt.verify(token, secret());\n`, errors: [{ message: 'secret', line: 2 }] },
    { name: 'a class field', filename: 'case.ts', code: `import jwt from 'jsonwebtoken';\nexport class Tokens {\n  private readonly secret = 'correct-horse-battery';\n  sign(sub: string) { return jwt.sign({ sub }, this.secret); }\n}\n`, errors: [{ message: 'secret', line: 3 }], output: `import jwt from 'jsonwebtoken';\n\n${TYPED_READER}\nconst jwtSecret = requireEnv('JWT_SECRET');\nexport class Tokens {\n  private readonly secret = jwtSecret;\n  sign(sub: string) { return jwt.sign({ sub }, this.secret); }\n}\n` },
    { name: 'a wrapper is told the secret', code: `import jwt from 'jsonwebtoken';\nfunction issue(payload, secret) { return jwt.sign(payload, secret); }\nissue({ sub }, 'correct-horse-battery');\n`, errors: [{ message: 'secret', line: 3 }] },
    {
      name: 'a config module: reported once where it is used',
      files: { 'config.js': `module.exports = {\n  port: 80,\n  jwt: { secret: 'correct-horse-battery' },\n};\n` },
      filename: 'tokens.js', sourceType: 'commonjs',
      code: `const jwt = require('jsonwebtoken');\nconst config = require('./config');\nexports.sign = (sub) => jwt.sign({ sub }, config.jwt.secret);\nexports.verify = (token) => jwt.verify(token, config.jwt.secret);\n`,
      errors: [{ message: 'secret', line: 3, column: 43, text: 'is written in the source (config.js:3)', remedy: null }],
    },
    {
      name: 'a JSON file', files: { 'config.json': `{\n  "secret": "correct-horse-battery"\n}\n` },
      code: `import jwt from 'jsonwebtoken';\nimport config from './config.json' with { type: 'json' };\njwt.verify(token, config.secret);\n`,
      errors: [{ message: 'secret', line: 3, text: '(config.json:2)', remedy: null }],
    },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: 'shhhhhhared-secret', algorithms: ['HS256'] }));\n`, errors: [{ message: 'secret', line: 2, column: 30 }] },
    { name: 'express-jwt with a key function', code: `const { expressjwt: jwt } = require('express-jwt');\napp.use(jwt({ secret: async () => 'shhhhhhared-secret', algorithms: ['HS256'] }));\n`, sourceType: 'commonjs', errors: [{ message: 'secret', line: 2 }] },
    { name: 'koa-jwt', code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret: 'shared-secret' }));\n`, errors: ['secret'] },
    { name: 'passport-jwt', code: `import { Strategy, ExtractJwt } from 'passport-jwt';\npassport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'secret' }, verify));\n`, errors: ['secret'] },
    { name: 'passport-jwt with its options in a constant', code: `const { Strategy, ExtractJwt } = require('passport-jwt');\nconst opts = {};\nopts.jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken();\nopts.secretOrKey = 'secret';\npassport.use(new Strategy(opts, verify));\n`, sourceType: 'commonjs', errors: [{ message: 'secret', line: 4 }] },
    { name: '@nestjs/jwt', filename: 'app.module.ts', code: `import { Module } from '@nestjs/common';\nimport { JwtModule } from '@nestjs/jwt';\n\n@Module({ imports: [JwtModule.register({ secret: 'hard!to-guess_secret' })] })\nexport class AppModule {}\n`, errors: [{ message: 'secret', line: 4 }], output: `import { Module } from '@nestjs/common';\nimport { JwtModule } from '@nestjs/jwt';\n\n${TYPED_READER}\n@Module({ imports: [JwtModule.register({ secret: requireEnv('JWT_SECRET') })] })\nexport class AppModule {}\n` },
    { name: '@nestjs/jwt with a factory', filename: 'app.module.ts', code: `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.registerAsync({ useFactory: () => ({ secret: 'hard-to-guess' }) });\n`, errors: [{ message: 'secret', line: 2 }] },
    { name: '@nestjs/jwt with constants in another file', filename: 'auth.module.ts', files: { 'constants.ts': `export const jwtConstants = {\n  secret: 'secretKey',\n};\n` }, code: `import { JwtModule } from '@nestjs/jwt';\nimport { jwtConstants } from './constants';\nexport const jwt = JwtModule.register({ secret: jwtConstants.secret });\n`, errors: [{ message: 'secret', line: 3, text: '(constants.ts:2)' }] },
    { name: 'fastify-jwt', code: `import Fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nconst app = Fastify();\napp.register(jwt, { secret: 'supersecret' });\n`, errors: [{ message: 'secret', line: 4 }] },
    { name: 'fast-jwt', code: `import { createSigner, createVerifier } from 'fast-jwt';\nconst sign = createSigner({ key: 'secret-1' });\nconst verify = createVerifier({ key: async () => 'secret-2' });\n`, errors: [{ message: 'secret', line: 2 }, { message: 'secret', line: 3 }] },
    { name: 'hono', code: `import { Hono } from 'hono';\nimport { jwt, sign } from 'hono/jwt';\nconst app = new Hono();\napp.use('/auth/*', jwt({ secret: 'it-is-very-secret', alg: 'HS256' }));\nawait sign({ sub }, 'mySecretKey');\n`, errors: [{ message: 'secret', line: 4 }, { message: 'secret', line: 5 }] },
    { name: 'hapi', code: `import Hapi from '@hapi/hapi';\nimport Jwt from '@hapi/jwt';\nconst server = Hapi.server();\nserver.auth.strategy('jwt', 'jwt', { keys: 'some_shared_secret', verify: { aud: 'a', iss: 'i', sub: false } });\nJwt.token.generate({ sub }, { key: 'other_shared_secret', algorithm: 'HS256' });\n`, errors: [{ message: 'secret', line: 4 }, { message: 'secret', line: 5 }] },
    { name: 'hapi-auth-jwt2', code: `const Hapi = require('@hapi/hapi');\nconst plugin = require('hapi-auth-jwt2');\nconst server = Hapi.server();\nserver.register(plugin);\nserver.auth.strategy('jwt', 'jwt', { key: 'NeverShareYourSecret', validate });\n`, sourceType: 'commonjs', errors: [{ message: 'secret', line: 5 }] },
    { name: 'jwt-simple', code: `const jwt = require('jwt-simple');\njwt.encode({ sub }, 'xxx');\njwt.decode(token, 'xxx', false, 'HS256');\n`, sourceType: 'commonjs', errors: [{ message: 'secret', line: 2 }, { message: 'secret', line: 3 }] },
    { name: 'njwt', code: `const nJwt = require('njwt');\nconst KEY = 'super-secret';\nnJwt.create({ sub }, KEY);\nnJwt.verify(token, KEY);\n`, sourceType: 'commonjs', errors: [{ message: 'secret', line: 2 }] },
    { name: 'jws', code: `const jws = require('jws');\njws.sign({ header: { alg: 'HS256' }, payload: 'x', secret: 'has a van' });\n`, sourceType: 'commonjs', errors: ['secret'] },
    { name: '@tsndr/cloudflare-worker-jwt', code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nconst token = await jwt.sign({ sub }, 'secret');\n`, errors: ['secret'] },
    { name: '@elysiajs/jwt', filename: 'case.ts', code: `import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ name: 'jwt', secret: 'Fischl von Luftschloss Narfidort' }));\n`, errors: ['secret'] },
    { name: 'next-auth', filename: 'auth.ts', code: `import NextAuth from 'next-auth';\nexport default NextAuth({ secret: 'correct-horse', providers: [] });\n`, errors: ['secret'] },
    {
      name: 'a client secret in a token request',
      code: `import { jwtVerify } from 'jose';\n\nconst CLIENT_ID = 'orders';\nconst CLIENT_SECRET = 'orders-4b1d9c0e7a5f';\n\nexport const ask = (url) => fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET }) });\n`,
      errors: [{ message: 'credential', line: 4, text: 'The client secret of this request is written in the source,' }],
      output: `import { jwtVerify } from 'jose';\n\n${READER}\nconst CLIENT_ID = 'orders';\nconst CLIENT_SECRET = requireEnv('CLIENT_SECRET');\n\nexport const ask = (url) => fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET }) });\n`,
    },
    { name: 'field by field', code: `const form = new URLSearchParams();\nform.append('grant_type', 'client_credentials');\nform.append('client_secret', 'orders-4b1d9c0e7a5f');\n`, errors: [{ message: 'credential', line: 3 }] },
    { name: 'in the text of the body', code: `await axios.post(url, 'grant_type=client_credentials&client_id=orders&client_secret=4b1d9c0e7a5f');\n`, errors: [{ message: 'credential', line: 1, remedy: null }] },
    { name: 'HTTP Basic', code: `const SECRET = 'orders-4b1d9c0e7a5f';\nawait fetch(url, { method: 'POST', body: 'grant_type=client_credentials', headers: { Authorization: \`Basic \${Buffer.from(\`\${id}:\${SECRET}\`).toString('base64')}\` } });\n`, errors: [{ message: 'credential', line: 1 }] },
    { name: 'the password grant', code: `await fetch(url, { body: JSON.stringify({ grant_type: 'password', username: 'robot', password: 'tuesday' }) });\n`, errors: [{ message: 'credential', text: 'The password of this request' }] },
    { name: 'an OAuth client', code: `import { Issuer } from 'openid-client';\nconst client = new issuer.Client({ client_id: 'orders', client_secret: '4b1d9c0e7a5f' });\n`, errors: [{ message: 'credential', line: 2 }] },
    { name: 'a token', code: `const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl';\nawait fetch(url, { headers: { Authorization: \`Bearer \${TOKEN}\` } });\n`, errors: [{ message: 'token', line: 1 }] },
    { name: 'a token with its scheme', code: `await axios.get(url, { headers: { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl' } });\n`, errors: ['token'] },
  ],
});
