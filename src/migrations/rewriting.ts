import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import type { MigrationOutcome, Reason } from '../migration.ts';

/** Text that goes elsewhere, with the changes that are made to it. */
interface Move {
  readonly range: readonly [number, number];
  readonly to: number;
  readonly write: (text: string) => string;
}

/** Collects the changes to one file, and what stands against making them. */
export class Rewriting {
  readonly file: SourceFile;
  readonly #edits: Edit[] = [];
  readonly #refusals: Reason[] = [];
  readonly #left: Reason[] = [];
  readonly #moves: Move[] = [];
  readonly #seen = new Map<object, Set<string>>();

  constructor(file: SourceFile) {
    this.file = file;
  }

  /** Whether this is the first time that something is to be done to a node: several calls may share it. */
  isFirst(node: TSESTree.Node, purpose: string): boolean {
    const seen = this.#seen.get(node) ?? new Set();
    this.#seen.set(node, seen);
    return !seen.has(purpose) && seen.add(purpose).has(purpose);
  }

  /** Puts text in the place of a range. */
  replace(range: readonly [number, number], text: string): void {
    this.#edits.push({ file: this.file, range: [range[0], range[1]], text });
  }

  insert(at: number, text: string): void {
    this.replace([at, at], text);
  }

  add(edits: readonly Edit[]): void {
    for (const { range, text } of edits) this.replace(range, text);
  }

  /** Takes a statement out with its line. */
  removeStatement(statement: TSESTree.Node): void {
    const { text } = this.file.sourceCode;
    const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.range[1]))?.[0] ?? '';
    const indentation = rest === '' ? '' : /(?<=^|\n)[ \t]*$/.exec(text.slice(0, statement.range[0]))?.[0] ?? '';
    this.replace([statement.range[0] - indentation.length, statement.range[1] + rest.length], '');
  }

  /** Whether a node goes with a change that was made. */
  isDropped({ range: [start, end] }: TSESTree.Node): boolean {
    return this.#edits.some(({ range }) => range[0] <= start && range[1] >= end);
  }

  /** Takes text out and writes it elsewhere, changed as everything else is. */
  move(range: readonly [number, number], to: number, write: (text: string) => string): void {
    this.#moves.push({ range, to, write });
  }

  /** Ranges that are moved out of a range. */
  movedWithin([start, end]: readonly [number, number]): readonly (readonly [number, number])[] {
    return this.#moves.map(({ range }) => range).filter((range) => range[0] >= start && range[1] <= end);
  }

  /** The file is not carried over. */
  refuse(node: TSESTree.Node, reason: string): void {
    if (!this.#refusals.some((other) => other.node === node)) this.#refusals.push({ node, reason });
  }

  /** The file is carried over, and this is for a person. */
  leave(node: TSESTree.Node, reason: string): void {
    this.#left.push({ node, reason });
  }

  get isRefused(): boolean {
    return this.#refusals.length > 0;
  }

  text(node: TSESTree.Node): string {
    return this.file.sourceCode.getText(node as never);
  }

  /** All of it, reported at a node. Two changes in one place would spoil each other: the file is refused then. */
  outcome(node: TSESTree.Node | undefined): MigrationOutcome {
    const edits = this.#moves.reduce<readonly Edit[]>((all, move) => this.#moved(all, move), this.#edits).toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
    const clash = edits.find((edit, index) => edit.range[0] < Math.max(0, ...edits.slice(0, index).map(({ range }) => range[1])));
    if (clash && node) this.refuse(node, `Two changes meet in line ${this.file.sourceCode.getLocFromIndex(clash.range[0]).line}, which is for a person to write.`);
    return { node, edits, refusals: this.#refusals, left: this.#left };
  }

  #moved(edits: readonly Edit[], { range: [start, end], to, write }: Move): readonly Edit[] {
    const isInside = ({ range }: Edit) => range[0] >= start && range[1] <= end;
    const { text } = this.file.sourceCode;
    let moved = text.slice(start, end);
    for (const edit of edits.filter(isInside).toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]).reverse()) moved = moved.slice(0, edit.range[0] - start) + edit.text + moved.slice(edit.range[1] - start);
    const range: readonly [number, number] = [start, end];
    return [...edits.filter((edit) => !isInside(edit)), { file: this.file, range, text: '' }, { file: this.file, range: [to, to], text: write(moved) }];
  }
}
