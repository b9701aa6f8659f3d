import { untilOr } from '../clock.ts';
import { createUnderWay } from '../content/under-way.ts';
import type { Executor } from './executor.ts';

/**
 * `executor`, which before it stops waits for the operations under way, `limitMs` at most: what hangs at a store keeps no
 * process from stopping. Answers that grow old are made anew while nobody waits for them: each would meet stores that are
 * closed, and be logged as their failure.
 */
export const finishOperations = (executor: Executor, limitMs: number): Executor => {
  const underWay = createUnderWay();
  return {
    execute(execution) {
      const executed = executor.execute(execution);
      underWay.count(executed);
      return executed;
    },
    async stop() {
      await untilOr(underWay.ended(), limitMs);
      await executor.stop();
    },
  };
};
