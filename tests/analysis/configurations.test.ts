import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, inProject } from './project.ts';

/** What the key of the first file's only operation may be, each with the place of its text: `literal dev-secret config.ts:3`. */
function key(files: Files): readonly string[] {
  return inProject(files, ([operation]) => (operation?.key?.possibilities ?? []).map(({ material, name, text, file, node, fallback }) => {
    const what = [material, name ?? text, fallback && 'as fallback'].filter((word) => typeof word === 'string' && word !== '');
    return `${what.join(' ')} ${basename(file.filename)}:${String(node.loc.start.line)}`;
  }));
}

const imports = "import { Inject } from '@nestjs/common';\nimport { ConfigService, ConfigType } from '@nestjs/config';\nimport { JwtModule, JwtService } from '@nestjs/jwt';\nimport jwtConfig, { type JwtConfig } from './jwt.config';\n";
const service = (parameter: string, secret: string) => `${imports}export class Tokens {\n  constructor(private readonly jwt: JwtService, ${parameter}) {}\n  issue(id: string) { return this.jwt.sign({ id }, { secret: ${secret} }); }\n}\n`;
const registered = (secret: string) => `import { registerAs } from '@nestjs/config';\nexport interface JwtConfig { secret: string }\nexport default registerAs('jwt', () => ({\n  secret: ${secret},\n}));\n`;

describe('configurations that are registered under a name', () => {
  const ways: readonly (readonly [string, string])[] = [
    ['injected with its type', service('@Inject(jwtConfig.KEY) private readonly config: ConfigType<typeof jwtConfig>', 'this.config.secret')],
    ['injected with its type only', service('private readonly config: ConfigType<typeof jwtConfig>', 'this.config.secret')],
    ['injected with another type', service('@Inject(jwtConfig.KEY) private readonly config: JwtConfig', 'this.config.secret')],
    ['injected into a field', `${imports}export class Tokens {\n  @Inject(jwtConfig.KEY) private readonly config: JwtConfig;\n  constructor(private readonly jwt: JwtService) {}\n  issue(id: string) { return this.jwt.sign({ id }, { secret: this.config.secret }); }\n}\n`],
    ['kept by the constructor', `${imports}export class Tokens {\n  private readonly secret: string;\n  constructor(private readonly jwt: JwtService, @Inject(jwtConfig.KEY) config: JwtConfig) { this.secret = config.secret; }\n  issue(id: string) { return this.jwt.sign({ id }, { secret: this.secret }); }\n}\n`],
    ['destructured', service('@Inject(jwtConfig.KEY) private readonly config: JwtConfig', "{ ...this.config }['secret']")],
    ['asked for by its path', service('private readonly config: ConfigService', "this.config.get('jwt.secret')")],
    ['asked for by its path with a type', service('private readonly config: ConfigService<{ jwt: JwtConfig }, true>', "this.config.get<string>('jwt.secret', { infer: true })")],
    ['demanded by its path', service('private readonly config: ConfigService', "this.config.getOrThrow('jwt.secret')")],
    ['asked for by its name', service('private readonly config: ConfigService', "this.config.get<JwtConfig>('jwt')!.secret")],
    ['handed to the factory of a module', `${imports}export const module = JwtModule.registerAsync({ inject: [jwtConfig.KEY], useFactory: (config: ConfigType<typeof jwtConfig>) => ({ secret: config.secret }) });`],
    ['asked for in the factory of a module', `${imports}export const module = JwtModule.registerAsync({ inject: [ConfigService], useFactory: async (config: ConfigService) => ({ secret: config.get('jwt.secret') }) });`],
    ['taken as the provider of a module', `${imports}export const module = JwtModule.registerAsync(jwtConfig.asProvider());`],
    ['spread as the provider of a module', `${imports}export const module = JwtModule.registerAsync({ global: true, ...jwtConfig.asProvider() });`],
  ];
  it.each(ways)('%s', (_, code) => {
    expect(key({ 'tokens.ts': code, 'jwt.config.ts': registered("'written-out'") })).toEqual(['literal written-out jwt.config.ts:4']);
    expect(key({ 'tokens.ts': code, 'jwt.config.ts': registered("process.env.JWT_SECRET || 'written-out'") })).toEqual(['environment JWT_SECRET jwt.config.ts:4', 'literal written-out as fallback jwt.config.ts:4']);
    expect(key({ 'tokens.ts': code, 'jwt.config.ts': registered('process.env.JWT_SECRET') })).toEqual(['environment JWT_SECRET jwt.config.ts:4']);
  });

  const asked = service('private readonly config: ConfigService', "this.config.get('auth.secret')");
  const loading = (list: string) => `import { ConfigModule } from '@nestjs/config';\nimport configuration from './configuration';\nexport const module = ConfigModule.forRoot({ load: ${list} });\n`;
  const configuration = "export default () => ({\n  auth: {\n    secret: process.env.AUTH_SECRET ?? 'written-out',\n  },\n});\n";
  const fallback = ['environment AUTH_SECRET configuration.ts:3', 'literal written-out as fallback configuration.ts:3'];

  it('a configuration without a name, in the list that a module loads', () => {
    expect(key({ 'tokens.ts': asked, 'app.ts': loading('[configuration]'), 'configuration.ts': configuration })).toEqual(fallback);
    expect(key({ 'tokens.ts': service('private readonly config: ConfigService', "this.config.get('auth').secret"), 'app.ts': loading('[configuration]'), 'configuration.ts': configuration })).toEqual(fallback);
  });

  const unseen = ['configuration auth.secret tokens.ts:7'];
  const others: readonly (readonly [string, Files])[] = [
    ['nothing registers the name', { 'other.ts': registered("'written-out'") }],
    ['the registered configuration has no such property', { 'auth.config.ts': "import { registerAs } from '@nestjs/config';\nexport default registerAs('auth', () => ({ key: 'written-out' }));" }],
    ['two configurations have the name', { 'a.ts': registered("'written-out'").replace("'jwt'", "'auth'"), 'b.ts': registered('process.env.B').replace("'jwt'", "'auth'") }],
    ['the name is computed', { 'a.ts': registered("'written-out'").replace("'jwt'", 'NAME') }],
    ['the configuration cannot be read', { 'a.ts': "import { registerAs } from '@nestjs/config';\nimport { load } from 'somewhere';\nexport default registerAs('auth', () => load());" }],
    ['another package registers it', { 'a.ts': "import { registerAs } from './own';\nexport default registerAs('auth', () => ({ secret: 'written-out' }));", 'own.ts': '// @nestjs/config\nexport const registerAs = (name: string, make: () => object) => [name, make];' }],
    ['the list of a module does not hold it', { 'app.ts': loading('[]'), 'configuration.ts': configuration }],
  ];
  it.each(others)('says no more than the reading where %s', (_, files) => {
    expect(key({ 'tokens.ts': asked, ...files })).toEqual(unseen);
  });
});

const jwt = "import jwt from 'jsonwebtoken';\n";
const signed = (secret: string) => `export const issue = (id) => jwt.sign({ id }, ${secret});\n`;

describe('defaults of a schema of the environment', () => {
  const schemas: readonly (readonly [string, string, string])[] = [
    ['zod', "import { z } from 'zod';\nconst env = z.object({ JWT_SECRET: z.string().min(1).default('written-out') }).parse(process.env);", 'env.JWT_SECRET'],
    ['zod, destructured', "import { z } from 'zod';\nconst { JWT_SECRET: secret } = z.object({ JWT_SECRET: z.string().default('written-out') }).parse(process.env);", 'secret'],
    ['zod, without throwing', "import { z } from 'zod';\nconst result = z.object({ JWT_SECRET: z.string().default('written-out') }).safeParse(process.env);", 'result.data.JWT_SECRET'],
    ['zod, a default in a constant', "import { z } from 'zod';\nconst SPARE = 'written-out';\nconst env = z.object({ JWT_SECRET: z.string().default(SPARE) }).parse(process.env);", 'env.JWT_SECRET'],
    ['zod, an extended schema', "import { z } from 'zod';\nconst common = z.object({ JWT_SECRET: z.string().default('written-out') });\nconst env = common.extend({ PORT: z.number() }).strict().parse(process.env);", 'env.JWT_SECRET'],
    ['joi', "import Joi from 'joi';\nconst { value: env, error } = Joi.object().keys({ JWT_SECRET: Joi.string().default('written-out').description('key') }).unknown().validate(process.env);", 'env.JWT_SECRET'],
    ['joi before 16', "import Joi from 'joi';\nconst { value } = Joi.validate(process.env, Joi.object({ JWT_SECRET: Joi.string().default('written-out') }));", 'value.JWT_SECRET'],
    ['joi, throwing', "import Joi from '@hapi/joi';\nconst env = Joi.attempt(process.env, Joi.object({ JWT_SECRET: Joi.string().default('written-out') }).unknown());", 'env.JWT_SECRET'],
    ['yup', "import * as yup from 'yup';\nconst env = yup.object({ JWT_SECRET: yup.string().default('written-out') }).validateSync(process.env);", 'env.JWT_SECRET'],
    ['valibot', "import * as v from 'valibot';\nconst env = v.parse(v.object({ JWT_SECRET: v.optional(v.string(), 'written-out') }), process.env);", 'env.JWT_SECRET'],
    ['envalid', "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { JWT_SECRET: str({ default: 'written-out' }) });", 'env.JWT_SECRET'],
    ['t3-env', "import { createEnv } from '@t3-oss/env-nextjs';\nimport { z } from 'zod';\nconst env = createEnv({ server: { JWT_SECRET: z.string().default('written-out') }, client: {}, experimental__runtimeEnv: process.env });", 'env.JWT_SECRET'],
    ['znv', "import { parseEnv } from 'znv';\nimport { z } from 'zod';\nconst { JWT_SECRET } = parseEnv(process.env, { JWT_SECRET: z.string().default('written-out') });", 'JWT_SECRET'],
    ['env-schema', "import envSchema from 'env-schema';\nconst env = envSchema({ schema: { type: 'object', properties: { JWT_SECRET: { type: 'string', default: 'written-out' } } } });", 'env.JWT_SECRET'],
    ['env-var', "import env from 'env-var';\nconst secret = env.get('JWT_SECRET').default('written-out').asString();", 'secret'],
    ['convict', "import convict from 'convict';\nconst config = convict({ jwt: { secret: { format: String, default: 'written-out', env: 'JWT_SECRET' } } });\nconfig.validate();", "config.get('jwt.secret')"],
    ['convict, all values', "import convict from 'convict';\nconst config = convict({ jwt: { secret: { default: 'written-out', env: 'JWT_SECRET' } } }).validate().getProperties();", 'config.jwt.secret'],
    ['lodash', "import _ from 'lodash';\nconst secret = _.get(process.env, 'JWT_SECRET', 'written-out');", 'secret'],
    ['lodash, one function', "import get from 'lodash/get';\nconst secret = get(process.env, ['JWT_SECRET'], 'written-out');", 'secret'],
    ['lodash, a default', "import { defaultTo } from 'lodash-es';\nconst secret = defaultTo(process.env.JWT_SECRET, 'written-out');", 'secret'],
  ];
  it.each(schemas)('%s', (_, schema, secret) => {
    const line = (text: string) => String(schema.split('\n').findIndex((one) => one.includes(text)) + 2);
    const possible = key({ 'tokens.js': `${jwt}${schema}\n${signed(secret)}` });
    expect(possible).toHaveLength(2);
    expect(possible[0]).toMatch(/^environment JWT_SECRET /);
    expect(possible[1]).toBe(`literal written-out as fallback tokens.js:${line("'written-out'")}`);
  });

  it('a schema in a third file', () => {
    expect(key({
      'tokens.js': `${jwt}import { env } from './env.js';\n${signed('env.JWT_SECRET')}`, 'env.js': "import { schema } from './schema.js';\nexport const env = schema.parse(process.env);\n",
      'schema.js': "import { z } from 'zod';\nexport const schema = z.object({\n  JWT_SECRET: z.string().default('written-out'),\n});\n",
    })).toEqual(['environment JWT_SECRET tokens.js:3', 'literal written-out as fallback schema.js:3']);
  });

  const atStart = service('private readonly config: ConfigService', "this.config.get('JWT_SECRET')");
  it('a schema that a module applies at its start', () => {
    const fallback = 'literal written-out as fallback app.ts:3';
    const app = (options: string) => `import { ConfigModule } from '@nestjs/config';\nimport * as Joi from 'joi';\nconst schema = Joi.object({ JWT_SECRET: Joi.string().default('written-out') });\nexport const module = ConfigModule.forRoot({ ${options} });\n`;
    expect(key({ 'tokens.ts': atStart, 'app.ts': app('validationSchema: schema') })).toEqual(['configuration JWT_SECRET tokens.ts:7', fallback]);
    expect(key({ 'tokens.ts': atStart, 'app.ts': app('validate: (env) => Joi.attempt(env, schema)') })).toContain(fallback);
    expect(key({ 'tokens.ts': atStart, 'app.ts': app('isGlobal: true') })).toEqual(['configuration JWT_SECRET tokens.ts:7']);
  });

  const none: readonly (readonly [string, string, string])[] = [
    ['a schema that demands the variable', "import Joi from 'joi';\nconst { value: env } = Joi.object({ JWT_SECRET: Joi.string().required(), PORT: Joi.string().default('written-out') }).validate(process.env);", 'env.JWT_SECRET'],
    ['a default that is read itself', "import { z } from 'zod';\nconst env = z.object({ JWT_SECRET: z.string().default(process.env.OTHER) }).parse(process.env);", 'env.JWT_SECRET'],
    ['a default for development only', "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { JWT_SECRET: str({ devDefault: 'written-out' }) });", 'env.JWT_SECRET'],
    ['a default of nothing', "import convict from 'convict';\nconst config = convict({ jwt: { secret: { default: null, env: 'JWT_SECRET' } } });", "config.get('jwt.secret')"],
    ['a schema of something else', "import { z } from 'zod';\nexport const body = z.object({ JWT_SECRET: z.string().default('written-out') });", 'process.env.JWT_SECRET'],
    ['a reading without a default', "import _ from 'lodash';\nconst secret = _.get(process.env, 'JWT_SECRET');", 'secret'],
  ];
  it.each(none)('not %s', (_, schema, secret) => {
    expect(key({ 'tokens.js': `${jwt}${schema}\n${signed(secret)}` }).map((found) => found.replace(/ \S+$/, ''))).toEqual(['environment JWT_SECRET']);
  });

  it('a schema whose value no variable can override is the secret itself', () => {
    const schema = "import convict from 'convict';\nconst config = convict({ jwt: { secret: { default: 'written-out' } } });\n";
    expect(key({ 'tokens.js': `${jwt}${schema}${signed("config.get('jwt.secret')")}` })).toEqual(['literal written-out tokens.js:3']);
    expect(key({ 'tokens.js': `${jwt}${schema}config.loadFile('production.json');\n${signed("config.get('jwt.secret')")}` })).toEqual(['configuration tokens.js:3', 'literal written-out as fallback tokens.js:3']);
  });
});

describe('files of node-config', () => {
  const asking = (expression: string) => `import config from 'config';\n${jwt}${signed(expression)}`;
  const get = asking("config.get('jwt.secret')");
  const json = '{\n  "jwt": { "secret": "written-out" }\n}\n';

  it.each([
    ['asked for by its path', get],
    ['asked for by its name', asking("config.get('jwt').secret")],
    ['a property', asking('config.jwt.secret')],
    ['asked for with require', "const config = require('config');\nconst jwt = require('jsonwebtoken');\nconst { secret } = config.get('jwt');\nexports.issue = (id) => jwt.sign({ id }, secret);\n"],
  ])('%s', (_, code) => {
    expect(key({ 'src/tokens.js': code, 'config/default.json': json })).toEqual(['literal written-out default.json:2']);
    expect(key({ 'src/tokens.js': code, 'config/default.js': 'module.exports = {\n  jwt: { secret: "written-out" },\n};\n' })).toEqual(['literal written-out default.js:2']);
    expect(key({ 'src/tokens.js': code, 'config/default.ts': 'export default {\n  jwt: { secret: "written-out" },\n};\n' })).toEqual(['literal written-out default.ts:2']);
  });

  it('an environment variable overrides the file', () => {
    const variables = '{ "jwt": { "secret": "JWT_SECRET" } }';
    expect(key({ 'src/tokens.js': get, 'config/default.json': json, 'config/custom-environment-variables.json': variables })).toEqual(['environment JWT_SECRET tokens.js:3', 'literal written-out as fallback default.json:2']);
    expect(key({ 'src/tokens.js': get, 'config/custom-environment-variables.json': variables })).toEqual(['environment JWT_SECRET tokens.js:3']);
    expect(key({ 'src/tokens.js': get, 'config/default.json': json, 'config/custom-environment-variables.json': '{ "jwt": { "secret": { "__name": "JWT_SECRET", "__format": "json" } } }' })).toContain('environment JWT_SECRET tokens.js:3');
  });

  it('the file for production wins', () => {
    expect(key({ 'src/tokens.js': get, 'config/default.json': json, 'config/production.js': 'module.exports = { jwt: { secret: process.env.JWT_SECRET } };' })).toEqual(['environment JWT_SECRET production.js:1']);
    expect(key({ 'src/tokens.js': get, 'config/default.json': json, 'config/production.json': '{ "port": 80 }' })).toEqual(['literal written-out default.json:2']);
  });

  it('says no more than the reading where no file for production holds the name', () => {
    const unseen = ['configuration jwt.secret tokens.js:3'];
    expect(key({ 'src/tokens.js': get, 'config/development.json': json })).toEqual(unseen);
    expect(key({ 'src/tokens.js': get, 'config/default.yaml': 'jwt:\n  secret: written-out\n' })).toEqual(unseen);
    expect(key({ 'src/tokens.js': get, 'config/default.js': 'module.exports = require("./load")();' })).toEqual(unseen);
  });
});
