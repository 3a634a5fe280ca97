import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { eslintRule } from '../../src/eslint-rule.ts';
import { exclusionOf, type Program, programs } from './combine.ts';
import { exclusions } from './exclusions.ts';
import { rulesWithoutSeed } from './rules-without-seed.ts';
import { seeds } from './seeds.ts';

const root = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-metamorphic-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const plugin = { rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, (name) => name)])) };
const linter = new Linter({ configType: 'flat', cwd: root });
let folders = 0;

function report(program: Program): string | undefined {
  const folder = join(root, String(folders++));
  for (const [name, text] of Object.entries(program.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const messages = linter.verify(program.code, [{
    files: ['**/*.{js,ts}'],
    plugins: { 'jwt-guard': plugin as never },
    languageOptions: { parser: parser as never, sourceType: program.format === 'cjs' ? 'commonjs' : 'module', ...(program.format === 'cjs' && { globals: { require: 'readonly', module: 'writable', exports: 'writable', process: 'readonly' } }) },
    settings: { 'jwt-guard': program.seed.settings ?? {} },
    rules: { [`jwt-guard/${program.seed.rule}`]: 'error' },
  }], { filename: join(folder, program.filename) });
  const fatal = messages.find((message) => message.ruleId === null);
  if (fatal) return `does not parse: ${fatal.message}`;
  const reported = messages.length > 0;
  if (program.side === 'bad') return reported ? undefined : 'not reported';
  return reported ? `reported: ${messages[0]?.message ?? ''}` : undefined;
}

const catalogue = new Set(rules.map((rule) => rule.name));
const all = programs((rule) => catalogue.has(rule));
const run = all.filter((program) => exclusionOf(program) === undefined);

describe('metamorphic programs', () => {
  it('has a seed or a reason for every rule', () => {
    const seeded = new Set(seeds.map((seed) => seed.rule));
    expect([...catalogue].filter((rule) => !seeded.has(rule) && rulesWithoutSeed[rule] === undefined)).toEqual([]);
    expect(Object.keys(rulesWithoutSeed).filter((rule) => seeded.has(rule))).toEqual([]);
  });

  it('uses every exclusion, and leaves out few programs', () => {
    expect(exclusions.filter((exclusion) => !all.some((program) => exclusion.applies(program))).map(({ reason }) => reason)).toEqual([]);
    expect(all.length - run.length).toBeLessThan(all.length / 20);
  });

  it('names every exclusion in docs/limits.md', () => {
    const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');
    expect(exclusions.filter(({ reason }) => !page.includes(`- ${reason}\n`)).map(({ reason }) => reason)).toEqual([]);
  });

  it('makes at least 5,000 programs', () => {
    expect(run.length).toBeGreaterThanOrEqual(5000);
  });

  it('lets every production meet every production of another factor', () => {
    expect(unmetPairs(all)).toEqual([]);
  });

  for (const seed of seeds.filter(({ rule }) => catalogue.has(rule))) {
    for (const side of ['bad', 'good'] as const) {
      it(`${seed.rule}, ${seed.function}: ${side}`, () => {
        const failures = run.filter((program) => program.seed === seed && program.side === side).flatMap((program) => {
          const failure = report(program);
          return failure === undefined ? [] : [`${failure}\n${program.format} ${JSON.stringify(program.parts)}\n${program.code}${Object.entries(program.files).map(([name, text]) => `// ${name}\n${text}`).join('')}`];
        });
        expect(failures.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n'), `${failures.length} programs`).toBe('');
      }, 120_000);
    }
  }
});

/** Pairs of productions that could meet in some format but never do. */
function unmetPairs(made: readonly Program[]): readonly string[] {
  const met = new Set<string>();
  const seen = new Map<string, Set<string>>();
  for (const program of made) {
    const parts = Object.entries(program.parts).filter(([, name]) => name !== 'none').map(([factor, name]) => `${factor}: ${name}`);
    for (const a of parts) {
      seen.set(a, (seen.get(a) ?? new Set()).add(program.format));
      for (const b of parts) if (a < b) met.add(`${a} + ${b}`);
    }
  }
  const names = [...seen.keys()].sort();
  return names.flatMap((a, index) => names.slice(index + 1).filter((b) => a.split(':')[0] !== b.split(':')[0] && [...(seen.get(a) ?? [])].some((format) => seen.get(b)?.has(format)) && !met.has(`${a} + ${b}`)).map((b) => `${a} + ${b}`));
}
