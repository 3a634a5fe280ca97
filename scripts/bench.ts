/**
 * `npm run bench`: what the plugin costs, as ratios within one run, so that the numbers mean the same on every machine.
 * Nothing here passes or fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import Table from 'cli-table3';
import { Linter } from 'eslint';
import { rules } from '../rules/index.ts';
import { mayConcernJwt } from '../src/analysis/prefilter.ts';
import type { AnyRule } from '../src/define-rule.ts';
import { eslintRule } from '../src/eslint-rule.ts';
import { packageInfo } from '../src/package-info.ts';
import { NO_SETTINGS } from '../src/policy.ts';

interface BenchedFile {
  readonly name: string;
  readonly text: string;
}

const ROUNDS = 4;
const { root } = packageInfo();

function sourcesUnder(folder: string): BenchedFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ['.js', '.ts'].includes(extname(entry.name)) && !/[\\/](?:node_modules|dist)[\\/]/.test(`${entry.parentPath.slice(folder.length)}/`))
    .map((entry) => ({ name: join(entry.parentPath, entry.name), text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }));
}

/** ESLint's own source: a large program that other people wrote, full of tokens that are no JWT. */
const withoutJwt = sourcesUnder(join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'lib'));
const withJwt = sourcesUnder(join(root, 'examples')).filter(({ name, text }) => mayConcernJwt(text, NO_SETTINGS, name));

/**
 * Milliseconds for linting all files once with each set of rules; the best of several rounds. The sets take turns, so
 * that a busy moment of the machine falls on all of them, and the first round only warms up.
 */
function timesOf(files: readonly BenchedFile[], sets: readonly (readonly AnyRule[])[]): readonly number[] {
  const best = sets.map(() => Infinity);
  for (let round = 0; round <= ROUNDS; round++) {
    // To and fro: what one set leaves for the garbage collector, the next one pays for.
    const order = [...sets.entries()];
    for (const [index, active] of round % 2 === 0 ? order : order.reverse()) {
      const taken = timeOf(files, active);
      if (round > 0) best[index] = Math.min(best[index] ?? Infinity, taken);
    }
  }
  return best;
}

function timeOf(files: readonly BenchedFile[], active: readonly AnyRule[]): number {
  const plugin = { rules: Object.fromEntries(active.map((rule) => [rule.name, eslintRule(rule, (name) => name) as never])) };
  const config: Linter.Config[] = [{
    files: ['**/*.*'],
    plugins: { 'jwt-guard': plugin },
    languageOptions: { parser: parser as Linter.Parser },
    rules: Object.fromEntries(active.map(({ name }) => [`jwt-guard/${name}`, 'error'])),
  }];
  const linter = new Linter({ configType: 'flat', cwd: root });
  const start = performance.now();
  for (const { name, text } of files) linter.verify(text, config, { filename: name });
  return performance.now() - start;
}

function compare(title: string, files: readonly BenchedFile[]): void {
  const [without = NaN, all = NaN] = timesOf(files, [[], rules]);
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  process.stdout.write(`${title}: ${files.length} files, ${lines} lines. Parsing alone is 1, with all ${rules.length} rules it is ${(all / without).toFixed(2)}.\n`);
}

compare('Files that name no JWT library', withoutJwt);
compare('Files that use one', withJwt);

const first = rules[0];
if (first) {
  // The first rule pays for the analysis that all share; a rule's own cost is what it adds to that.
  const nothing: AnyRule = { ...first, name: 'nothing', check: () => [], checkFile: () => [] };
  const [parsing = NaN, shared = NaN, ...own] = timesOf(withJwt, [[], [nothing], ...rules.map((rule) => [rule])]);
  const table = new Table({ head: ['rule', 'adds, as a share of parsing'], style: { head: [], border: [], compact: true } });
  table.push(['(the analysis)', ((shared - parsing) / parsing).toFixed(3)]);
  for (const [index, rule] of rules.entries()) table.push([rule.name, Math.max(0, ((own[index] ?? NaN) - shared) / parsing).toFixed(3)]);
  process.stdout.write(`${table.toString()}\n`);
}
