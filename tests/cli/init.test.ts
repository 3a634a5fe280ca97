import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { TestProject } from './project.ts';

const catalogue = { rules, codemods };

describe('jwt-guard init', () => {
  it('writes a configuration that relaxes rules in tests, by path', async () => {
    const project = new TestProject({ 'package.json': '{ "type": "module" }' });
    const { code, out } = await project.run(['init'], { catalogue });
    expect(code).toBe(0);
    expect(out).toContain('npm install --save-dev eslint eslint-plugin-jwt-guard');
    const text = project.read('eslint.config.js');
    expect(text).toContain("import jwtGuard from 'eslint-plugin-jwt-guard';");
    expect(text).toContain('...jwtGuard.configs.recommended,');
    expect(text).toMatch(/files: \['\*\*\/\*\.\{test,spec\}[^\n]+\n {4}rules: \{\n(?: {6}'jwt-guard\/[a-z-]+': 'off',\n)+ {4}\}/);
    const named = [...text.matchAll(/'jwt-guard\/([a-z-]+)': 'off'/g)].map(([, name]) => name);
    expect(rules.map(({ name }) => name), 'only rules that exist').toEqual(expect.arrayContaining(named));
  });

  it('writes CommonJS where the package is CommonJS, and the preset that is asked for', async () => {
    const project = new TestProject({ 'package.json': '{}' });
    await project.run(['init', '--preset', 'service'], { catalogue });
    expect(project.read('eslint.config.js')).toMatch(/^const jwtGuard = require\('eslint-plugin-jwt-guard'\);\n\nmodule\.exports = \[\n {2}\.\.\.jwtGuard\.configs\.service,/);
  });

  it.each(['eslint.config.js', 'eslint.config.ts', 'eslint.config.cjs'])('never overwrites %s, and prints what to add', async (name) => {
    const project = new TestProject({ [name]: '// mine\n', 'package.json': '{ "type": "module" }' });
    const { code, out } = await project.run(['init'], { catalogue });
    expect(code).toBe(0);
    expect(project.read(name)).toBe('// mine\n');
    expect(name === 'eslint.config.js' || !existsSync(join(project.root, 'eslint.config.js'))).toBe(true);
    expect(out).toContain(`${name} is there already and was left alone.`);
    expect(out).toContain(name.endsWith('.cjs') ? 'module.exports = [' : 'export default [');
  });

  it('says so where package.json is broken', async () => {
    const project = new TestProject({ 'package.json': '{' });
    expect(await project.run(['init'], { catalogue })).toMatchObject({ code: 2, err: expect.stringMatching(/^jwt-guard: package\.json is not JSON: [^\n]+\.\n$/) as string });
  });
});
