/** Choices that look random and are the same for the same seed. */
export interface Dice {
  /** A whole number, at least 0, less than `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** `count` different ones, or all there are. */
  some<T>(choices: readonly T[], count: number): readonly T[];
}

/** As of `seed` (mulberry32). */
export const createDice = (seed: number): Dice => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(choices: readonly T[]): T => {
    if (choices.length === 0) throw new TypeError('nothing to pick from');
    return choices[below(choices.length)] as T;
  };
  return {
    below,
    chance: (share) => next() < share,
    pick,
    some: (choices, count) => {
      const left = [...choices];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)).flat();
    },
  };
};
