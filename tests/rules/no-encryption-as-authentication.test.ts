import { noEncryptionAsAuthentication } from '../../rules/no-encryption-as-authentication.ts';
import { runRule } from './run-rule.ts';

const jose = `import { importPKCS8, jwtDecrypt, jwtVerify } from 'jose';\n`;
const key = `const key = await importPKCS8(process.env.PRIVATE_KEY, 'RSA-OAEP-256');\n`;

runRule(noEncryptionAsAuthentication, {
  valid: [
    { name: 'a nested token', code: `${jose}${key}export async function check(token) {\n  const { payload } = await jwtDecrypt(token, key);\n  return jwtVerify(payload.jwt, issuerKey);\n}` },
    { name: 'a shared secret', code: `${jose}const { payload } = await jwtDecrypt(token, new TextEncoder().encode(process.env.SECRET), { keyManagementAlgorithms: ['dir'] });\nuse(payload);` },
    { name: 'a key that is not known', code: `${jose}const { payload } = await jwtDecrypt(token, key);\nuse(payload);` },
    { name: 'either kind of algorithm', code: `${jose}const { payload } = await jwtDecrypt(token, key, { keyManagementAlgorithms: ['dir', 'RSA-OAEP'] });\nuse(payload);` },
    { name: 'nothing is made of the result', code: `${jose}${key}await jwtDecrypt(token, key);` },
    `import { getToken } from 'next-auth/jwt';\nconst session = await getToken({ req, secret: process.env.SECRET });\nuse(session);`,
    { name: 'node-jose with a shared secret', code: `import jose from 'node-jose';\nconst { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['dir', 'A256GCM'] }).decrypt(token);\nuse(payload);` },
    { name: 'verification', code: `${jose}const { payload } = await jwtVerify(token, key);\nuse(payload);` },
    { name: 'a look-alike', code: `import { jwtDecrypt } from './own.js';\nconst { payload } = await jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA-OAEP'] });\nuse(payload);` },
    { name: 'a shared key, whatever the list says', code: `import { createSecretKey } from 'node:crypto';\n${jose}const { payload } = await jwtDecrypt(token, createSecretKey(process.env.SECRET, 'base64'), { keyManagementAlgorithms: ['RSA-OAEP'] });\nuse(payload);` },
    { name: 'algorithms that are not known', code: `${jose}const { payload } = await jwtDecrypt(token, key, { keyManagementAlgorithms: settings.algorithms });\nuse(payload);` },
    { name: 'a general JWE that holds a nested token', code: `${jose}import { compactDecrypt } from 'jose';\n${key}export async function check(token) {\n  const { plaintext } = await compactDecrypt(token, key);\n  return jwtVerify(new TextDecoder().decode(plaintext), issuerKey);\n}` },
    { name: 'a general JWE that holds a file', code: `import { compactDecrypt } from 'jose';\n${jose}${key}export async function open(jwe, settings) {\n  const { plaintext } = await compactDecrypt(jwe, key);\n  return { plaintext, settings: JSON.parse(settings) };\n}` },
    { name: 'a general JWE whose content is handed on', code: `import { writeFile } from 'node:fs/promises';\nimport { compactDecrypt } from 'jose';\n${jose}${key}export async function save(jwe, path) {\n  const { plaintext } = await compactDecrypt(jwe, key);\n  await writeFile(path, plaintext);\n}` },
    { name: 'next-auth with the secret of the environment', code: `import { getToken } from 'next-auth/jwt';\nexport const user = async (req) => (await getToken({ req }))?.sub;` },
    { name: 'node-jose with a shared key that wraps', code: `import jose from 'node-jose';\nconst { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['A256GCMKW', 'A256GCM'] }).decrypt(token);\nuse(payload);` },
    { name: 'node-jose, the encryption of the content alone', code: `import jose from 'node-jose';\nconst { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['A128CBC-HS256', 'A256GCM'] }).decrypt(token);\nuse(payload);` },
  ],
  invalid: [
    { code: `${jose}${key}export async function check(token) {\n  const { payload } = await jwtDecrypt(token, key);\n  return payload.sub;\n}`, errors: [{ message: 'unsigned', line: 4, exploitability: 'exploitable', remedy: null }] },
    { name: 'algorithms for pairs only', code: `${jose}export const check = async (token) => (await jwtDecrypt(token, key, { keyManagementAlgorithms: ['RSA-OAEP-256'] })).payload;`, errors: ['unsigned'] },
    { code: `${jose}export const check = async (token) => {\n  const { payload } = await jwtDecrypt(token, key, { keyManagementAlgorithms: ['ECDH-ES', 'ECDH-ES+A256KW'] });\n  return payload;\n};`, errors: ['unsigned'] },
    { name: 'a key object', code: `import { createPrivateKey } from 'node:crypto';\n${jose}const { payload } = await jwtDecrypt(token, createPrivateKey(process.env.PRIVATE_KEY));\nuse(payload);`, errors: ['unsigned'] },
    { name: 'a key file', code: `import { readFileSync } from 'node:fs';\n${jose}const { payload } = await jwtDecrypt(token, readFileSync('private.pem'));\nuse(payload);`, errors: ['unsigned'] },
    { code: `import jose from 'node-jose';\nconst { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['RSA-OAEP-256'] }).decrypt(token);\nuse(JSON.parse(payload));`, errors: ['unsigned'] },
    { name: 'version 2', code: `import { JWE } from 'jose';\nconst claims = JSON.parse(JWE.decrypt(token, key, { keyManagementAlgorithms: ['RSA-OAEP'] }));\nuse(claims);`, settings: { versions: { jose: '2.0.7' } }, errors: ['unsigned'] },
    { name: 'a general JWE that is parsed', code: `import { compactDecrypt } from 'jose';\n${jose}${key}export async function user(token) {\n  const { plaintext } = await compactDecrypt(token, key);\n  const text = new TextDecoder().decode(plaintext);\n  return JSON.parse(text).sub;\n}`, errors: [{ message: 'unsigned', line: 5 }] },
    { name: 'a general JWE that is parsed at once', code: `import { compactDecrypt } from 'jose';\n${jose}${key}export const user = async (token) => JSON.parse(new TextDecoder().decode((await compactDecrypt(token, key)).plaintext));`, errors: ['unsigned'] },
    { name: 'node-jose, with the encryption of the content', code: `import jose from 'node-jose';\nconst { payload } = await jose.JWE.createDecrypt(key, { algorithms: ['RSA-OAEP-256', 'A256GCM', 'A128CBC-HS256'] }).decrypt(token);\nuse(JSON.parse(payload));`, errors: ['unsigned'] },
  ],
});
