import { createSchema } from '../../src/graphql/schema.ts';
import { createRandom, pickOf } from '../support/create-random.ts';
import { randomOperation } from '../support/random-operations.ts';
import type { Rig } from './rig.ts';

export interface AskingOptions {
  /** Answers to compare. */
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (asked: number) => void;
}

/** Each document is asked so often, with other things going wrong: a plan that was used before must not show it. */
const ASKED_TIMES = 5;

/** Asks generated operations of both executors of `rig`; gives the first that is answered differently, undefined: none. */
export const askRandomOperations = async (
  rig: Rig,
  { count, seed, onProgress = () => undefined }: AskingOptions,
): Promise<string | undefined> => {
  const random = createRandom(seed);
  const schema = createSchema();
  for (let asked = 0; asked < count; asked += ASKED_TIMES) {
    const { query, variables } = randomOperation(schema, random, pickOf(random, rig.pools));
    for (let time = 0; time < ASKED_TIMES; time += 1) {
      const flipped = Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [
          name,
          typeof value === 'boolean' ? random() < 0.5 : typeof value === 'number' ? (value + time) % 4 : value,
        ]),
      );
      const worry = time === 0 ? 0 : Math.floor(random() * 2 ** 31);
      const difference = await rig.ask({ query, variables: flipped }, worry);
      if (difference !== undefined)
        return `${query}\n${JSON.stringify(flipped)}, worry ${worry}, differs in ${difference}`;
    }
    if (asked % 5_000 === 0) onProgress(asked);
  }
  return undefined;
};
