import type { Terminal } from './terminal.ts';

/** A place in a text; lines and columns count from 1, `endColumn` is the first one after it. */
export interface FramedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
}

const CONTEXT = 2;
const WIDTH = 160;

/** The lines around a place, with the place underlined on its first line. */
export function codeFrame(text: string, place: FramedPlace, colors: Terminal['colors']): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r\u2028\u2029]/);
  const first = Math.max(1, place.line - CONTEXT);
  const last = Math.min(lines.length, place.line + CONTEXT);
  const gutter = String(last).length;
  // A long line is shown around the place.
  const from = place.column > WIDTH - 40 ? place.column - 40 : 0;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = lines[number - 1] ?? '';
    const shown = line.slice(from, from + WIDTH).replaceAll('\t', '  ');
    const marked = number === place.line;
    frame.push(`${marked ? colors.red('>') : ' '} ${colors.dim(`${String(number).padStart(gutter)} |`)}${shown === '' ? '' : ` ${shown}`}`);
    if (!marked) continue;
    const end = place.endLine === place.line && place.endColumn !== undefined ? place.endColumn : line.length + 1;
    const before = line.slice(from, place.column - 1).replaceAll('\t', '  ');
    const under = line.slice(place.column - 1, Math.min(Math.max(end, place.column + 1) - 1, from + WIDTH)).replaceAll('\t', '  ');
    frame.push(`  ${' '.repeat(gutter)} ${colors.dim('|')} ${' '.repeat(before.length)}${colors.red('^'.repeat(Math.max(1, under.length)))}`);
  }
  return `${frame.join('\n')}\n`;
}
