/** Keys of rows hold no NUL, and so no key is one of these. */
const apart = (key: string, spelling: string): string => `${key}\0${spelling}`;

/**
 * Where what is spelled so stands in `entries`, by the key of all its spellings. Two that were stored before spellings
 * were compared may have one key: then the second stands apart, by its own spelling.
 */
export const placeOf = (entries: ReadonlyMap<string, unknown>, key: string, spelling: string): string =>
  entries.has(apart(key, spelling)) ? apart(key, spelling) : key;

/** `rows` in their places, the first of a key at the key itself. */
export const placeAll = <Entry>(
  rows: readonly Entry[],
  keyOf: (row: Entry) => string,
  spellingOf: (row: Entry) => string,
): Map<string, Entry> => {
  const entries = new Map<string, Entry>();
  for (const row of rows) {
    const key = keyOf(row);
    entries.set(entries.has(key) ? apart(key, spellingOf(row)) : key, row);
  }
  return entries;
};
