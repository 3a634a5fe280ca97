/** The first answer that asking the items one after the other gives. */
export function firstFound<Item, Answer>(items: Iterable<Item>, ask: (item: Item) => Answer | undefined): Answer | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
