import { noWeakAlgorithm } from '../../rules/no-weak-algorithm.ts';
import { runRule } from './run-rule.ts';

runRule(noWeakAlgorithm, {
  valid: [
    `import { jwtDecrypt } from 'jose'; await jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA-OAEP-256', 'ECDH-ES+A256KW'] });`,
    `import { EncryptJWT } from 'jose'; await new EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms: ['HS256', 'RS256', 'ES256'] });`,
    `import { generateKeyPairSync } from 'node:crypto'; import jwt from 'jsonwebtoken'; const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 }); jwt.sign({}, privateKey, { algorithm: 'RS256' });`,
    `import { generateKeyPairSync } from 'node:crypto'; import jwt from 'jsonwebtoken'; const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' }); jwt.sign({}, pair.privateKey, { algorithm: 'ES256' });`,
    `import { generateKeyPairSync } from './own.js'; import jwt from 'jsonwebtoken'; generateKeyPairSync('rsa', { modulusLength: 512 }); jwt.sign({}, key);`,
    `import jwt from 'jsonwebtoken'; jwt.sign({}, key); other.encrypt('RSA1_5', data); const names = ['RSA1_5', 'HS1'];`,
    { name: 'the limit is set', code: `import { jwtDecrypt } from 'jose'; await jwtDecrypt(token, key, { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], maxPBES2Count: 10000 });` },
    { name: 'two keys', code: `import { EncryptJWT, SignJWT } from 'jose'; const signing = process.env.SIGNING_KEY; const encrypting = process.env.ENCRYPTION_KEY; await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(signing); await new EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(encrypting);` },
  ],
  invalid: [
    { code: `import { jwtDecrypt } from 'jose';\nawait jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA1_5', 'RSA-OAEP-256'] });\n`, errors: [{ message: 'retired', line: 2, column: 58, exploitability: 'depends', text: 'Use RSA-OAEP-256', remedy: { id: 'use-current', output: `import { jwtDecrypt } from 'jose';\nawait jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA-OAEP-256', 'RSA-OAEP-256'] });\n` } }], output: null },
    { name: 'encrypting', code: `import * as jose from 'jose'; await new jose.EncryptJWT({}).setProtectedHeader({ alg: 'RSA1_5', enc: 'A256GCM' }).encrypt(key);`, errors: ['retired'] },
    { name: 'SHA-1 in a list', code: `import { KJUR } from 'jsrsasign'; KJUR.jws.JWS.verifyJWT(token, key, { alg: ['HS1'] });`, errors: [{ message: 'retired', text: 'SHA-1', exploitability: 'hardening' }] },
    { name: 'RS1', code: `import { compactVerify } from 'jose'; await compactVerify(token, key, { algorithms: ['RS1'] });`, errors: [{ message: 'retired', text: 'Use RS256' }] },
    { name: 'in a constant', code: `import { jwtDecrypt } from 'jose';\nconst ALGORITHMS = ['RSA1_5'];\nawait jwtDecrypt(token, key, { keyManagementAlgorithms: ALGORITHMS });\n`, errors: [{ message: 'retired', line: 2 }] },
    { name: 'in another file', code: `import { jwtDecrypt } from 'jose'; import { ALGORITHMS } from './config.js'; await jwtDecrypt(token, key, { keyManagementAlgorithms: ALGORITHMS });`, files: { 'config.js': `export const ALGORITHMS = ['RSA1_5'];\n` }, errors: [{ message: 'retired', text: '(config.js:1)', remedy: null }] },
    { name: 'node-jose', code: `const jose = require('node-jose'); jose.JWE.createDecrypt(key, { algorithms: ['RSA1_5'] });`, errors: ['retired'] },
    { name: 'jose 2', code: `const { JWE } = require('jose'); JWE.encrypt(data, key, { alg: 'RSA1_5', enc: 'A128GCM' });`, settings: { versions: { jose: '2.0.7' } }, errors: ['retired'] },
    { name: 'a short key', code: `import { generateKeyPairSync } from 'node:crypto'; import jwt from 'jsonwebtoken';\nconst { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });\njwt.sign({}, privateKey, { algorithm: 'RS256' });\n`, errors: [{ message: 'short', line: 2, column: 68, remedy: { id: 'lengthen-key', output: `import { generateKeyPairSync } from 'node:crypto'; import jwt from 'jsonwebtoken';\nconst { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });\njwt.sign({}, privateKey, { algorithm: 'RS256' });\n` } }] },
    { name: 'a short key, in a constant', code: `const crypto = require('crypto'); const jwt = require('jsonwebtoken');\nconst BITS = 512;\ncrypto.generateKeyPair('rsa', { modulusLength: BITS }, (error, publicKey, privateKey) => jwt.sign({}, privateKey, { algorithm: 'RS256' }));\n`, errors: [{ message: 'short', line: 2 }] },
    { name: 'a short key, promisified', code: `import { generateKeyPair } from 'node:crypto'; import { promisify } from 'node:util'; import jwt from 'jsonwebtoken'; const make = promisify(generateKeyPair); const { privateKey } = await make('rsa-pss', { modulusLength: 1024 }); jwt.sign({}, privateKey, { algorithm: 'PS256' });`, errors: ['short'] },
    { name: 'a short key for jose', code: `import { generateKeyPair, SignJWT } from 'jose'; const { privateKey } = await generateKeyPair('RS256', { modulusLength: 1024 }); await new SignJWT({}).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);`, errors: ['short'] },
    { name: 'a short key of jsrsasign', code: `import { KEYUTIL, KJUR } from 'jsrsasign'; const pair = KEYUTIL.generateKeypair('RSA', 1024); KJUR.jws.JWS.sign('RS256', '{}', '{}', pair.prvKeyObj);`, errors: ['short'] },
    { name: 'a short key of the web', code: `import { SignJWT } from 'jose'; const pair = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, hash: 'SHA-256', publicExponent }, true, ['sign']); await new SignJWT({}).setProtectedHeader({ alg: 'RS256' }).sign(pair.privateKey);`, errors: ['short'] },
    { name: 'one key for two purposes', code: `import { EncryptJWT, SignJWT } from 'jose';\nconst key = new TextEncoder().encode(process.env.SECRET);\nawait new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);\nawait new EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);\n`, errors: [{ message: 'shared', line: 4, remedy: null }] },
    { name: 'one password for two purposes', code: `import { EncryptJWT, jwtVerify } from 'jose'; const key = new TextEncoder().encode(process.env.SECRET); await jwtVerify(token, key); await new EncryptJWT({}).setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM' }).encrypt(key);`, errors: ['shared'] },
    { name: 'without a limit', code: `import { jwtDecrypt } from 'jose'; await jwtDecrypt(token, key, { keyManagementAlgorithms: ['PBES2-HS256+A128KW'] });`, errors: [{ message: 'unlimited', text: 'maxPBES2Count' }] },
    { name: 'what each is worth', code: `import { jwtDecrypt } from 'jose';\nexport const first = await jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA1_5'] });\nexport const second = await jwtDecrypt(token, password, { keyManagementAlgorithms: ['PBES2-HS512+A256KW'] });`, errors: [{ message: 'retired', line: 2, exploitability: 'depends' }, { message: 'unlimited', line: 3, exploitability: 'depends' }] },
  ],
});
