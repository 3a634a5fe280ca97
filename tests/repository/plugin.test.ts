import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { defineConfig } from 'eslint/config';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import plugin from '../../src/index.ts';
import { presetNames } from '../../src/presets.ts';

const BAD = "import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['none'] });\n";

async function rulesReported(overrideConfig: ESLint.Options['overrideConfig']): Promise<string[]> {
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: overrideConfig ?? [] });
  const [result] = await eslint.lintText(BAD, { filePath: 'service.js' });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

describe('the plugin', () => {
  it('says who it is', () => {
    expect(plugin.meta).toMatchObject({ name: 'eslint-plugin-jwt-guard', namespace: 'jwt-guard' });
    expect(Object.keys(plugin.rules).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(presetNames)('preset %s holds what the rules themselves say', (preset) => {
    const [config, ...others] = plugin.configs[preset];
    expect(others).toEqual([]);
    expect(config?.rules).toEqual(Object.fromEntries(rules.filter(({ presets }) => presets[preset] !== undefined).map(({ name, presets }) => [`jwt-guard/${name}`, presets[preset]])));
    expect(config?.plugins).toEqual({ 'jwt-guard': plugin });
  });

  it('works spread into a configuration', async () => {
    expect(await rulesReported([...plugin.configs.recommended])).toContain('jwt-guard/no-none-algorithm');
  });

  it('works named in extends', async () => {
    expect(await rulesReported(defineConfig([{ files: ['**/*.js'], plugins: { 'jwt-guard': plugin }, extends: ['jwt-guard/recommended'] }]))).toContain('jwt-guard/no-none-algorithm');
  });

  it.each(presetNames)('preset %s is accepted by ESLint, options included', async (preset) => {
    await expect(rulesReported([...plugin.configs[preset]])).resolves.toBeInstanceOf(Array);
  });

  it('links each rule to its page', () => {
    for (const [name, rule] of Object.entries(plugin.rules)) expect(rule.meta?.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    for (const rule of Object.values(plugin.rules)) expect(existsSync(fileURLToPath(rule.meta?.docs?.url ?? '')), 'the page that is installed with it').toBe(true);
  });
});
