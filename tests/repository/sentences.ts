/** The sentences of a message: code in backquotes and placeholders are words, whatever they hold. */
export function sentencesOf(text: string): string[] {
  return text.replaceAll(/`[^`]*`/g, 'code').replaceAll(/\{\{[^}]*\}\}/g, 'word').split(/(?<=[.?])\s+(?=[A-Z])/).filter((sentence) => sentence !== '');
}
