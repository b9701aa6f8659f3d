import { createSchema } from '../../src/graphql/schema.ts';
import { createRandom, pickOf } from '../support/create-random.ts';
import { randomOperation } from '../support/random-operations.ts';
import type { Rig } from './rig.ts';

export interface AskingOptions {
  /** Operations to generate. */
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (asked: Asked) => void;
}

/** How far it has come. */
export interface Asked {
  readonly operations: number;
  /** Pairs of answers that were compared. */
  readonly answers: number;
}

export interface AskingResult extends Asked {
  /** The first operation that was answered differently, and how; undefined: none was. */
  readonly difference: string | undefined;
}

/**
 * How often each of five operations in a row is asked. A plan that was used before must not show it, so one is asked five times,
 * with other things going wrong. Asked once, its first answer is one in which things go wrong; otherwise nothing does in the first.
 */
const ASKED_TIMES = [5, 1, 2, 1, 2] as const;
const PROGRESS_EVERY = 1_000;

/**
 * Asks generated operations of both executors of `rig`, until one is answered differently: every fifth five times, each with
 * variables flipped and something else going wrong, the others once or twice. That is 2.2 answers for each operation.
 */
export const askRandomOperations = async (
  rig: Rig,
  { count, seed, onProgress = () => undefined }: AskingOptions,
): Promise<AskingResult> => {
  const random = createRandom(seed);
  const schema = createSchema();
  let answers = 0;
  for (let operations = 1; operations <= count; operations += 1) {
    const { query, variables } = randomOperation(schema, random, pickOf(random, rig.pools));
    const times = ASKED_TIMES[(operations - 1) % ASKED_TIMES.length] ?? 1;
    for (let time = 0; time < times; time += 1) {
      const flipped = Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [
          name,
          typeof value === 'boolean' ? random() < 0.5 : typeof value === 'number' ? (value + time) % 4 : value,
        ]),
      );
      const worry = time === 0 && times > 1 ? 0 : 1 + Math.floor(random() * 2 ** 31);
      const found = await rig.ask({ query, variables: flipped }, worry);
      answers += 1;
      if (found === undefined) continue;
      const difference = `${query}\n${JSON.stringify(flipped)}, worry ${worry}, differs in ${found}`;
      return { operations, answers, difference };
    }
    if (operations % PROGRESS_EVERY === 0) onProgress({ operations, answers });
  }
  return { operations: count, answers, difference: undefined };
};
