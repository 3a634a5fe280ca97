import { describe, expect, it } from 'vitest';
import { inProject } from './project.ts';

/** Whether the program has made sure of the secret where the token is verified: every reading is checked, and nothing empty may take its place. */
function isChecked(code: string): boolean {
  return inProject({ 'tokens.ts': `import jwt from 'jsonwebtoken';\nimport assert from 'node:assert';\n${code}` }, ([operation]) => operation?.key?.possibilities.every(({ guaranteed }) => guaranteed) ?? false);
}

const check = 'export const check = (token: string) => jwt.verify(token, secret);\n';
const variable = (statement: string, initial = 'process.env.SECRET') => `const secret = ${initial};\n${statement}\n${check}`;

describe('secrets that the program does not go on without', () => {
  const statements: readonly string[] = [
    "if (!secret) throw new Error('SECRET');",
    "if (!secret?.length) throw new Error('SECRET');",
    "if (!secret!.trim()) throw new Error('SECRET');",
    "if (!secret?.trim().length) throw new Error('SECRET');",
    "if (!Boolean(secret)) throw new Error('SECRET');",
    "if (!(secret && issuer)) throw new Error('SECRET');",
    "if (!(issuer && secret)) throw new Error('SECRET');",
    "if (!issuer || !secret) throw new Error('SECRET');",
    "if (secret === undefined) throw new Error('SECRET');",
    "if (undefined === secret) throw new Error('SECRET');",
    "if (secret == null) throw new Error('SECRET');",
    "if (typeof secret === 'undefined') throw new Error('SECRET');",
    "if (typeof secret !== 'string') throw new Error('SECRET');",
    "if (!(secret !== undefined)) throw new Error('SECRET');",
    "if (!(secret != null)) throw new Error('SECRET');",
    "if (secret.length < 32) throw new Error('SECRET');",
    "if (secret.length <= MINIMUM) throw new Error('SECRET');",
    "if (MINIMUM > secret.length) throw new Error('SECRET');",
    "if (32 >= secret.length) throw new Error('SECRET');",
    "if (!(secret.length > 31)) throw new Error('SECRET');",
    "if (!(secret?.length >= 32)) throw new Error('SECRET');",
    "if (!(31 < secret.length)) throw new Error('SECRET');",
    "if (secret.length === 0) throw new Error('SECRET');",
    "if ((secret ?? '').length < 32) throw new Error('SECRET');",
    "if ((secret || '').length < 32) throw new Error('SECRET');",
    'if (!secret) {\n  console.error("SECRET is missing");\n  process.exit(1);\n}',
    "if (secret) console.log('ready');\nelse throw new Error('SECRET');",
    "assert(secret, 'SECRET');",
    'assert.ok(secret);',
    'assert(secret.length >= 32);',
    "invariant(secret !== undefined, 'SECRET');",
  ];
  it.each(statements)('%s', (statement) => {
    expect(isChecked(variable(statement))).toBe(true);
  });

  const others: readonly string[] = [
    '',
    "if (!secret) console.warn('SECRET');",
    "if (secret) throw new Error('SECRET');",
    "if (!secret && production) throw new Error('SECRET');",
    "if (!(secret || password)) throw new Error('SECRET');",
    "if (!(secret ?? password)) throw new Error('SECRET');",
    "if (!(password ?? secret)) throw new Error('SECRET');",
    "if (secret?.length < 32) throw new Error('SECRET');",
    "if (secret?.trim().length < 32) throw new Error('SECRET');",
    "if (secret.length > 4096) throw new Error('SECRET');",
    "if (4096 < secret.length) throw new Error('SECRET');",
    "if (secret === 'changeme') throw new Error('SECRET');",
    "if (secret === process.env.OLD_SECRET) throw new Error('SECRET');",
    "if (secret !== process.env.OLD_SECRET) throw new Error('SECRET');",
    "if (typeof secret === 'object') throw new Error('SECRET');",
    "if (-secret) throw new Error('SECRET');",
    "if (secret in secrets) throw new Error('SECRET');",
    "if (!secrets[secret]) throw new Error('SECRET');",
    "if (!secret.startsWith('base64:')) throw new Error('SECRET');",
    "if (!isStrong(secret)) throw new Error('SECRET');",
    "assert(!secret, 'SECRET');",
    'assert.equal(typeof issuer, secret);',
    'register(secret);',
    'while (!secret) throw new Error("SECRET");',
    'const isReady = !secret;',
  ];
  it.each(others)('not: %s', (statement) => {
    expect(isChecked(variable(statement))).toBe(false);
  });

  it('a setting', () => {
    expect(isChecked(`import nconf from 'nconf';\n${variable("if (!secret) throw new Error('SECRET');", "nconf.get('jwt:secret')")}`)).toBe(true);
    expect(isChecked(`import nconf from 'nconf';\n${variable('', "nconf.get('jwt:secret')")}`)).toBe(false);
  });

  it('a check behind the use', () => {
    expect(isChecked("const secret = process.env.SECRET;\nconst claims = jwt.verify(token, secret);\nif (!secret) throw new Error('SECRET');\n")).toBe(false);
  });

  const branches: readonly (readonly [string, boolean])[] = [
    ['if (secret) app.use((token) => jwt.verify(token, secret));', true],
    ['if (!secret) console.warn("open");\nelse app.use((token) => jwt.verify(token, secret));', true],
    ['export const claims = secret ? jwt.verify(token, secret) : undefined;', true],
    ['if (!secret) app.use((token) => jwt.verify(token, secret));', false],
    ['if (secret || isTest) app.use((token) => jwt.verify(token, secret));', false],
    ['if (secret) console.log("ready");\napp.use((token) => jwt.verify(token, secret));', false],
  ];
  it.each(branches)('%s', (use, expected) => {
    expect(isChecked(`const secret = process.env.SECRET;\n${use}\n`)).toBe(expected);
  });
});

describe('empty text that keeps the types quiet', () => {
  const empty: readonly (readonly [string, string, boolean])[] = [
    ["process.env.SECRET ?? ''", "if (!secret) throw new Error('SECRET');", true],
    ["process.env.SECRET || ''", "if (secret === '') throw new Error('SECRET');", true],
    ["process.env.SECRET ?? undefined", "if (!secret) throw new Error('SECRET');", true],
    ["process.env.SECRET || null", "if (secret === null) throw new Error('SECRET');", true],
    ["process.env.SECRET ?? ''", "if (secret.length < 32) throw new Error('SECRET');", true],
    ["process.env.SECRET ?? ''", "if (secret?.length < 32) throw new Error('SECRET');", true],
    ["process.env.SECRET ?? ''", "if (!secret.trim()) throw new Error('SECRET');", true],
    ["process.env.SECRET ?? ''", "if (secret === undefined) throw new Error('SECRET');", false],
    ["process.env.SECRET ?? ''", "if (typeof secret !== 'string') throw new Error('SECRET');", false],
    ["process.env.SECRET ?? ''", "if ((secret ?? 'x') === 'x') throw new Error('SECRET');", false],
    ["process.env.SECRET ?? 'dev'", "if (!secret) throw new Error('SECRET');", false],
    ["isTest ? '' : process.env.SECRET", "if (!secret) throw new Error('SECRET');", false],
  ];
  it.each(empty)('%s; %s', (initial, statement, expected) => {
    expect(isChecked(variable(statement, initial))).toBe(expected);
  });

  it('a default in a pattern', () => {
    expect(isChecked(`const { SECRET: secret = '' } = process.env;\nif (!secret) throw new Error('SECRET');\n${check}`)).toBe(true);
  });
});

describe('variables of the environment that are checked where they stand', () => {
  const names: readonly (readonly [string, boolean])[] = [
    ["if (!process.env.SECRET) throw new Error('SECRET');", true],
    ["if (!process.env['SECRET']) throw new Error('SECRET');", true],
    ["function start() {\n  if (!process.env.SECRET) process.exit(1);\n}\nstart();", true],
    ["if (!process.env.ISSUER) throw new Error('ISSUER');", false],
    ["if (!settings.env.SECRET) throw new Error('SECRET');", false],
    ["if (!process.env[name]) throw new Error('SECRET');", false],
    ["if (!process.env.SECRET) console.warn('SECRET');", false],
  ];
  it.each(names)('%s', (statement, expected) => {
    expect(isChecked(`${statement}\nexport const check = (token: string) => jwt.verify(token, process.env.SECRET);\n`)).toBe(expected);
  });

  it.each(['import.meta.env', 'Bun.env'])('%s', (environment) => {
    expect(isChecked(`if (!${environment}.SECRET) throw new Error('SECRET');\nexport const check = (token: string) => jwt.verify(token, ${environment}.SECRET);\n`)).toBe(true);
  });

  const statements: readonly (readonly [string, boolean])[] = [
    ["throw new Error('SECRET')", true],
    ['return undefined', true],
    ['{ console.error("SECRET"); return; }', true],
    ['process.exit(1)', true],
    ['process.abort()', true],
    ['process.emitWarning("SECRET")', false],
    ['server.exit(1)', false],
    ['exit(1)', false],
    ['{ }', false],
    ['if (production) throw new Error("SECRET")', false],
  ];
  it.each(statements)('without it: %s', (statement, expected) => {
    expect(isChecked(`export function check(token: string) {\n  const secret = process.env.SECRET;\n  if (!secret) ${statement};\n  return jwt.verify(token, secret);\n}\n`)).toBe(expected);
  });

  it('a loop that goes on to the next', () => {
    expect(isChecked('for (const token of tokens) {\n  const secret = process.env.SECRET;\n  if (!secret) continue;\n  jwt.verify(token, secret);\n}\n')).toBe(true);
  });
});
