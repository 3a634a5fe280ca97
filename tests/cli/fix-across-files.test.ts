import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeSecretFallback } from '../../codemods/remove-secret-fallback.ts';
import { secretsToEnvironment } from '../../codemods/secrets-to-environment.ts';
import { noFallbackSecret } from '../../rules/no-fallback-secret.ts';
import { noHardcodedSecret } from '../../rules/no-hardcoded-secret.ts';
import { TestProject } from './project.ts';

const catalogue = { rules: [noFallbackSecret, noHardcodedSecret], codemods: [removeSecretFallback, secretsToEnvironment] };

const SECRET = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const CONFIG = `\uFEFF'use strict';\r\n\r\nmodule.exports = {\r\n\tport: 1,\r\n\tsessionSecret: '${SECRET}', // old\r\n\tinviteSecret: process.env.INVITE_SECRET || '${SECRET}-invitations',\r\n};\r\n`;
const USER = "const jwt = require('jsonwebtoken');\nconst config = require('./config.js');\n\nexports.read = (token) => jwt.verify(token, config.sessionSecret, { algorithms: ['HS256'] });\nexports.invited = (token) => jwt.verify(token, config.inviteSecret, { algorithms: ['HS256'] });\n";
const FILES = { 'package.json': '{}', 'src/config.js': CONFIG, 'src/a.js': USER, 'src/b.js': USER };

describe('a repair whose text stands in another file', () => {
  it('is made there once, however many files use it, and nothing else changes', async () => {
    const project = new TestProject(FILES);
    const { code, out } = await project.run(['fix'], { catalogue });
    expect(out).toContain('0 left for a person');
    expect(code).toBe(0);
    const reader = 'function requireEnv(name) {\r\n\tconst value = process.env[name];\r\n\tif (!value) throw new Error(`Environment variable ${name} is not set`);\r\n\treturn value;\r\n}\r\n';
    const repaired = CONFIG.replace(`'${SECRET}', // old`, "requireEnv('SESSION_SECRET'), // old").replace(`process.env.INVITE_SECRET || '${SECRET}-invitations'`, "requireEnv('INVITE_SECRET')");
    expect(project.read('src/config.js').replace(reader, '').replace(/(?<='use strict';\r\n)(?:\r\n)+/, '\r\n')).toBe(repaired);
    expect(project.read('src/a.js')).toBe(USER);
    expect((await project.run(['fix'], { catalogue })).out).toContain('0 files repaired, 0 left');
  });

  it('lists the variables that are demanded now, and never a value', async () => {
    const project = new TestProject({ ...FILES, '.env.example': 'PORT=1\nSESSION_SECRET=change-me' });
    await project.run(['fix'], { catalogue });
    expect(project.read('.env.example')).toBe('PORT=1\nSESSION_SECRET=change-me\nINVITE_SECRET=\n');
    const fresh = new TestProject(FILES);
    await fresh.run(['fix'], { catalogue });
    expect(fresh.read('.env.example')).toBe('INVITE_SECRET=\nSESSION_SECRET=\n');
  });

  it('is shown by --dry, and nothing is written', async () => {
    const project = new TestProject(FILES);
    const { out } = await project.run(['fix', '--dry'], { catalogue });
    expect(out).toContain('+++ b/src/config.js');
    expect(out).toContain('+++ b/.env.example');
    expect(project.read('src/config.js')).toBe(CONFIG);
    expect(existsSync(join(project.root, '.env.example'))).toBe(false);
    // What was only shown must not be taken for real by a later run.
    expect((await project.run(['check', 'src/a.js'], { catalogue })).out).toContain('2 findings');
  });

  it('is left where the other file is not under the given paths', async () => {
    const project = new TestProject(FILES);
    expect((await project.run(['fix', 'src/a.js'], { catalogue })).code).toBe(1);
    expect(project.read('src/config.js')).toBe(CONFIG);
  });
});

describe('a secret in a JSON file', () => {
  const json = `{\n  "jwt": {\n    "secret": "${SECRET}"\n  }\n}\n`;
  it.each([
    ['require', "const jwt = require('jsonwebtoken');\nconst { jwt: { secret } } = require('../config/default');\n\nexports.read = (token) => jwt.verify(token, secret);\n"],
    ['import', "import jwt from 'jsonwebtoken';\nimport config from '../config/default.json' with { type: 'json' };\n\nexport const read = (token) => jwt.verify(token, config.jwt.secret);\n"],
  ])('that code takes in by %s is left for a person, with both places and the reason', async (_, code) => {
    const project = new TestProject({ 'package.json': '{}', 'config/default.json': json, 'src/a.js': code });
    const result = await project.run(['fix', '--json'], { catalogue });
    expect(result.code).toBe(1);
    const { changes, left } = JSON.parse(result.out) as { changes: unknown[]; left: { file: string; line: number; cause: unknown; reason: string }[] };
    expect(changes).toEqual([]);
    expect(left).toMatchObject([{
      file: 'src/a.js', line: 4, rule: 'no-hardcoded-secret', cause: { file: 'config/default.json', line: 3 },
      reason: 'It stands in config/default.json:3, and data is not rewritten: read it from the environment in the code, and take it out of that file.',
    }]);
    expect(project.read('config/default.json')).toBe(json);
  });
});

describe('secrets of several files', () => {
  const file = (secret: string) => `import jwt from 'jsonwebtoken';\n\nexport const read = (token) => jwt.verify(token, '${secret}', { algorithms: ['HS256'] });\n`;
  const files = { 'package.json': '{}', 'src/a.js': file(SECRET), 'src/b.js': file(`${SECRET}-of-partners`), 'src/c.js': file(SECRET) };
  const names = (project: TestProject) => ['a', 'b', 'c'].map((name) => /requireEnv\('(\w+)'\)/.exec(project.read(`src/${name}.js`))?.[1]);

  it('have one variable each, and the same secret has the same one everywhere', async () => {
    const project = new TestProject(files);
    expect((await project.run(['fix'], { catalogue })).code).toBe(0);
    expect(names(project)).toEqual(['JWT_SECRET', 'JWT_SECRET_2', 'JWT_SECRET']);
    expect(project.read('.env.example')).toBe('JWT_SECRET=\nJWT_SECRET_2=\n');
    const once = project.read('src/b.js');
    expect((await project.run(['fix'], { catalogue })).out).toContain('0 files repaired, 0 left');
    expect(project.read('src/b.js')).toBe(once);
  });

  it('are shown by --dry as they are written then, whatever was looked at before', async () => {
    const project = new TestProject(files);
    await project.run(['check', 'src/b.js'], { catalogue });
    const shown = JSON.parse((await project.run(['fix', '--dry', '--json'], { catalogue })).out) as { changes: { file: string; diff: string }[] };
    await project.run(['fix'], { catalogue });
    const added = (name: string) => shown.changes.find((change) => change.file === `src/${name}.js`)?.diff.split('\n').filter((line) => line.startsWith('+') && line.includes("requireEnv('")).map((line) => line.slice(1));
    for (const name of ['a', 'b', 'c']) {
      expect(added(name), name).toHaveLength(1);
      expect(project.read(`src/${name}.js`)).toContain(added(name)?.[0]);
    }
    const [a, b, c] = names(project);
    expect(c).toBe(a);
    expect([a, b].sort()).toEqual(['JWT_SECRET', 'JWT_SECRET_2']);
  });

  it('are told apart by jscodeshift too, also from a name that the program gives', () => {
    const project = new TestProject({ ...files, 'src/b.js': "import jwt from 'jsonwebtoken';\n\nconst JWT_SECRET = 'another-key-of-the-same-name';\nexport const read = (token) => jwt.verify(token, JWT_SECRET);\n" });
    const repaired = ['a', 'b', 'c'].map((name) => secretsToEnvironment.transform({ path: join(project.root, `src/${name}.js`), source: project.read(`src/${name}.js`) }, {}, {}));
    expect(repaired.map((text) => /requireEnv\('(\w+)'\)/.exec(text ?? '')?.[1])).toEqual(['JWT_SECRET', 'JWT_SECRET_2', 'JWT_SECRET']);
  });

  it('keep the name while one of them is being typed', () => {
    const project = new TestProject({ 'package.json': '{}' });
    const variable = (name: string, secret: string) => /requireEnv\('(\w+)'\)/.exec(secretsToEnvironment.transform({ path: join(project.root, name), source: file(secret) }, {}, {}) ?? '')?.[1];
    expect(variable('a.js', 'first')).toBe('JWT_SECRET');
    expect(['s', 'se', 'sec', 'second'].map((text) => variable('b.js', text))).toEqual(['JWT_SECRET_2', 'JWT_SECRET_2', 'JWT_SECRET_2', 'JWT_SECRET_2']);
  });

  it('stay in a test that tries a wrong one, with the reason', async () => {
    const text = "import jwt from 'jsonwebtoken';\n\naccept(jwt.sign({ sub }, process.env.JWT_SECRET));\nrefuse(jwt.sign({ sub }, 'invalidSecret'));\n";
    const project = new TestProject({ 'package.json': '{}', 'src/tokens.spec.js': text });
    const { code, out } = await project.run(['fix', '--only', 'secrets-to-environment'], { catalogue });
    expect(code).toBe(1);
    expect(out).toMatch(/src\/tokens\.spec\.js:4:26 {2}no-hardcoded-secret\n.*\n {2}Neither the code nor a policy proves what would be right here/);
    expect(project.read('src/tokens.spec.js')).toBe(text);
  });

  it('have the same names in packages of their own', async () => {
    const project = new TestProject({ 'orders/package.json': '{}', 'orders/a.js': file(SECRET), 'users/package.json': '{}', 'users/a.js': file(`${SECRET}-of-users`) });
    await project.run(['fix'], { catalogue });
    expect(['orders', 'users'].map((name) => project.read(`${name}/.env.example`))).toEqual(['JWT_SECRET=\n', 'JWT_SECRET=\n']);
  });
});
