import type { JwtOperation, Setting } from '../analysis/operation.ts';
import { applyRemedies } from '../apply-remedies.ts';
import { defineRule } from '../define-rule.ts';
import type { Exploitability, SettingName } from '../libraries/descriptor.ts';
import { packageInfo } from '../package-info.ts';
import type { Catalogue } from './check.ts';
import { counted } from './found.ts';
import { ProjectConfiguration } from './project-configuration.ts';
import { displayPath, parseFailure, sayProblems, scan, type Scan } from './scan.ts';
import type { Terminal } from './terminal.ts';

export interface InventoryOptions {
  readonly json: boolean;
  readonly ignorePattern: readonly string[];
  /** False for `--no-config`. */
  readonly config: boolean;
}

/** What is known of one setting, as the inventory prints it. */
type ListedSetting =
  | { readonly state: 'set'; readonly text: string; readonly file: string; readonly line: number; readonly certain: boolean }
  | { readonly state: 'missing'; readonly exploitability: Exploitability | null; readonly note: string | null }
  | { readonly state: 'unknown'; readonly because: string };

interface ListedOperation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly library: string;
  /** As a semver range; null where nothing says. */
  readonly version: string | null;
  readonly kind: string;
  /** The call as written. */
  readonly name: string;
  readonly settings: Readonly<Partial<Record<SettingName, ListedSetting>>>;
}

/** Lists every operation with what is proven of it and what could not be seen. Exit code 0, or 2 where a file could not be looked at. */
export async function inventory(paths: readonly string[], options: InventoryOptions, catalogue: Catalogue, terminal: Terminal): Promise<number> {
  const rows = new Map<string, ListedOperation>();
  const configuration = new ProjectConfiguration({ rules: catalogue.rules, preset: undefined, readProject: options.config, cwd: terminal.cwd });
  const scanned = await scan({ paths, ignorePattern: options.ignorePattern }, configuration, terminal, (source, { settings }) => {
    const { fatal } = applyRemedies(source.text, source.path, [{ rule: collector((operation) => add(rows, operation, terminal.cwd)), remedies: [] }], settings);
    return fatal === undefined ? undefined : parseFailure(fatal);
  });
  if (terminal.interrupted.aborted) return 130;
  const operations = [...rows.values()];
  if (options.json) terminal.out(`${JSON.stringify(report(operations, scanned), null, 2)}\n`);
  else print(operations, scanned, terminal);
  sayProblems(scanned, terminal);
  return scanned.problems.length > 0 ? 2 : 0;
}

/** Adds what a call decides: a call of a wrapper that settles everything itself is listed where the wrapper stands. */
function add(rows: Map<string, ListedOperation>, operation: JwtOperation, cwd: string): void {
  const row = listed(operation, cwd);
  const decides = Object.values(row.settings).some((setting) => setting.state === 'set' || (setting.state === 'missing' && setting.note !== null));
  // A wrapper with two ways to sign is called once.
  if (!operation.wrapped || decides) rows.set(JSON.stringify(row), row);
}

/** A rule that reports nothing and hands on what every rule is given, so that the inventory sees what the rules see. */
function collector(take: (operation: JwtOperation) => void) {
  return defineRule({
    name: 'inventory',
    description: 'Hands on the operations of a file.',
    messages: {},
    references: [],
    presets: {},
    checkFile({ operations }) {
      for (const operation of operations) take(operation);
      return [];
    },
  });
}

function listed(operation: JwtOperation, cwd: string): ListedOperation {
  const { model } = operation;
  const names = new Set([...Object.keys(model.settings), ...Object.keys(model.absent ?? {})] as SettingName[]);
  return {
    file: displayPath(operation.file.filename, cwd),
    line: operation.node.loc.start.line,
    column: operation.node.loc.start.column + 1,
    library: operation.library.name,
    version: operation.version ?? null,
    kind: operation.kind,
    name: operation.name,
    settings: Object.fromEntries([...names].map((name) => [name, listedSetting(operation.setting(name), cwd)])),
  };
}

function listedSetting(setting: Setting, cwd: string): ListedSetting {
  if (setting.state === 'set') {
    const text = setting.file.sourceCode.getText(setting.node as never);
    return { state: 'set', text: shown(text, setting.value.kind), file: displayPath(setting.file.filename, cwd), line: setting.node.loc.start.line, certain: setting.definite };
  }
  if (setting.state === 'unknown') return { state: 'unknown', because: setting.because };
  return { state: 'missing', exploitability: setting.absence?.exploitability ?? null, note: setting.absence?.note ?? null };
}

/** One line of source text; literal text of a key is not for lists that travel. */
function shown(text: string, kind: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (/PRIVATE KEY|"d"\s*:/.test(line)) return '(a private key)';
  return line.length > 80 && kind !== 'environment' ? `${line.slice(0, 77)}...` : line;
}

function report(operations: readonly ListedOperation[], { files, concerned, problems }: Scan): object {
  return {
    schemaVersion: 1,
    tool: { name: 'jwt-guard', version: packageInfo().version },
    command: 'inventory',
    operations,
    problems,
    summary: { files, filesWithJwt: concerned, operations: operations.length },
  };
}

function print(operations: readonly ListedOperation[], { files, concerned }: Scan, terminal: Terminal): void {
  const { colors } = terminal;
  for (const one of operations) {
    terminal.out(`${colors.bold(`${one.file}:${one.line}:${one.column}`)}  ${one.kind}  ${one.name}  ${colors.dim(`${one.library} ${one.version ?? '(version unknown)'}`)}\n`);
    const known = Object.entries(one.settings).filter(([, setting]) => setting.state === 'set' || (setting.state === 'missing' && setting.note !== null));
    const unused = Object.entries(one.settings).filter(([, setting]) => setting.state === 'missing' && setting.note === null).map(([name]) => name);
    const width = Math.max(0, ...known.map(([name]) => name.length));
    for (const [name, setting] of known) terminal.out(`  ${name.padEnd(width)}  ${describe(setting, one, colors)}\n`);
    if (unused.length > 0) terminal.out(`  ${colors.dim('not set')} ${unused.join(', ')}\n`);
    for (const [because, names] of unknownSettings(one)) terminal.out(`  ${colors.dim('unknown')} because ${because}: ${names.join(', ')}\n`);
    terminal.out('\n');
  }
  terminal.out(`${counted(operations.length, 'operation')} in ${counted(new Set(operations.map(({ file }) => file)).size, 'file')} (${counted(files, 'source file')}, ${concerned} parsed).\n`);
}

/** Settings that cannot be seen, by the reason for it. */
function unknownSettings({ settings }: ListedOperation): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const [name, setting] of Object.entries(settings)) {
    if (setting.state === 'unknown') reasons.set(setting.because, [...(reasons.get(setting.because) ?? []), name]);
  }
  return reasons;
}

function describe(setting: ListedSetting, { file }: ListedOperation, colors: Terminal['colors']): string {
  if (setting.state === 'set') return `${colors.green('set')}      ${setting.text}  ${colors.dim(setting.file === file ? `line ${setting.line}` : `${setting.file}:${setting.line}`)}${setting.certain ? '' : ' (not on every path)'}`;
  return `${colors.yellow('missing')}  ${setting.state === 'missing' ? (setting.note ?? '') : ''}`;
}
