import { everywhere, type Fragment, importDefault, importNamed, localModule, type Format, type Production } from './production.ts';

/** What a key is in the program: a text in the source, or a reading. */
export interface KeyInput {
  /** Text of a secret; undefined for a key that is read at run time. */
  readonly secret: string | undefined;
  /** The reading, as source text: `process.env.JWT_SECRET`. */
  readonly reading: string;
}

const raw = ({ secret, reading }: KeyInput): string => (secret === undefined ? reading : `'${secret}'`);
const key = (name: string, formats: readonly Format[], render: (input: KeyInput, format: Format) => Fragment): Production<KeyInput> => ({ name, formats, render });
const encoded = (name: string, encoding: 'base64' | 'hex' | 'base64url'): Production<KeyInput> => key(name, everywhere, (input) => ({ expression: `Buffer.from(${input.secret === undefined ? `${input.reading}` : `'${Buffer.from(input.secret).toString(encoding)}'`}, '${encoding}')` }));

/** How a program can make a symmetric key. */
export const keys: readonly Production<KeyInput>[] = [
  key('as it is', everywhere, (k) => ({ expression: raw(k) })),
  key('constant', everywhere, (k) => ({ top: `const SECRET = ${raw(k)};`, expression: 'SECRET' })),
  key('constant in the function', everywhere, (k) => ({ before: `const secret = ${raw(k)};`, expression: 'secret' })),
  key('member of a config object', everywhere, (k) => ({ top: `const keyConfig = { auth: { jwtSecret: ${raw(k)} } };`, expression: 'keyConfig.auth.jwtSecret' })),
  key('destructured config', everywhere, (k) => ({ top: `const keyConfig = { jwtSecret: ${raw(k)} };\nconst { jwtSecret } = keyConfig;`, expression: 'jwtSecret' })),
  key('Buffer.from', everywhere, (k) => ({ expression: `Buffer.from(${raw(k)})` })),
  key('Buffer.from utf8', everywhere, (k) => ({ expression: `Buffer.from(${raw(k)}, 'utf8')` })),
  encoded('Buffer.from base64', 'base64'),
  encoded('Buffer.from hex', 'hex'),
  encoded('Buffer.from base64url', 'base64url'),
  key('TextEncoder', everywhere, (k) => ({ expression: `new TextEncoder().encode(${raw(k)})` })),
  key('TextEncoder in a constant', everywhere, (k) => ({ top: `const encoder = new TextEncoder();\nconst key = encoder.encode(${raw(k)});`, expression: 'key' })),
  key('createSecretKey', everywhere, (k, f) => ({ top: importNamed('createSecretKey', 'node:crypto', f), expression: `createSecretKey(Buffer.from(${raw(k)}))` })),
  key('createSecretKey with an encoding', everywhere, (k, f) => ({ top: importDefault('crypto', 'crypto', f), expression: `crypto.createSecretKey(${raw(k)}, 'utf8')` })),
  key('imported constant', everywhere, (k, f) => {
    const { files, specifier } = localModule('secret', 'SECRET', raw(k), f);
    return { top: importNamed('SECRET', specifier, f), expression: 'SECRET', files };
  }),
  key('config module', everywhere, (k, f) => {
    const { files, specifier } = localModule('configuration', 'configuration', `{ jwt: { secret: ${raw(k)} } }`, f);
    return { top: importNamed('configuration', specifier, f), expression: 'configuration.jwt.secret', files };
  }),
  key('default-exported config', everywhere, (k, f) => ({
    top: importDefault('configuration', f === 'ts' ? './configuration' : './configuration.js', f), expression: 'configuration.secret',
    files: f === 'cjs' ? { 'configuration.js': `module.exports = { secret: ${raw(k)} };\n` } : { [`configuration.${f === 'ts' ? 'ts' : 'js'}`]: `const configuration = { secret: ${raw(k)} };\nexport default configuration;\n` },
  })),
  key('static field', everywhere, (k) => ({ top: `class Keys {\n  static secret = ${raw(k)};\n}`, expression: 'Keys.secret' })),
  key('instance field', everywhere, (k) => ({ top: `class Keys {\n  #secret = ${raw(k)};\n  get() { return this.#secret; }\n}`, expression: 'new Keys().get()' })),
  key('function', everywhere, (k) => ({ top: `function secret() { return ${raw(k)}; }`, expression: 'secret()' })),
  key('async function', everywhere, (k) => ({ top: `async function secret() { return ${raw(k)}; }`, expression: 'await secret()' })),
  key('non-null', ['ts'], (k) => ({ expression: `(${raw(k)})!` })),
  key('cast', ['ts'], (k) => ({ expression: `(${raw(k)} as string)` })),
  key('let with one write', everywhere, (k) => ({ top: `let secret;\nsecret = ${raw(k)};`, expression: 'secret' })),
  key('trimmed', everywhere, (k) => ({ top: `const untrimmed = ${raw(k)};`, expression: 'untrimmed.trim()' })),
];

/** How a program can read a secret at run time. */
export const readings: readonly { readonly name: string; readonly formats: readonly Format[]; readonly top?: (format: Format) => string; readonly expression: string }[] = [
  { name: 'process.env', formats: everywhere, expression: 'process.env.JWT_SECRET' },
  { name: 'process.env quoted', formats: everywhere, expression: "process.env['JWT_SECRET']" },
  { name: 'process.env destructured', formats: everywhere, top: () => 'const { JWT_SECRET } = process.env;', expression: 'JWT_SECRET' },
  { name: 'process imported', formats: everywhere, top: (f) => importDefault('process', 'node:process', f), expression: 'process.env.JWT_SECRET' },
  { name: 'env imported', formats: everywhere, top: (f) => importNamed('env', 'node:process', f), expression: 'env.JWT_SECRET' },
  { name: 'import.meta.env', formats: ['esm', 'ts'], expression: 'import.meta.env.JWT_SECRET' },
  { name: 'Deno', formats: ['esm', 'ts'], expression: "Deno.env.get('JWT_SECRET')" },
  { name: 'Bun', formats: ['esm', 'ts'], expression: 'Bun.env.JWT_SECRET' },
  { name: 'node-config', formats: everywhere, top: (f) => importDefault('settingsReader', 'config', f), expression: "settingsReader.get('jwt.secret')" },
  { name: 'envalid', formats: everywhere, top: (f) => `${importNamed('cleanEnv, str', 'envalid', f)}\nconst checked = cleanEnv(process.env, { JWT_SECRET: str() });`, expression: 'checked.JWT_SECRET' },
  { name: 'zod', formats: everywhere, top: (f) => `${importNamed('z', 'zod', f)}\nconst checked = z.object({ JWT_SECRET: z.string().min(32) }).parse(process.env);`, expression: 'checked.JWT_SECRET' },
  { name: 'guarded', formats: everywhere, top: () => "const guarded = process.env.JWT_SECRET;\nif (!guarded) throw new Error('JWT_SECRET is not set');", expression: 'guarded' },
  { name: 'reader function', formats: everywhere, top: () => "function requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(name + ' is not set');\n  return value;\n}", expression: "requireEnv('JWT_SECRET')" },
  { name: 'two variables', formats: everywhere, expression: '(process.env.JWT_SECRET ?? process.env.OLD_JWT_SECRET)' },
];
