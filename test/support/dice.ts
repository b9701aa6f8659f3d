import { createRandom } from './create-random.ts';

/** Choices that look random and are the same for the same seed. */
export interface Dice {
  /** A whole number, at least 0, less than `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** `count` different ones, or all there are. */
  some<T>(choices: readonly T[], count: number): readonly T[];
}

/** As of `seed`. */
export const createDice = (seed: number): Dice => {
  const next = createRandom(seed);
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
