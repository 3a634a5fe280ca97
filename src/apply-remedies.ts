import { dirname, extname, resolve } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { AnyRule, Remedy } from './define-rule.ts';
import { EditedText, type TextEdit } from './edited-text.ts';
import { eslintRule, findingsOf, type ReportedFinding } from './eslint-rule.ts';
import type { Settings } from './policy.ts';

/** As ESLint does: a repaired file is linted again until nothing changes, at most this often. */
const PASSES = 10;

/** Which remedies of which rules may be applied. */
export interface Repair {
  readonly rule: AnyRule;
  /** Ids of the rule's remedies. */
  readonly remedies: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** One message of the linter with the finding behind it, where the rule is one of ours. `line` and `column` count from 1. */
export interface RepairedMessage {
  readonly rule: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  readonly finding: ReportedFinding['finding'] | undefined;
  readonly remedies: readonly { readonly id: string; readonly description: string }[];
}

export interface RepairResult {
  /** The repaired text; the same string where nothing changed. */
  readonly output: string;
  /** Remedies that were applied, in order. `line` is the line in the text of the pass. */
  readonly applied: readonly { readonly rule: string; readonly remedy: string; readonly line: number }[];
  /** What all of them come to on the input, offsets without its byte order mark: in order, and nothing outside them is changed. */
  readonly edits: readonly TextEdit[];
  /** What the rules still report on the output. */
  readonly left: readonly RepairedMessage[];
  /** A parse error of the input, in one line. Nothing was changed. */
  readonly fatal: string | undefined;
}

/** Applies the named remedies to one file's text. Never writes; honours `eslint-disable` comments. */
export function applyRemedies(source: string, filename: string, repairs: readonly Repair[], settings: Settings = {}, cwd?: string): RepairResult {
  const bom = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const edited = new EditedText(source.slice(bom.length));
  const applied: { rule: string; remedy: string; line: number }[] = [];
  for (let pass = 0; ; pass++) {
    const { messages, fatal } = lintText(edited.text, filename, repairs, settings, cwd);
    if (fatal !== undefined) return { output: source, applied: [], edits: [], left: [], fatal };
    const chosen = pass < PASSES ? chooseRemedies(messages, repairs) : [];
    if (chosen.length === 0) return { output: applied.length > 0 ? bom + edited.text : source, applied, edits: edited.edits, left: messages.map(({ message }) => message), fatal: undefined };
    edited.replace(chosen.flatMap(({ remedy }) => remedy.edits));
    applied.push(...chosen.map(({ rule, remedy, line }) => ({ rule, remedy: remedy.id, line })));
  }
}

interface LintedMessage {
  readonly raw: Linter.LintMessage;
  readonly message: RepairedMessage;
}

function lintText(text: string, filename: string, repairs: readonly Repair[], settings: Settings, cwd: string | undefined): { messages: LintedMessage[]; fatal: string | undefined } {
  // Flat configuration matches nothing outside its base folder, so by default the base is the file's own.
  const linter = new Linter({ configType: 'flat', cwd: cwd ?? dirname(resolve(filename)) });
  const rules = Object.fromEntries(repairs.map(({ rule }) => [rule.name, eslintRule(rule, (name) => name)]));
  const raw = linter.verify(text, [{
    files: ['**/*.*'],
    plugins: { 'jwt-guard': { rules: rules as never } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    languageOptions: { parser: parser as never, sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: mayHoldJsx(filename) } } },
    settings: { 'jwt-guard': settings },
    rules: Object.fromEntries(repairs.map(({ rule, options }) => [`jwt-guard/${rule.name}`, options ? ['error', options] : 'error'])),
  }], { filename: resolve(filename) });
  const fatal = raw.find((message) => message.fatal);
  // Of what does not parse, ESLint hands on the parser's column, which counts from 0.
  if (fatal) return { messages: [], fatal: `${fatal.message} (line ${fatal.line}, column ${fatal.column + 1})` };
  const sourceCode = linter.getSourceCode();
  const findings = sourceCode ? findingsOf(sourceCode) : [];
  return { messages: raw.filter((message) => message.ruleId?.startsWith('jwt-guard/')).map((message) => ({ raw: message, message: describe(message, findings) })), fatal: undefined };
}

function describe(raw: Linter.LintMessage, findings: readonly ReportedFinding[]): RepairedMessage {
  const rule = (raw.ruleId ?? '').slice('jwt-guard/'.length);
  const found = findings.find(({ rule: name, finding }) => name === rule && finding.message === raw.messageId && finding.node.loc.start.line === raw.line && finding.node.loc.start.column + 1 === raw.column);
  return {
    rule, message: raw.message, line: raw.line, column: raw.column, endLine: raw.endLine, endColumn: raw.endColumn,
    finding: found?.finding,
    remedies: (raw.suggestions ?? []).map((suggestion) => ({ id: suggestion.messageId ?? '', description: suggestion.desc })),
  };
}

interface ChosenRemedy {
  readonly rule: string;
  readonly line: number;
  readonly remedy: Remedy;
  /** From its first edit to its last. */
  readonly span: readonly [number, number];
}

/** The first applicable remedy of each message, in source order, leaving out those that overlap an earlier one: the next pass takes them. */
function chooseRemedies(messages: readonly LintedMessage[], repairs: readonly Repair[]): ChosenRemedy[] {
  const wanted = new Map(repairs.map(({ rule, remedies }) => [rule.name, remedies]));
  const candidates = messages.flatMap(({ raw, message: { rule, line, finding } }): ChosenRemedy[] => {
    const applicable = (finding?.remedies ?? []).filter(({ id, edits }) => wanted.get(rule)?.includes(id) && edits.length > 0 && edits.every(({ file }) => file === finding?.file));
    const equivalent = applicable.find(({ safety }) => safety === 'equivalent');
    if (raw.fix && equivalent) return [{ rule, line, remedy: equivalent, span: raw.fix.range }];
    for (const { messageId, fix } of raw.suggestions ?? []) {
      const remedy = applicable.find(({ id, safety }) => id === messageId && safety !== 'review');
      if (remedy) return [{ rule, line, remedy, span: fix.range }];
    }
    return [];
  });
  let end = -1;
  return candidates.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]).filter(({ span }) => {
    if (span[0] <= end) return false;
    end = span[1];
    return true;
  });
}

/** In these files `<T>x` is a cast, not an element. */
function mayHoldJsx(filename: string): boolean {
  return !['.ts', '.mts', '.cts'].includes(extname(filename));
}
