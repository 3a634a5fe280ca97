import { preferRemoteJwks } from '../../rules/prefer-remote-jwks.ts';
import { runRule } from './run-rule.ts';

const PUBLIC = '-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\\n-----END PUBLIC KEY-----';

runRule(preferRemoteJwks, {
  valid: [
    `import { createRemoteJWKSet, jwtVerify } from 'jose'; await jwtVerify(token, createRemoteJWKSet(new URL('https://login.example/jwks')));`,
    { name: 'a key from the environment', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.PUBLIC_KEY, { algorithms: ['RS256'] });` },
    { name: 'a pair of its own', code: `import jwt from 'jsonwebtoken'; import fs from 'node:fs'; jwt.sign({ sub }, fs.readFileSync('private.pem'), { algorithm: 'RS256' }); jwt.verify(token, fs.readFileSync('public.pem'), { algorithms: ['RS256'] });` },
    { name: 'a pair made at run time', code: `import jwt from 'jsonwebtoken'; import { generateKeyPairSync } from 'node:crypto'; const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 }); jwt.verify(token, publicKey, { algorithms: ['RS256'] });` },
    { name: 'another file of the package signs', files: { 'package.json': '{}', 'sign.js': `import jwt from 'jsonwebtoken';\nimport fs from 'node:fs';\nexport const sign = (sub) => jwt.sign({ sub }, fs.readFileSync('private.pem'), { algorithm: 'RS256' });\n` }, code: `import jwt from 'jsonwebtoken'; import fs from 'node:fs'; jwt.verify(token, fs.readFileSync('public.pem'), { algorithms: ['RS256'] });` },
    `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });`,
    `import jwksRsa from 'jwks-rsa'; jwksRsa({ jwksUri: 'https://login.example/jwks', cache: true, cacheMaxAge: 600000 });`,
    { name: 'a day', code: `import jwksRsa from 'jwks-rsa'; jwksRsa({ jwksUri: 'https://login.example/jwks', cacheMaxAge: 24 * 60 * 60 * 1000 });` },
    { name: 'a public key to encrypt to', code: `import { EncryptJWT, importSPKI } from 'jose'; await new EncryptJWT({ sub }).setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }).encrypt(await importSPKI('${PUBLIC}', 'RSA-OAEP-256'));` },
    { name: 'a week', code: `import jwksRsa from 'jwks-rsa'; jwksRsa({ jwksUri: 'https://login.example/jwks', cacheMaxAge: 7 * 24 * 60 * 60 * 1000 });` },
    { name: 'signs with a key that the environment brings as JWK', code: `import { importJWK, importSPKI, jwtVerify, SignJWT } from 'jose';\nawait new SignJWT({ sub }).setProtectedHeader({ alg: 'ES256' }).sign(await importJWK(JSON.parse(process.env.SIGNING_JWK), 'ES256'));\nawait jwtVerify(token, await importSPKI('${PUBLIC}', 'ES256'));\n` },
    { name: 'signs with a private key unless the environment brings one', code: `import jwt from 'jsonwebtoken';\nimport fs from 'node:fs';\njwt.sign({ sub }, process.env.SIGNING ?? fs.readFileSync('private.pem'), { algorithm: 'ES256' });\njwt.verify(token, '${PUBLIC}', { algorithms: ['ES256'] });\n` },
    { name: 'a local key set of another file is reported there', files: { 'keys.js': `import { createLocalJWKSet } from 'jose';\nexport const keys = createLocalJWKSet({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });\n` }, code: `import { jwtVerify } from 'jose';\nimport { keys } from './keys.js';\nawait jwtVerify(token, keys, { algorithms: ['ES256'] });\n` },
    { name: 'a file that may hold a secret', code: `import jwt from 'jsonwebtoken'; import fs from 'node:fs'; jwt.verify(token, fs.readFileSync('certs/issuer.pem'), { algorithms: ['HS256'] });` },
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\nconst KEY = '${PUBLIC}';\njwt.verify(token, KEY, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 2, column: 13, exploitability: 'hardening' }] },
    { name: 'a file', settings: { policy: { jwksUrl: 'https://login.example/jwks' } }, code: `import jwt from 'jsonwebtoken';\nimport fs from 'node:fs';\njwt.verify(token, fs.readFileSync('./issuer-public.pem'), { algorithms: ['RS256'] });\n`, errors: [{ message: 'frozen', line: 3, text: 'from the issuer, at https://login.example/jwks.' }] },
    { name: 'a local key set', code: `import { createLocalJWKSet, jwtVerify } from 'jose';\nconst keys = createLocalJWKSet({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });\nawait jwtVerify(token, keys, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen' }] },
    { name: 'an imported key', code: `import { importSPKI, jwtVerify } from 'jose';\nconst key = await importSPKI('${PUBLIC}', 'ES256');\nawait jwtVerify(token, key);\n`, errors: [{ message: 'frozen', line: 2 }] },
    { name: 'another file', files: { 'keys.js': `export const publicKey = '${PUBLIC}';\n` }, code: `import jwt from 'jsonwebtoken';\nimport { publicKey } from './keys.js';\njwt.verify(token, publicKey, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 3, text: 'a public key (keys.js:1)', cause: 'keys.js:1' }] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: '${PUBLIC}', algorithms: ['ES256'] }));\n`, errors: ['frozen'] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt';\nimport fs from 'node:fs';\npassport.use(new Strategy({ jwtFromRequest, secretOrKey: fs.readFileSync('public.key'), algorithms: ['RS256'] }, done));\n`, errors: ['frozen'] },
    { name: 'a cache that never ends', code: `import jwksRsa from 'jwks-rsa';\njwksRsa({ jwksUri: 'https://login.example/jwks', cacheMaxAge: Infinity });\n`, errors: [{ message: 'cached', text: 'for ever' }] },
    { name: 'a cache of a month', code: `import { createRemoteJWKSet } from 'jose';\ncreateRemoteJWKSet(new URL('https://login.example/jwks'), { cacheMaxAge: 30 * 24 * 60 * 60 * 1000 });\n`, errors: [{ message: 'cached', text: 'for 30 days' }] },
    { name: 'sessions signed with a secret say nothing of the issuer', code: `import jwt from 'jsonwebtoken';\nexport const session = (sub) => jwt.sign({ sub }, 'b7c1e2f4a98d4c0f9e6a5d3b', { algorithm: 'HS256' });\nexport const check = (token) => jwt.verify(token, '${PUBLIC}', { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 3 }] },
    { name: 'nor sessions signed with a key of which nothing is known', code: `import jwt from 'jsonwebtoken';\nexport const session = (sub, key) => jwt.sign({ sub }, key);\nexport const check = (token) => jwt.verify(token, '${PUBLIC}', { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 3 }] },
    { name: 'a local key set of another file is reported where it is made', code: `import { createLocalJWKSet, jwtVerify } from 'jose';\nimport { jwks } from './jwks.js';\nconst keys = createLocalJWKSet(jwks);\nawait jwtVerify(token, keys, { algorithms: ['ES256'] });\n`, files: { 'jwks.js': `export const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] };\n` }, errors: [{ message: 'frozen', line: 3, text: '(jwks.js:1)' }] },
    { name: 'a middleware that fetches for itself', code: `import { auth } from 'express-oauth2-jwt-bearer';\napp.use(auth({ issuerBaseURL: 'https://login.example', audience: 'orders', cacheMaxAge: 14 * 24 * 60 * 60 * 1000 }));\n`, errors: [{ message: 'cached', line: 2, text: 'for 14 days, so', exploitability: 'hardening' }] },
    { name: '@okta/jwt-verifier', code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nnew OktaJwtVerifier({ issuer: 'https://login.example/oauth2/default', cacheMaxAge: 30 * 24 * 60 * 60 * 1000 });\n`, errors: ['cached'] },
    { name: 'a cache in another file', code: `import jwksRsa from 'jwks-rsa';\nimport { jwks } from './config.js';\njwksRsa(jwks);\n`, files: { 'config.js': `export const jwks = { jwksUri: 'https://login.example/jwks', cacheMaxAge: 31536000000 };\n` }, errors: [{ message: 'cached', line: 3, text: 'for 365 days (config.js:1)', cause: 'config.js:1' }] },
    { name: 'a file that is public by the algorithms', code: `import jwt from 'jsonwebtoken';\nimport fs from 'node:fs';\njwt.verify(token, fs.readFileSync('certs/issuer.pem'), { algorithms: ['RS256'] });\n`, errors: [{ message: 'frozen', line: 3 }] },
  ],
});
