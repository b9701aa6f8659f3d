import { untilOr } from '../clock.ts';
import type { Executor } from './executor.ts';

/**
 * `executor`, which before it stops waits for the operations under way, `limitMs` at most: what hangs at a store keeps no
 * process from stopping. Answers that grow old are made anew while nobody waits for them: each would meet stores that are
 * closed, and be logged as their failure.
 */
export const finishOperations = (executor: Executor, limitMs: number): Executor => {
  const underWay = new Set<Promise<unknown>>();
  const finish = async (): Promise<void> => {
    // Overtaken by a change, one is followed by another.
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return {
    execute(execution) {
      const executed = executor.execute(execution);
      underWay.add(executed);
      const over = (): void => void underWay.delete(executed);
      executed.then(over, over);
      return executed;
    },
    async stop() {
      await untilOr(finish(), limitMs);
      await executor.stop();
    },
  };
};
