import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import type { MigrationOutcome, Reason } from '../migration.ts';

/** Collects the changes to one file, and what stands against making them. */
export class Rewriting {
  readonly file: SourceFile;
  readonly #edits: Edit[] = [];
  readonly #refusals: Reason[] = [];
  readonly #left: Reason[] = [];
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
    const edits = [...this.#edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
    const clash = edits.find((edit, index) => edit.range[0] < Math.max(0, ...edits.slice(0, index).map(({ range }) => range[1])));
    if (clash && node) this.refuse(node, `Two changes meet in line ${this.file.sourceCode.getLocFromIndex(clash.range[0]).line}, which is for a person to write.`);
    return { node, edits, refusals: this.#refusals, left: this.#left };
  }
}
