import { noDisabledTimestamp } from '../../rules/no-disabled-timestamp.ts';
import { runRule } from './run-rule.ts';

const jwt = `import jwt from 'jsonwebtoken';\n`;

runRule(noDisabledTimestamp, {
  valid: [
    `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m' });`,
    `${jwt}jwt.sign({ sub }, key, { noTimestamp: false });`,
    `${jwt}jwt.sign({ sub }, key, { noTimestamp: settings.plain });`,
    `import { createSigner } from 'fast-jwt'; createSigner({ key, noTimestamp: false });`,
    `import Jwt from '@hapi/jwt'; Jwt.token.generate({ sub }, key, { iat: true });`,
    `import { sign } from './bank.js'; sign({ sub }, key, { noTimestamp: true });`,
  ],
  invalid: [
    { code: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m', noTimestamp: true });\n`, errors: [{ message: 'disabled', line: 2, exploitability: 'hardening', remedy: { id: 'restore-timestamp', output: `${jwt}jwt.sign({ sub }, key, { expiresIn: '15m' });\n` } }] },
    { code: `${jwt}const options = {\n  noTimestamp: true,\n  expiresIn: '15m',\n};\njwt.sign({ sub }, key, options);\n`, errors: [{ message: 'disabled', line: 3 }], output: `${jwt}const options = {\n  expiresIn: '15m',\n};\njwt.sign({ sub }, key, options);\n` },
    { code: `${jwt}jwt.sign({ sub }, key, { noTimestamp: 'false' });\n`, errors: ['disabled'] },
    { name: 'options in another file', code: `${jwt}import { options } from './options.js';\njwt.sign({ sub }, key, options);`, files: { 'options.js': `export const options = { noTimestamp: true };\n` }, errors: [{ message: 'disabled', text: '(options.js:1)', cause: 'options.js:1', remedy: null }] },
    { code: `import { createSigner } from 'fast-jwt';\ncreateSigner({ key, noTimestamp: true });\n`, errors: ['disabled'], output: `import { createSigner } from 'fast-jwt';\ncreateSigner({ key });\n` },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key, { ttlSec: 900, iat: false });\n`, errors: ['disabled'], output: `import Jwt from '@hapi/jwt';\nJwt.token.generate({ sub }, key, { ttlSec: 900 });\n` },
    { code: `import { jwt } from '@elysiajs/jwt';\njwt({ secret, iat: false });`, errors: ['disabled'] },
    { filename: 'app.module.ts', code: `import { JwtModule } from '@nestjs/jwt';\nJwtModule.register({ secret: read(), signOptions: { noTimestamp: true } });\n`, errors: ['disabled'] },
    { code: `import fastify from 'fastify';\nimport fastifyJwt from '@fastify/jwt';\nfastify().register(fastifyJwt, { secret, sign: { noTimestamp: true } });`, errors: ['disabled'] },
    { name: 'through a wrapper, whose callers decide', code: `${jwt}const issue = (claims, options) => jwt.sign(claims, key, options);\nissue({ sub }, { noTimestamp: true });`, errors: [{ message: 'disabled', line: 3, remedy: null }] },
    { name: 'assigned later', code: `${jwt}const options = { expiresIn: '15m' };\noptions.noTimestamp = true;\njwt.sign({ sub }, key, options);`, errors: [{ message: 'disabled', line: 3, remedy: null }] },
  ],
});
