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
  const found: string[] = [];
  let depth = 0;
  let inClass = false;
  let start = 0;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === '\\') index++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (inClass) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) {
      found.push(pattern.slice(start, index));
      start = index + 1;
    }
  }
  return [...found, pattern.slice(start)];
}

/** Whether the bracket that a pattern begins with is closed only by its last character. */
function closes(pattern: string): boolean {
  let depth = 0;
  for (let index = 0; index < pattern.length; index++) {
    if (pattern[index] === '\\') index++;
    else if (pattern[index] === '(') depth++;
    else if (pattern[index] === ')' && --depth === 0) return index === pattern.length - 1;
  }
  return false;
}
