/** Tells keys that come back soon from those that come once. */
export interface SecondChance {
  /** Whether `key` has come before, no more than `reach` other keys ago; if not, it has now come once. */
  isSecond(key: string): boolean;
}

/**
 * The waiting line of the 2Q algorithm (Johnson and Shasha, VLDB 1994): a full memory takes what comes twice while what it
 * holds would have been read once, so a walk over a whole archive drives out nothing that is read every second.
 *
 * @param reach how many keys wait at most, asked at each.
 */
export const createSecondChance = (reach: () => number): SecondChance => {
  /** In the order in which they came. */
  const waiting = new Set<string>();
  return {
    isSecond(key) {
      if (waiting.delete(key)) return true;
      waiting.add(key);
      const most = Math.max(1, reach());
      for (const longest of waiting) {
        if (waiting.size <= most) break;
        waiting.delete(longest);
      }
      return false;
    },
  };
};
