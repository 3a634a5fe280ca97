import { requireKeyId } from '../../rules/require-key-id.ts';
import { runRule } from './run-rule.ts';

const settings = { policy: { keyId: 'issuer-2024' } };

runRule(requireKeyId, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, privateKey, { algorithm: 'RS256', keyid: 'k1' });`,
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, privateKey, { algorithm: 'RS256', header: { kid: process.env.KID } });`,
    { name: 'HMAC', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET, { algorithm: 'HS256' });` },
    { name: 'HMAC by default', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET);` },
    { name: 'an algorithm that is not known', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, key, { algorithm: process.env.ALG });` },
    { name: 'options that are not known', code: `import jwt from 'jsonwebtoken'; export const sign = (sub, options) => jwt.sign({ sub }, key, { algorithm: 'RS256', ...options });` },
    `import { SignJWT } from 'jose'; await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);`,
    { name: 'a header that is not known', code: `import { SignJWT } from 'jose'; export const sign = (header) => new SignJWT({}).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);` },
    `import { createSigner } from 'fast-jwt'; createSigner({ key: privateKey, algorithm: 'RS256', kid: 'k1' });`,
    { name: 'verification', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, publicKey, { algorithms: ['RS256'] });` },
    { name: 'HMAC with a file as the secret, by default', code: `import jwt from 'jsonwebtoken'; import { readFileSync } from 'node:fs'; jwt.sign({ sub }, readFileSync('private.pem'));` },
    { name: 'a library that writes no key id', code: `import njwt from 'njwt'; const token = njwt.create({ sub }, privateKey); token.setSigningAlgorithm('RS256'); token.compact();` },
    { name: 'a library that writes it by itself', code: `import jose from 'node-jose'; await jose.JWS.createSign({ fields: { alg: 'RS256' } }, key).update(payload).final();` },
    { name: 'a secret says which algorithm is taken', code: `import { createSigner } from 'fast-jwt'; createSigner({ key: 'b7c1e2f4a98d4c0f9e6a5d3b7c1e2f4a' });` },
    { name: 'a key of which nothing is known', code: `import { createSigner } from 'fast-jwt'; export const signer = (key) => createSigner({ key });` },
  ],
  invalid: [
    {
      settings, code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, privateKey, { algorithm: 'RS256', expiresIn: '5m' });\n`,
      errors: [{ message: 'missing', line: 2, exploitability: 'hardening', text: 'Set `keyid`' }],
      output: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, privateKey, { algorithm: 'RS256', expiresIn: '5m', keyid: 'issuer-2024' });\n`,
    },
    { name: 'no remedy without a policy', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, privateKey, { algorithm: 'ES256' });\n`, errors: [{ message: 'missing', remedy: null }] },
    { name: 'options in a constant', settings, code: `const jwt = require('jsonwebtoken');\nconst OPTIONS = { algorithm: 'PS256', expiresIn: '5m' };\nmodule.exports = (sub) => jwt.sign({ sub }, key, OPTIONS);\n`, filename: 'case.cjs', errors: ['missing'], output: `const jwt = require('jsonwebtoken');\nconst OPTIONS = { algorithm: 'PS256', expiresIn: '5m', keyid: 'issuer-2024' };\nmodule.exports = (sub) => jwt.sign({ sub }, key, OPTIONS);\n` },
    {
      name: 'jose', settings, filename: 'case.ts',
      code: `import { SignJWT } from 'jose';\nexport const issue = (key: CryptoKey) => new SignJWT({})\n  .setProtectedHeader({ alg: 'ES256' })\n  .setExpirationTime('5m')\n  .sign(key);\n`,
      errors: [{ message: 'missing', text: 'Set `kid`' }],
      output: `import { SignJWT } from 'jose';\nexport const issue = (key: CryptoKey) => new SignJWT({})\n  .setProtectedHeader({ alg: 'ES256', kid: 'issuer-2024' })\n  .setExpirationTime('5m')\n  .sign(key);\n`,
    },
    { name: 'jose by the key', code: `import { importPKCS8, SignJWT } from 'jose';\nconst key = await importPKCS8(process.env.PRIVATE_KEY, 'EdDSA');\nconst header = { alg: 'EdDSA' };\nawait new SignJWT({}).setProtectedHeader(header).sign(key);\n`, errors: ['missing'] },
    { name: 'the key id of the environment', settings: { policy: { keyId: { environment: 'JWT_KEY_ID' } } }, code: `import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, privateKey, { algorithm: 'RS256' });\n`, errors: ['missing'], output: `import jwt from 'jsonwebtoken';\n\nfunction requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n\nconst jwtKeyId = requireEnv('JWT_KEY_ID');\nexport const issue = (sub) => jwt.sign({ sub }, privateKey, { algorithm: 'RS256', keyid: jwtKeyId });\n` },
    { name: 'fast-jwt', settings, code: `import { createSigner } from 'fast-jwt';\nconst sign = createSigner({ key: privateKey, algorithm: 'RS256' });\n`, errors: ['missing'], output: `import { createSigner } from 'fast-jwt';\nconst sign = createSigner({ key: privateKey, algorithm: 'RS256', kid: 'issuer-2024' });\n` },
    { name: '@hapi/jwt', settings, code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, { key: privateKey, algorithm: 'RS256' });\n`, errors: ['missing'] },
    { name: 'jwt-simple', code: `import jwt from 'jwt-simple';\njwt.encode({ sub }, privateKey, 'RS256');\n`, errors: ['missing'] },
    { name: 'jws', code: `import jws from 'jws';\njws.sign({ header: { alg: 'RS256' }, payload: 'x', privateKey });\n`, errors: ['missing'] },
    { name: '@nestjs/jwt', settings, filename: 'tokens.ts', files: { 'package.json': '{}' }, code: `import { JwtModule, JwtService } from '@nestjs/jwt';\nexport const module = JwtModule.register({ privateKey: process.env.PRIVATE_KEY, signOptions: { algorithm: 'RS256' } });\nexport class Tokens {\n  constructor(private readonly jwt: JwtService) {}\n  issue(sub: string) { return this.jwt.sign({ sub }, { expiresIn: '5m' }); }\n}\n`, errors: [{ message: 'missing', line: 5 }] },
    { name: 'fast-jwt takes the algorithm from the key', code: `import { createSigner } from 'fast-jwt';\nimport { readFileSync } from 'node:fs';\nexport const sign = createSigner({ key: readFileSync('private.pem', 'utf8') });\n`, errors: [{ message: 'missing', line: 3 }] },
  ],
});
