import { noUndefinedClaimOption } from '../../rules/no-undefined-claim-option.ts';
import { runRule } from './run-rule.ts';

const jsonwebtoken = `import jwt from 'jsonwebtoken';\n`;
const reader = `function requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`Environment variable \${name} is not set\`);\n  return value;\n}\n`;
const unguarded = `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: process.env.JWT_AUDIENCE });`;
/** A project whose other file names the variable in this way. */
const guardedBy = (name: string, text: string, path = 'env.js') => ({ name, code: unguarded, files: { 'package.json': '{}', [path]: text } });

runRule(noUndefinedClaimOption, {
  valid: [
    `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: 'api', issuer: ISSUER });`,
    { name: 'a literal fallback', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: process.env.JWT_AUDIENCE || 'api' });` },
    { name: 'a template is never missing', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], issuer: \`https://\${process.env.DOMAIN}/\` });` },
    { name: 'checked in this file', code: `${jsonwebtoken}if (!process.env.JWT_AUDIENCE) throw new Error('JWT_AUDIENCE');\njwt.verify(token, key, { algorithms: ['RS256'], audience: process.env.JWT_AUDIENCE });` },
    { name: 'a checked constant', code: `${jsonwebtoken}const AUDIENCE = process.env.AUDIENCE;\nassert(AUDIENCE);\njwt.verify(token, key, { algorithms: ['RS256'], audience: AUDIENCE });` },
    { name: 'a reader that throws', code: `${jsonwebtoken}function env(name) { const value = process.env[name]; if (!value) throw new Error(name); return value; }\njwt.verify(token, key, { algorithms: ['RS256'], audience: env('AUDIENCE') });` },
    { name: 'a parsed environment', code: `import { z } from 'zod';\n${jsonwebtoken}const env = z.object({ AUDIENCE: z.string().min(1) }).parse(process.env);\njwt.verify(token, key, { algorithms: ['RS256'], audience: env.AUDIENCE });` },
    guardedBy('zod in another file', `import { z } from 'zod';\nexport const schema = z.object({ JWT_AUDIENCE: z.string().url() });`),
    guardedBy('zod with a default', `import { z } from 'zod';\nexport const schema = z.object({ JWT_AUDIENCE: z.string().optional().default('api') });`),
    guardedBy('joi', `const Joi = require('joi');\nmodule.exports = Joi.object({ JWT_AUDIENCE: Joi.string().required() });`),
    guardedBy('envalid', `import { cleanEnv, str } from 'envalid';\nexport default cleanEnv(process.env, { JWT_AUDIENCE: str() });`),
    guardedBy('class-validator', `export class Environment {\n  @IsString()\n  JWT_AUDIENCE: string;\n}`, 'env.ts'),
    guardedBy('env-var', `import { get } from 'env-var';\nexport const audience = get('JWT_AUDIENCE').required().asString();`),
    guardedBy('a list of required names', `const required = ['PORT', 'JWT_AUDIENCE'];\nfor (const name of required) if (!process.env[name]) throw new Error(name);`),
    guardedBy('a list that is walked', `['PORT', 'JWT_AUDIENCE'].forEach((name) => {\n  if (!process.env[name]) process.exit(1);\n});`),
    guardedBy('a JSON schema', `export const schema = { type: 'object', required: ['JWT_AUDIENCE'], properties: {} };`),
    guardedBy('convict', `export default convict({ audience: { format: String, default: null, env: 'JWT_AUDIENCE' } });`),
    guardedBy('a guard at the entrance', `if (!process.env.JWT_AUDIENCE) {\n  console.error('JWT_AUDIENCE');\n  process.exit(1);\n}`),
    guardedBy('a guard of a destructured name', `const { JWT_AUDIENCE } = process.env;\nif (!JWT_AUDIENCE) throw new Error('JWT_AUDIENCE');`),
    guardedBy('a reader by its name', `export const config = { audience: requireEnv('JWT_AUDIENCE') };`),
    { name: 'NestJS refuses', code: `import { ConfigService } from '@nestjs/config';\nimport { JwtService } from '@nestjs/jwt';\nclass Guard {\n  constructor(private readonly jwt: JwtService, private readonly config: ConfigService) {}\n  check(token: string) { return this.jwt.verify(token, { audience: this.config.getOrThrow('AUDIENCE') }); }\n}`, filename: 'case.ts' },
    { name: 'aws-jwt-verify refuses undefined', code: `import { CognitoJwtVerifier } from 'aws-jwt-verify';\nCognitoJwtVerifier.create({ userPoolId: process.env.POOL, clientId: process.env.CLIENT, tokenUse: 'access' });` },
    { name: 'okta refuses undefined', code: `import OktaJwtVerifier from '@okta/jwt-verifier';\nnew OktaJwtVerifier({ issuer: process.env.ISSUER }).verifyAccessToken(token, process.env.AUDIENCE);` },
    { name: 'express-oauth2-jwt-bearer refuses undefined', code: `import { auth } from 'express-oauth2-jwt-bearer';\nauth({ issuerBaseURL: process.env.ISSUER, audience: process.env.AUDIENCE });` },
    { name: 'jose 6 does not take an empty text for none', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { audience: AUDIENCE ?? '', issuer: '' });`, settings: { versions: { jose: '6.0.0' } } },
    { name: 'signing', code: `${jsonwebtoken}jwt.sign(payload, key, { audience: process.env.AUDIENCE, expiresIn: '1h' });` },
    { name: 'a look-alike', code: `import { verify } from './own.js';\nverify(token, key, { audience: process.env.AUDIENCE });` },
    { name: 'a configured name that is filled with text', code: `import { ConfigService } from '@nestjs/config';\nimport { JwtService } from '@nestjs/jwt';\nclass Guard {\n  constructor(private readonly jwt: JwtService, private readonly config: ConfigService) {}\n  check(token: string) { return this.jwt.verify(token, { audience: this.config.get('jwt.audience') }); }\n}`, filename: 'case.ts', files: { 'package.json': '{}', 'jwt.config.ts': `import { registerAs } from '@nestjs/config';\nexport default registerAs('jwt', () => ({ audience: 'api' }));` } },
    { name: 'fields of a class in plain JavaScript demand nothing and break nothing', filename: 'settings.js', code: `import jwt from 'jsonwebtoken';\nclass Settings { JWT_AUDIENCE; secret = process.env.JWT_SECRET; }\nexport const check = (token) => jwt.verify(token, new Settings().secret, { algorithms: ['HS256'], audience: 'https://api.example.com', issuer: 'https://auth.example.com' });\n` },
  ],
  invalid: [
    {
      code: `${unguarded}\n`,
      errors: [{ message: 'unset', line: 2, column: 59, exploitability: 'depends', text: '`JWT_AUDIENCE`' }],
      output: `${jsonwebtoken.trimEnd()}\n\n${reader}jwt.verify(token, key, { algorithms: ['RS256'], audience: requireEnv('JWT_AUDIENCE') });\n`,
    },
    { name: 'an optional name in a schema guarantees nothing', code: unguarded, files: { 'package.json': '{}', 'env.js': `import { z } from 'zod';\nexport const schema = z.object({ JWT_AUDIENCE: z.string().optional() });` }, errors: ['unset'] },
    { name: 'another name in a schema', code: unguarded, files: { 'package.json': '{}', 'env.js': `import { z } from 'zod';\nexport const schema = z.object({ OTHER: z.string() });\nconsole.log('JWT_AUDIENCE');` }, errors: ['unset'] },
    { name: 'an empty fallback', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: process.env.AUDIENCE ?? '' });\n`, errors: [{ message: 'empty', text: 'an empty string counts as none' }], output: `${jsonwebtoken.trimEnd()}\n\n${reader}jwt.verify(token, key, { algorithms: ['RS256'], audience: requireEnv('AUDIENCE') });\n` },
    { name: 'a second variable', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], issuer: process.env.ISSUER || process.env.DOMAIN });`, errors: [{ message: 'unset', text: 'the issuer', remedy: null }] },
    { name: 'in a configuration object', code: `${jsonwebtoken}const config = { audience: process.env.AUDIENCE };\nexports.check = (token, done) => jwt.verify(token, key, { algorithms: ['RS256'], audience: config.audience }, done);\n`, errors: [{ message: 'unset', line: 2 }] },
    { name: 'in a configuration module', code: `${jsonwebtoken}import { audience } from './config.js';\njwt.verify(token, key, { algorithms: ['RS256'], audience });`, files: { 'config.js': `export const audience = process.env.AUDIENCE;\n` }, errors: [{ message: 'unset', line: 3, text: '(config.js:1)', cause: 'config.js:1', remedy: null }] },
    { name: 'destructured', code: `import { jwtVerify } from 'jose';\nconst { AUDIENCE } = process.env;\nawait jwtVerify(token, key, { audience: AUDIENCE });`, errors: [{ message: 'unset', remedy: null }] },
    { name: 'inside a function the reading moves to the start', code: `import { jwtVerify } from 'jose';\n\nexport async function check(token) {\n  return jwtVerify(token, key, { issuer: process.env.JWT_ISSUER });\n}\n`, errors: ['unset'], output: `import { jwtVerify } from 'jose';\n\n${reader}\nconst jwtIssuer = requireEnv('JWT_ISSUER');\n\nexport async function check(token) {\n  return jwtVerify(token, key, { issuer: jwtIssuer });\n}\n` },
    { name: 'jose 5 takes an empty text for none', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { audience: process.env.AUDIENCE ?? '' });`, settings: { versions: { jose: '5.10.0' } }, errors: ['empty'] },
    { code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key, algorithms: ['RS256'], allowedAud: process.env.AUDIENCE });`, errors: ['unset'] },
    { code: `import { jwt } from 'hono/jwt';\napp.use(jwt({ secret, alg: 'HS256', verification: { iss: process.env.ISSUER } }));`, errors: ['unset'] },
    { code: `import { Strategy } from 'passport-jwt';\nexport class JwtStrategy extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ secretOrKey: KEY, jwtFromRequest, algorithms: ['RS256'], audience: process.env.AUDIENCE! });\n  }\n}`, filename: 'case.ts', errors: [{ message: 'unset', line: 4 }] },
    { code: `import { expressjwt } from 'express-jwt';\nexpressjwt({ secret, algorithms: ['RS256'], audience: process.env.AUDIENCE, issuer: process.env.ISSUER });`, errors: ['unset', 'unset'] },
    { code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret, algorithms: ['RS256'], audience: process.env.AUDIENCE }));`, errors: ['unset'] },
    { code: `import Jwt from '@hapi/jwt';\nJwt.token.verify(artifacts, { key, algorithms: ['HS256'] }, { aud: process.env.AUDIENCE });`, errors: ['unset'] },
    { code: `import fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nfastify().register(jwt, { secret, verify: { allowedIss: process.env.ISSUER } });`, errors: ['unset'] },
    { name: 'NestJS', code: `import { ConfigService } from '@nestjs/config';\nimport { JwtService } from '@nestjs/jwt';\nclass Guard {\n  constructor(private readonly jwt: JwtService, private readonly config: ConfigService) {}\n  check(token: string) {\n    return this.jwt.verifyAsync(token, { audience: this.config.get<string>('JWT_AUDIENCE') });\n  }\n}`, filename: 'case.ts', errors: [{ message: 'unset', line: 6, remedy: null }] },
    { name: 'a configured name that only an unset variable fills', code: `import { ConfigService } from '@nestjs/config';\nimport { JwtService } from '@nestjs/jwt';\nclass Guard {\n  constructor(private readonly jwt: JwtService, private readonly config: ConfigService) {}\n  check(token: string) { return this.jwt.verify(token, { audience: this.config.get('jwt.audience') }); }\n}`, filename: 'case.ts', files: { 'package.json': '{}', 'jwt.config.ts': `import { registerAs } from '@nestjs/config';\nexport default registerAs('jwt', () => ({ audience: process.env.JWT_AUDIENCE }));` }, errors: [{ message: 'unset', text: '`JWT_AUDIENCE`' }] },
    { code: `import { JwtModule } from '@nestjs/jwt';\nJwtModule.register({ secret, verifyOptions: { audience: process.env.AUDIENCE } });`, errors: ['unset'] },
    { code: `import { KJUR } from 'jsrsasign';\nKJUR.jws.JWS.verifyJWT(token, key, { alg: ['RS256'], aud: process.env.AUDIENCE });`, errors: ['unset'] },
    { code: `import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ name: 'jwt', secret })).get('/', ({ jwt, headers }) => jwt.verify(headers.token, { audience: process.env.AUDIENCE }));`, errors: ['unset'] },
    { name: 'a fallback that is nothing', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: process.env.AUDIENCE || undefined, issuer: process.env.ISSUER ?? null });`, errors: [{ message: 'unset', text: 'the audience' }, { message: 'unset', text: 'the issuer' }] },
    { name: 'on one side of a condition', code: `${jsonwebtoken}jwt.verify(token, key, { algorithms: ['RS256'], audience: isProduction ? process.env.AUDIENCE : 'orders-test', issuer: isTest ? 'idp-test' : process.env.ISSUER });`, errors: [{ message: 'unset', text: '`AUDIENCE`' }, { message: 'unset', text: '`ISSUER`' }] },
    { name: 'decided by the caller', code: `${jsonwebtoken}const check = (token, options) => jwt.verify(token, key, options);\ncheck(token, { algorithms: ['RS256'], audience: process.env.AUDIENCE });`, errors: [{ message: 'unset', line: 3, remedy: null }] },
  ],
});
