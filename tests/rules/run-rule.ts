/**
 * Runs a rule of the catalogue on valid and invalid code, and holds its remedies to what the project promises of them.
 * Every rule test calls `runRule(rule, { valid, invalid })` once, at `tests/rules/NAME.test.ts`.
 *
 * - Code is linted with `@typescript-eslint/parser`; JavaScript is linted with ESLint's own parser as well and must give the same findings.
 * - The file stands in an empty temporary folder, together with the case's `files`, so that nothing installed here decides
 *   anything: name versions in `settings.versions` or in a `package.json` among `files`.
 * - Every remedy that a case is offered and that needs no person is applied twice, one suggestion at a time through ESLint and at
 *   once through jscodeshift. Both must give the same bytes, a second run must change nothing, the repaired findings must be gone,
 *   no rule of the catalogue may find anything new, and a file with CRLF and BOM must differ in nothing but the edit.
 * - Every message and every remedy of the rule must occur in some invalid case.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, relative } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import jscodeshift from 'jscodeshift';
import { afterAll, describe, expect, it } from 'vitest';
import { codemod, remedyOf } from '../../src/codemod.ts';
import type { AnyRule, RuleDefinition, Safety } from '../../src/define-rule.ts';
import { eslintRule, findingsOf } from '../../src/eslint-rule.ts';
import type { Exploitability } from '../../src/libraries/descriptor.ts';
import type { Settings } from '../../src/policy.ts';

/** A file to lint, with what stands around it. */
export interface Case<Options = object> {
  /** Title of the test; the code itself where it is left out. */
  readonly name?: string;
  readonly code: string;
  /** Relative to the temporary folder. Default `case.js`. */
  readonly filename?: string;
  /** The rule's options. */
  readonly options?: Partial<Options>;
  /** What stands under `settings['jwt-guard']`. */
  readonly settings?: Settings;
  /** Other files of the project: relative path to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default `commonjs` for `.cjs` and `.cts`, else `module`. */
  readonly sourceType?: 'module' | 'commonjs' | 'script';
}

/** A remedy that a finding must offer, and the file after this one remedy of this one finding. */
export interface ExpectedRemedy<RemedyId extends string = string> {
  readonly id: RemedyId;
  readonly output: string;
  /** What an editor says of it. */
  readonly description?: string;
}

/** One expected report. What is left out is not looked at. */
export interface ExpectedError<MessageId extends string = string, RemedyId extends string = string> {
  readonly message: MessageId;
  /** The message as a user reads it, whole or in part. */
  readonly text?: string | RegExp;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly exploitability?: Exploitability;
  /** The place in another file that the defect comes from (`config.js:12`); `null` where there is none. */
  readonly cause?: string | null;
  /** `null` where no repair may be offered; a list where several are. */
  readonly remedy?: ExpectedRemedy<RemedyId> | readonly ExpectedRemedy<RemedyId>[] | null;
}

/** Code that must be reported. `errors` stand in source order. */
export interface InvalidCase<MessageId extends string = string, RemedyId extends string = string, Options = object> extends Case<Options> {
  readonly errors: number | readonly (MessageId | ExpectedError<MessageId, RemedyId>)[];
  /** The file when each finding's first remedy that needs no person has been applied, until nothing changes; `null` where there is none. */
  readonly output?: string | null;
}

interface Cases<MessageId extends string, RemedyId extends string, Options> {
  readonly valid: readonly (string | Case<Options>)[];
  readonly invalid: readonly InvalidCase<MessageId, RemedyId, Options>[];
}

/** Registers the tests of one rule. */
export function runRule<Messages extends Readonly<Record<string, string>>, Remedies extends Readonly<Record<string, string>>, Options extends object>(
  rule: RuleDefinition<Messages, Remedies, Options>,
  cases: Cases<keyof Messages & string, keyof Remedies & string, Options>,
): void {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-rule-'));
  const seenMessages = new Set<string>();
  const seenRemedies = new Set<string>();
  const used = new Map<string, number>();

  describe(rule.name, () => {
    afterAll(() => {
      rmSync(root, { recursive: true, force: true });
    });

    describe('valid', () => {
      for (const [index, given] of cases.valid.entries()) {
        const valid: Case = typeof given === 'string' ? { code: given } : (given as Case);
        refuseDuplicate(used, valid, 'valid');
        it(titleOf(valid), () => {
          const project = new Project(rule, valid, mkdtempSync(join(root, `valid-${index}-`)));
          expect(project.lint(valid.code).map(readable)).toEqual([]);
          expect(project.lintWithDefaultParser(valid.code)?.map(readable) ?? []).toEqual([]);
        });
      }
    });

    describe('invalid', () => {
      for (const [index, given] of cases.invalid.entries()) {
        const invalid = given as InvalidCase;
        refuseDuplicate(used, invalid, 'invalid');
        it(titleOf(invalid), async () => {
          const project = new Project(rule, invalid, mkdtempSync(join(root, `invalid-${index}-`)));
          const reports = project.lint(invalid.code);
          expectErrors(invalid, reports);
          for (const report of reports) {
            expect(report.text, 'a message is made of sentences').toMatch(/\S\.$/);
            if (report.cause !== null) expect(report.text, 'a message names the place in another file').toContain(`(${basename(report.cause)})`);
          }
          const again = project.lintWithDefaultParser(invalid.code);
          if (again) expect(again.map(readable), 'the same findings with the default parser').toEqual(reports.map(readable));
          for (const report of reports) {
            seenMessages.add(report.messageId);
            for (const remedy of report.remedies) seenRemedies.add(remedy.id);
          }
          await expectAgreement(project, invalid, reports);
        });
      }
    });

    // After the cases, which fill the two sets; a run narrowed with `-t` leaves this out with them.
    it('has a case for every message and every remedy', () => {
      expect(Object.keys(rule.messages).filter((id) => !seenMessages.has(id)), 'messages without a case').toEqual([]);
      expect(Object.keys(rule.remedies).filter((id) => !seenRemedies.has(id)), 'remedies without a case').toEqual([]);
    });
  });
}

interface OfferedRemedy {
  readonly id: string;
  readonly safety: Safety;
  /** A fix has none. */
  readonly description?: string;
  readonly fix: { readonly range: readonly [number, number]; readonly text: string };
}

interface Report {
  readonly rule: string;
  readonly messageId: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number | undefined;
  readonly exploitability: Exploitability | undefined;
  readonly cause: string | null;
  readonly remedies: readonly OfferedRemedy[];
}

/** A case on disk, and the two ways to lint and repair it. */
class Project {
  readonly filename: string;
  readonly settings: Settings;
  private readonly rule: AnyRule;
  private readonly options: object | undefined;
  private readonly root: string;
  private readonly sourceType: 'module' | 'commonjs' | 'script';

  constructor(rule: AnyRule, given: Case, root: string) {
    this.rule = rule;
    this.options = given.options;
    this.settings = given.settings ?? {};
    this.root = root;
    this.filename = join(root, given.filename ?? 'case.js');
    this.sourceType = given.sourceType ?? (['.cjs', '.cts'].includes(extname(this.filename)) ? 'commonjs' : 'module');
    for (const [name, text] of [...Object.entries(given.files ?? {}), [given.filename ?? 'case.js', given.code] as const]) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  }

  lint(code: string, rules: readonly AnyRule[] = [this.rule]): Report[] {
    return this.lintWith(code, rules, typescriptParser as Linter.Parser);
  }

  /** ESLint's own parser reads no TypeScript: undefined there. */
  lintWithDefaultParser(code: string): Report[] | undefined {
    return ['.js', '.mjs', '.cjs', '.jsx'].includes(extname(this.filename)) ? this.lintWith(code, [this.rule], undefined) : undefined;
  }

  private lintWith(code: string, rules: readonly AnyRule[], parser: Linter.Parser | undefined): Report[] {
    const linter = new Linter({ configType: 'flat', cwd: this.root });
    const jsx = !['.ts', '.mts', '.cts'].includes(extname(this.filename));
    const messages = linter.verify(code, [{
      files: ['**/*.*'],
      plugins: { 'jwt-guard': { rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, (name) => name) as never])) } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      languageOptions: { ...(parser && { parser }), sourceType: this.sourceType, parserOptions: { ecmaFeatures: { jsx } } },
      settings: { 'jwt-guard': this.settings },
      rules: Object.fromEntries(rules.map((rule) => [`jwt-guard/${rule.name}`, rule === this.rule && this.options ? ['error', this.options] : 'error'])),
    }], { filename: this.filename });
    const broken = messages.find((message) => message.fatal || message.ruleId === null);
    if (broken) throw new Error(`${broken.message} (line ${broken.line}, column ${broken.column}) in:\n${code}`);
    const sourceCode = linter.getSourceCode();
    return messages.map((message) => {
      const name = (message.ruleId ?? '').slice('jwt-guard/'.length);
      const finding = findingsOf(sourceCode).find(({ rule, finding: found }) => rule === name && found.message === message.messageId && found.node.loc.start.line === message.line && found.node.loc.start.column + 1 === message.column)?.finding;
      const safetyOf = (id: string) => finding?.remedies?.find((remedy) => remedy.id === id)?.safety;
      const fixed = finding?.remedies?.find((remedy) => remedy.safety === 'equivalent');
      const offered = [
        ...(message.fix ? [{ id: fixed?.id ?? '', fix: message.fix }] : []),
        ...(message.suggestions ?? []).map(({ messageId, desc, fix }) => ({ id: messageId ?? '', description: desc, fix })),
      ];
      return {
        rule: name, messageId: message.messageId ?? '', text: message.message, line: message.line, column: message.column, endLine: message.endLine,
        exploitability: finding?.exploitability,
        cause: finding?.cause ? `${relative(this.root, finding.cause.file.filename).replaceAll('\\', '/')}:${finding.cause.node.loc.start.line}` : null,
        remedies: offered.map((one) => ({ ...one, safety: safetyOf(one.id) ?? 'review' })),
      };
    });
  }

  /** Applies one suggestion after the other, as a person in an editor would, until none is left. */
  repairThroughEslint(code: string, remedies: readonly string[]): string {
    let text = code;
    for (let step = 0; step < 100; step++) {
      const wanted = this.lint(text).flatMap((report) => report.remedies.filter(({ id, safety }) => safety !== 'review' && remedies.includes(id)).slice(0, 1));
      const next = wanted[0];
      if (!next) return text;
      text = withFix(text, next.fix);
    }
    throw new Error(`The remedies ${remedies.join(', ')} do not come to an end:\n${text}`);
  }

  /** Runs the remedies as a codemod, the way jscodeshift calls a transform. */
  repairThroughJscodeshift(code: string, remedies: readonly string[]): string {
    const repair = { ...remedyOf(this.rule, ...remedies), ...(this.options && { options: { ...this.options } }) };
    const { transform } = codemod({ name: 'under-test', description: 'The remedies under test.', repairs: [repair] });
    const j = jscodeshift.withParser('tsx');
    const api = { jscodeshift: j, j, stats: () => undefined, report: () => undefined };
    return transform({ path: this.filename, source: code }, api, { ...this.settings }) ?? code;
  }
}

function expectErrors(invalid: InvalidCase, reports: readonly Report[]): void {
  if (typeof invalid.errors === 'number') {
    expect(reports.map(readable), 'number of reports').toHaveLength(invalid.errors);
    expect(invalid.errors, 'an invalid case reports something').toBeGreaterThan(0);
    return;
  }
  const expected = invalid.errors.map((error): ExpectedError => (typeof error === 'string' ? { message: error } : error));
  expect(expected.length, 'an invalid case reports something').toBeGreaterThan(0);
  expect(reports.map(({ messageId }) => messageId), reports.map(readable).join('\n')).toEqual(expected.map(({ message }) => message));
  for (const [index, error] of expected.entries()) {
    const report = reports[index];
    if (!report) continue;
    const where = `error ${index + 1}: ${readable(report)}`;
    expect(report.text, where).not.toMatch(/\{\{|\}\}|undefined/);
    if (typeof error.text === 'string') expect(report.text, where).toContain(error.text);
    else if (error.text) expect(report.text, where).toMatch(error.text);
    for (const property of ['line', 'column', 'endLine', 'exploitability', 'cause'] as const) {
      if (error[property] !== undefined) expect(report[property], `${property} of ${where}`).toBe(error[property]);
    }
    if (error.remedy === undefined) continue;
    const remedies = error.remedy === null ? [] : [error.remedy].flat();
    expect(report.remedies.map(({ id, fix }) => ({ id, output: withFix(invalid.code, fix) })), `remedies of ${where}`).toEqual(remedies.map(({ id, output }) => ({ id, output })));
    for (const [at, { description }] of remedies.entries()) {
      if (description !== undefined) expect(report.remedies[at]?.description, `description of a remedy of ${where}`).toBe(description);
    }
  }
}

async function expectAgreement(project: Project, invalid: InvalidCase, reports: readonly Report[]): Promise<void> {
  const safe = (report: Report) => report.remedies.filter(({ safety }) => safety !== 'review');
  const ids = [...new Set(reports.flatMap((report) => safe(report).map(({ id }) => id)))];
  if (invalid.output !== undefined) {
    const output = project.repairThroughJscodeshift(invalid.code, ids);
    expect(output, 'output').toBe(invalid.output ?? invalid.code);
  }
  if (ids.length === 0) return;

  const rules = await catalogue();
  // Each remedy alone, and all together: two that meet in one object must not write twice.
  for (const remedies of ids.length > 1 ? [...ids.map((id) => [id]), ids] : [ids]) {
    const label = `remedy ${remedies.join(' with ')}`;
    const throughEslint = project.repairThroughEslint(invalid.code, remedies);
    const throughJscodeshift = project.repairThroughJscodeshift(invalid.code, remedies);
    expect(throughJscodeshift, `${label}: ESLint and jscodeshift give the same text`).toBe(throughEslint);
    expect(throughEslint, `${label} changes something`).not.toBe(invalid.code);
    expect(project.repairThroughJscodeshift(throughEslint, remedies), `${label}: a second run changes nothing`).toBe(throughEslint);

    const left = project.lint(throughEslint);
    const unrepaired = reports.filter((report) => !report.remedies.some(({ id, safety }) => safety !== 'review' && remedies.includes(id)));
    const mayStay = countFindings(unrepaired);
    expect([...countFindings(left)].filter(([finding, count]) => count > (mayStay.get(finding) ?? 0)), `${label}: the repaired findings are gone from\n${throughEslint}`).toEqual([]);
    project.lintWithDefaultParser(throughEslint);
    expectNothingNew(project, invalid.code, throughEslint, rules, label);

    const foreign = `\uFEFF${invalid.code.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')}`;
    const expected = `\uFEFF${throughEslint.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')}`;
    expect(project.repairThroughJscodeshift(foreign, remedies), `${label}: CRLF and BOM stay`).toBe(expected);
  }
}

/** A finding that another rule's precedence hid before is not new. */
function expectNothingNew(project: Project, before: string, after: string, rules: readonly AnyRule[], label: string): void {
  const known = countFindings(project.lint(before, rules));
  const fresh = [...countFindings(project.lint(after, rules))].filter(([finding, count]) => count > (known.get(finding) ?? 0));
  const unexplained = fresh.filter(([finding, count]) => {
    const rule = rules.find(({ name }) => finding.startsWith(`${name}:`));
    return !rule || count > (countFindings(project.lint(before, [rule])).get(finding) ?? 0);
  });
  expect(unexplained.map(([finding]) => finding), `${label}: nothing new is found in\n${after}`).toEqual([]);
}

function countFindings(reports: readonly Report[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, messageId } of reports) counts.set(`${rule}:${messageId}`, (counts.get(`${rule}:${messageId}`) ?? 0) + 1);
  return counts;
}

/** Loaded late: a rule's own cases still run while another rule of the catalogue does not load. */
async function catalogue(): Promise<readonly AnyRule[]> {
  return (await import('../../rules/index.ts')).rules;
}

/** ESLint counts offsets without the byte order mark. */
function withFix(code: string, fix: OfferedRemedy['fix']): string {
  const bom = code.startsWith('\uFEFF') ? 1 : 0;
  return code.slice(0, fix.range[0] + bom) + fix.text + code.slice(fix.range[1] + bom);
}

function readable({ line, column, messageId, text }: Report): string {
  return `${line}:${column} ${messageId}: ${text}`;
}

function titleOf({ name, code }: Case): string {
  return name ?? code.trim().replace(/\s+/g, ' ').slice(0, 160);
}

function refuseDuplicate(used: Map<string, number>, given: Case, kind: string): void {
  const key = JSON.stringify([given.code, given.filename, given.options, given.settings, given.files, given.sourceType]);
  if (used.has(key)) throw new Error(`The same ${kind} case stands twice:\n${given.code}`);
  used.set(key, 1);
}
