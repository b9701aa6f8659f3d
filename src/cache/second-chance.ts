/** Tells keys that come back soon from those that come once. */
export interface SecondChance {
  /** Whether `key` has come before, no more than `reach` other keys ago; if not, it has now come once. */
  isSecond(key: string): boolean;
}

/**
 * A number for `key`, by FNV-1a. Clients make keys up, as long as they like, and V8 cuts an id out of the text of its request, which
 * stays for as long as the id does: a line of 1,500 ids held 136 MB. Of keys that share a number one is taken in too early.
 */
const numberOf = (key: string): number => {
  let number = 0x81_1c_9d_c5;
  for (let at = 0; at < key.length; at += 1) number = Math.imul(number ^ key.charCodeAt(at), 0x01_00_01_93);
  return number;
};

/**
 * The waiting line of the 2Q algorithm (Johnson and Shasha, VLDB 1994): a full memory takes what comes twice while what it
 * holds would have been read once, so a walk over a whole archive drives out nothing that is read every second.
 *
 * @param reach how many keys wait at most, asked at each.
 */
export const createSecondChance = (reach: () => number): SecondChance => {
  /** In the order in which they came. */
  const waiting = new Set<number>();
  return {
    isSecond(key) {
      const number = numberOf(key);
      if (waiting.delete(number)) return true;
      waiting.add(number);
      const most = Math.max(1, reach());
      for (const longest of waiting) {
        if (waiting.size <= most) break;
        waiting.delete(longest);
      }
      return false;
    },
  };
};
