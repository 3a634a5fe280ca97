import Table from 'cli-table3';
import { createTwoFilesPatch } from 'diff';
import type { Repair, RepairResult } from '../apply-remedies.ts';
import { inPhase, settingsFrom, type Codemod, type TransformOptions } from '../codemod.ts';
import { packageInfo } from '../package-info.ts';
import type { Policy, Settings } from '../policy.ts';
import { EditedText } from '../edited-text.ts';
import { readPolicyFile } from '../policy-file.ts';
import { isLifetime } from '../validate-settings.ts';
import type { Catalogue } from './check.ts';
import { Failure, nearestName, reasonOf } from './failure.ts';
import { exampleEnvironments } from './example-environment.ts';
import { counted, foundIn, type Found } from './found.ts';
import { refuseDirtyTree } from './git.ts';
import { ProjectConfiguration, type ActiveRule, type FileConfiguration } from './project-configuration.ts';
import { repairAcross, repairAlone, type Work } from './repair.ts';
import { displayPath, parseFailure, sayProblems, scan, type Problem, type Scan } from './scan.ts';
import { readSource, replaceSource, type SourceText } from './source-text.ts';
import type { Terminal } from './terminal.ts';

export interface FixOptions {
  /** Names of codemods; empty for all of them. */
  readonly only: readonly string[];
  readonly dry: boolean;
  readonly json: boolean;
  readonly force: boolean;
  readonly ignorePattern: readonly string[];
  /** False for `--no-config`. */
  readonly config: boolean;
  readonly policy?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly algorithms?: string;
  readonly lifetime?: string;
  readonly phase?: 'issue' | 'enforce';
}

/** A file that a repair changes. */
interface Change {
  readonly source: SourceText;
  readonly file: string;
  readonly edited: EditedText;
  readonly applied: RepairResult['applied'];
  written: boolean;
}

/** A finding that was not repaired, and why. */
interface Left extends Found {
  readonly reason: string;
}

/**
 * Repairs what can be repaired without a person. Everything is worked out before the first file is written. Exit code 0:
 * nothing left, 1: something left for a person, 2: could not run.
 */
export async function fix(paths: readonly string[], given: FixOptions, catalogue: Catalogue, terminal: Terminal): Promise<number> {
  const { chosen, named } = chooseCodemods(given.only, catalogue.codemods);
  const options = { ...given, only: named };
  const filePolicy = options.policy === undefined ? {} : usablePolicy(options.policy, terminal.cwd);
  refuseInvalidValues(options);
  if (!options.dry && !options.force) refuseDirtyTree(paths, terminal.cwd);

  const works = new Map<string, Work>();
  const configurations = new Map<string, FileConfiguration>();
  const configuration = new ProjectConfiguration({ rules: catalogue.rules, preset: undefined, readProject: options.config, cwd: terminal.cwd });
  const openWork = (source: SourceText, held: FileConfiguration): Work => ({
    source, repairs: repairsFor(chosen, held.rules, options), settings: withValues(held.settings, filePolicy, options), edited: new EditedText(source.text), applied: [], left: [],
  });
  const scanned = await scan({ paths, ignorePattern: options.ignorePattern }, configuration, terminal, (source, held) => {
    const work = openWork(source, held);
    const fatal = repairAlone(work);
    if (fatal !== undefined) return parseFailure(fatal);
    works.set(source.path, work);
    configurations.set(source.path, held);
    return undefined;
  });
  if (terminal.interrupted.aborted) {
    terminal.err('jwt-guard: Interrupted; nothing was written.\n');
    return 130;
  }

  // A configuration module may hold what is wrong without naming a JWT library; only files under the given paths are touched.
  repairAcross(works, (path) => {
    const source = scanned.paths.includes(path) ? readSource(path) : undefined;
    return source && !('reason' in source) ? openWork(source, { settings: {}, rules: [] }) : undefined;
  });

  const changes = changesOf(works.values(), terminal.cwd);
  const left = [...works.values()].flatMap(({ source, left: messages }) => messages.map((message): Left => {
    const found = foundIn(source.path, message, configurations.get(source.path)?.rules ?? [], catalogue.codemods, terminal.cwd);
    return { ...found, reason: reasonFor(found, options, catalogue.codemods) };
  }));
  // A file that cannot be judged may be the one that the others depend on: nothing is written then.
  const unwritten = options.dry || scanned.problems.length > 0 ? [] : await writeAll(changes, terminal);
  const problems = [...scanned.problems, ...unwritten];

  if (options.json) terminal.out(`${JSON.stringify(report(changes, left, { ...scanned, problems }, options, chosen), null, 2)}\n`);
  else print(changes, left, scanned, problems, options, terminal);
  sayProblems(scanned, terminal);
  for (const { file, reason } of unwritten) terminal.err(`jwt-guard: ${file}: ${reason}.\n`);
  if (terminal.interrupted.aborted) {
    terminal.err(`jwt-guard: Interrupted; ${counted(changes.filter(({ written }) => written).length, 'file')} of ${changes.length} written, each of them whole.\n`);
    return 130;
  }
  if (problems.length > 0) {
    if (!options.dry && changes.length > 0 && !changes.some(({ written }) => written)) terminal.err('jwt-guard: Nothing was written.\n');
    return 2;
  }
  return left.length > 0 ? 1 : 0;
}

/** The codemods to run, and the names that they were asked for by: none where all of them run. */
function chooseCodemods(only: readonly string[], codemods: readonly Codemod[]): { readonly chosen: readonly Codemod[]; readonly named: readonly string[] } {
  const names = codemods.map(({ name }) => name);
  const asked = only.map((name) => {
    const found = codemods.find((codemod) => codemod.name === name);
    if (found) return found;
    const near = nearestName(name, names);
    throw new Failure(`There is no codemod ${name}. ${near === undefined ? `The codemods are ${names.join(', ')}.` : `Did you mean ${near}?`}`);
  });
  if (asked.length > 0 && !asked.some(({ follows }) => follows)) return { chosen: asked, named: only };
  return { chosen: codemods.filter(({ repairs, follows }) => repairs.length > 0 && !follows), named: [] };
}

function usablePolicy(path: string, cwd: string): Policy {
  try {
    return readPolicyFile(path, cwd);
  } catch (error) {
    throw new Failure(`${reasonOf(error)}.`, { cause: error });
  }
}

function refuseInvalidValues({ lifetime, algorithms, audience, issuer }: FixOptions): void {
  if (lifetime !== undefined && !isLifetime(lifetime)) throw new Failure(`--lifetime must be a lifetime such as 15m, 12h or 30d, not ${lifetime}.`);
  for (const [flag, value] of [['--algorithms', algorithms], ['--audience', audience], ['--issuer', issuer]] as const) {
    if (value !== undefined && value.trim() === '') throw new Failure(`${flag} must not be empty.`);
  }
}

/**
 * The remedies to apply, per rule. A codemod that is named runs whether or not its rule is switched on; without a name
 * the active rules run, those that nothing repairs too, so that what is left is complete. What a rollout's second phase
 * holds waits until it is asked for, because it refuses tokens that are still being issued.
 */
function repairsFor(chosen: readonly Codemod[], active: readonly ActiveRule[], { only, phase }: FixOptions): Repair[] {
  const byRule = new Map<string, { rule: Repair['rule']; remedies: Set<string>; options: Repair['options'] }>();
  if (only.length === 0) for (const { rule, options } of active) byRule.set(rule.name, { rule, remedies: new Set(), options });
  for (const codemod of chosen) {
    for (const { rule, remedies, options } of inPhase(codemod, phase ?? (only.length === 0 ? 'issue' : undefined))) {
      if (only.length === 0 && !byRule.has(rule.name)) continue;
      const held = active.find((one) => one.rule.name === rule.name);
      const known = byRule.get(rule.name) ?? { rule, remedies: new Set<string>(), options: held?.options ?? options };
      for (const remedy of remedies) known.remedies.add(remedy);
      byRule.set(rule.name, known);
    }
  }
  return [...byRule.values()].map(({ rule, remedies, options }) => ({ rule, remedies: [...remedies], ...(options && { options }) }));
}

/** The project's own settings, with the values of a policy file and of single flags before them. */
function withValues(settings: Settings, filePolicy: Policy, { audience, issuer, algorithms, lifetime }: FixOptions): Settings {
  const given: TransformOptions = { policy: { ...settings.policy, ...filePolicy }, audience, issuer, algorithms, lifetime };
  const { policy } = settingsFrom(given);
  return { ...settings, ...(policy && { policy }) };
}

function reasonFor(found: Found, { only, phase }: FixOptions, codemods: readonly Codemod[]): string {
  if (codemods.some(({ name, migration }) => migration === true && name === found.rule)) return 'A migration writes only what it can prove: this is for a person.';
  const safe = found.remedies.find(({ safety }) => safety !== 'review');
  if (safe && safe.codemods.length > 0) {
    if (only.length === 0 && phase !== 'enforce') return 'This refuses tokens that are still being issued: run again with --phase enforce when every issuer writes the claim.';
    return `This is repaired by ${safe.codemods.join(' and ')}, if it is named with --only, in the right --phase, and every file that it changes is under the given paths.`;
  }
  const { cause } = found;
  if (cause?.file.endsWith('.json')) return `It stands in ${cause.file}:${cause.line}, and data is not rewritten: read it from the environment in the code, and take it out of that file.`;
  const [remedy] = found.remedies;
  if (remedy) return `A person has to decide: ${remedy.description}`;
  const able = codemods.filter(({ follows, repairs }) => !follows && repairs.some(({ rule }) => rule.name === found.rule)).map(({ name }) => name);
  return able.length === 0 ? 'Nothing proves what would be right here.' : `Neither the code nor a policy proves what would be right here; with that, ${able.join(' or ')} repairs it.`;
}

/** Changed files in the order of their paths, then the lists of the variables that they now need. */
function changesOf(works: Iterable<Work>, cwd: string): Change[] {
  const changed = [...works].filter(({ edited }) => edited.edits.length > 0).sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
  const examples = exampleEnvironments(changed.map(({ source, edited }) => ({ path: source.path, before: source.text, after: edited.text })));
  return [
    ...changed.map(({ source, edited, applied }) => ({ source, file: displayPath(source.path, cwd), edited, applied, written: false })),
    ...examples.map(({ source, edited }) => ({ source, file: displayPath(source.path, cwd), edited, applied: [], written: false })),
  ];
}

async function writeAll(changes: readonly Change[], terminal: Terminal): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const change of changes) {
    // Lets a signal in between two files; within one nothing does.
    await new Promise((resolve) => setImmediate(resolve));
    if (terminal.interrupted.aborted) break;
    const reason = replaceSource(change.source, change.edited.text);
    if (reason === undefined) change.written = true;
    else problems.push({ file: change.file, reason });
  }
  return problems;
}

function diffOf({ file, source: { mark, text }, edited }: Change): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, mark + text, mark + edited.text, undefined, undefined, { context: 3 });
  // The first line is a rule that only some programs understand.
  return patch.slice(patch.indexOf('--- '));
}

/** Edits as a program that knows nothing of JavaScript can check them: by bytes of the file as it was, its byte order mark among them. */
function listedEdits({ source: { mark, text }, edited }: Change): object[] {
  const bytesBefore = (offset: number) => Buffer.byteLength(mark + text.slice(0, offset));
  return edited.edits.map(({ range: [start, end], text: replacement }) => ({ start: bytesBefore(start), end: bytesBefore(end), text: replacement }));
}

function codemodOf(rule: string, remedy: string, codemods: readonly Codemod[]): string | null {
  return codemods.find(({ repairs }) => repairs.some((repair) => repair.rule.name === rule && repair.remedies.includes(remedy)))?.name ?? null;
}

function report(changes: readonly Change[], left: readonly Left[], { files, concerned, problems }: Scan, { dry }: FixOptions, chosen: readonly Codemod[]): object {
  return {
    schemaVersion: 1,
    tool: { name: 'jwt-guard', version: packageInfo().version },
    command: 'fix',
    dry,
    changes: changes.map((change) => ({ file: change.file, written: change.written, applied: change.applied.map((one) => ({ ...one, codemod: codemodOf(one.rule, one.remedy, chosen) })), edits: listedEdits(change), ...(dry && { diff: diffOf(change) }) })),
    left,
    problems,
    summary: {
      files,
      filesWithJwt: concerned,
      filesChanged: changes.length,
      filesWritten: changes.filter(({ written }) => written).length,
      applied: changes.reduce((sum, { applied }) => sum + applied.length, 0),
      left: left.length,
    },
  };
}

function print(changes: readonly Change[], left: readonly Left[], { files, concerned }: Scan, problems: readonly Problem[], { dry }: FixOptions, terminal: Terminal): void {
  const { colors } = terminal;
  if (dry) for (const change of changes) terminal.out(colored(diffOf(change), colors));
  const applied = changes.flatMap((change) => change.applied.map((one) => ({ ...one, file: change.file })));
  if (applied.length > 0) {
    const table = new Table({ head: ['repair', 'rule', 'places', 'files'], style: { head: [], border: [], compact: true } });
    for (const key of new Set(applied.map(({ rule, remedy }) => `${remedy}\n${rule}`))) {
      const [remedy = '', rule = ''] = key.split('\n');
      const own = applied.filter((one) => one.rule === rule && one.remedy === remedy);
      table.push([remedy, rule, own.length, new Set(own.map(({ file }) => file)).size]);
    }
    terminal.out(`${table.toString()}\n`);
  }
  if (left.length > 0) {
    terminal.out(`\nLeft for a person:\n`);
    for (const one of left) terminal.out(`\n${colors.bold(`${one.file}:${one.line}:${one.column}`)}  ${one.rule}\n  ${one.message}\n  ${one.reason}\n`);
    terminal.out('\n');
  }
  const written = changes.filter((change) => change.written).length;
  const done = dry ? `${counted(changes.length, 'file')} would change` : problems.length > 0 || written < changes.length ? `${written} of ${counted(changes.length, 'file')} written` : `${counted(changes.length, 'file')} repaired`;
  terminal.out(`${done}, ${left.length} left for a person (${counted(files, 'source file')}, ${concerned} parsed).\n`);
}

function colored(diff: string, colors: Terminal['colors']): string {
  return diff.split('\n').map((line) => (line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line.startsWith('@@') ? colors.cyan(line) : line)).join('\n');
}
