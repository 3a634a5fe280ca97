import { noFallbackSecret } from '../../rules/no-fallback-secret.ts';
import { runRule } from './run-rule.ts';

const READER = `function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(\`Environment variable \${name} is not set\`);
  return value;
}
`;

runRule(noFallbackSecret, {
  valid: [
    { name: 'a public key that is missing: nothing can be signed for it', code: `import { importSPKI, jwtVerify } from 'jose';\nexport const check = async (token) => jwtVerify(token, await importSPKI(Buffer.from(process.env.PUBLIC_KEY || '', 'base64').toString(), 'RS256'), { algorithms: ['RS256'] });\n` },
    { name: 'a public key that is missing, by the algorithms', code: `const jwt = require('jsonwebtoken');\nexports.check = (token) => jwt.verify(token, process.env.PUBLIC_KEY || '', { algorithms: ['RS256'] });\n` },
    {
      name: 'an empty fallback that a validator on the field refuses', filename: 'case.ts', code: `import jwt from 'jsonwebtoken';\nimport { env } from './env';\njwt.verify(token, env.SECRET, { algorithms: ['HS256'] });\n`,
      files: { 'env.ts': `import { Length } from 'class-validator';\nclass Environment {\n  @Length(64, 64)\n  public SECRET = process.env.SECRET ?? '';\n}\nexport const env = new Environment();\n` },
    },
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET);`,
    { name: 'another rule has literals', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, 'always-the-same');` },
    { name: 'a second variable', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET || process.env.LEGACY_JWT_SECRET);` },
    { name: 'a fallback that throws', code: `import jwt from 'jsonwebtoken'; function missing(name) { throw new Error(name); } jwt.sign({ sub }, process.env.JWT_SECRET ?? missing('JWT_SECRET'));` },
    { name: 'a secret made at start-up', code: `import jwt from 'jsonwebtoken'; import { randomBytes } from 'node:crypto'; const secret = process.env.JWT_SECRET || randomBytes(32); jwt.sign({ sub }, secret);` },
    { name: 'a fallback of something else', code: `import jwt from 'jsonwebtoken'; const port = process.env.PORT || '3000'; jwt.sign({ sub }, process.env.JWT_SECRET, { issuer: process.env.ISSUER || 'https://login.example' });` },
    { name: 'a public key as a fallback', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.PUBLIC_KEY || '-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQ\\n-----END PUBLIC KEY-----', { algorithms: ['ES256'] });` },
    { name: 'the fallback is never reached', code: `import jwt from 'jsonwebtoken'; if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET'); const secret = process.env.JWT_SECRET || 'unused'; jwt.sign({ sub }, secret);` },
    { name: 'production refuses the fallback', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.JWT_SECRET || 'development-only';\nif (process.env.NODE_ENV === 'production' && secret === 'development-only') throw new Error('JWT_SECRET');\njwt.sign({ sub }, secret);` },
    { name: 'production demands the variable', code: `import jwt from 'jsonwebtoken';\nif (process.env.NODE_ENV === 'production' && !process.env.JWT_SECRET) {\n  console.error('JWT_SECRET is missing');\n  process.exit(1);\n}\nconst secret = process.env.JWT_SECRET || 'development-only';\njwt.sign({ sub }, secret);` },
    { name: 'production demands the variable, in a nested test', code: `import jwt from 'jsonwebtoken';\nconst isProduction = process.env.NODE_ENV === 'production';\nif (isProduction) {\n  if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET');\n}\njwt.sign({ sub }, process.env.JWT_SECRET ?? 'development-only');` },
    { name: 'production takes the other branch', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.NODE_ENV === 'production' ? process.env.JWT_SECRET : 'development-only';\njwt.sign({ sub }, secret);` },
    { name: 'a schema without a default', code: `import { z } from 'zod';\nimport jwt from 'jsonwebtoken';\nconst env = z.object({ PORT: z.string().default('3000'), JWT_SECRET: z.string() }).parse(process.env);\njwt.sign({ sub }, env.JWT_SECRET);` },
    { name: 'the fallback throws in production', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.JWT_SECRET || (() => { if (process.env.NODE_ENV === 'production') throw new Error('JWT_SECRET'); return 'development-only'; })();\njwt.sign({ sub }, secret);` },
    { name: 'only tests take it', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.NODE_ENV === 'test' ? 'for-tests' : process.env.JWT_SECRET;\njwt.sign({ sub }, secret);` },
    {
      name: 'production refuses the fallback in another file', filename: 'src/tokens.js',
      files: { 'package.json': '{}', 'src/config.js': `export const DEFAULT_SECRET = 'development-only';\nexport const secret = process.env.JWT_SECRET || DEFAULT_SECRET;\n`, 'src/server.js': `import { secret, DEFAULT_SECRET } from './config.js';\nif (process.env.NODE_ENV === 'production' && secret === DEFAULT_SECRET) throw new Error('JWT_SECRET');\n` },
      code: `import jwt from 'jsonwebtoken';\nimport { secret } from './config.js';\njwt.sign({ sub }, secret);\n`,
    },
    { name: 'not a token library', code: `import { sign } from './bank.js'; sign({ sub }, process.env.BANK_SECRET || 'bank');` },
    `import { JwtModule } from '@nestjs/jwt'; JwtModule.registerAsync({ useFactory: (config) => ({ secret: config.getOrThrow('JWT_SECRET') }) });`,
    { name: 'an empty fallback that the next line refuses', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.JWT_SECRET || '';\nif (!secret) { console.error('JWT_SECRET is missing'); process.exit(1); }\njwt.verify(token, secret, { algorithms: ['HS256'] });\n` },
    { name: 'a client secret without a fallback is another rule\'s', code: `await fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: 'shhh' }) });` },
  ],
  invalid: [
    { name: 'jsrsasign, with the encoding of the key', code: `import { KJUR } from 'jsrsasign';\nif (KJUR.jws.JWS.verifyJWT(token, { b64: process.env.KEY || 'b3JkZXJzLXNpZ25pbmcta2V5' }, { alg: ['HS256'] })) open();`, errors: 1 },
    {
      code: `import jwt from 'jsonwebtoken';\n\nconst secret = process.env.JWT_SECRET || 'development-only';\n\nexport const issue = (sub) => jwt.sign({ sub }, secret);\nexport const check = (token) => jwt.verify(token, secret);\n`,
      errors: [{ message: 'fallback', line: 3, column: 42, exploitability: 'depends', text: 'A deployment without `JWT_SECRET` runs with this fallback as its secret' }],
      output: `import jwt from 'jsonwebtoken';\n\n${READER}\nconst secret = requireEnv('JWT_SECRET');\n\nexport const issue = (sub) => jwt.sign({ sub }, secret);\nexport const check = (token) => jwt.verify(token, secret);\n`,
    },
    { name: '??, inside a function', code: `const jwt = require('jsonwebtoken');\n\nexports.issue = (sub) => jwt.sign({ sub }, process.env.JWT_SECRET ?? 'development-only');\n`, filename: 'case.cjs', errors: [{ message: 'fallback', line: 3, column: 70 }], output: `const jwt = require('jsonwebtoken');\n\n${READER}\nconst jwtSecret = requireEnv('JWT_SECRET');\n\nexports.issue = (sub) => jwt.sign({ sub }, jwtSecret);\n` },
    { name: 'a ternary', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.JWT_SECRET ? process.env.JWT_SECRET : 'development-only';\njwt.sign({ sub }, secret);\n`, errors: [{ message: 'fallback', line: 2, column: 66 }], output: `import jwt from 'jsonwebtoken';\n\n${READER}const secret = requireEnv('JWT_SECRET');\njwt.sign({ sub }, secret);\n` },
    { name: 'a default in a pattern', code: `import jwt from 'jsonwebtoken';\nconst { JWT_SECRET = 'development-only' } = process.env;\njwt.sign({ sub }, JWT_SECRET);\n`, errors: [{ message: 'fallback', line: 2 }], output: `import jwt from 'jsonwebtoken';\n\n${READER}const JWT_SECRET = requireEnv('JWT_SECRET');\njwt.sign({ sub }, JWT_SECRET);\n` },
    { name: 'a default among others', code: `import jwt from 'jsonwebtoken';\nconst { PORT = '3000', JWT_SECRET = 'development-only' } = process.env;\njwt.sign({ sub }, JWT_SECRET);\n`, errors: ['fallback'], output: `import jwt from 'jsonwebtoken';\n\n${READER}const { PORT = '3000', JWT_SECRET = requireEnv('JWT_SECRET') } = process.env;\njwt.sign({ sub }, JWT_SECRET);\n` },
    { name: 'a default of a parameter', code: `import jwt from 'jsonwebtoken';\nfunction issue(sub, secret = 'development-only') {\n  return jwt.sign({ sub }, secret);\n}\n`, errors: [{ message: 'fallback', line: 2, text: 'A deployment without the value runs', remedy: null }] },
    { name: 'an empty fallback', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, process.env.JWT_SECRET || '');\n`, errors: [{ message: 'empty', line: 2 }], output: `import jwt from 'jsonwebtoken';\n\n${READER}jwt.sign({ sub }, requireEnv('JWT_SECRET'));\n` },
    { name: 'an assignment when it is missing', code: `import jwt from 'jsonwebtoken';\nlet secret = process.env.JWT_SECRET;\nif (!secret) {\n  console.warn('no secret');\n  secret = 'development-only';\n}\njwt.sign({ sub }, secret);\n`, errors: [{ message: 'fallback', line: 5, remedy: null }] },
    { name: 'a chain of fallbacks', code: `import jwt from 'jsonwebtoken';\nconst secret = process.env.JWT_SECRET || process.env.SECRET || 'development-only';\njwt.sign({ sub }, secret);\n`, errors: [{ message: 'fallback', line: 2 }] },
    { name: 'a function that returns the fallback', code: `import jwt from 'jsonwebtoken';\nfunction secret() {\n  if (process.env.JWT_SECRET) return process.env.JWT_SECRET;\n  return 'development-only';\n}\njwt.sign({ sub }, secret());\n`, errors: [{ message: 'fallback', line: 4 }] },
    { name: 'a constant that holds the fallback', code: `import jwt from 'jsonwebtoken';\nconst DEFAULT_SECRET = 'development-only';\njwt.sign({ sub }, process.env.JWT_SECRET || DEFAULT_SECRET);\n`, errors: [{ message: 'fallback', line: 2 }] },
    { name: 'a config module', files: { 'config.js': `module.exports = {\n  secret: process.env.JWT_SECRET || 'development-only',\n};\n` }, sourceType: 'commonjs', code: `const jwt = require('jsonwebtoken');\nconst config = require('./config');\njwt.sign({ sub }, config.secret);\n`, errors: [{ message: 'fallback', line: 3, column: 19, text: 'this fallback (config.js:2)', cause: 'config.js:2', remedy: null }] },
    { name: 'a warning in production is no refusal', code: `import jwt from 'jsonwebtoken';\nif (process.env.NODE_ENV === 'production' && !process.env.JWT_SECRET) console.warn('JWT_SECRET');\njwt.sign({ sub }, process.env.JWT_SECRET || 'development-only');\n`, errors: ['fallback'] },
    { name: 'the check is about another variable', code: `import jwt from 'jsonwebtoken';\nif (process.env.NODE_ENV === 'production' && !process.env.DATABASE_URL) throw new Error();\njwt.sign({ sub }, process.env.JWT_SECRET || 'development-only');\n`, errors: ['fallback'] },
    { name: 'written into the environment', code: `import jwt from 'jsonwebtoken';\nprocess.env.JWT_SECRET ||= 'development-only';\njwt.sign({ sub }, process.env.JWT_SECRET);\n`, errors: [{ message: 'fallback', line: 2 }] },
    { name: 'the default of a schema', code: `import { z } from 'zod';\nimport jwt from 'jsonwebtoken';\nconst env = z.object({ PORT: z.string(), JWT_SECRET: z.string().min(8).default('development-only') }).parse(process.env);\njwt.sign({ sub }, env.JWT_SECRET);\n`, errors: [{ message: 'fallback', line: 3, remedy: null }] },
    { name: 'the default of envalid', code: `import { cleanEnv, str } from 'envalid';\nimport jwt from 'jsonwebtoken';\nconst env = cleanEnv(process.env, { JWT_SECRET: str({ default: 'development-only' }) });\njwt.sign({ sub }, env.JWT_SECRET);\n`, errors: [{ message: 'fallback', line: 3 }] },
    { name: 'the default of env-var', code: `import env from 'env-var';\nimport jwt from 'jsonwebtoken';\njwt.sign({ sub }, env.get('JWT_SECRET').default('development-only').asString());\n`, errors: [{ message: 'fallback', line: 3 }] },
    { name: 'a reader with a default', code: `import jwt from 'jsonwebtoken';\nconst env = (name, fallback) => process.env[name] ?? fallback;\njwt.sign({ sub }, env('JWT_SECRET', 'development-only'));\n`, errors: [{ message: 'fallback', line: 3 }] },
    { name: 'jose', filename: 'case.ts', code: `import { SignJWT } from 'jose';\nconst key = new TextEncoder().encode(process.env.JWT_SECRET ?? 'development-only');\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);\n`, errors: [{ message: 'fallback', line: 2 }], output: `import { SignJWT } from 'jose';\n\n${READER.replace('(name)', '(name: string): string')}const key = new TextEncoder().encode(requireEnv('JWT_SECRET'));\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);\n` },
    { name: 'a private key', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub }, process.env.PRIVATE_KEY || '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEG\\n-----END PRIVATE KEY-----', { algorithm: 'ES256' });\n`, errors: ['fallback'] },
    { name: '@nestjs/jwt and a default of the configuration', filename: 'auth.module.ts', code: `import { ConfigService } from '@nestjs/config';\nimport { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.registerAsync({\n  inject: [ConfigService],\n  useFactory: (config: ConfigService) => ({ secret: config.get<string>('JWT_SECRET', 'development-only') }),\n});\n`, errors: [{ message: 'fallback', line: 5, text: 'without `JWT_SECRET`' }], output: `import { ConfigService } from '@nestjs/config';\nimport { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.registerAsync({\n  inject: [ConfigService],\n  useFactory: (config: ConfigService) => ({ secret: config.getOrThrow<string>('JWT_SECRET') }),\n});\n` },
    { name: '@nestjs/jwt and ||', filename: 'auth.module.ts', code: `import { JwtModule } from '@nestjs/jwt';\nexport const jwt = JwtModule.register({ secret: process.env.JWT_SECRET || 'secretKey' });\n`, errors: [{ message: 'fallback', line: 2 }] },
    { name: 'passport-jwt in Nest', filename: 'jwt.strategy.ts', code: `import { PassportStrategy } from '@nestjs/passport';\nimport { ExtractJwt, Strategy } from 'passport-jwt';\nexport class JwtStrategy extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.JWT_SECRET || 'secretKey' });\n  }\n}\n`, errors: [{ message: 'fallback', line: 5 }] },
    { name: 'express-jwt', code: `import { expressjwt } from 'express-jwt';\napp.use(expressjwt({ secret: process.env.JWT_SECRET || 'shhh', algorithms: ['HS256'] }));\n`, errors: ['fallback'] },
    { name: 'koa-jwt', code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret: process.env.JWT_SECRET || 'shhh' }));\n`, errors: ['fallback'] },
    { name: 'hono', code: `import { jwt } from 'hono/jwt';\nexport const guard = jwt({ secret: process.env.JWT_SECRET || 'shhh', alg: 'HS256' });\n`, errors: ['fallback'] },
    { name: 'fastify-jwt', code: `import Fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nconst app = Fastify();\napp.register(jwt, { secret: process.env.JWT_SECRET ?? 'shhh' });\n`, errors: ['fallback'] },
    { name: 'fast-jwt', code: `import { createSigner } from 'fast-jwt';\nconst sign = createSigner({ key: process.env.JWT_SECRET || 'shhh' });\n`, errors: ['fallback'] },
    { name: 'jwt-simple', code: `const jwt = require('jwt-simple');\njwt.encode({ sub }, process.env.JWT_SECRET || 'shhh');\n`, sourceType: 'commonjs', errors: ['fallback'] },
    { name: '@elysiajs/jwt', filename: 'case.ts', code: `import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ secret: process.env.JWT_SECRET || 'shhh' }));\n`, errors: ['fallback'] },
    { name: 'a client secret', code: `await fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: process.env.CLIENT_SECRET || 'shhh' }) });\n`, errors: [{ message: 'fallback', line: 1, cause: null }] },
    { name: 'handed to a constructor', code: `import jwt from 'jsonwebtoken';\nclass Checker { constructor(key) { this.key = key; } check(token) { return jwt.verify(token, this.key, { algorithms: ['HS256'] }); } }\nnew Checker(process.env.JWT_SECRET || 'good-enough');\n`, errors: [{ message: 'fallback', line: 3 }] },
    {
      name: 'an empty fallback of a field that may be left out', filename: 'case.ts', code: `import jwt from 'jsonwebtoken';\nimport { env } from './env';\njwt.verify(token, env.SECRET, { algorithms: ['HS256'] });\n`,
      files: { 'env.ts': `import { IsOptional, Length } from 'class-validator';\nclass Environment {\n  @IsOptional()\n  @Length(64, 64)\n  public SECRET = process.env.SECRET ?? '';\n}\nexport const env = new Environment();\n` }, errors: ['empty'],
    },
    {
      name: 'a written fallback, which a validator lets pass', filename: 'case.ts', code: `import jwt from 'jsonwebtoken';\nimport { env } from './env';\njwt.verify(token, env.SECRET, { algorithms: ['HS256'] });\n`,
      files: { 'env.ts': `import { IsNotEmpty } from 'class-validator';\nclass Environment {\n  @IsNotEmpty()\n  public SECRET = process.env.SECRET ?? 'shhh';\n}\nexport const env = new Environment();\n` }, errors: ['fallback'],
    },
    { name: 'a field of a class in plain JavaScript', filename: 'tokens.js', code: `import jwt from 'jsonwebtoken';\nexport class Tokens {\n  secret = process.env.JWT_SECRET || 'fallback-of-a-field';\n  check(token) { return jwt.verify(token, this.secret, { algorithms: ['HS256'] }); }\n}\n`, errors: [{ message: 'fallback', line: 3 }] },
    { name: 'a client secret of a config module', files: { 'config.js': `export const clientSecret = process.env.CLIENT_SECRET || 'shhh';\n` }, code: `import { clientSecret } from './config.js';\nawait fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: clientSecret }) });\n`, errors: [{ message: 'fallback', line: 2, text: 'A deployment without the variable runs with this fallback (config.js:1)', exploitability: 'depends', cause: 'config.js:1', remedy: null }] },
    { name: 'a secret of the tests before it', code: `import jwt from 'jsonwebtoken';\nconst secret = isTest ? 'for-tests' : process.env.JWT_SECRET || 'development-only';\njwt.sign({ sub }, secret);\n`, errors: [{ message: 'fallback', line: 2, text: 'A deployment without `JWT_SECRET` runs' }] },
  ],
});
