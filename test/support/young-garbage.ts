import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how?: { readonly type: 'minor' }) => void;

/** Turns before the first that counts: what is made once is made by then. */
const WARM_UP = 30;
const TURNS = 41;

/**
 * Bytes of heap that a turn of `work` leaves behind where only young objects are collected, as happens between two collections of all of
 * it: what nobody can reach any more should be gone by then. The middle of many turns, whatever else comes and goes meanwhile.
 */
export const leftByTurn = async (work: (turn: number) => unknown): Promise<number> => {
  const sizes: number[] = [];
  for (let turn = 0; turn < WARM_UP + TURNS; turn += 1) {
    if (turn === WARM_UP) collect();
    await work(turn);
    // What lives through two is old. Turns of the loop let go of what waited for `work`.
    for (let collections = 0; collections < 2; collections += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      collect({ type: 'minor' });
    }
    sizes.push(process.memoryUsage().heapUsed);
  }
  const counted = sizes.slice(WARM_UP);
  const grown = counted.slice(1).map((size, index) => size - (counted[index] ?? size));
  return grown.toSorted((a, b) => a - b)[Math.floor(grown.length / 2)] ?? 0;
};
