/** Several things as people list them: `a, b and c`. */
export function inWords(things: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(things);
}
