import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { harden } from '../../codemods/harden.ts';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { settingsFrom } from '../../src/codemod.ts';
import { TestProject } from '../cli/project.ts';

const catalogue = { rules, codemods };
const policy = { audience: 'api://orders', issuer: 'https://login.example.com', algorithms: ['HS256'], lifetimes: { access: '15m' }, maxAge: '1h' };

/** Several misuses in one file, some of which meet in one object, in the style of a file from elsewhere. */
const SERVICE = `\uFEFF'use strict'\r\nconst jwt = require('jsonwebtoken') // tokens\r\n\r\nconst SECRET = process.env.JWT_SECRET || 'orders'\r\n\r\nexports.issue = (sub) => jwt.sign({ sub }, SECRET, { expiresIn: '90d' })\r\n\r\nexports.read = function (token) {\r\n\treturn jwt.verify(token, SECRET, { algorithms: ['HS256', 'none'], ignoreExpiration: true }) // all of it\r\n}\r\n`;
const FILES = { 'package.json': '{"dependencies":{"jsonwebtoken":"9.0.2"}}', 'service.js': SERVICE };

/** The file after the transform, as jscodeshift runs it. */
function hardened(project: TestProject, name: string, options: Readonly<Record<string, unknown>>): string {
  const source = project.read(name);
  return harden.transform({ path: join(project.root, name), source }, {}, options) ?? source;
}

async function fixed(project: TestProject, ...args: string[]): Promise<string> {
  writeFileSync(join(project.root, 'policy.json'), JSON.stringify(policy));
  const { err } = await project.run(['fix', '--no-config', '--policy', 'policy.json', ...args], { catalogue });
  expect(err).toBe('');
  return project.read('service.js');
}

describe('harden', () => {
  it('holds every repair of every other codemod, in the same phase', () => {
    const held = new Map(harden.repairs.map(({ rule, remedies }) => [rule.name, remedies]));
    for (const codemod of codemods.filter(({ follows, migration }) => !follows && !migration)) {
      for (const { rule, remedies } of codemod.repairs) expect(held.get(rule.name), codemod.name).toEqual(expect.arrayContaining([...remedies]));
      for (const [remedy, phase] of Object.entries(codemod.phases ?? {})) expect(harden.phases?.[remedy], `${codemod.name}: ${remedy}`).toBe(phase);
    }
  });

  it('holds no migration', () => {
    const held = new Set(harden.repairs.map(({ rule }) => rule.name));
    expect(codemods.filter(({ migration }) => migration).map(({ name }) => name).filter((name) => held.has(name))).toEqual([]);
  });

  it('leaves no repair that needs no person without a codemod of its own', () => {
    const named = new Set(codemods.filter(({ follows, migration }) => !follows && !migration).flatMap(({ repairs }) => repairs.flatMap(({ rule, remedies }) => remedies.map((remedy) => `${rule.name}: ${remedy}`))));
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((one) => !harden.repairs.some(({ rule, remedies }) => remedies.some((remedy) => `${rule.name}: ${remedy}` === one)))).toEqual([]);
  });

  it.each([['as plain fix does'], ['named', '--only', 'harden'], ['named beside another one', '--only', 'harden,add-key-id'], ['when claims are demanded', '--only', 'harden', '--phase', 'enforce']])('changes through jscodeshift what jwt-guard fix changes, %s', async (_, ...args) => {
    const project = new TestProject(FILES);
    const phase = args.includes('--phase') ? { phase: 'enforce' } : {};
    const viaJscodeshift = hardened(project, 'service.js', { policy, ...phase });
    expect(await fixed(project, ...args)).toBe(viaJscodeshift);
    expect(hardened(project, 'service.js', { policy, ...phase }), 'a second run changes nothing').toBe(viaJscodeshift);
    expect(viaJscodeshift).toContain("{ expiresIn: '15m' }");
    expect(viaJscodeshift.includes("audience: 'api://orders'")).toBe(args.includes('--phase'));
    expect(viaJscodeshift).not.toMatch(/ignoreExpiration|none|'orders'|[^\r]\n/);
    expect(viaJscodeshift).toMatch(/^\uFEFF'use strict'\r\n/);
  });

  it('writes nothing for which there is no value', () => {
    const project = new TestProject(FILES);
    expect(hardened(project, 'service.js', {})).toContain("{ expiresIn: '90d' }");
  });

  it('follows the rules that the project switches on', async () => {
    const project = new TestProject({ ...FILES, 'eslint.config.js': "const plugin = { rules: { 'no-none-algorithm': { create: () => ({}) } } };\nmodule.exports = [{ plugins: { 'jwt-guard': plugin }, rules: { 'jwt-guard/no-none-algorithm': 'error' } }];\n" });
    const { err } = await project.run(['fix', '--only', 'harden', 'service.js'], { catalogue });
    expect(err).toBe('');
    expect(project.read('service.js')).toBe(SERVICE.replace(", 'none'", ''));
  });

  it('follows the preset that is named, where there is no such configuration', () => {
    const project = new TestProject(FILES);
    expect(hardened(project, 'service.js', { policy, phase: 'enforce' })).not.toContain('issuer:');
    expect(hardened(project, 'service.js', { policy, phase: 'enforce', preset: 'strict' })).toContain("issuer: 'https://login.example.com'");
    expect(() => hardened(project, 'service.js', { preset: 'everything' })).toThrow('There is no preset everything. The presets are recommended, strict, service, browser.');
  });

  it('takes the options that a preset gives a rule', () => {
    const project = new TestProject({ ...FILES, 'service.js': "import jwt from 'jsonwebtoken';\nexport const issue = (sub) => jwt.sign({ sub }, process.env.JWT_SECRET, { expiresIn: '30m' });\n" });
    expect(hardened(project, 'service.js', { policy: { lifetimes: { access: '5m' } } })).toContain("'30m'");
    expect(hardened(project, 'service.js', { policy: { lifetimes: { access: '5m' } }, preset: 'service' })).toContain("'5m'");
  });
});

describe('the settings of a transform', () => {
  it('are those of an ESLint configuration, with single values before the policy', () => {
    const libraries = [{ name: 'acme-tokens', modules: { '@acme/tokens': '' }, operations: [{ kind: 'verify' as const, calls: ['read'], arguments: { token: 0 }, settings: {} }] }];
    expect(settingsFrom({ policy: { ...policy }, audience: 'api://stock', libraries, versions: { jose: '5.10.0' }, followImports: false })).toEqual({ policy: { ...policy, audience: 'api://stock' }, libraries, versions: { jose: '5.10.0' }, followImports: false });
    expect(settingsFrom({})).toEqual({ policy: {} });
  });
});
