/** The known name that is nearest to an unknown one, if one is near enough to be a misspelling. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const [nearest] = known.map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(2, Math.floor(given.length / 3)) ? nearest.name : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
