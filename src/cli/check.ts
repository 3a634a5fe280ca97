import Table from 'cli-table3';
import type { Codemod } from '../codemod.ts';
import { applyRemedies } from '../apply-remedies.ts';
import type { AnyRule, PresetName } from '../define-rule.ts';
import { packageInfo } from '../package-info.ts';
import { codeFrame } from './code-frame.ts';
import { counted, foundIn, type Found } from './found.ts';
import { ProjectConfiguration } from './project-configuration.ts';
import { sarifLog } from './sarif.ts';
import { parseFailure, sayProblems, scan, type Scan } from './scan.ts';
import type { Terminal } from './terminal.ts';

/** How bad a finding must be for `check` to fail. */
export type Threshold = 'exploitable' | 'error' | 'warning';

export interface CheckOptions {
  readonly failOn: Threshold;
  readonly format: 'pretty' | 'json' | 'sarif';
  readonly preset: PresetName | undefined;
  readonly ignorePattern: readonly string[];
  /** False for `--no-config`. */
  readonly config: boolean;
}

/** What the commands know of the project's rules and codemods. */
export interface Catalogue {
  readonly rules: readonly AnyRule[];
  readonly codemods: readonly Codemod[];
}

/** Reports misuse without changing anything. Exit code 0: nothing, 1: findings, 2: something could not be looked at. */
export async function check(paths: readonly string[], options: CheckOptions, catalogue: Catalogue, terminal: Terminal): Promise<number> {
  const found: Found[] = [];
  const texts = new Map<Found, string>();
  const configuration = new ProjectConfiguration({ rules: catalogue.rules, preset: options.preset, readProject: options.config, cwd: terminal.cwd });
  const scanned = await scan({ paths, ignorePattern: options.ignorePattern }, configuration, terminal, (source, { rules, settings }) => {
    const { left, fatal } = applyRemedies(source.text, source.path, rules.map(({ rule, options: own }) => ({ rule, remedies: [], ...(own && { options: own }) })), settings);
    if (fatal !== undefined) return parseFailure(fatal);
    for (const message of left) {
      const one = foundIn(source.path, message, rules, catalogue.codemods, terminal.cwd);
      found.push(one);
      if (options.format === 'pretty') texts.set(one, source.text);
    }
    return undefined;
  });
  if (terminal.interrupted.aborted) return 130;

  if (options.format === 'json') terminal.out(`${JSON.stringify(report(found, scanned), null, 2)}\n`);
  else if (options.format === 'sarif') terminal.out(`${JSON.stringify(sarifLog(found, scanned, catalogue.rules), null, 2)}\n`);
  else print(found, texts, scanned, terminal);
  sayProblems(scanned, terminal);
  if (scanned.problems.length > 0) return 2;
  return found.some((one) => reaches(one, options.failOn)) ? 1 : 0;
}

function reaches(one: Found, threshold: Threshold): boolean {
  if (threshold === 'exploitable') return one.exploitability === 'exploitable';
  return threshold === 'warning' || one.level === 'error';
}

function report(findings: readonly Found[], { files, concerned, problems }: Scan): object {
  const { version } = packageInfo();
  const numberOf = (fits: (one: Found) => boolean) => findings.filter(fits).length;
  return {
    schemaVersion: 1,
    tool: { name: 'jwt-guard', version },
    command: 'check',
    findings,
    problems,
    summary: {
      files,
      filesWithJwt: concerned,
      findings: findings.length,
      errors: numberOf(({ level }) => level === 'error'),
      warnings: numberOf(({ level }) => level === 'warning'),
      exploitable: numberOf(({ exploitability }) => exploitability === 'exploitable'),
    },
  };
}

function print(found: readonly Found[], texts: ReadonlyMap<Found, string>, { files, concerned }: Scan, terminal: Terminal): void {
  const { colors } = terminal;
  for (const one of found) {
    const level = one.level === 'error' ? colors.red('error') : colors.yellow('warning');
    terminal.out(`${colors.bold(`${one.file}:${one.line}:${one.column}`)}  ${level}  ${one.rule}  ${colors.dim(one.exploitability)}\n`);
    terminal.out(`${one.message}\n`);
    if (one.cause) terminal.out(`It comes from ${one.cause.file}:${one.cause.line}.\n`);
    terminal.out(`\n${codeFrame(texts.get(one) ?? '', { line: one.line, column: one.column, endLine: one.endLine ?? undefined, endColumn: one.endColumn ?? undefined }, colors)}\n`);
  }
  if (found.length > 0) {
    const table = new Table({ head: ['rule', 'findings', 'exploitable', 'codemods that repair it'], style: { head: [], border: [], compact: true } });
    for (const rule of new Set(found.map((one) => one.rule))) {
      const own = found.filter((one) => one.rule === rule);
      const codemods = new Set(own.flatMap(({ remedies }) => remedies.filter(({ safety }) => safety !== 'review').flatMap((remedy) => remedy.codemods)));
      table.push([rule, own.length, own.filter(({ exploitability }) => exploitability === 'exploitable').length, [...codemods].join(', ')]);
    }
    terminal.out(`${table.toString()}\n`);
  }
  const exploitable = found.filter(({ exploitability }) => exploitability === 'exploitable').length;
  terminal.out(`${counted(found.length, 'finding')}, ${exploitable} exploitable, in ${counted(new Set(found.map(({ file }) => file)).size, 'file')} (${counted(files, 'source file')}, ${concerned} parsed).\n`);
}
