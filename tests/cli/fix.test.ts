import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/cli/check.ts';
import { packageInfo } from '../../src/package-info.ts';
import { fakeCatalogue, IMPORT, TestProject } from './project.ts';

describe('jwt-guard fix', () => {
  it('repairs what it can and ends with 0', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'b.js': `${IMPORT}sign(1);\n` });
    const { code, out, err } = await project.run(['fix']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(project.read('a.js')).toBe(`${IMPORT}sign(6);\n`);
    expect(out).toMatch(/six +│ no-seven +│ 1 +│ 1/);
    expect(out.endsWith('1 file repaired, 0 left for a person (2 source files, 2 parsed).\n')).toBe(true);
    expect(await project.run(['fix'])).toEqual({ code: 0, out: '0 files repaired, 0 left for a person (2 source files, 2 parsed).\n', err: '' });
  });

  it('lists what it leaves, with file, line and reason, and ends with 1', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(9);\nsign(7);\n` });
    const { code, out } = await project.run(['fix']);
    expect(code).toBe(1);
    expect(out).toContain('a.js:2:6  no-nine\n  A token lives nine. Decide how long it should.\n  A person has to decide: Pass a lifetime that somebody has decided on.\n');
    expect(project.read('a.js')).toBe(`${IMPORT}sign(9);\nsign(6);\n`);
  });

  it('changes nothing but the edit in a file with CRLF, tabs and a byte order mark, and keeps its mode', async () => {
    const text = (value: number) => `\uFEFF${IMPORT.trimEnd()}\r\nsign(\t// how long\r\n\t${value}\t/* here */\r\n)\r\n`;
    const project = new TestProject({ 'a.js': text(7) });
    chmodSync(join(project.root, 'a.js'), 0o755);
    await project.run(['fix']);
    expect(project.read('a.js')).toBe(text(6));
    expect(statSync(join(project.root, 'a.js')).mode & 0o777).toBe(0o755);
  });

  it('--dry writes nothing and prints a unified diff that git can apply', async () => {
    const project = new TestProject({ 'src/a.js': `${IMPORT}sign(7);\n` });
    project.commitAll();
    const { code, out } = await project.run(['fix', '--dry', 'src']);
    expect(code).toBe(0);
    expect(project.read('src/a.js')).toBe(`${IMPORT}sign(7);\n`);
    expect(out).toContain(`--- a/src/a.js\n+++ b/src/a.js\n@@ -1,2 +1,2 @@\n ${IMPORT}-sign(7);\n+sign(6);\n`);
    expect(out).toContain('1 file would change, 0 left');
    project.write('change.diff', out.slice(out.indexOf('---'), out.lastIndexOf('+sign(6);\n') + '+sign(6);\n'.length));
    project.git('apply', 'change.diff');
    expect(project.read('src/a.js')).toBe(`${IMPORT}sign(6);\n`);
  });

  it('gives one JSON object with a versioned schema', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\nsign(5);\n` });
    const { code, out, err } = await project.run(['fix', '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      tool: { name: 'jwt-guard', version: packageInfo().version },
      command: 'fix',
      dry: false,
      changes: [{ file: 'a.js', written: true, applied: [{ rule: 'no-seven', remedy: 'six', line: 2, codemod: 'lower-seven' }], edits: [{ start: IMPORT.length + 5, end: IMPORT.length + 6, text: '6' }] }],
      left: [{
        file: 'a.js', line: 3, column: 6, endLine: 3, endColumn: 7, rule: 'no-five', level: 'warning', exploitability: 'depends', message: 'A five is not checked. Pass four.', cause: null,
        remedies: [{ id: 'four', safety: 'stricter', description: 'Pass 4.', codemods: ['enforce-four'] }],
        reason: 'This refuses tokens that are still being issued: run again with --phase enforce when every issuer writes the claim.',
      }],
      problems: [],
      summary: { files: 1, filesWithJwt: 1, filesChanged: 1, filesWritten: 1, applied: 1, left: 1 },
    });
    const dry = JSON.parse((await project.run(['fix', '--json', '--dry', '--phase', 'enforce'])).out) as { dry: boolean; changes: { written: boolean; diff: string }[] };
    expect(dry.dry).toBe(true);
    expect(dry.changes[0]).toMatchObject({ written: false, diff: expect.stringContaining('-sign(5);\n+sign(4);\n') as string });
  });

  it('lists edits by the bytes of the file as it was, and changes no byte outside them', async () => {
    const text = `\uFEFF${IMPORT.trimEnd()} // \u{1F511} für alle\r\nsign(7);\r\n\tsign( 1, 7 )\r\n`;
    const project = new TestProject({ 'a.js': text });
    const { out } = await project.run(['fix', '--json', '--lifetime', '15m']);
    const [change] = (JSON.parse(out) as { changes: { edits: { start: number; end: number; text: string }[] }[] }).changes;
    const before = Buffer.from(text);
    expect(change?.edits.map(({ start, end, text: replacement }) => [before.subarray(start, end).toString(), replacement])).toEqual([['7', "'15m'"], ['7', "'15m'"]]);
    const ends = [0, ...(change?.edits.map(({ end }) => end) ?? [])];
    const after = ends.map((end, index) => before.subarray(end, change?.edits[index]?.start).toString() + (change?.edits[index]?.text ?? '')).join('');
    expect(project.read('a.js')).toBe(after);
  });

  it('leaves the second phase of a rollout until it is asked for', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(5);\nsign(7);\n` });
    expect((await project.run(['fix', '--phase', 'issue'])).code).toBe(1);
    expect(project.read('a.js')).toBe(`${IMPORT}sign(5);\nsign(6);\n`);
    expect((await project.run(['fix', '--phase', 'enforce'])).code).toBe(0);
    expect(project.read('a.js')).toBe(`${IMPORT}sign(4);\nsign(6);\n`);
  });

  it.each([[['--only', 'lower-seven']], [['--only', 'lower-seven,enforce-four']], [['--only', 'lower-seven', '--only', 'enforce-four']]])('%j runs those codemods alone', async (only) => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(5);\nsign(7);\nsign(9);\n` });
    expect((await project.run(['fix', ...only])).code).toBe(0);
    expect(project.read('a.js')).toBe(`${IMPORT}sign(${only.join().includes('enforce') ? 4 : 5});\nsign(6);\nsign(9);\n`);
  });

  it('takes values from the ESLint settings, before them from a policy file, and before that from flags', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'policy.json': '{ "lifetimes": { "access": "10m" } }', 'eslint.config.js': "module.exports = [{ settings: { 'jwt-guard': { policy: { lifetimes: { access: '5m' } } } } }];\n" });
    const diffWith = async (...args: string[]) => (await project.run(['fix', '--dry', ...args])).out;
    expect(await diffWith()).toContain("+sign('5m');");
    expect(await diffWith('--policy', 'policy.json')).toContain("+sign('10m');");
    expect(await diffWith('--policy', 'policy.json', '--lifetime', '15m')).toContain("+sign('15m');");
  });

  it('honours eslint-disable comments', async () => {
    const text = `${IMPORT}// eslint-disable-next-line jwt-guard/no-seven -- measured\nsign(7);\n`;
    const project = new TestProject({ 'a.js': text });
    expect((await project.run(['fix'])).code).toBe(0);
    expect(project.read('a.js')).toBe(text);
  });
});

describe('nothing is written, one sentence is said and the exit code is 2 for', () => {
  const bad = `${IMPORT}sign(7);\n`;
  it.each([
    ['a path that does not exist', ['fix', 'a.js', 'nowhere.js'], 'jwt-guard: There is no file or folder nowhere.js.\n'],
    ['an unknown codemod', ['fix', '--only', 'lower-sevn'], 'jwt-guard: There is no codemod lower-sevn. Did you mean lower-seven?\n'],
    ['a codemod nothing like any other', ['fix', '--only', 'x'], 'jwt-guard: There is no codemod x. The codemods are enforce-four, lower-seven.\n'],
    ['no name of a codemod', ['fix', '--only', ''], "jwt-guard: Option '--only <names>' argument '' is invalid. It names no codemod.\n"],
    ['an unknown option', ['fix', '--drry'], "jwt-guard: Unknown option '--drry' (did you mean --dry?).\n"],
    ['a policy file that is not there', ['fix', '--policy', 'p.json'], /^jwt-guard: The policy file p\.json cannot be read: ENOENT[^\n]*\.\n$/],
    ['a policy file that is not JSON', ['fix', '--policy', 'a.js'], /^jwt-guard: The policy file a\.js is not JSON: [^\n]*\.\n$/],
    ['a policy with an unknown key', ['fix', '--policy', 'unknown.json'], 'jwt-guard: The policy file unknown.json cannot be used: lifetimes.acess is not known (did you mean access?).\n'],
    ['a policy with a value of the wrong kind', ['fix', '--policy', 'wrong.json'], 'jwt-guard: The policy file wrong.json cannot be used: algorithms[1]: 1 is not a signature algorithm such as RS256.\n'],
    ['a lifetime that is none', ['fix', '--lifetime', '900'], 'jwt-guard: --lifetime must be a lifetime such as 15m, 12h or 30d, not 900.\n'],
    ['an empty pattern', ['fix', '--ignore-pattern', ''], "jwt-guard: Option '--ignore-pattern <pattern>' argument '' is invalid. It is empty.\n"],
    ['an empty audience', ['fix', '--audience', ''], 'jwt-guard: --audience must not be empty.\n'],
  ])('%s', async (_, args, err) => {
    const project = new TestProject({ 'a.js': bad, 'unknown.json': '{ "lifetimes": { "acess": "15m" } }', 'wrong.json': '{ "algorithms": ["RS256", 1] }' });
    const result = await project.run(args);
    expect(result.code).toBe(2);
    expect(result.out).toBe('');
    if (typeof err === 'string') expect(result.err).toBe(err);
    else expect(result.err).toMatch(err);
    expect(project.read('a.js')).toBe(bad);
  });

  it('a file that does not parse, also where the others could be repaired', async () => {
    const project = new TestProject({ 'a.js': bad, 'b.js': `${IMPORT}sign(` });
    const { code, err } = await project.run(['fix']);
    expect(code).toBe(2);
    expect(err).toMatch(/^jwt-guard: b\.js: it does not parse: [^\n]+\.\njwt-guard: To go on without a file that cannot be looked at, leave it out with --ignore-pattern\.\njwt-guard: Nothing was written\.\n$/);
    expect(project.read('a.js')).toBe(bad);
    expect(await project.run(['fix', '--ignore-pattern', 'b.js'])).toMatchObject({ code: 0, err: '' });
    expect(project.read('a.js')).toBe(`${IMPORT}sign(6);\n`);
  });

  it.each([
    ['changed', (project: TestProject) => { project.write('notes.txt', 'other'); }, 'notes.txt'],
    ['staged', (project: TestProject) => { project.write('notes.txt', 'other'); project.git('add', 'notes.txt'); }, 'notes.txt'],
    ['untracked', (project: TestProject) => { project.write('new file.txt', 'x'); }, 'new file.txt'],
  ])('a git tree with a %s file', async (_, soil, name) => {
    const project = new TestProject({ 'a.js': bad, 'notes.txt': 'x' });
    project.commitAll();
    soil(project);
    expect(await project.run(['fix'])).toEqual({ code: 2, out: '', err: `jwt-guard: ${name} has uncommitted changes. Commit or stash them first, or pass --force.\n` });
    expect(project.read('a.js')).toBe(bad);
    expect((await project.run(['fix', '--dry'])).code, '--dry writes nothing anyway').toBe(0);
    expect((await project.run(['fix', '--force'])).code).toBe(0);
    expect(project.read('a.js')).toBe(`${IMPORT}sign(6);\n`);
  });

  it('an interrupt before the first write', async () => {
    const project = new TestProject({ 'a.js': bad });
    expect(await project.run(['fix'], { interrupted: AbortSignal.abort() })).toEqual({ code: 130, out: '', err: 'jwt-guard: Interrupted; nothing was written.\n' });
    expect(project.read('a.js')).toBe(bad);
  });
});

describe('git', () => {
  it('is asked about the given paths only', async () => {
    const project = new TestProject({ 'src/a.js': `${IMPORT}sign(7);\n`, 'other/b.js': 'x' });
    project.commitAll();
    project.write('other/b.js', 'y');
    expect((await project.run(['fix', 'src'])).code).toBe(0);
    expect(project.read('src/a.js')).toContain('sign(6)');
  });

  it('does not mind what it ignores', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, '.gitignore': 'log\n' });
    project.commitAll();
    project.write('log', 'x');
    expect((await project.run(['fix'])).code).toBe(0);
  });
});

describe('a file that changes while it is being repaired', () => {
  it('is left as it is', async () => {
    const project = new TestProject({ 'a.js': `${IMPORT}sign(7);\n`, 'b.js': `${IMPORT}sign(7);\n` });
    const mine = `${IMPORT}sign(7); // mine\n`;
    // The rule looks at b.js after a.js; somebody saves a.js in between.
    const catalogue: Catalogue = { ...fakeCatalogue, rules: [...fakeCatalogue.rules, { ...fakeCatalogue.rules[1], name: 'saves', checkFile: ({ file }: { file: { filename: string } }) => { if (file.filename.endsWith('b.js')) project.write('a.js', mine); return []; } } as never] };
    const { code, err } = await project.run(['fix'], { catalogue });
    expect(code).toBe(2);
    expect(err).toBe('jwt-guard: a.js: somebody else changed it in the meantime.\n');
    expect(project.read('a.js')).toBe(mine);
    expect(project.read('b.js')).toBe(`${IMPORT}sign(6);\n`);
  });
});
