import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { packageInfo } from '../../src/package-info.ts';

/** The built package: what a user installs. `npm test` builds it first. */
const { root } = packageInfo();
const bin = join(root, 'dist/src/cli/bin.js');
const jscodeshift = join(dirname(createRequire(import.meta.url).resolve('jscodeshift/package.json')), 'bin/jscodeshift.js');

/** The surroundings of a person without a terminal: a test runner may ask for colours, which would stand between the words looked for. */
const plain = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' };

const BAD = "import jwt from 'jsonwebtoken';\r\n\r\n// who\r\nexport const read = (token) => jwt.verify(token, process.env.SECRET, {\r\n\talgorithms: ['HS256', /* tests */ 'none'],\r\n});\r\n";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-package-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

beforeAll(() => {
  if (!existsSync(bin)) throw new Error('There is no build. Run npm run build first; npm test does.');
});

describe('the built codemods', () => {
  it('are all there, under a short path', () => {
    expect(readdirSync(join(root, 'codemods')).filter((name) => name.endsWith('.js')).sort()).toEqual(codemods.map(({ name }) => `${name}.js`));
  });

  it('run through plain jscodeshift, in its worker processes too, and change what jwt-guard fix changes', () => {
    const viaJscodeshift = folderWith({ 'a.js': BAD, 'b.ts': BAD, 'c.js': 'work();\n' });
    const viaCommandLine = folderWith({ 'a.js': BAD, 'b.ts': BAD, 'c.js': 'work();\n' });
    const shifted = spawnSync(process.execPath, [jscodeshift, '--no-babel', '--fail-on-error', '--cpus=2', '--extensions=js,jsx,mjs,cjs,ts,tsx,mts,cts', '-t', join(root, 'codemods/remove-none-algorithm.js'), viaJscodeshift], { encoding: 'utf8', env: plain });
    expect(shifted.status, shifted.stdout + shifted.stderr).toBe(0);
    expect(shifted.stdout).toMatch(/^0 errors$/m);
    expect(shifted.stdout).toMatch(/^2 ok$/m);
    const fixed = spawnSync(process.execPath, [bin, 'fix', '--only', 'remove-none-algorithm'], { cwd: viaCommandLine, encoding: 'utf8' });
    expect(fixed.status, fixed.stdout + fixed.stderr).toBe(0);
    for (const name of ['a.js', 'b.ts']) {
      const text = readFileSync(join(viaJscodeshift, name), 'utf8');
      expect(text).toBe(BAD.replace(", /* tests */ 'none'", ''));
      expect(readFileSync(join(viaCommandLine, name), 'utf8')).toBe(text);
    }
  });

  it.each(codemods.map(({ name }) => name))('%s is loaded by require, as jscodeshift does: nothing in its imports awaits at top level', (name) => {
    const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', '-e', `if (typeof require(${JSON.stringify(join(root, 'codemods', `${name}.js`))}).default !== 'function') process.exit(3)`], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });

  it('say what does not parse, and leave it', () => {
    const folder = folderWith({ 'a.js': "import jwt from 'jsonwebtoken';\njwt.verify(" });
    const { status, stdout } = spawnSync(process.execPath, [jscodeshift, '--no-babel', '--fail-on-error', '--run-in-band', '-t', join(root, 'codemods/remove-none-algorithm.js'), folder], { encoding: 'utf8', env: plain });
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/^1 errors$/m);
    expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe("import jwt from 'jsonwebtoken';\njwt.verify(");
  });
});

describe('the built command line', () => {
  it('prints no stack and no colours into a pipe', () => {
    const folder = folderWith({ 'a.js': BAD });
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'check', folder], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('no-none-algorithm');
    expect(stdout).not.toContain('\u001B');
    expect(spawnSync(process.execPath, [bin, 'check', 'nowhere'], { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 2, stdout: '', stderr: 'jwt-guard: There is no file or folder nowhere.\n' });
  });

  it('says in its help how to run it without an installation', () => {
    expect(spawnSync(process.execPath, [bin, '--help'], { encoding: 'utf8' }).stdout).toContain('npx --package eslint-plugin-jwt-guard jwt-guard check');
  });

  it('leaves whole files when it is interrupted', async () => {
    const filler = '// so that writing takes a while\n'.repeat(2_000);
    const folder = folderWith(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}.js`, BAD + filler])));
    const child = spawn(process.execPath, [bin, 'fix', '--only', 'remove-none-algorithm'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const repaired = (BAD + filler).replace(", /* tests */ 'none'", '');
    // The signal comes as soon as the first file has been written.
    while (child.exitCode === null && !Array.from({ length: 60 }, (_, index) => readFileSync(join(folder, `f${index}.js`), 'utf8')).includes(repaired)) await later(1);
    child.kill('SIGINT');
    expect([0, 130]).toContain(await ended);
    for (const name of readdirSync(folder)) expect([BAD + filler, repaired]).toContain(readFileSync(join(folder, name), 'utf8'));
    expect(readdirSync(folder)).toHaveLength(60);
    expect(errors).toMatch(/^(?:jwt-guard: Interrupted; \d+ files? of 60 written, each of them whole\.\n)?$/);
  });
});
