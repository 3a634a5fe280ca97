import { preferAsymmetricAlgorithm } from '../../rules/prefer-asymmetric-algorithm.ts';
import { runRule } from './run-rule.ts';

const forbidden = { policy: { sharedSecrets: 'forbidden' } } as const;
const VERIFY = `import jwt from 'jsonwebtoken';\nexport const check = (token) => jwt.verify(token, process.env.SERVICE_SECRET, { algorithms: ['HS256'] });\n`;
const workspace = (other: string) => ({ 'package.json': '{ "workspaces": ["services/*"] }', 'services/orders/package.json': '{}', 'services/billing/package.json': '{}', 'services/billing/tokens.js': other });

runRule(preferAsymmetricAlgorithm, {
  valid: [
    { name: 'nothing says that the secret is shared', code: VERIFY },
    { name: 'a key pair', settings: forbidden, code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.PUBLIC_KEY, { algorithms: ['RS256'] });` },
    { name: 'the same service signs and verifies', settings: forbidden, code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.S); jwt.verify(token, process.env.S, { algorithms: ['HS256'] });` },
    { name: 'another file of the service signs', settings: forbidden, files: { 'package.json': '{}', 'sign.js': `import jwt from 'jsonwebtoken';\nexport const sign = (sub) => jwt.sign({ sub }, process.env.SERVICE_SECRET);\n` }, code: VERIFY },
    { name: 'allowed by the policy', settings: { policy: { sharedSecrets: 'allowed' } }, options: { sharedSecrets: 'forbidden' }, code: VERIFY },
    { name: 'the other package has a secret of its own', filename: 'services/orders/check.js', files: workspace(`import jwt from 'jsonwebtoken';\njwt.sign({}, process.env.BILLING_SECRET);\n`), code: VERIFY },
    { name: 'the other package reads the variable and has no tokens', filename: 'services/orders/check.js', files: workspace(`export const verify = (mail) => fetch(process.env.MAIL_URL, { headers: { 'x-key': process.env.SERVICE_SECRET }, body: mail });\n`), code: VERIFY },
    { name: 'the other package has a constant of that name', filename: 'services/orders/check.js', files: workspace(`import jwt from 'jsonwebtoken';\nconst SERVICE_SECRET = read('billing');\njwt.sign({}, SERVICE_SECRET);\n`), code: VERIFY },
    { name: 'a key set', settings: forbidden, code: `import { createRemoteJWKSet, jwtVerify } from 'jose'; await jwtVerify(token, createRemoteJWKSet(new URL('https://login.example/jwks')));` },
    { name: 'a key that is given', settings: forbidden, code: `import jwt from 'jsonwebtoken'; export const check = (token, key) => jwt.verify(token, key, { algorithms: ['HS256'] });` },
    { name: 'not a token library', settings: forbidden, code: `import { verify } from './bank.js'; verify(token, process.env.S, { algorithms: ['HS256'] });` },
    { name: 'allowed by the policy, in two packages', settings: { policy: { sharedSecrets: 'allowed' } }, filename: 'services/orders/check.js', files: workspace(`import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, process.env.SERVICE_SECRET);\n`), code: VERIFY },
    { name: 'nothing says that the key is a secret', settings: forbidden, code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.SERVICE_KEY);` },
    { name: 'signing as the key says', settings: forbidden, code: `import { createSigner } from 'fast-jwt'; createSigner({ key: process.env.SERVICE_KEY });` },
    { name: 'a private key, though no algorithm is named', settings: forbidden, code: `import { createPrivateKey } from 'node:crypto'; import jwt from 'jsonwebtoken'; jwt.sign({ sub }, createPrivateKey(process.env.SIGNING_KEY));` },
  ],
  invalid: [
    { name: 'the policy forbids it', settings: forbidden, code: VERIFY, errors: [{ message: 'forbidden', line: 2, exploitability: 'depends', text: '`jwt.verify` shares a secret' }] },
    { name: 'the preset forbids it', options: { sharedSecrets: 'forbidden' }, code: `import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, process.env.SERVICE_SECRET);\n`, errors: ['forbidden'] },
    { name: 'one variable in two packages', filename: 'services/orders/check.js', files: workspace(`import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, process.env.SERVICE_SECRET);\n`), code: VERIFY, errors: [{ message: 'several', line: 2, text: '`SERVICE_SECRET` is the secret of billing too' }] },
    { name: 'one variable in two packages, read in a config module', filename: 'services/orders/check.js', files: { ...workspace(`import jwt from 'jsonwebtoken';\nimport { secret } from './config.js';\njwt.sign({}, secret);\n`), 'services/billing/config.js': `export const secret = process.env.SERVICE_SECRET;\n` }, code: VERIFY, errors: ['several'] },
    ...['jose', 'koa-jwt'].map((library) => ({ name: `one variable in two packages, the other one with ${library}`, filename: 'services/orders/check.js', files: workspace(`import { sign } from '${library}';\nexport const issue = (sub) => sign({ sub }, process.env.SERVICE_SECRET);\n`), code: VERIFY, errors: ['several' as const] })),
    { name: 'jose', settings: forbidden, code: `import { jwtVerify } from 'jose';\nconst key = new TextEncoder().encode(process.env.SERVICE_SECRET);\nawait jwtVerify(token, key, { algorithms: ['HS256'] });\n`, errors: ['forbidden'] },
    { name: 'express-jwt', settings: forbidden, code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: process.env.SERVICE_SECRET, algorithms: ['HS256'] }));\n`, errors: ['forbidden'] },
    { name: 'fast-jwt', settings: forbidden, code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: process.env.SERVICE_SECRET, algorithms: ['HS512'] });\n`, errors: ['forbidden'] },
    { name: 'passport-jwt', settings: forbidden, code: `import { Strategy } from 'passport-jwt';\npassport.use(new Strategy({ jwtFromRequest, secretOrKey: process.env.SERVICE_SECRET, algorithms: ['HS256'] }, done));\n`, errors: ['forbidden'] },
    { name: 'hono', settings: forbidden, code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret: process.env.SERVICE_SECRET, alg: 'HS256' }));\n`, errors: ['forbidden'] },
    { name: 'jwt-simple', settings: forbidden, code: `import jwt from 'jwt-simple';\njwt.decode(token, process.env.SERVICE_SECRET, false, 'HS256');\n`, errors: ['forbidden'] },
    { name: 'signing with HMAC, as it says', settings: forbidden, code: `import { createSigner } from 'fast-jwt';\ncreateSigner({ key: process.env.SERVICE_SECRET, algorithm: 'HS256' });\n`, errors: ['forbidden'] },
    { name: 'a secret by the way it is made', settings: forbidden, code: `import { createSecretKey } from 'node:crypto';\nimport { jwtVerify } from 'jose';\nawait jwtVerify(token, createSecretKey(Buffer.from(process.env.SERVICE_SECRET)));\n`, errors: ['forbidden'] },
    { name: 'one variable in three packages', filename: 'services/orders/check.js', files: { ...workspace(`import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, process.env.SERVICE_SECRET);\n`), 'services/stock/package.json': '{}', 'services/stock/tokens.js': `import jwt from 'jsonwebtoken';\nexport const check = (token) => jwt.verify(token, process.env.SERVICE_SECRET);\n` }, code: VERIFY, errors: [{ message: 'several', text: 'the secret of billing, stock too', exploitability: 'depends' }] },
  ],
});
