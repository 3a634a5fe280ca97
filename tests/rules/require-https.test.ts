import { requireHttps } from '../../rules/require-https.ts';
import { runRule } from './run-rule.ts';

const settings = { policy: { httpsHosts: ['login.example'] } };

runRule(requireHttps, {
  valid: [
    `import { createRemoteJWKSet } from 'jose'; createRemoteJWKSet(new URL('https://login.example/jwks.json'));`,
    `import { createRemoteJWKSet } from 'jose'; createRemoteJWKSet(new URL('http://localhost:8080/jwks.json'));`,
    `import { createRemoteJWKSet } from 'jose'; createRemoteJWKSet(new URL('http://127.0.0.1:4000/jwks.json'));`,
    `import { createRemoteJWKSet } from 'jose'; createRemoteJWKSet(new URL('http://[::1]/jwks.json'));`,
    { name: 'a host from the environment', code: 'import { createRemoteJWKSet } from \'jose\'; createRemoteJWKSet(new URL(`http://${process.env.HOST}/jwks`));' },
    { name: 'a host that goes on', code: 'import { createRemoteJWKSet } from \'jose\'; createRemoteJWKSet(new URL(`http://login.${process.env.DOMAIN}/jwks`));' },
    `import { createRemoteJWKSet } from 'jose'; createRemoteJWKSet(new URL(process.env.JWKS_URL ?? 'http://localhost:3000/jwks'));`,
    `import jwksRsa from 'jwks-rsa'; jwksRsa({ jwksUri: 'https://login.example/jwks.json' });`,
    { name: 'a request without a token', code: `import jwt from 'jsonwebtoken'; await fetch('http://status.example/health'); jwt.decode(token);` },
    { name: 'a namespace is no endpoint', code: `import jwt from 'jsonwebtoken'; const NAME = 'http://schemas.example/claims/role'; jwt.verify(token, key, { issuer: 'https://login.example' })[NAME];` },
    { name: 'a database', code: `import jwt from 'jsonwebtoken'; import pg from 'pg'; const pool = new pg.Pool({ ssl: { rejectUnauthorized: false } }); jwt.verify(token, key, { audience });` },
    `import Hapi from '@hapi/hapi'; import Jwt from '@hapi/jwt'; const server = Hapi.server(); server.auth.strategy('jwt', 'jwt', { keys: { uri: 'https://login.example/jwks', rejectUnauthorized: true } });`,
    `import https from 'node:https'; import jwksRsa from 'jwks-rsa'; jwksRsa({ jwksUri: 'https://login.example/jwks', requestAgent: new https.Agent({ ca }) });`,
    { name: 'a client without a credential', code: `const api = axios.create({ baseURL: 'http://status.example.com', timeout: 500 });` },
    { name: 'what is issued names what the receivers compare', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, key, { issuer: 'http://login.example' });` },
    { name: 'an agent of a database, in a file that checks no tokens', code: `import jwt from 'jsonwebtoken'; import https from 'node:https'; export const agent = new https.Agent({ rejectUnauthorized: false }); jwt.decode(token);` },
    { name: 'a module of another file is reported there', filename: 'auth.ts', files: { 'package.json': '{}', 'app.module.ts': `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read(), verifyOptions: { issuer: 'http://login.example' } });\n` }, code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  check(token: string) { return this.jwt.verify(token); }\n}\n` },
  ],
  invalid: [
    {
      settings, code: `import { createRemoteJWKSet } from 'jose';\nconst keys = createRemoteJWKSet(new URL('http://login.example/jwks.json'));\n`,
      errors: [{ message: 'keys', line: 2, column: 41, exploitability: 'exploitable', remedy: { id: 'use-https', output: `import { createRemoteJWKSet } from 'jose';\nconst keys = createRemoteJWKSet(new URL('https://login.example/jwks.json'));\n` } }],
    },
    { name: 'no remedy for a host that the policy does not name', code: `import { createRemoteJWKSet } from 'jose';\nconst keys = createRemoteJWKSet(new URL('http://keys.example/jwks.json'));\n`, settings, errors: [{ message: 'keys', remedy: null }] },
    { name: 'a host in the cluster', code: `import { createRemoteJWKSet } from 'jose';\ncreateRemoteJWKSet(new URL('http://keycloak:8080/realms/shop/protocol/openid-connect/certs'));\n`, errors: ['keys'] },
    { name: 'a constant', settings, code: `import { createRemoteJWKSet } from 'jose';\nconst ISSUER = 'http://login.example';\nconst keys = createRemoteJWKSet(new URL(\`\${ISSUER}/keys\`));\n`, errors: [{ message: 'keys', line: 3, remedy: null }] },
    { name: 'a path on a base', settings, code: `import { createRemoteJWKSet } from 'jose';\nconst keys = createRemoteJWKSet(new URL('/keys', 'http://login.example'));\n`, errors: [{ message: 'keys', line: 2 }] },
    { name: 'a config module', files: { 'config.js': `export const jwksUrl = 'http://login.example/jwks';\n` }, code: `import { createRemoteJWKSet } from 'jose';\nimport { jwksUrl } from './config.js';\ncreateRemoteJWKSet(new URL(jwksUrl));\n`, errors: [{ message: 'keys', line: 3, text: '(config.js:1)', cause: 'config.js:1', remedy: null }] },
    { name: 'jwks-rsa', settings, code: `const jwksRsa = require('jwks-rsa');\nconst client = jwksRsa({ jwksUri: 'http://login.example/.well-known/jwks.json' });\n`, sourceType: 'commonjs', errors: [{ message: 'keys', line: 2 }] },
    { name: 'jwks-rsa without a check of the certificate', code: `const jwksRsa = require('jwks-rsa');\nconst client = jwksRsa({ strictSsl: false, jwksUri: 'https://login.example/jwks.json' });\n`, sourceType: 'commonjs', errors: [{ message: 'tls', line: 2, column: 26, exploitability: 'exploitable' }] },
    { name: 'an agent without a check of the certificate', code: `import https from 'node:https';\nimport jwksRsa from 'jwks-rsa';\njwksRsa({ jwksUri: 'https://login.example/jwks', requestAgent: new https.Agent({ rejectUnauthorized: false }) });\n`, errors: [{ message: 'tls', line: 3 }] },
    { name: 'no check for the whole process', code: `import jwt from 'jsonwebtoken';\nprocess.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\njwt.verify(token, key);\n`, errors: [{ message: 'tls', line: 2 }] },
    { name: 'hapi', code: `import Hapi from '@hapi/hapi';\nimport Jwt from '@hapi/jwt';\nconst server = Hapi.server();\nserver.auth.strategy('jwt', 'jwt', { keys: { uri: 'http://login.example/jwks', rejectUnauthorized: false } });\n`, errors: [{ message: 'keys', line: 4 }, { message: 'tls', line: 4, exploitability: 'exploitable' }] },
    { name: 'express-oauth2-jwt-bearer', code: `import { auth } from 'express-oauth2-jwt-bearer';\napp.use(auth({ issuerBaseURL: 'http://login.example', audience: 'api' }));\n`, errors: ['keys'] },
    { name: 'okta', code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nconst verifier = new OktaJwtVerifier({ issuer: 'http://login.example/oauth2/default', testing: { disableHttpsCheck: true } });\n`, errors: ['keys', 'tls'] },
    { name: 'hono', code: `import { jwk } from 'hono/jwk';\napp.use(jwk({ jwks_uri: 'http://login.example/jwks' }));\n`, errors: ['keys'] },
    { name: 'an issuer', settings, code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, keys, { issuer: 'http://login.example' });\n`, errors: [{ message: 'issuer', line: 2, exploitability: 'hardening', remedy: null }] },
    { name: 'discovery', settings, code: `import jwt from 'jsonwebtoken';\nconst metadata = await fetch('http://login.example/.well-known/openid-configuration');\njwt.decode(token);\n`, errors: [{ message: 'endpoint', line: 2, exploitability: 'exploitable' }] },
    { name: 'a token request', settings, code: `await axios.post('http://login.example/login', new URLSearchParams({ grant_type: 'client_credentials' }));\n`, errors: [{ message: 'request', line: 1 }], output: `await axios.post('https://login.example/login', new URLSearchParams({ grant_type: 'client_credentials' }));\n` },
    { name: 'a request with a token', settings, code: `import jwt from 'jsonwebtoken';\nconst token = jwt.sign({ sub }, key);\nawait fetch('http://orders.example/orders', { headers: { Authorization: \`Bearer \${token}\` } });\n`, errors: [{ message: 'request', line: 3, remedy: null }] },
    { name: 'a client that sends its token everywhere', code: 'const api = axios.create({ baseURL: \'http://api.example.com/v1\', headers: { Authorization: `Bearer ${token}` } });', errors: ['request'] },
    { name: 'the issuer of a module', filename: 'app.module.ts', code: `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: read(), verifyOptions: { issuer: 'http://login.example' } });\n`, errors: [{ message: 'issuer', line: 2 }] },
    { name: 'options of another file', code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nimport { options } from './config.js';\nnew OktaJwtVerifier(options);\n`, files: { 'config.js': `export const options = {\n  issuer: 'http://login.example/oauth2/default',\n  testing: { disableHttpsCheck: true },\n};\n` }, settings, errors: [{ message: 'keys', line: 3, column: 21, text: '(config.js:2)', cause: 'config.js:2', remedy: null }] },
    { name: 'options of another file, without a check of the certificate', code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nimport { options } from './config.js';\nnew OktaJwtVerifier(options);\n`, files: { 'config.js': `export const options = { issuer: 'https://login.example/oauth2/default', testing: { disableHttpsCheck: true } };\n` }, errors: [{ message: 'tls', line: 3, text: 'With this (config.js:1) the certificate', cause: 'config.js:1', exploitability: 'exploitable' }] },
    { name: 'a request to an address of another file', settings, files: { 'config.js': `export const ORDERS = 'http://orders.example/orders';\n` }, code: `import { ORDERS } from './config.js';\nawait fetch(ORDERS, { headers: { Authorization: \`Bearer \${token}\` } });\n`, errors: [{ message: 'request', line: 2, column: 13, text: 'over http (config.js:1)', cause: 'config.js:1', remedy: null }] },
  ],
});
