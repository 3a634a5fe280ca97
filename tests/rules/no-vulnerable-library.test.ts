import { noVulnerableLibrary } from '../../rules/no-vulnerable-library.ts';
import { runRule } from './run-rule.ts';

runRule(noVulnerableLibrary, {
  valid: [
    { code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key);`, settings: { versions: { jsonwebtoken: '9.0.2' } } },
    { name: 'before the flaw came in', code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.verifyJWT(token, key, { alg: ['RS256'] });\n`, settings: { versions: { jsrsasign: '4.7.0' } } },
    { name: 'any version', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key);`, settings: { versions: { jsonwebtoken: '*' } } },
    { name: 'a range that reaches the fixed version', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key);`, settings: { versions: { jsonwebtoken: '>=8.5.1' } } },
    { code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key);`, settings: { versions: { jose: '4.15.5' } } },
    { name: 'another line that is fixed', code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key);`, settings: { versions: { jose: '2.0.7' } } },
    { code: `import { createVerifier } from 'fast-jwt'; createVerifier({ key });`, settings: { versions: { 'fast-jwt': '6.2.0' } } },
    { name: 'another library of the same project', code: `import { jwtVerify } from 'jose'; await jwtVerify(token, key);`, settings: { versions: { jsonwebtoken: '8.5.1', jose: '5.10.0' } } },
    { name: 'nothing of the library is used', code: `import { JsonWebTokenError } from 'jsonwebtoken'; export const isOurs = (error) => error instanceof JsonWebTokenError;`, settings: { versions: { jsonwebtoken: '8.5.1' } } },
    { name: 'a function of the project that uses it: reported there', code: `import { check } from './tokens.js';\ncheck(token, key);`, files: { 'tokens.js': `import jwt from 'jsonwebtoken';\nexport const check = (token, key) => jwt.verify(token, key);\n` }, settings: { versions: { jsonwebtoken: '8.5.1' } } },
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key);\njwt.sign({ sub }, key);\n`, settings: { versions: { jsonwebtoken: '8.5.1' } }, errors: [{ message: 'several', line: 1, column: 17, text: /jsonwebtoken 8\.5\.1 has 3 published flaws \(CVE-2022-23540, .*Update to 9\.0\.0 or later/ }] },
    { name: 'a declared range', files: { 'package.json': '{ "dependencies": { "jsonwebtoken": "^8.5.1" } }' }, code: `const jwt = require('jsonwebtoken');\njwt.verify(token, key);\n`, sourceType: 'commonjs', errors: [{ message: 'several', line: 1, text: 'Update to 9.0.0' }] },
    { name: 'what is installed', files: { 'node_modules/fast-jwt/package.json': '{ "name": "fast-jwt", "version": "5.0.6" }' }, code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key });\n`, errors: [{ message: 'vulnerable', text: 'fast-jwt 5.0.6 has a published flaw (CVE-2026-34950)' }] },
    { name: 'fixed at different times', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key });\n`, settings: { versions: { 'fast-jwt': '3.3.1' } }, errors: [{ message: 'several', text: /3 published flaws .*Update to 6\.2\.0 or later/ }] },
    { code: `import { jwtDecrypt } from 'jose';\nawait jwtDecrypt(token, key);\n`, settings: { versions: { jose: '4.15.4' } }, errors: [{ message: 'vulnerable', text: 'Update to 4.15.5 or later' }] },
    { name: 'the gravest first', code: `const jwt = require('jsonwebtoken');\njwt.verify(token, key);\n`, sourceType: 'commonjs', settings: { versions: { jsonwebtoken: '4.2.1' } }, errors: [{ message: 'several', exploitability: 'exploitable', text: 'the gravest: a token signed with the text of the public key' }] },
    { code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret, alg: 'HS256' }));\n`, settings: { versions: { hono: '4.9.0' } }, errors: [{ message: 'several', text: 'Update to 4.11.4' }] },
    { code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret }));\n`, settings: { versions: { 'express-jwt': '5.3.3' } }, errors: ['vulnerable'] },
    { code: `import jwt from 'jwt-simple';\njwt.decode(token, key);\n`, settings: { versions: { 'jwt-simple': '0.3.0' } }, errors: [{ message: 'vulnerable', exploitability: 'exploitable' }] },
    { code: `import jose from 'node-jose';\njose.JWS.createVerify(key).verify(token);\n`, settings: { versions: { 'node-jose': '2.1.1' } }, errors: ['vulnerable'] },
    { code: `import jws from 'jws';\njws.verify(token, 'HS256', secret);\n`, settings: { versions: { jws: '4.0.0' } }, errors: [{ message: 'vulnerable', text: 'Update to 4.0.1' }] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.verifyJWT(token, key, { alg: ['RS256'] });\n`, settings: { versions: { jsrsasign: '10.5.24' } }, errors: ['vulnerable'] },
    { code: `import NextAuth from 'next-auth';\nexport default NextAuth({ secret: process.env.S, providers: [] });\n`, settings: { versions: { 'next-auth': '4.24.4' } }, errors: ['vulnerable'] },
    { name: 'the first version that none of the flaws is in', code: `import { jwtDecrypt } from 'jose';\nawait jwtDecrypt(token, key);\n`, settings: { versions: { jose: '4.9.1' } }, errors: [{ message: 'several', exploitability: 'depends', text: 'Update to 4.15.5 or later' }] },
  ],
});
