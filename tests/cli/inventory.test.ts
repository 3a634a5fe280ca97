import { describe, expect, it } from 'vitest';
import { packageInfo } from '../../src/package-info.ts';
import { TestProject } from './project.ts';

const SERVICE = [
  "import jwt from 'jsonwebtoken';",
  "import { options } from './options.js';",
  "jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'], maxAge: '1h' });",
  'jwt.sign({ sub }, key, options);',
  '',
].join('\n');

const INSTALLED = { 'node_modules/jsonwebtoken/package.json': '{ "name": "jsonwebtoken", "version": "9.0.3" }' };

describe('jwt-guard inventory', () => {
  it('lists operations with what is set, what is missing and what cannot be seen', async () => {
    const project = new TestProject({ 'service.js': SERVICE, ...INSTALLED });
    const { code, out, err } = await project.run(['inventory']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^service\.js:3:1 {2}verify {2}jwt\.verify {2}jsonwebtoken 9\.0\.3$/m);
    expect(out).toMatch(/^ {2}algorithms +set +\['HS256'\] {2}line 3$/m);
    expect(out).toMatch(/^ {2}audience +missing {2}A token meant for any other service/m);
    expect(out).toMatch(/^service\.js:4:1 {2}sign {2}jwt\.sign/m);
    expect(out).toMatch(/^ {2}unknown because [^\n]+: [^\n]*expiration/m);
    expect(out.endsWith('2 operations in 1 file (1 source file, 1 parsed).\n')).toBe(true);
  });

  it('gives one JSON object with a versioned schema', async () => {
    const project = new TestProject({ 'service.js': SERVICE, ...INSTALLED });
    const report = JSON.parse((await project.run(['inventory', '--json'])).out) as { operations: { settings: Record<string, { because?: string }> }[] };
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'jwt-guard', version: packageInfo().version },
      command: 'inventory',
      problems: [],
      summary: { files: 1, filesWithJwt: 1, operations: 2 },
      operations: [
        {
          file: 'service.js', line: 3, column: 1, library: 'jsonwebtoken', version: '9.0.3', kind: 'verify', name: 'jwt.verify',
          settings: {
            maxAge: { state: 'set', text: "'1h'", file: 'service.js', line: 3, certain: true },
            issuer: { state: 'missing', exploitability: 'depends' },
          },
        },
        { line: 4, kind: 'sign', settings: { expiration: { state: 'unknown' } } },
      ],
    });
    expect(report.operations[1]?.settings['expiration']?.because).toMatch(/\w/);
  });

  it('lists a call of a function of the project for what the call decides, and once', async () => {
    const wrapper = [
      "import jwt from 'jsonwebtoken';",
      "const issue = (sub, long) => long ? jwt.sign({ sub }, process.env.KEY, { expiresIn: '1h' }) : jwt.sign({ sub }, process.env.KEY, { expiresIn: '5m' });",
      'const check = (token, options) => jwt.verify(token, process.env.KEY, options);',
      "const start = () => jwt.sign({ sub: 'service' }, process.env.KEY, { expiresIn: '1h' });",
      "issue('a', true);",
      'start();',
      "check(token, { algorithms: ['HS256'] });",
      '',
    ].join('\n');
    const project = new TestProject({ 'service.js': wrapper, ...INSTALLED });
    const report = JSON.parse((await project.run(['inventory', '--json'])).out) as { operations: { line: number; name: string }[] };
    expect(report.operations.map(({ line, name }) => `${line} ${name}`)).toEqual(['2 jwt.sign', '2 jwt.sign', '3 jwt.verify', '4 jwt.sign', '5 issue', '7 check']);
  });

  it('prints no private key', async () => {
    const project = new TestProject({ 'service.js': "import jwt from 'jsonwebtoken';\njwt.sign({ sub }, '-----BEGIN PRIVATE KEY-----\\nMIIBVAIBADANBg\\n-----END PRIVATE KEY-----', { algorithm: 'RS256' });\n" });
    const { out } = await project.run(['inventory']);
    expect(out).toMatch(/key +set +\(a private key\)/);
    expect(out).not.toContain('MIIBVAIBADANBg');
  });

  it('says which file it could not read, and ends with 2', async () => {
    const project = new TestProject({ 'service.js': "import jwt from 'jsonwebtoken';\njwt.verify(" });
    expect(await project.run(['inventory'])).toMatchObject({ code: 2, err: expect.stringMatching(/^jwt-guard: service\.js: it does not parse: [^\n]+\.\njwt-guard: [^\n]+--ignore-pattern\.\n$/) as string });
  });
});
