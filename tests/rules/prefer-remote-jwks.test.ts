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
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\nconst KEY = '${PUBLIC}';\njwt.verify(token, KEY, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 2, column: 13, exploitability: 'hardening' }] },
    { name: 'a file', settings: { policy: { jwksUrl: 'https://login.example/jwks' } }, code: `import jwt from 'jsonwebtoken';\nimport fs from 'node:fs';\njwt.verify(token, fs.readFileSync('./issuer-public.pem'), { algorithms: ['RS256'] });\n`, errors: [{ message: 'frozen', line: 3, text: 'from the issuer, at https://login.example/jwks.' }] },
    { name: 'a local key set', code: `import { createLocalJWKSet, jwtVerify } from 'jose';\nconst keys = createLocalJWKSet({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });\nawait jwtVerify(token, keys, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen' }] },
    { name: 'an imported key', code: `import { importSPKI, jwtVerify } from 'jose';\nconst key = await importSPKI('${PUBLIC}', 'ES256');\nawait jwtVerify(token, key);\n`, errors: [{ message: 'frozen', line: 2 }] },
    { name: 'another file', files: { 'keys.js': `export const publicKey = '${PUBLIC}';\n` }, code: `import jwt from 'jsonwebtoken';\nimport { publicKey } from './keys.js';\njwt.verify(token, publicKey, { algorithms: ['ES256'] });\n`, errors: [{ message: 'frozen', line: 3, text: 'a public key (keys.js:1)' }] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: '${PUBLIC}', algorithms: ['ES256'] }));\n`, errors: ['frozen'] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt';\nimport fs from 'node:fs';\npassport.use(new Strategy({ jwtFromRequest, secretOrKey: fs.readFileSync('public.key'), algorithms: ['RS256'] }, done));\n`, errors: ['frozen'] },
    { name: 'a cache that never ends', code: `import jwksRsa from 'jwks-rsa';\njwksRsa({ jwksUri: 'https://login.example/jwks', cacheMaxAge: Infinity });\n`, errors: [{ message: 'cached', text: 'for ever' }] },
    { name: 'a cache of a month', code: `import { createRemoteJWKSet } from 'jose';\ncreateRemoteJWKSet(new URL('https://login.example/jwks'), { cacheMaxAge: 30 * 24 * 60 * 60 * 1000 });\n`, errors: [{ message: 'cached', text: 'for 30 days' }] },
  ],
});
