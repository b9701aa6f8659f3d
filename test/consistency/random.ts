import { createRandom as createNumbers } from '../support/create-random.ts';

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least 0, less than `limit`. */
  below(limit: number): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Another one, whose numbers do not depend on how often this one is asked. */
  fork(): Random;
}

/** As of `seed`. */
export const createRandom = (seed: number): Random => {
  const next = createNumbers(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    chance: (share) => next() < share,
    pick: <T>(choices: readonly T[]): T => {
      if (choices.length === 0) throw new TypeError('nothing to pick from');
      return choices[below(choices.length)] as T;
    },
    fork: () => createRandom(Math.floor(next() * 2 ** 31)),
  };
};
