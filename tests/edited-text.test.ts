import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditedText, type TextEdit } from '../src/edited-text.ts';

/** A text after rounds of edits, each of them on what the one before it left. */
function edited(original: string, ...rounds: readonly (readonly [number, number, string][])[]): EditedText {
  const text = new EditedText(original);
  for (const round of rounds) text.replace(round.map(([start, end, replacement]) => ({ range: [start, end], text: replacement })));
  return text;
}

function applied(original: string, edits: readonly TextEdit[]): string {
  return [...edits].reverse().reduce((text, { range: [start, end], text: replacement }) => text.slice(0, start) + replacement + text.slice(end), original);
}

describe('edits of an edited text', () => {
  it.each([
    ['nothing was edited', 'abc', [], 'abc', []],
    ['two places in one round, given in any order', 'abcdef', [[[4, 5, 'E'], [1, 2, 'BB']]], 'aBBcdEf', [[1, 2, 'BB'], [4, 5, 'E']]],
    ['insertions at one place, as they were given', 'ab', [[[1, 1, 'x'], [1, 1, 'y']]], 'axyb', [[1, 1, 'xy']]],
    ['a later round before an earlier edit, by offsets of the first text', 'abcdef', [[[4, 5, 'EEE']], [[0, 1, '']]], 'bcdEEEf', [[0, 1, ''], [4, 5, 'EEE']]],
    ['a later round after an earlier edit, by offsets of the first text', 'abcdef', [[[0, 1, 'xyz']], [[6, 7, 'E']]], 'xyzbcdEf', [[0, 1, 'xyz'], [4, 5, 'E']]],
    ['an edit inside what came in', 'abc', [[[1, 2, '(new)']], [[2, 5, 'old']]], 'a(old)c', [[1, 2, '(old)']]],
    ['an edit over what came in and what was there', 'abcdef', [[[2, 3, 'XX']], [[1, 6, '-']]], 'a-f', [[1, 5, '-']]],
    ['an edit taken back', 'abc', [[[1, 2, 'X']], [[1, 2, 'b']]], 'abc', []],
    ['an insertion taken back', 'abc', [[[1, 1, 'X']], [[1, 2, '']]], 'abc', []],
    ['text at both ends', 'abc', [[[0, 0, '<'], [3, 3, '>']]], '<abc>', [[0, 0, '<'], [3, 3, '>']]],
    ['an empty text that is filled', '', [[[0, 0, 'a']], [[1, 1, 'b']]], 'ab', [[0, 0, 'ab']]],
  ] as [string, string, [number, number, string][][], string, [number, number, string][]][])('%s', (_, original, rounds, text, edits) => {
    const result = edited(original, ...rounds);
    expect(result.text).toBe(text);
    expect(result.edits.map(({ range: [start, end], text: replacement }) => [start, end, replacement])).toEqual(edits);
  });

  it('lead from the first text to the last one, whatever was edited, and none touches another', () => {
    const round = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.string({ maxLength: 4 })), { maxLength: 4 });
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.array(round, { maxLength: 6 }), (original, rounds) => {
      const text = new EditedText(original);
      let plain = original;
      for (const wishes of rounds) {
        const edits: TextEdit[] = [];
        for (const [gap, length, replacement] of wishes) {
          const start = (edits.at(-1)?.range[1] ?? -1) + 1 + gap;
          if (start + length <= plain.length) edits.push({ range: [start, start + length], text: replacement });
        }
        text.replace(edits);
        plain = applied(plain, edits);
      }
      expect(text.text).toBe(plain);
      expect(applied(original, text.edits)).toBe(plain);
      for (const [index, { range, text: replacement }] of text.edits.entries()) {
        expect(original.slice(...range)).not.toBe(replacement);
        expect(range[0]).toBeGreaterThan(text.edits[index - 1]?.range[1] ?? -1);
      }
    }));
  });
});
