/**
 * Every rule on every library and version: for each cell the programs in which the rule must and must not report, or the
 * reason why there can be none. Programs and most reasons are derived from the descriptors.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { sourceFileOf } from '../../src/analysis/modules.ts';
import { operationsOf } from '../../src/analysis/operations.ts';
import type { AnyRule, Finding } from '../../src/define-rule.ts';
import type { Policy } from '../../src/policy.ts';
import { libraries } from '../../src/libraries/index.ts';
import { exceptions } from './programs/exceptions.ts';
import { subjects } from './programs/subjects.ts';

const FILE = join(tmpdir(), 'jwt-guard-table', 'service', 'src', 'service.mjs');
const linter = new Linter();
const CONFIG: Linter.Config[] = [{ files: ['**/*.mjs'] }];
const sources = new Map<string, TSESLint.SourceCode>();
// One object for each version: the analysis of a program is kept as long as its settings are the same.
const versions = new Map(libraries.flatMap(({ name, measured }) => measured.map((version) => [`${name}@${version}`, { versions: { [name]: version } }] as const)));

/** Parses a program once, whatever the number of rules that read it. */
function sourceOf(code: string, key: string): TSESLint.SourceCode {
  const known = sources.get(key);
  if (known) return known;
  const [message] = linter.verify(code, CONFIG, { filename: 'service.mjs' });
  if (message?.fatal) throw new Error(`${message.message} (line ${message.line}) in:\n${code}`);
  const source = linter.getSourceCode() as unknown as TSESLint.SourceCode;
  sources.set(key, source);
  return source;
}

/** What one rule says of a program, where it runs alone. */
function reports(rule: AnyRule, code: string, library: string, version: string, policy: Policy = {}): readonly string[] {
  const settings = versions.get(`${library}@${version}`) ?? {};
  const source = sourceOf(code, `${library}@${version}\n${code}`);
  const operations = operationsOf(source, { filename: FILE, settings });
  const context = { file: sourceFileOf(source, FILE), operations, policy, options: rule.options.defaults as object, isEnabled: (name: string) => name === rule.name };
  const found = [...(rule.check ? operations.flatMap((operation) => [...(rule.check?.(operation, context) as Iterable<Finding>)]) : []), ...(rule.checkFile ? (rule.checkFile(context) as Iterable<Finding>) : [])];
  return [...found].map(({ message }) => message);
}

describe('every rule on every library', () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
    const subject = subjects[name];
    expect(subject, `${name} needs a line in tests/libraries/programs/subjects.ts`).toBeDefined();
    const wrong: string[] = [];
    let covered = 0;
    for (const library of libraries) {
      for (const version of library.measured) {
        const cell = subject?.(library, version) ?? '';
        if (typeof cell === 'string') {
          if (!/^\S.+ \S/.test(cell)) wrong.push(`${library.name} ${version}: neither programs nor a reason`);
          continue;
        }
        for (const { about, bad, good, policy } of cell) {
          const excepted = exceptions.some((one) => one.rule === name && one.library === library.name && (one.about === undefined || one.about === about) && (one.versions === undefined || satisfies(version, one.versions)));
          const onBad = reports(rule, bad, library.name, version, policy);
          const onGood = reports(rule, good, library.name, version, policy);
          const failures = [...(onBad.length === 0 ? [`silent on\n${bad}`] : []), ...(onGood.length > 0 ? [`reports ${onGood.join(', ')} on\n${good}`] : [])];
          // An exception that is not needed any more must go.
          if (excepted && failures.length === 0) wrong.push(`${library.name} ${version}, ${about}: the exception is not needed`);
          if (!excepted) wrong.push(...failures.map((failure) => `${library.name} ${version}, ${about}: ${failure}`));
          if (!excepted) covered++;
        }
      }
    }
    expect(wrong.join('\n\n')).toBe('');
    const applies = !/^not about libraries/.test(String(subject?.(libraries[0]!, libraries[0]!.measured[0]!)));
    if (applies) expect(covered, 'cells with programs').toBeGreaterThan(0);
  });

  it('has no line for a rule that does not exist', () => {
    const names = new Set(rules.map(({ name }) => name));
    for (const { rule, library, reason } of exceptions) {
      expect(names).toContain(rule);
      expect(libraries.map(({ name }) => name)).toContain(library);
      expect(reason).toMatch(/\w+ \w+ \w+/);
    }
  });
});
