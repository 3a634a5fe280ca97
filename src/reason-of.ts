/** The first line of whatever was thrown, as the end of a sentence. */
export function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (text.split('\n', 1)[0] ?? '').trim().replace(/[.:]+$/, '');
}
