/** Whether every alternative of a regular expression begins with `^` and ends with `$`. */
export function isAnchored(pattern: string): boolean {
  return alternatives(pattern).every((one) => {
    const [, inner] = /^\((?:\?:|\?<\w+>)?([\s\S]*)\)$/.exec(one) ?? [];
    if (inner !== undefined && closes(one)) return isAnchored(inner);
    return one.startsWith('^') && /(?:^|[^\\])(?:\\\\)*\$$/.test(one);
  });
}

/** Whether an expression has a text for everything: it is empty, or some alternative is only dots and quantifiers. */
export function matchesEverything(pattern: string): boolean {
  const bare = pattern.replaceAll(/\(\?:|[()]/g, '');
  return alternatives(bare).some((one) => /^\^?(?:(?:\.|\[\\s\\S\]|\[\^\]|\\S|\[\\w\\W\])[*+]?\??)*\$?$/.test(one));
}

/** The alternatives of a pattern at its top level. */
function alternatives(pattern: string): readonly string[] {
  const bars = marksOf(pattern).filter(({ mark, depth }) => mark === '|' && depth === 0).map(({ index }) => index);
  return [...bars, pattern.length].map((end, order) => pattern.slice((bars[order - 1] ?? -1) + 1, end));
}

/** Whether the bracket that a pattern begins with is closed only by its last character. */
function closes(pattern: string): boolean {
  return marksOf(pattern).find(({ depth }) => depth === 0)?.index === pattern.length - 1;
}

/** The brackets of groups and the bars of a pattern, each with the number of groups that are open behind it. */
function marksOf(pattern: string): readonly { readonly mark: string; readonly index: number; readonly depth: number }[] {
  let depth = 0;
  // Escapes and classes are passed over as a whole.
  return [...pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/gs)].map(({ 0: mark, index }) => {
    if (mark === '(') depth++;
    if (mark === ')') depth--;
    return { mark, index, depth };
  }).filter(({ mark }) => mark.length === 1);
}
