/** One fenced block of a page: ```` ```js bad options={"max": 60} ````. */
export interface CodeBlock {
  readonly language: string;
  /** Bare words of the info string: `bad`, `good`. */
  readonly words: readonly string[];
  /** `name=value` of the info string; values that start like JSON are parsed as JSON. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly code: string;
  readonly line: number;
}

/** The fenced blocks of a Markdown page, in order. */
export function codeBlocksOf(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = page.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const [, fence, info] = /^(`{3,})(.*)$/.exec(lines[index] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, other) => other > index && line === fence);
    if (end < 0) throw new Error(`The block in line ${index + 1} does not end.`);
    blocks.push({ ...readInfo(info ?? ''), code: `${lines.slice(index + 1, end).join('\n')}\n`, line: index + 1 });
    index = end;
  }
  return blocks;
}

function readInfo(info: string): Pick<CodeBlock, 'language' | 'words' | 'values'> {
  const [language = ''] = info.trim().split(' ');
  const words: string[] = [];
  const values = new Map<string, unknown>();
  for (let rest = info.trim().slice(language.length).trim(); rest !== '';) {
    const [, name] = /^(\w+)=/.exec(rest) ?? [];
    if (name === undefined) {
      const [word = ''] = rest.split(' ');
      words.push(word);
      rest = rest.slice(word.length).trim();
      continue;
    }
    const from = rest.slice(name.length + 1);
    const length = lengthOfValue(from);
    const text = from.slice(0, length);
    values.set(name, /^[[{"]/.test(text) ? (JSON.parse(text) as unknown) : text);
    rest = from.slice(length).trim();
  }
  return { language, words, values };
}

/** A value ends at the first space outside brackets and quotes. */
function lengthOfValue(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"' && text.charAt(index - 1) !== '\\') quoted = !quoted;
    if (quoted) continue;
    if ('[{'.includes(character)) depth++;
    if (']}'.includes(character)) depth--;
    if (character === ' ' && depth === 0) return index;
  }
  return text.length;
}
