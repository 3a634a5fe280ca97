import type { RepairedMessage } from '../apply-remedies.ts';
import type { Codemod } from '../codemod.ts';
import type { Safety } from '../define-rule.ts';
import type { Exploitability } from '../libraries/descriptor.ts';
import type { ActiveRule } from './project-configuration.ts';
import { displayPath } from './scan.ts';

/** A finding as the command line reports it; the shape of `findings` and `left` in its JSON. */
export interface Found {
  /** Relative to the working folder, with forward slashes. */
  readonly file: string;
  /** Counts from 1, like the other three. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly rule: string;
  readonly level: 'error' | 'warning';
  readonly exploitability: Exploitability;
  readonly message: string;
  /** Where the defect comes from, if that is another file. */
  readonly cause: { readonly file: string; readonly line: number } | null;
  readonly remedies: readonly FoundRemedy[];
}

/** A repair that a finding offers. */
export interface FoundRemedy {
  readonly id: string;
  readonly safety: Safety;
  readonly description: string;
  /** Codemods that apply it. */
  readonly codemods: readonly string[];
}

/** Joins what the linter says with what is known of the rule. */
export function foundIn(path: string, message: RepairedMessage, active: readonly ActiveRule[], codemods: readonly Codemod[], cwd: string): Found {
  const held = active.find(({ rule }) => rule.name === message.rule);
  const { finding } = message;
  return {
    file: displayPath(path, cwd),
    line: message.line,
    column: message.column,
    endLine: message.endLine ?? null,
    endColumn: message.endColumn ?? null,
    rule: message.rule,
    level: held?.level === 'warn' ? 'warning' : 'error',
    exploitability: finding?.exploitability ?? 'depends',
    message: message.message,
    cause: finding?.cause ? { file: displayPath(finding.cause.file.filename, cwd), line: finding.cause.node.loc.start.line } : null,
    remedies: (finding?.remedies ?? []).map(({ id, safety, data }) => ({
      id,
      safety,
      description: filled((held?.rule.remedies as Readonly<Record<string, string>> | undefined)?.[id] ?? id, data ?? {}),
      codemods: codemods.filter(({ follows, repairs }) => !follows && repairs.some((repair) => repair.rule.name === message.rule && repair.remedies.includes(id))).map(({ name }) => name),
    })),
  };
}

function filled(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => String(data[name] ?? placeholder));
}

/** `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
