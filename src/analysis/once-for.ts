/** What was made for a key before, or is made now and remembered as long as the key lives. */
export function onceFor<Key extends object, Made extends object>(known: WeakMap<Key, Made>, key: Key, make: () => Made): Made {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
