import { noInsecureKeyOptions } from '../../rules/no-insecure-key-options.ts';
import { runRule } from './run-rule.ts';

const jsonwebtoken9 = { versions: { jsonwebtoken: '9.0.2' } };

runRule(noInsecureKeyOptions, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.sign(claims, key, { algorithm: 'RS256' });`,
    `import jwt from 'jsonwebtoken'; jwt.sign(claims, key, { algorithm: 'RS256', allowInsecureKeySizes: false });`,
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { allowInvalidAsymmetricKeyTypes: undefined });`,
    `import { sign } from './own.js'; sign(claims, key, { allowInsecureKeySizes: true });`,
    `import jwt from 'jsonwebtoken'; other.sign(claims, { allowInsecureKeySizes: true });`,
    { name: 'version 8 knows no such option', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { allowInvalidAsymmetricKeyTypes: true });`, settings: { versions: { jsonwebtoken: '8.5.1' } } },
  ],
  invalid: [
    {
      code: `import jwt from 'jsonwebtoken';\njwt.sign(claims, key, { algorithm: 'RS256', allowInsecureKeySizes: true });\n`, settings: jsonwebtoken9,
      errors: [{ message: 'allowed', line: 2, column: 68, text: 'RSA keys under 2048 bits', remedy: { id: 'remove-option', output: `import jwt from 'jsonwebtoken';\njwt.sign(claims, key, { algorithm: 'RS256' });\n` } }],
      output: `import jwt from 'jsonwebtoken';\njwt.sign(claims, key, { algorithm: 'RS256' });\n`,
    },
    {
      code: `const jwt = require('jsonwebtoken');\njwt.verify(token, key, {\n  allowInvalidAsymmetricKeyTypes: true,\n  algorithms: ['ES256'],\n});\n`, settings: jsonwebtoken9,
      errors: ['allowed'], output: `const jwt = require('jsonwebtoken');\njwt.verify(token, key, {\n  algorithms: ['ES256'],\n});\n`,
    },
    { name: 'both at once', code: `import { sign } from 'jsonwebtoken'; sign(claims, key, { algorithm: 'ES256', allowInsecureKeySizes: true, allowInvalidAsymmetricKeyTypes: 1 });`, errors: ['allowed', 'allowed'] },
    { name: 'in a constant', code: `import jwt from 'jsonwebtoken'; const options = { algorithm: 'RS256', allowInsecureKeySizes: true }; export const issue = (claims) => jwt.sign(claims, key, options);`, errors: ['allowed'] },
    { name: 'in tests only, as it says', code: `import jwt from 'jsonwebtoken'; jwt.sign(claims, key, { allowInsecureKeySizes: process.env.NODE_ENV === 'test' });`, errors: ['allowed'] },
    { name: 'by a constant', code: `import jwt from 'jsonwebtoken';\nconst LEGACY = true;\njwt.sign(claims, key, { allowInsecureKeySizes: LEGACY });\n`, errors: [{ message: 'allowed', line: 2 }] },
    { name: 'in a configuration file', code: `import jwt from 'jsonwebtoken'; import options from './options.js'; jwt.sign(claims, key, options);`, files: { 'options.js': `export default { allowInsecureKeySizes: true };\n` }, errors: [{ message: 'allowed', text: '(options.js:1)', remedy: null }] },
    { name: 'decided by the caller', code: `import jwt from 'jsonwebtoken';\nfunction issue(claims, options) { return jwt.sign(claims, KEY, options); }\nissue(claims, { allowInsecureKeySizes: true });\n`, errors: [{ message: 'allowed', line: 3, remedy: null }] },
    { name: 'nest', filename: 'module.ts', code: `import { JwtModule } from '@nestjs/jwt'; export const auth = JwtModule.register({ privateKey: key, signOptions: { algorithm: 'RS256', allowInsecureKeySizes: true } });`, errors: ['allowed'] },
    { name: 'nest, made by a factory', filename: 'module.ts', code: `import { JwtModule } from '@nestjs/jwt'; export const auth = JwtModule.registerAsync({ useFactory: () => ({ privateKey: key, verifyOptions: { allowInvalidAsymmetricKeyTypes: true } }) });`, errors: ['allowed'] },
    { name: 'nest, in a call', filename: 'service.ts', code: `import { JwtService } from '@nestjs/jwt'; class Auth { constructor(private jwt: JwtService) {} issue() { return this.jwt.signAsync({}, { allowInsecureKeySizes: true }); } }`, errors: ['allowed'] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret, algorithms: ['ES256'], allowInvalidAsymmetricKeyTypes: true }));`, errors: ['allowed'] },
    { name: 'koa-jwt', code: `import jwt from 'koa-jwt'; app.use(jwt({ secret, algorithms: ['ES256'], allowInvalidAsymmetricKeyTypes: true }));`, errors: ['allowed'] },
    { name: 'passport-jwt', code: `import { Strategy } from 'passport-jwt'; new Strategy({ secretOrKey: key, jwtFromRequest: from, jsonWebTokenOptions: { allowInvalidAsymmetricKeyTypes: true } }, done);`, errors: ['allowed'] },
    { name: 'hapi-auth-jwt2', code: `const Hapi = require('@hapi/hapi'); require('hapi-auth-jwt2'); const server = Hapi.server(); server.auth.strategy('a', 'jwt', { key, validate, verifyOptions: { allowInvalidAsymmetricKeyTypes: true } });`, errors: ['allowed'] },
    { name: 'through a wrapper, whose callers decide', code: `import jwt from 'jsonwebtoken';\nconst issue = (claims, options) => jwt.sign(claims, key, options);\nissue({ sub }, { algorithm: 'RS256', allowInsecureKeySizes: true });`, errors: [{ message: 'allowed', line: 3, exploitability: 'depends', remedy: null }] },
    { name: 'assigned later', code: `import jwt from 'jsonwebtoken';\nconst options = { algorithm: 'RS256' };\noptions.allowInsecureKeySizes = true;\njwt.sign(claims, key, options);`, errors: [{ message: 'allowed', remedy: null }] },
    { name: 'a switch of a library of the company', code: `import { seal } from '@acme/seal';\nseal(claims, key, { anyKey: true });`, settings: { libraries: [{ name: '@acme/seal', modules: { '@acme/seal': '' }, measured: [], notes: [], operations: [{ kind: 'sign', calls: ['seal'], arguments: { payload: 0, key: 1, options: 2 }, settings: { insecureKeys: [{ at: 'options.anyKey' }] } }] }] }, errors: [{ message: 'allowed', text: '`anyKey` makes `seal` accept keys that it would refuse' }] },
  ],
});
