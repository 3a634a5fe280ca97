import { relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { mayConcernJwt } from '../analysis/prefilter.ts';
import { Failure, reasonOf } from './failure.ts';
import type { FileConfiguration, ProjectConfiguration } from './project-configuration.ts';
import { sourceFilesUnder } from './source-files.ts';
import { readSource, type SourceText } from './source-text.ts';
import { Progress, type Terminal } from './terminal.ts';

/** A file that could not be looked at; `reason` is a sentence without its subject. */
export interface Problem {
  readonly file: string;
  readonly reason: string;
}

/** What a walk over a project's files came to. */
export interface Scan {
  /** Source files under the paths. */
  readonly files: number;
  /** Their absolute paths. */
  readonly paths: readonly string[];
  /** Those that can concern JWT, and were parsed. */
  readonly concerned: number;
  readonly problems: readonly Problem[];
}

/** Which files a command looks at. */
export interface FileChoice {
  /** Files, folders and glob patterns; none for the working folder. */
  readonly paths: readonly string[];
  /** In the form of `.gitignore`. */
  readonly ignorePattern: readonly string[];
}

/** Looks at one file; gives the reason where that failed. */
export type Visit = (source: SourceText, configuration: FileConfiguration) => string | undefined;

/** Visits every source file under the paths that can concern JWT, in order of their paths. */
export async function scan({ paths, ignorePattern }: FileChoice, configuration: ProjectConfiguration, terminal: Terminal, visit: Visit): Promise<Scan> {
  const files = await sourceFilesUnder(paths, ignorePattern, terminal.cwd);
  const progress = new Progress(terminal, 'Looked at', files.length);
  const problems: Problem[] = [];
  let concerned = 0;
  for (const [index, path] of files.entries()) {
    // Lets a signal in between two files.
    await setImmediate();
    if (terminal.interrupted.aborted) break;
    progress.at(index);
    const source = readSource(path);
    if ('reason' in source) {
      if (source.guess === undefined || mayConcernJwt(source.guess, {})) problems.push({ file: displayPath(path, terminal.cwd), reason: source.reason });
      continue;
    }
    const held = await configuration.of(path);
    if (!held || !mayConcernJwt(source.text, held.settings, path)) continue;
    concerned++;
    const reason = visitSafely(visit, source, held);
    if (reason !== undefined) problems.push({ file: displayPath(path, terminal.cwd), reason });
  }
  progress.end();
  return { files: files.length, paths: files, concerned, problems };
}

/** One rule that fails on one file must not hide what is found in the others. */
function visitSafely(visit: Visit, source: SourceText, configuration: FileConfiguration): string | undefined {
  try {
    return visit(source, configuration);
  } catch (error) {
    const refused = /^Key "rules": Key "(?<rule>jwt-guard\/[^"]+)"/.exec(error instanceof Error ? error.message : '')?.groups?.['rule'];
    if (refused !== undefined) throw new Failure(`The options that the ESLint configuration gives to ${refused} cannot be used.`);
    return `it could not be judged: ${reasonOf(error)}`;
  }
}

/** A path as people and programs read it: relative to where they stand, with forward slashes. */
export function displayPath(path: string, cwd: string): string {
  return (relative(cwd, path) || path).split(sep).join('/');
}

/** The parser's message as the end of a sentence. */
export function parseFailure(fatal: string): string {
  return `it does not parse: ${fatal.replace(/^Parsing error: /, '').replace(/\.(?= \(line)/, '')}`;
}

/** One sentence per file, and how to go on without those that could not be looked at. */
export function sayProblems({ problems }: Pick<Scan, 'problems'>, terminal: Terminal): void {
  for (const { file, reason } of problems) terminal.err(`jwt-guard: ${file}: ${reason}.\n`);
  if (problems.length > 0) terminal.err('jwt-guard: To go on without a file that cannot be looked at, leave it out with --ignore-pattern.\n');
}
