import { noEmptyKey } from '../../rules/no-empty-key.ts';
import { runRule } from './run-rule.ts';

const jsonwebtoken = `import jwt from 'jsonwebtoken';\n`;
const jose = `import { jwtVerify } from 'jose';\n`;
const reader = `function requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n`;
const version = (name: string, number: string) => ({ versions: { [name]: number } });

runRule(noEmptyKey, {
  valid: [
    `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['HS256'] });`,
    { name: 'an unset variable is refused by jsonwebtoken 9', code: `${jsonwebtoken}jwt.verify(token, process.env.SECRET);`, settings: version('jsonwebtoken', '9.0.2') },
    { name: 'and by 8 with a list of algorithms', code: `${jsonwebtoken}jwt.verify(token, process.env.SECRET, { algorithms: ['HS256'] });`, settings: version('jsonwebtoken', '8.5.1') },
    { name: 'without a version nothing is claimed of an unset variable', code: `${jsonwebtoken}jwt.verify(token, process.env.SECRET); jwt.sign(payload, process.env.SECRET!);`, filename: 'case.ts' },
    { name: 'guarded', code: `${jsonwebtoken}if (!process.env.SECRET) throw new Error('SECRET');\njwt.verify(token, \`\${process.env.SECRET}\`);` },
    { name: 'salted text', code: `${jsonwebtoken}jwt.verify(token, \`\${process.env.SECRET}-\${user.salt}\`);` },
    { name: 'Buffer.from refuses undefined', code: `${jose}await jwtVerify(token, Buffer.from(process.env.SECRET));`, settings: version('jose', '5.0.0') },
    { name: 'jose 6 refuses an empty key', code: `${jose}await jwtVerify(token, new TextEncoder().encode(process.env.SECRET));`, settings: version('jose', '6.0.0') },
    { name: 'checked before it is encoded', code: `${jose}const { SECRET } = process.env;\nif (!SECRET) throw new Error('SECRET');\nawait jwtVerify(token, new TextEncoder().encode(SECRET));`, settings: version('jose', '5.0.0') },
    { name: 'a schema of the project names it', code: `${jose}await jwtVerify(token, new TextEncoder().encode(process.env.SECRET));`, settings: version('jose', '5.0.0'), files: { 'package.json': '{}', 'env.js': `import { z } from 'zod';\nexport const env = z.object({ SECRET: z.string().min(32) });` } },
    { name: 'a literal fallback is another defect', code: `${jsonwebtoken}jwt.verify(token, process.env.SECRET || 'change-me');` },
    { name: 'a key that is missing on one way', code: `${jsonwebtoken}jwt.verify(token, isPublic ? undefined : key, { algorithms: ['HS256'] });` },
    { name: 'a look-alike', code: `import { verify } from './own.js'; verify(token, '');` },
    { name: 'hapi with algorithms', code: `import Jwt from '@hapi/jwt';\nJwt.token.verify(artifacts, { key: process.env.SECRET, algorithms: ['HS256'] });` },
    { name: 'a key set', code: `import { createRemoteJWKSet, jwtVerify } from 'jose';\nawait jwtVerify(token, createRemoteJWKSet(new URL(process.env.JWKS_URL)));` },
    { name: 'a module that reads its configuration', code: `import { JwtModule } from '@nestjs/jwt';\nJwtModule.registerAsync({ inject: [ConfigService], useFactory: (config) => ({ secret: config.get('SECRET') }) });` },
    `import jwt from 'jwt-simple'; jwt.decode(token, process.env.SECRET, false, 'HS256');`,
    `import njwt from 'njwt'; njwt.verify(token, key, 'HS256');`,
    { name: 'a variable that starts empty and is filled before its use', code: `import jwt from 'jsonwebtoken';\nlet secret = '';\nexport function configure(options) { secret = options.secret; }\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });\n` },
    { name: 'a field that starts empty', filename: 'vault.ts', code: `import jwt from 'jsonwebtoken';\nexport class Checker {\n  private secret = '';\n  async onModuleInit() { this.secret = await this.vault.read('jwt'); }\n  check(token: string) { return jwt.verify(token, this.secret, { algorithms: ['HS256'] }); }\n}\n` },
  ],
  invalid: [
    { code: `${jsonwebtoken}jwt.verify(token, '', { algorithms: ['HS256'] });`, errors: [{ message: 'empty', line: 2, column: 19, text: 'an empty string: the call fails', exploitability: 'hardening', remedy: null }] },
    { code: `${jsonwebtoken}jwt.verify(token, '');`, settings: version('jsonwebtoken', '8.5.1'), errors: [{ message: 'empty', exploitability: 'exploitable' }] },
    { code: `${jsonwebtoken}jwt.verify(token, null);`, settings: version('jsonwebtoken', '^8.0.0'), errors: [{ message: 'empty', text: 'missing', exploitability: 'exploitable' }] },
    { code: `${jsonwebtoken}jwt.verify(token, undefined, done);`, errors: [{ message: 'empty', exploitability: 'depends' }] },
    { code: `${jsonwebtoken}jwt.sign(payload, Buffer.from(''), { expiresIn: '1h' });`, errors: [{ message: 'empty', text: 'tokens are issued that anybody can forge' }] },
    {
      name: 'an unset variable and jsonwebtoken 8',
      code: `${jsonwebtoken}jwt.verify(token, process.env.SECRET);\n`, settings: version('jsonwebtoken', '8.5.1'),
      errors: [{ message: 'unset', text: '`SECRET`', exploitability: 'exploitable' }],
      output: `${jsonwebtoken.trimEnd()}\n\n${reader}jwt.verify(token, requireEnv('SECRET'));\n`,
    },
    {
      name: 'a template makes a word of undefined',
      code: `${jsonwebtoken}jwt.verify(token, \`\${process.env.SECRET}\`, { algorithms: ['HS256'] });\n`,
      errors: [{ message: 'unset', column: 19, exploitability: 'exploitable' }],
      output: `${jsonwebtoken.trimEnd()}\n\n${reader}jwt.verify(token, requireEnv('SECRET'), { algorithms: ['HS256'] });\n`,
    },
    { name: 'so does String', code: `${jsonwebtoken}jwt.sign(payload, String(process.env.SECRET));\n`, errors: ['unset'], output: `${jsonwebtoken.trimEnd()}\n\n${reader}jwt.sign(payload, requireEnv('SECRET'));\n` },
    { name: 'and joining with an empty text', code: `${jsonwebtoken}jwt.sign(payload, process.env.SECRET + '');`, errors: ['unset'] },
    {
      name: 'an empty fallback',
      code: `${jsonwebtoken}const secret = process.env.SECRET ?? '';\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });\n`,
      errors: [{ message: 'fallback', line: 2, exploitability: 'hardening' }],
      output: `${jsonwebtoken.trimEnd()}\n\n${reader}const secret = requireEnv('SECRET');\nexport const check = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] });\n`,
    },
    {
      name: 'an encoder makes an empty key of undefined',
      code: `${jose}const secret = new TextEncoder().encode(process.env.SECRET);\nexport const check = (token) => jwtVerify(token, secret);\n`, settings: version('jose', '5.10.0'),
      errors: [{ message: 'unset', line: 2, column: 16, exploitability: 'exploitable' }],
      output: `${jose.trimEnd()}\n\n${reader}const secret = new TextEncoder().encode(requireEnv('SECRET'));\nexport const check = (token) => jwtVerify(token, secret);\n`,
    },
    { name: 'in some versions', code: `${jose}await jwtVerify(token, new TextEncoder().encode(process.env.SECRET));`, errors: [{ message: 'unset', text: 'in some versions of jose', exploitability: 'depends' }] },
    { name: 'a secret key object', code: `import { createSecretKey } from 'node:crypto';\n${jose}await jwtVerify(token, createSecretKey(new TextEncoder().encode(process.env.SECRET)));`, settings: version('jose', '4.15.9'), errors: ['unset'] },
    { name: 'signing with jose', code: `import { SignJWT } from 'jose';\nconst secret = new TextEncoder().encode(process.env.SECRET);\nawait new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(secret);`, settings: version('jose', '4.0.0'), errors: [{ message: 'unset', text: 'that anybody can forge' }] },
    { name: 'hapi takes an object around nothing', code: `import Jwt from '@hapi/jwt';\nJwt.token.verify(artifacts, { key: process.env.SECRET });`, errors: [{ message: 'unset', exploitability: 'exploitable' }] },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.verify(artifacts, { key: '', algorithms: ['HS256'] });`, errors: [{ message: 'empty', exploitability: 'exploitable' }] },
    { name: 'njwt without a key', code: `import njwt from 'njwt';\nnjwt.verify(token);`, errors: [{ message: 'absent', exploitability: 'exploitable' }] },
    { code: `import njwt from 'njwt';\nnjwt.verify(token, '');`, errors: ['empty'] },
    { code: `import jwt from 'jwt-simple';\njwt.decode(token, process.env.SECRET || '', false, 'HS256');`, errors: [{ message: 'fallback', exploitability: 'exploitable' }] },
    { code: `import jws from 'jws';\njws.verify(token, 'HS256', '');`, errors: [{ message: 'empty', exploitability: 'exploitable' }] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.verifyJWT(token, { utf8: '' }, { alg: ['HS256'] });`, errors: [{ message: 'empty', exploitability: 'exploitable' }] },
    { name: 'fast-jwt before 6.3.1', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: process.env.SECRET ?? '', algorithms: ['HS256'] });`, settings: version('fast-jwt', '5.0.6'), errors: [{ message: 'fallback', exploitability: 'exploitable' }] },
    { code: `import { JwtModule } from '@nestjs/jwt';\nJwtModule.register({ secret: \`\${process.env.SECRET}\` });`, errors: [{ message: 'unset', exploitability: 'exploitable' }] },
    { code: `import { expressjwt } from 'express-jwt';\nexpressjwt({ secret: process.env.SECRET || '', algorithms: ['HS256'] });`, errors: ['fallback'] },
    { code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret: \`\${process.env.SECRET}\`, alg: 'HS256' }));`, errors: ['unset'] },
    { code: `import { Strategy } from 'passport-jwt';\nnew Strategy({ secretOrKey: String(process.env.SECRET), jwtFromRequest, algorithms: ['HS256'] }, done);`, errors: ['unset'] },
    { name: 'a configuration module', code: `${jsonwebtoken}import { secret } from './config.js';\njwt.sign(payload, secret);`, files: { 'config.js': `export const secret = process.env.SECRET || '';\n` }, errors: [{ message: 'fallback', line: 3, text: '(config.js:1)', remedy: null }] },
  ],
});
