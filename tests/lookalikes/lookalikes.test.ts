import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { eslintRule } from '../../src/eslint-rule.ts';
import { libraries } from '../../src/libraries/index.ts';
import { lookalikes } from './lookalikes.ts';

const plugin = { rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, (name) => name)])) };
const linter = new Linter({ configType: 'flat' });

function findings(code: string): readonly string[] {
  return linter.verify(code, [{
    files: ['**/*.js'],
    plugins: { 'jwt-guard': plugin as never },
    languageOptions: { parser: parser as never, sourceType: 'module' },
    settings: { 'jwt-guard': {} },
    rules: Object.fromEntries(rules.map((rule) => [`jwt-guard/${rule.name}`, 'error'])),
  }], { filename: 'lookalike.js' }).map((message) => `${message.line}: ${message.ruleId ?? 'fatal'} ${message.message}`);
}

/** The statements of a look-alike in a function of its own. */
function program(code: string, imports: string): string {
  return `${imports}\nexport async function handle(body, user, token, use) {\n  ${code};\n}\n`;
}

const specifiers = libraries.flatMap((library) => Object.keys(library.modules).slice(0, 1));

describe('look-alikes', () => {
  it('are at least sixty', () => {
    expect(lookalikes.length).toBeGreaterThanOrEqual(60);
  });

  it.each(lookalikes.map(({ imports, code }) => [`${imports} ${code}`, program(code, imports)]))('%s', (_title, code) => {
    expect(findings(code)).toEqual([]);
  });

  it.each(specifiers)('beside an import of %s', (specifier) => {
    const reported = lookalikes.flatMap(({ imports, code }) => {
      const beside = `import library, * as everything from '${specifier}';\nimport { verify as verifyToken, sign as signToken, decode as decodeToken } from '${specifier}';\n`;
      return findings(program(code, `${beside}${imports}`)).map((finding) => `${imports} ${code}: ${finding}`);
    });
    expect(reported).toEqual([]);
  }, 60_000);
});
