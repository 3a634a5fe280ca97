import { noUnverifiedHeaderKey } from '../../rules/no-unverified-header-key.ts';
import { runRule } from './run-rule.ts';

runRule(noUnverifiedHeaderKey, {
  valid: [
    { name: 'proofs of possession, which are bound to a request', code: `import { EmbeddedJWK, jwtVerify } from 'jose';\nexport const f = (proof) => jwtVerify(proof, EmbeddedJWK, { algorithms: ['ES256'], typ: 'dpop+jwt' });\n` },
    {
      name: 'a resolver with a fixed set',
      code: `import nJwt from 'njwt';
const KEYS = { a: process.env.KEY_A, b: process.env.KEY_B };
const verifier = nJwt.createVerifier().setSigningAlgorithm('HS256').withKeyResolver((kid, done) => done(null, KEYS[kid]));
export const authenticate = (token) => verifier.verify(token);
`,
      filename: 'a.js',
    },
    {
      name: 'a file that the request type chooses',
      code: `import { readFileSync } from 'node:fs';
import { JwtService } from '@nestjs/jwt';
const jwt = new JwtService({ secretOrKeyProvider: (type) => readFileSync(\`keys/\${type}.pem\`) });
export const authenticate = (token) => jwt.verify(token);
`,
      filename: 'a.js',
    },
    {
      name: 'kid in a fixed map',
      code: `import jwt from 'jsonwebtoken';
const KEYS = { a: process.env.KEY_A, b: process.env.KEY_B };
export function authenticate(token) { const { header } = jwt.decode(token, { complete: true }); return jwt.verify(token, KEYS[header.kid], { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
    },
    {
      name: 'JWKS client',
      code: `import jwt from 'jsonwebtoken';
import jwksClient from 'jwks-rsa';
const client = jwksClient({ jwksUri: 'https://login.example/keys' });
function getKey(header, callback) { client.getSigningKey(header.kid, (err, key) => callback(err, key?.getPublicKey())); }
jwt.verify(token, getKey, { algorithms: ['RS256'] }, done);
`,
      filename: 'a.js',
    },
    {
      name: 'parameters of a statement',
      code: `const jwt = require('jsonwebtoken');
async function f(token) { const { header } = jwt.decode(token, { complete: true }); const { rows } = await db.query('SELECT k FROM keys WHERE kid = $1', [header.kid]); return jwt.verify(token, rows[0].k, { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
    },
    {
      name: 'tagged statement',
      code: `const jwt = require('jsonwebtoken');
async function f(token) { const { header } = jwt.decode(token, { complete: true }); const rows = await sql\`SELECT k FROM keys WHERE kid = \${header.kid}\`; return jwt.verify(token, rows[0].k, { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
    },
    {
      name: 'find one key',
      code: `const jwt = require('jsonwebtoken');
async function f(token) { const { header } = jwt.decode(token, { complete: true }); const key = await Key.findOne({ where: { kid: header.kid } }); return jwt.verify(token, key.pem, { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
    },
    {
      name: 'jku from a list',
      code: `import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
const TRUSTED = ['https://a.example/keys'];
export async function authenticate(token) {
  const { jku } = decodeProtectedHeader(token);
  if (!TRUSTED.includes(jku)) throw new Error('unknown key set');
  return jwtVerify(token, createRemoteJWKSet(new URL(jku)), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
    },
    {
      name: 'kid of a known form',
      code: `import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  if (!/^[a-z0-9]+$/.test(header.kid)) throw new Error('bad kid');
  return jwt.verify(token, readFileSync(\`keys/\${header.kid}.pem\`), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
    },
    {
      name: 'kid encoded and base name',
      code: `import { readFileSync } from 'node:fs';
import path from 'node:path';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  return jwt.verify(token, readFileSync(path.join('keys', path.basename(header.kid))), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
    },
    {
      name: 'key from the configuration',
      code: `import jwt from 'jsonwebtoken';
app.post('/x', (req, res) => res.json(jwt.verify(req.body.token, process.env.KEY, { algorithms: ['RS256'] })));
`,
      filename: 'a.js',
    },
    {
      name: 'per tenant',
      code: `import jwt from 'jsonwebtoken';
app.post('/x', async (req, res) => { const tenant = await Tenant.findById(req.params.tenant); res.json(jwt.verify(req.body.token, tenant.key, { algorithms: ['RS256'] })); });
`,
      filename: 'a.js',
    },
    {
      name: 'header in a log',
      code: `import jwt from 'jsonwebtoken';
export function authenticate(token) { const { header } = jwt.decode(token, { complete: true }); console.log(\`key \${header.kid}\`); return jwt.verify(token, KEY, { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
    },
    {
      name: 'a jwk that is no header',
      code: `import { importJWK, jwtVerify } from 'jose';
const config = JSON.parse(process.env.CONFIG);
export const authenticate = async (token) => jwtVerify(token, await importJWK(config.jwk, 'RS256'), { algorithms: ['RS256'] });
`,
      filename: 'a.js',
    },
    {
      name: 'remote set',
      code: `import { createRemoteJWKSet, jwtVerify } from 'jose';
const keys = createRemoteJWKSet(new URL('https://login.example/keys'));
export const authenticate = async (token) => jwtVerify(token, keys, { algorithms: ['RS256'] });
`,
      filename: 'a.js',
    },
    {
      name: 'node-jose without',
      code: `import jose from 'node-jose';
export const check = (input, store) => jose.JWS.createVerify(store, { allowEmbeddedKey: false }).verify(input);
`,
      filename: 'a.js',
    },
    { name: 'an issuer that is one of the known', code: 'import { createRemoteJWKSet, decodeJwt, jwtVerify } from \'jose\';\nexport async function check(token) {\n  const { iss } = decodeJwt(token);\n  if (!ISSUERS.includes(iss)) throw new Error(\'unknown issuer\');\n  return jwtVerify(token, createRemoteJWKSet(new URL(`${iss}/jwks`)), { algorithms: [\'RS256\'], issuer: iss });\n}\n' },
    { name: 'the address of a known issuer', code: `import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';\nexport const check = (token) => jwtVerify(token, createRemoteJWKSet(new URL(ADDRESSES[decodeJwt(token).iss])), { algorithms: ['RS256'] });\n` },
    { name: 'a page for trying tokens signs with the key that it is given', code: `import jwt from 'jsonwebtoken';\napp.post('/try', (req, res) => res.send(jwt.sign({ sub: 'me' }, req.body.key, { expiresIn: '5m' })));` },
  ],
  invalid: [
    {
      name: 'kid that a key resolver is handed',
      code: `import { readFileSync } from 'node:fs';
import nJwt from 'njwt';
const verifier = nJwt.createVerifier().setSigningAlgorithm('RS256').withKeyResolver((id, done) => done(null, readFileSync(\`keys/\${id}.pem\`)));
export const authenticate = (token) => verifier.verify(token);
`,
      filename: 'a.js',
      errors: [{ message: 'kid', line: 3 }],
    },
    {
      name: 'what a key function is handed, whatever its parameters are called',
      code: `import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
export const authenticate = (token, done) => jwt.verify(token, (x, answer) => answer(null, readFileSync(\`keys/\${x.kid}.pem\`)), { algorithms: ['RS256'] }, done);
`,
      filename: 'a.js',
      errors: [{ message: 'kid', line: 3 }],
    },
    {
      name: 'artifacts of hapi',
      code: `import Hapi from '@hapi/hapi';
import Jwt from '@hapi/jwt';
export async function start() {
  const server = Hapi.server();
  await server.register(Jwt);
  server.auth.strategy('jwt', 'jwt', { keys: async (found) => (await fetch(found.decoded.header.jku)).json(), verify: { aud: 'api', iss: 'login', sub: false }, validate });
}
`,
      filename: 'a.js',
      errors: ['fetched'],
    },
    {
      name: 'a key of the request that fastify hands out',
      code: `import fastify from 'fastify';
import jwt from '@fastify/jwt';
const app = fastify();
app.register(jwt, { secret: process.env.JWT_SECRET });
app.get('/', async (request) => app.jwt.verify(request.query.token, { key: request.query.key }));
`,
      filename: 'a.js',
      errors: [{ message: 'request', line: 5 }],
    },
    {
      name: 'key from jwk',
      code: `import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  return jwt.verify(token, createPublicKey({ key: header.jwk, format: 'jwk' }), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'key from x5c',
      code: `import { X509Certificate } from 'node:crypto';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  const certificate = new X509Certificate(Buffer.from(header.x5c[0], 'base64'));
  return jwt.verify(token, certificate.publicKey, { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'key from x5u',
      code: `import jwt from 'jsonwebtoken';
export async function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  const certificate = await (await fetch(header.x5u)).text();
  return jwt.verify(token, certificate, { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['fetched'],
    },
    {
      name: 'kid in a path',
      code: `import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  const secret = readFileSync(\`keys/\${header.kid}\`, 'utf8');
  return jwt.verify(token, secret, { algorithms: ['HS256'] });
}
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'kid in a path, key function',
      code: `import fs from 'fs';
import path from 'path';
import jwt from 'jsonwebtoken';
function getKey(header, callback) { callback(null, fs.readFileSync(path.join(__dirname, 'keys', header.kid + '.pem'))); }
jwt.verify(token, getKey, { algorithms: ['RS256'] }, done);
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'kid in SQL',
      code: `const jwt = require('jsonwebtoken');
async function authenticate(token) {
  const decoded = jwt.decode(token, { complete: true });
  const rows = await db.query("SELECT secret FROM keys WHERE kid = '" + decoded.header.kid + "'");
  return jwt.verify(token, rows[0].secret, { algorithms: ['HS256'] });
}
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'kid in a URL',
      code: `import { decodeProtectedHeader, jwtVerify, importSPKI } from 'jose';
export async function authenticate(token) {
  const { kid } = decodeProtectedHeader(token);
  const pem = await (await fetch(\`https://keys.example/\${kid}.pem\`)).text();
  return jwtVerify(token, await importSPKI(pem, 'RS256'), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'kid in a command',
      code: `import { execSync } from 'node:child_process';
import jwt from 'jsonwebtoken';
export const authenticate = (token) => jwt.verify(token, execSync('cat keys/' + jwt.decode(token, { complete: true }).header.kid), { algorithms: ['RS256'] });
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'jose EmbeddedJWK',
      code: `import { EmbeddedJWK, jwtVerify } from 'jose';
export const authenticate = (token) => jwtVerify(token, EmbeddedJWK, { algorithms: ['RS256'] });
`,
      filename: 'a.js',
      errors: [{ message: 'embedded', exploitability: 'exploitable' }],
    },
    {
      name: 'jose 2 EmbeddedJWK',
      code: `const { JWT, JWK } = require('jose');
exports.authenticate = (token) => JWT.verify(token, JWK.EmbeddedJWK, { algorithms: ['RS256'] });
`,
      filename: 'a.js',
      files: {
        'package.json': `{ "dependencies": { "jose": "^2.0.0" } }
`,
      },
      errors: ['embedded'],
    },
    {
      name: 'jose jku',
      code: `import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
export async function authenticate(token) {
  const { jku } = decodeProtectedHeader(token);
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jku)), { algorithms: ['RS256'] });
  return payload;
}
`,
      filename: 'a.js',
      errors: ['fetched'],
    },
    {
      name: 'jose x5c in a key function',
      code: `import { importX509, jwtVerify } from 'jose';
const findKey = ({ alg, x5c }) => importX509(\`-----BEGIN CERTIFICATE-----\\n\${x5c[0].match(/.{1,64}/g).join('\\n')}\\n-----END CERTIFICATE-----\`, alg);
export const authenticate = (token) => jwtVerify(token, findKey, { algorithms: ['RS256'] });
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'jose kid path in a key function',
      code: `import { readFile } from 'node:fs/promises';
import { jwtVerify } from 'jose';
const findKey = async ({ kid }) => new Uint8Array(await readFile(\`keys/\${kid}\`));
export const authenticate = (token) => jwtVerify(token, findKey, { algorithms: ['HS256'] });
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'jose importJWK of the header',
      code: `import { importJWK, jwtVerify } from 'jose';
export const authenticate = (token) => jwtVerify(token, async (header) => importJWK(header.jwk, 'RS256'), { algorithms: ['RS256'] });
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'jwks-rsa with jku',
      code: `const jwt = require('jsonwebtoken');
const jwksClient = require('jwks-rsa');
async function authenticate(token) {
  const { header } = jwt.decode(token, { complete: true });
  const client = jwksClient({ jwksUri: header.jku });
  const key = await client.getSigningKey(header.kid);
  return jwt.verify(token, key.getPublicKey(), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['fetched'],
    },
    {
      name: 'express-jwt secret function',
      code: `import { expressjwt } from 'express-jwt';
import fs from 'node:fs';
app.use(expressjwt({ secret: (req, token) => fs.readFileSync('./keys/' + token.header.kid), algorithms: ['RS256'] }));
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'fast-jwt key function',
      code: `import { createVerifier } from 'fast-jwt';
import jwkToPem from 'jwk-to-pem';
export const verify = createVerifier({ key: async ({ header }) => jwkToPem(header.jwk), algorithms: ['RS256'] });
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'node-jose allowEmbeddedKey',
      code: `import jose from 'node-jose';
export const check = (input, store) => jose.JWS.createVerify(store, { allowEmbeddedKey: true }).verify(input);
`,
      filename: 'a.js',
      errors: ['embedded'],
    },
    {
      name: 'decoded by hand',
      code: `import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
export function authenticate(token) {
  const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString());
  return jwt.verify(token, readFileSync('/keys/' + header.kid), { algorithms: ['RS256'] });
}
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'key from the body',
      code: `import jwt from 'jsonwebtoken';
app.post('/x', (req, res) => res.json(jwt.verify(req.body.token, req.body.key, { algorithms: ['RS256'] })));
`,
      filename: 'a.js',
      errors: ['request'],
    },
    {
      name: 'key from a header',
      code: `import jwt from 'jsonwebtoken';
app.post('/x', (req, res) => { const secret = req.headers['x-secret']; res.json(jwt.verify(req.body.token, secret, { algorithms: ['HS256'] })); });
`,
      filename: 'a.js',
      errors: ['request'],
    },
    {
      name: 'the callback is handed the jwk',
      code: `const jwt = require('jsonwebtoken');
jwt.verify(token, (header, cb) => cb(null, header.jwk), { algorithms: ['RS256'] }, done);
`,
      filename: 'a.js',
      errors: ['brought'],
    },
    {
      name: 'require by kid',
      code: `const jwt = require('jsonwebtoken');
jwt.verify(token, (header, cb) => cb(null, require('./keys/' + header.kid)), { algorithms: ['RS256'] }, done);
`,
      filename: 'a.js',
      errors: ['kid'],
    },
    {
      name: 'through a helper',
      code: `const jwt = require('jsonwebtoken');
const headerOf = (token) => jwt.decode(token, { complete: true }).header;
async function authenticate(token) { const jku = headerOf(token).jku; const keys = await axios.get(jku); return jwt.verify(token, keys.data, { algorithms: ['RS256'] }); }
`,
      filename: 'a.js',
      errors: ['fetched'],
    },
    {
      name: 'reported once, where the parameter is first used',
      code: `import { importX509, jwtVerify } from 'jose';
export async function authenticate(token, header) {
  return jwtVerify(
    token,
    (protectedHeader) => importX509(protectedHeader.x5c[0], 'RS256'),
    { algorithms: ['RS256'] },
  );
}
`,
      errors: [{ message: 'brought', line: 5, column: 37, text: '\`x5c\` in the header', exploitability: 'exploitable' }],
    },
    { name: 'keys of whatever issuer the token names', code: 'import { createRemoteJWKSet, decodeJwt, jwtVerify } from \'jose\';\nexport async function check(token) {\n  const { iss } = decodeJwt(token);\n  return jwtVerify(token, createRemoteJWKSet(new URL(`${iss}/.well-known/jwks.json`)), { algorithms: [\'RS256\'] });\n}\n', errors: [{ message: 'fetched', line: 4, text: '`iss`', exploitability: 'exploitable' }] },
  ],
});
