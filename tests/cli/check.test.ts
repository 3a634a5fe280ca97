import { describe, expect, it } from 'vitest';
import { packageInfo } from '../../src/package-info.ts';
import type { AnyRule } from '../../src/define-rule.ts';
import { fakeCatalogue, IMPORT, TestProject } from './project.ts';

const LEAVE_OUT = 'jwt-guard: To go on without a file that cannot be looked at, leave it out with --ignore-pattern.\n';

describe('jwt-guard check', () => {
  it('ends with 0 where nothing is found', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(1);\n`, 'b.js': 'work(7);\n' });
    expect(await project.run(['check'])).toEqual({ code: 0, out: '0 findings, 0 exploitable, in 0 files (2 source files, 1 parsed).\n', err: '' });
  });

  it('prints place, level, message and a code frame, and ends with 1', async () => {
    const project = new TestProject({ 'src/a.js': `${IMPORT}\nsign(1,\n\t7);\n// end\n` });
    const { code, out, err } = await project.run(['check', 'src']);
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toContain([
      'src/a.js:4:2  error  no-seven  exploitable',
      'A token lives seven. Pass six.',
      '',
      '  2 |',
      '  3 | sign(1,',
      '> 4 |   7);',
      '    |   ^',
      '  5 | // end',
      '  6 |',
      '',
    ].join('\n'));
    expect(out).toMatch(/no-seven +│ 1 +│ 1 +│ lower-seven/);
    expect(out.endsWith('1 finding, 1 exploitable, in 1 file (1 source file, 1 parsed).\n')).toBe(true);
  });

  it('looks at TypeScript, JSX and module files, and leaves generated and ignored ones out', async () => {
    const bad = `${IMPORT}sign(7);\n`;
    const project = new TestProject({
      'a.ts': `${bad}const x: number = <number>1;\n`, 'b.tsx': `${bad}const y = <div />;\n`, 'c.mjs': bad, 'd.cjs': "const { sign } = require('jsonwebtoken');\nsign(7);\n", 'e.jsx': bad, '.dot/f.mts': bad,
      'g.d.ts': bad, 'h.min.js': bad, 'node_modules/x/i.js': bad, 'dist/j.js': bad, 'packages/p/out/k.js': bad, 'packages/p/out/kept.js': bad, 'packages/q/out/l.js': bad, 'm.json': '{}',
      '.gitignore': 'dist/\n', 'packages/p/.gitignore': 'out/*\n!out/kept.js\n',
    });
    project.git('init', '--quiet');
    const { out } = await project.run(['check', '--json']);
    expect((JSON.parse(out) as { findings: { file: string }[] }).findings.map(({ file }) => file)).toEqual(['.dot/f.mts', 'a.ts', 'b.tsx', 'c.mjs', 'd.cjs', 'e.jsx', 'packages/p/out/kept.js', 'packages/q/out/l.js']);
    expect((await project.run(['check', 'dist/j.js'])).code, 'a file that is named is looked at').toBe(1);
    expect((await project.run(['check', 'dist'])).code, 'so is a folder').toBe(1);
    expect((await project.run(['check', 'packages/*/out/*.js', '--json'])).out).toContain('packages/q/out/l.js');
  });

  it('gives one JSON object with a versioned schema', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\nsign(9);\n` });
    const { code, out, err } = await project.run(['check', '--json']);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      tool: { name: 'jwt-guard', version: packageInfo().version },
      command: 'check',
      findings: [
        { file: 'a.js', line: 2, column: 6, endLine: 2, endColumn: 7, rule: 'no-seven', level: 'error', exploitability: 'exploitable', message: 'A token lives seven. Pass six.', cause: null, remedies: [{ id: 'six', safety: 'stricter', description: 'Pass 6 instead of 7.', codemods: ['lower-seven'] }] },
        { file: 'a.js', line: 3, column: 6, endLine: 3, endColumn: 7, rule: 'no-nine', level: 'warning', exploitability: 'hardening', message: 'A token lives nine. Decide how long it should.', cause: null, remedies: [{ id: 'ask', safety: 'review', description: 'Pass a lifetime that somebody has decided on.', codemods: [] }] },
      ],
      problems: [],
      summary: { files: 1, filesWithJwt: 1, findings: 2, errors: 1, warnings: 1, exploitable: 1 },
    });
  });

  it('gives a SARIF log whose levels say what a finding is worth', async () => {
    const project = new TestProject({ 'with space.js': `${IMPORT}sign(7);\nsign(5);\nsign(9);\n` });
    const { out } = await project.run(['check', '--format', 'sarif']);
    const log = JSON.parse(out) as { version: string; runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[] }[] };
    expect(log.version).toBe('2.1.0');
    const [first] = log.runs;
    expect(first?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['jwt-guard/no-seven', 'error'], ['jwt-guard/no-five', 'warning'], ['jwt-guard/no-nine', 'note']]);
    for (const { ruleId, ruleIndex } of first?.results ?? []) expect(first?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(first?.results[0]?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'with%20space.js' }, region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 7 } } }]);
  });

  it.each([
    ['exploitable', 'sign(5);', 0], ['exploitable', 'sign(7);', 1],
    ['error', 'sign(9);', 0], ['error', 'sign(7);', 1],
    ['warning', 'sign(9);', 1], ['warning', 'sign(1);', 0],
  ])('--fail-on %s: %s ends with %i', async (level, code, expected) => {
    const project = new TestProject({ 'a.js': `${IMPORT}${code}\n` });
    expect((await project.run(['check', '--fail-on', level])).code).toBe(expected);
  });

  it('holds the levels of a preset where one is named', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(9);\n`, 'eslint.config.js': 'module.exports = [{}];\n' });
    expect((await project.run(['check', '--preset', 'strict'])).out).toContain('error  no-nine');
    expect((await project.run(['check'])).out).toContain('warning  no-nine');
  });

  it('honours eslint-disable comments', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7); // eslint-disable-line jwt-guard/no-seven\n` });
    expect((await project.run(['check'])).code).toBe(0);
  });

  it('reads a file with a byte order mark as it is', async () => {
    const project = new TestProject({ 'a.js': `\uFEFF${IMPORT}sign(7);\n` });
    expect((await project.run(['check'])).out).toContain('a.js:2:6');
  });

  it('draws its progress on a screen, and nowhere else', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(1);\n` });
    expect((await project.run(['check'], { interactive: true })).err).toContain('Looked at 0 of 1 files');
    expect((await project.run(['check'])).err).toBe('');
  });

  it('stops when it is interrupted', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n` });
    expect(await project.run(['check'], { interrupted: AbortSignal.abort() })).toEqual({ code: 130, out: '', err: '' });
  });
});

describe('the project configuration', () => {
  // A plugin in the configuration that has the names of the rules is enough for levels and options.
  const plugin = "const rule = { meta: { schema: false }, create: () => ({}) };\nconst plugin = { rules: { 'no-seven': rule, 'no-nine': rule, 'no-five': rule } };\n";

  it('gives levels, switches rules off by path, and ignores', async () => {
    const project = new TestProject({
      'a.js': `${IMPORT}sign(7);\nsign(9);\nsign(5);\n`, 'a.test.js': `${IMPORT}sign(7);\n`, 'old/b.js': `${IMPORT}sign(7);\n`, 'c.ts': `${IMPORT}sign(7);\n`,
      'eslint.config.js': `${plugin}module.exports = [{ ignores: ['old/'] }, { plugins: { 'jwt-guard': plugin }, rules: { 'jwt-guard/no-seven': 'warn', 'jwt-guard/no-nine': ['error'] } }, { files: ['**/*.test.js'], rules: { 'jwt-guard/no-seven': 'off' } }];\n`,
    });
    const { out, err } = await project.run(['check', '--json']);
    expect(err).toBe('');
    const { findings } = JSON.parse(out) as { findings: { file: string; rule: string; level: string }[] };
    expect(findings.map(({ file, rule, level }) => [file, rule, level])).toEqual([['a.js', 'no-seven', 'warning'], ['a.js', 'no-nine', 'error'], ['c.ts', 'no-seven', 'warning']]);
  });

  it('is refused where it gives a rule options that it does not have', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'eslint.config.js': `${plugin}module.exports = [{ plugins: { 'jwt-guard': plugin }, rules: { 'jwt-guard/no-nine': ['error', { max: 1 }] } }];\n` });
    expect(await project.run(['check'])).toEqual({ code: 2, out: '', err: 'jwt-guard: The options that the ESLint configuration gives to jwt-guard/no-nine cannot be used.\n' });
  });

  it('is not read with --no-config', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'eslint.config.js': 'throw new Error("broken");\n' });
    expect((await project.run(['check', '--no-config'])).code).toBe(1);
  });

  it('refuses a policy that the rules would misread, with the path of the bad key', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'eslint.config.js': "module.exports = [{ settings: { 'jwt-guard': { policy: { lifetimes: { acess: '15m' } } } } }];\n" });
    expect(await project.run(['check'])).toEqual({ code: 2, out: '', err: "jwt-guard: The ESLint configuration eslint.config.js cannot be used: settings['jwt-guard'].policy.lifetimes.acess is not known (did you mean access?).\n" });
  });
});

describe('--ignore-pattern', () => {
  const files = { 'a.js': `${IMPORT}sign(7);\n`, 'old/broken.js': `${IMPORT}sign(`, 'src/old/b.js': `${IMPORT}sign(7);\n`, 'src/[id].js': `${IMPORT}sign(7);\n` };
  it.each([
    [['--ignore-pattern', 'old/'], ['a.js', 'src/[id].js']],
    [['--ignore-pattern', '/old/', '--ignore-pattern', '*a.js'], ['src/[id].js', 'src/old/b.js']],
    [['--ignore-pattern', '**/broken.js', 'old', 'a.js', 'src'], ['a.js', 'src/[id].js', 'src/old/b.js']],
    [['--ignore-pattern', 'src/\\[id\\].js', '--ignore-pattern', 'broken.*', 'src/[[]id].js', 'src/old/b.js'], ['src/old/b.js']],
    [['--ignore-pattern', 'a.js', 'a.js'], []],
  ])('%j', async (args, expected) => {
    const { code, out, err } = await new TestProject(files).run(['check', '--json', ...args]);
    expect({ code, err }).toEqual({ code: expected.length > 0 ? 1 : 0, err: '' });
    const { findings, summary } = JSON.parse(out) as { findings: { file: string }[]; summary: { files: number } };
    expect(findings.map(({ file }) => file)).toEqual(expected);
    expect(summary.files).toBe(expected.length);
  });

  it('says nothing of files outside the working folder', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'inner/b.js': 'x' });
    const { code, out } = await project.run(['check', '--ignore-pattern', 'a.js', '../a.js'], { cwd: 'inner' });
    expect(code).toBe(1);
    expect(out).toContain('../a.js:2:6');
  });
});

describe('what cannot be looked at is one sentence and exit code 2', () => {
  it.each([
    ['a path that does not exist', ['check', 'nowhere'], 'jwt-guard: There is no file or folder nowhere.\n'],
    ['a pattern that matches nothing', ['check', 'x/**/*.js'], 'jwt-guard: No file matches the pattern x/**/*.js.\n'],
    ['a file of another kind', ['check', 'notes.md'], 'jwt-guard: notes.md is not a JavaScript or TypeScript file (.js, .jsx, .mjs, .cjs, .ts, .tsx, .mts, .cts).\n'],
    ['an unknown option', ['check', '--presett', 'strict'], 'jwt-guard: Unknown option \'--presett\' (did you mean --preset?).\n'],
    ['an unknown command', ['chek'], "jwt-guard: Unknown command 'chek' (did you mean check?).\n"],
    ['an unknown preset', ['check', '--preset', 'x'], "jwt-guard: Option '--preset <name>' argument 'x' is invalid. Allowed choices are recommended, strict, service, browser.\n"],
    ['an unknown level', ['check', '--fail-on', 'x'], "jwt-guard: Option '--fail-on <level>' argument 'x' is invalid. Allowed choices are exploitable, error, warning.\n"],
  ])('%s', async (_, args, err) => {
    const project = new TestProject({ 'notes.md': 'jsonwebtoken' });
    expect(await project.run(args)).toEqual({ code: 2, out: '', err });
  });

  it('a file that does not parse, with lines and columns that count from 1', async () => {
    const project = new TestProject({ 'a.js': `import jwt from 'jsonwebtoken';\n) jwt.verify(token);\n`, 'b.js': `import jwt from 'jsonwebtoken';\n  const = 1;\n` });
    expect((await project.run(['check'])).err).toMatch(/^jwt-guard: a\.js: [^\n]*\(line 2, column 1\)\.\njwt-guard: b\.js: [^\n]*\(line 2, column 9\)\.\njwt-guard: [^\n]+--ignore-pattern\.\n$/);
  });

  it('a file that does not parse, while the others are still reported', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(\n`, 'b.js': `${IMPORT}sign(7);\n`, 'unrelated.js': 'const = ;' });
    const { code, out, err } = await project.run(['check']);
    expect(code).toBe(2);
    expect(err).toMatch(/^jwt-guard: a\.js: it does not parse: '\)' expected \(line 3, column \d+\)\.\njwt-guard: [^\n]+--ignore-pattern\.\n$/);
    expect(out).toContain('b.js:2:6');
  });

  it('a file on which a rule fails', async () => {
    const [rule] = fakeCatalogue.rules;
    const failing = { ...rule, name: 'failing', checkFile: () => { throw new TypeError('x is undefined\nat line 1'); } } as AnyRule;
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n` });
    expect(await project.run(['check'], { catalogue: { ...fakeCatalogue, rules: [failing] } })).toMatchObject({ code: 2, err: `jwt-guard: a.js: it could not be judged: x is undefined.\n${LEAVE_OUT}` });
  });

  it('a file that is not UTF-8 text, if it can concern JWT', async () => {
    const project = new TestProject({ 'a.js': Buffer.from(`\uFEFF${IMPORT}sign(7);`, 'utf16le'), 'b.js': Buffer.from("const name = 'Zoé';", 'latin1') });
    expect(await project.run(['check'])).toMatchObject({ code: 2, err: `jwt-guard: a.js: it is not UTF-8 text.\n${LEAVE_OUT}` });
  });

  it('a broken ESLint configuration', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'eslint.config.js': "throw new Error('no such plugin');\n" });
    expect(await project.run(['check'])).toEqual({ code: 2, out: '', err: 'jwt-guard: The ESLint configuration eslint.config.js cannot be used: no such plugin. Repair it, or pass --no-config to go on without it.\n' });
  });
});
