import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_FILES } from '../analysis/test-files.ts';
import type { PresetName } from '../define-rule.ts';
import { Failure, reasonOf } from './failure.ts';
import type { Catalogue } from './check.ts';
import type { Terminal } from './terminal.ts';

const CONFIGURATION_FILES = ['eslint.config.js', 'eslint.config.mjs', 'eslint.config.cjs', 'eslint.config.ts', 'eslint.config.mts', 'eslint.config.cts'];

/** Rules that test code breaks on purpose: secrets of its own, short-lived shortcuts, tokens that must be refused. */
const RELAXED_IN_TESTS = [
  'no-hardcoded-secret', 'no-weak-secret', 'no-fallback-secret', 'no-empty-key', 'no-none-algorithm', 'require-algorithms', 'require-audience',
  'require-issuer', 'require-expiration', 'no-long-lived-token', 'valid-expiration', 'no-unverified-decode', 'no-ignore-expiration', 'no-token-logging',
];

/** Writes an ESLint configuration where the project has none; where it has one, says what to add. Exit code 0, or 2. */
export function init(options: { readonly preset: PresetName }, catalogue: Catalogue, terminal: Terminal): number {
  const relaxed = RELAXED_IN_TESTS.filter((name) => catalogue.rules.some((rule) => rule.name === name));
  const existing = CONFIGURATION_FILES.find((name) => existsSync(join(terminal.cwd, name)));
  if (existing !== undefined) {
    terminal.out(`${existing} is there already and was left alone. Add this to it:\n\n${configuration(options.preset, relaxed, existing.endsWith('.js') ? isModule(terminal.cwd) : !existing.endsWith('.cjs'))}`);
    return 0;
  }
  const esm = isModule(terminal.cwd);
  const text = configuration(options.preset, relaxed, esm);
  try {
    writeFileSync(join(terminal.cwd, 'eslint.config.js'), text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(`eslint.config.js cannot be written: ${reasonOf(error)}.`);
  }
  terminal.out('Wrote eslint.config.js. Next:\n  npm install --save-dev eslint eslint-plugin-jwt-guard\n  npx eslint .\n');
  return 0;
}

/** Whether Node reads this folder's `.js` files as ES modules. */
function isModule(cwd: string): boolean {
  const path = join(cwd, 'package.json');
  if (!existsSync(path)) return false;
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { type?: unknown }).type === 'module';
  } catch (error) {
    throw new Failure(`package.json is not JSON: ${reasonOf(error)}.`);
  }
}

function configuration(preset: PresetName, relaxed: readonly string[], esm: boolean): string {
  const off = relaxed.map((name) => `      'jwt-guard/${name}': 'off',\n`).join('');
  return [
    esm ? "import jwtGuard from 'eslint-plugin-jwt-guard';\n\nexport default [\n" : "const jwtGuard = require('eslint-plugin-jwt-guard');\n\nmodule.exports = [\n",
    `  ...jwtGuard.configs.${preset},\n`,
    '  {\n    // Tests sign with secrets of their own and make tokens that must be refused.\n',
    `    files: [${TEST_FILES.map((pattern) => `'${pattern}'`).join(', ')}],\n`,
    `    rules: {\n${off}    },\n  },\n];\n`,
  ].join('');
}
