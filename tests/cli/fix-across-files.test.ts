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
