/** Replaces `range` (UTF-16 offsets, end exclusive) by `text`. */
export interface TextEdit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** Part of an edited text: a stretch of the first text, by its offsets there, or text that came in. */
type Piece = { readonly kept: readonly [number, number] } | { readonly text: string };

/** A text that is edited again and again, and what all of that comes to as edits of the text it once was. */
export class EditedText {
  readonly original: string;
  #pieces: readonly Piece[];

  constructor(original: string) {
    this.original = original;
    this.#pieces = [{ kept: [0, original.length] }];
  }

  /** As it is now. */
  get text(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  /** The edits of the first text that lead to this one: in order, apart from each other, and none that changes nothing. */
  get edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let end = 0;
    let text = '';
    for (const piece of [...this.#pieces, { kept: [this.original.length, this.original.length] } as const]) {
      if (!('kept' in piece)) {
        text += piece.text;
        continue;
      }
      const [start, next] = piece.kept;
      if (this.original.slice(end, start) !== text) edits.push({ range: [end, start], text });
      end = next;
      text = '';
    }
    return edits;
  }

  /** Applies edits of the text as it is now; they must not overlap. Where several insert at one place, the first comes first. */
  replace(edits: readonly TextEdit[]): void {
    // From the end, so that each leaves the offsets of those before it as they are.
    for (const { range: [start, end], text } of inOrder(edits).reverse()) this.#pieces = [...this.#between(0, start), { text }, ...this.#between(end, Infinity)];
  }

  /** The pieces of a stretch of the text as it is now; those at its edges are cut. */
  #between(start: number, end: number): Piece[] {
    const cut: Piece[] = [];
    let offset = 0;
    for (const piece of this.#pieces) {
      const { length } = this.#textOf(piece);
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, length);
      if (from < to) cut.push('kept' in piece ? { kept: [piece.kept[0] + from, piece.kept[0] + to] } : { text: piece.text.slice(from, to) });
      offset += length;
    }
    return cut;
  }

  #textOf(piece: Piece): string {
    return 'kept' in piece ? this.original.slice(...piece.kept) : piece.text;
  }
}

/** Edits as they follow each other in the text. */
export function inOrder<Edit extends TextEdit>(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}
