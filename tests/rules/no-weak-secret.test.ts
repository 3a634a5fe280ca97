import { noWeakSecret } from '../../rules/no-weak-secret.ts';
import { runRule } from './run-rule.ts';

const LONG = 'kX9#vR2$mN7&pQ4!wT8^zB3*cF6@hJ1%'; // 32 bytes
const LONGER = `${LONG}dL5(sG0)`; // 40 bytes

runRule(noWeakSecret, {
  valid: [
    { name: '32 bytes for HS256', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, '${LONG}');` },
    { name: '40 bytes for HS256 and no other', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, '${LONGER}', { algorithms: ['HS256'] });` },
    { name: '32 bytes in hexadecimal', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, Buffer.from('8f3a1c5e7b9d2f4a6c8e0b1d3f5a7c9e1b3d5f7a9c0e2b4d6f8a1c3e5b7d9f0a', 'hex'));` },
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET);`,
    `import jwt from 'jsonwebtoken'; import { randomBytes } from 'node:crypto'; jwt.sign({ sub }, randomBytes(32));`,
    { name: 'text made of random bytes is longer than they are', code: `import jwt from 'jsonwebtoken'; import { randomBytes } from 'node:crypto'; jwt.sign({ sub }, randomBytes(16).toString('hex'));` },
    { name: 'a private key has its own measure', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, fs.readFileSync('key.pem'), { algorithm: 'RS256' });` },
    { name: 'an asymmetric algorithm', code: `import { createVerifier } from 'fast-jwt'; createVerifier({ key: 'secret', algorithms: ['RS256'] });` },
    `import { sign } from './bank.js'; sign({ sub }, 'secret');`,
    { name: 'not the key of a token', code: `import jwt from 'jsonwebtoken'; import { createHmac } from 'node:crypto'; createHmac('sha256', 'secret'); jwt.decode(token);` },
    { name: 'a stub of a private key', code: `import { importPKCS8, SignJWT } from 'jose'; const key = await importPKCS8('not-a-key', alg); await new SignJWT({ sub }).setProtectedHeader({ alg }).sign(key);` },
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'tulip-bicycle');\n`, errors: [{ message: 'short', line: 2, column: 19, exploitability: 'exploitable', text: 'has 13 bytes, where HS256 asks for 32' }] },
    { name: '32 bytes are few for HS512', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, '${LONG}', { algorithm: 'HS512' });\n`, errors: [{ message: 'short', text: 'has 32 bytes, where HS512 asks for 64', exploitability: 'depends' }] },
    { name: '40 bytes are few for HS384', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, new TextEncoder().encode('${LONGER}'), { algorithms: ['HS384'] });\n`, errors: [{ message: 'short', text: '40 bytes, where HS384' }] },
    { name: 'bytes are counted after decoding', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, Buffer.from('8f3a1c5e7b9d2f4a6c8e0b1d3f5a7c9e', 'hex'));\n`, errors: [{ message: 'short', text: 'has 16 bytes', exploitability: 'depends' }] },
    { name: 'base64', code: `import { createSecretKey } from 'node:crypto';\nimport jwt from 'jsonwebtoken';\njwt.sign({ sub }, createSecretKey('dHVsaXAtYmljeWNsZQ==', 'base64'));\n`, errors: [{ message: 'short', text: 'has 13 bytes' }] },
    { name: 'a JWK', code: `import { importJWK, jwtVerify } from 'jose';\nconst key = await importJWK({ kty: 'oct', k: 'dHVsaXAtYmljeWNsZQ' }, 'HS256');\nawait jwtVerify(token, key);\n`, errors: [{ message: 'short', text: 'has 13 bytes' }] },
    { name: 'characters of several bytes', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'ÄÖÜäöüß');\n`, errors: [{ message: 'short', text: 'has 14 bytes' }] },
    { name: 'few random bytes', code: `import jwt from 'jsonwebtoken';\nimport { randomBytes } from 'node:crypto';\njwt.sign({ sub }, randomBytes(16));\n`, errors: [{ message: 'random', exploitability: 'hardening', text: 'has 16 random bytes' }] },
    { name: 'very few random bytes', code: `import jwt from 'jsonwebtoken';\nimport crypto from 'crypto';\nconst KEY = crypto.randomBytes(8);\njwt.verify(token, KEY, { algorithms: ['HS256'] });\n`, errors: [{ message: 'random', line: 3, exploitability: 'exploitable' }] },
    { name: 'a placeholder', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'your-256-bit-secret');\n`, errors: [{ message: 'placeholder', line: 2, exploitability: 'exploitable' }] },
    { name: 'a long placeholder', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'a-string-secret-at-least-256-bits-long');\n`, errors: ['placeholder'] },
    { name: 'a request to change it', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'jwt-signing-secret-please-change-me-in-production');\n`, errors: ['placeholder'] },
    { name: 'one character', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, 'a'.repeat(64));\n`, errors: ['placeholder'] },
    { name: 'a placeholder in base64', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, Buffer.from('c2VjcmV0', 'base64'));\n`, errors: ['short'] },
    { name: 'reported once', code: `import jwt from 'jsonwebtoken';\nconst SECRET = 'tulip-bicycle';\njwt.sign({ sub }, SECRET);\njwt.verify(token, SECRET);\n`, errors: [{ message: 'short', line: 2 }] },
    { name: 'in another file', files: { 'config.js': `export default { secret: 'tulip-bicycle' };\n` }, code: `import jwt from 'jsonwebtoken';\nimport config from './config.js';\njwt.sign({ sub }, config.secret);\n`, errors: [{ message: 'short', line: 3, text: '13 bytes (config.js:1)', cause: 'config.js:1' }] },
    { name: 'a fallback', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, process.env.JWT_SECRET || 'tulip-bicycle');\n`, errors: [{ message: 'short' }] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: 'tulip-bicycle', algorithms: ['HS256'] }));\n`, errors: ['short'] },
    { name: '@nestjs/jwt', filename: 'case.ts', code: `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: 'tulip-bicycle' });\n`, errors: ['short'] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt';\npassport.use(new Strategy({ jwtFromRequest, secretOrKey: 'tulip-bicycle' }, verify));\n`, errors: ['short'] },
    { name: 'fastify-jwt', code: `import Fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nconst app = Fastify();\napp.register(jwt, { secret: 'supersecret' });\n`, errors: ['placeholder'] },
    { name: 'hono', code: `import { jwt } from 'hono/jwt';\nexport const guard = jwt({ secret: 'it-is-very-secret', alg: 'HS256' });\n`, errors: ['placeholder'] },
    { name: 'koa-jwt', code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret: 'tulip-bicycle' }));\n`, errors: ['short'] },
    { name: 'fast-jwt', code: `import { createSigner } from 'fast-jwt';\nconst sign = createSigner({ key: 'tulip-bicycle', algorithm: 'HS256' });\n`, errors: ['short'] },
    { name: 'jwt-simple', code: `const jwt = require('jwt-simple');\njwt.encode({ sub }, 'tulip-bicycle', 'HS512');\n`, sourceType: 'commonjs', errors: [{ message: 'short', text: 'HS512 asks for 64' }] },
    { name: 'jws', code: `const jws = require('jws');\njws.sign({ header: { alg: 'HS256' }, payload: 'x', secret: 'has a van' });\n`, sourceType: 'commonjs', errors: ['short'] },
    { name: '@tsndr/cloudflare-worker-jwt', code: `import jwt from '@tsndr/cloudflare-worker-jwt';\nconst token = await jwt.sign({ sub }, 'secret');\n`, errors: ['placeholder'] },
    { name: '@elysiajs/jwt', filename: 'case.ts', code: `import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ secret: 'tulip-bicycle' }));\n`, errors: ['short'] },
    { name: 'the weakest of several algorithms asks for least', code: `import jwt from 'jsonwebtoken';\njwt.verify(token, '${LONG.slice(0, 20)}', { algorithms: ['RS256', 'HS512', 'HS384'] });\n`, errors: [{ message: 'short', text: 'has 20 bytes, where HS384 asks for 48' }] },
  ],
});
