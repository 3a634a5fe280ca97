/** Runs the example of docs/in-house-libraries.md, block by block. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin, { libraries } from '../../src/index.ts';
import { packageInfo } from '../../src/package-info.ts';
import { type InHouseLibrary, readSettings } from '../../src/policy.ts';
import { presetNames, rulesOfPreset } from '../../src/presets.ts';
import { rules } from '../../rules/index.ts';
import { codeBlocksOf } from '../repository/code-blocks.ts';

const blocks = codeBlocksOf(readFileSync(join(packageInfo().root, 'docs/in-house-libraries.md'), 'utf8'));
const blocksOf = (...words: readonly string[]) => blocks.filter((block) => words.every((word) => block.words.includes(word) || block.language === word));
const descriptor = JSON.parse(blocksOf('json', 'descriptor')[0]!.code) as InHouseLibrary;

function reports(code: string, only: readonly string[], own: readonly InHouseLibrary[]): string[] {
  return new Linter().verify(code, [{
    plugins: { 'jwt-guard': plugin },
    settings: { 'jwt-guard': { libraries: own } },
    rules: Object.fromEntries(only.map((name) => [`jwt-guard/${name}`, 'error'])),
  }]).map(({ ruleId, message }) => ruleId ?? message);
}

describe('docs/in-house-libraries.md', () => {
  it('has bad and good code', () => {
    expect(blocksOf('js', 'bad').length).toBeGreaterThan(3);
    expect(blocksOf('js', 'good').length).toBeGreaterThan(0);
  });

  for (const { code, values, line } of blocksOf('js', 'bad')) {
    const rule = String(values.get('rule'));
    it(`line ${line}: ${rule} reports it, and only with the descriptor`, () => {
      expect(reports(code, [rule], [descriptor])).toEqual([`jwt-guard/${rule}`]);
      expect(reports(code, [rule], [])).toEqual([]);
    });
  }

  for (const { code, line } of blocksOf('js', 'good')) {
    it(`line ${line}: no recommended rule reports it`, () => {
      expect(reports(code, [...rulesOfPreset(rules, presetNames.find((name) => name === 'recommended')!).keys()], [descriptor])).toEqual([]);
    });
  }

  it('shows the sentence with which a bad descriptor is refused', () => {
    const [verify, ...others] = descriptor.operations;
    const { audience, ...settings } = verify!.settings;
    const bad = { ...descriptor, operations: [{ ...verify, settings: { audiance: audience, ...settings } }, ...others] };
    expect(() => readSettings({ 'jwt-guard': { libraries: [bad] } })).toThrow(blocksOf('text', 'message')[0]!.code.trim());
  });

  it('gives a built-in descriptor another name', () => {
    expect(blocksOf('js', 'config').at(-1)!.code).toContain("versionOf: ['jsonwebtoken']");
    const jsonwebtoken = libraries.find(({ name }) => name === 'jsonwebtoken')!;
    const acme: InHouseLibrary = { ...jsonwebtoken, name: '@acme/jwt', modules: { '@acme/jwt': '' }, versionOf: ['jsonwebtoken'] };
    const code = (pinned: string) => `import jwt from '@acme/jwt';\njwt.verify(token, key, { algorithms: ['${pinned}'] });\n`;
    expect(reports(code('none'), ['no-none-algorithm'], [acme])).toEqual(['jwt-guard/no-none-algorithm']);
    expect(reports(code('RS256'), ['no-none-algorithm'], [acme])).toEqual([]);
  });
});
