import { untilOr } from '../clock.ts';
import type { Executor } from './executor.ts';

/**
 * `executor`, which before it stops waits for the operations under way, `limitMs` at most: what hangs at a store keeps no
 * process from stopping. Clients that went away leave theirs running: each would meet stores that are closed, and be logged
 * as their failure.
 */
export const finishOperations = (executor: Executor, limitMs: number): Executor => {
  const underWay = new Set<Promise<unknown>>();
  return {
    execute(execution) {
      const executed = executor.execute(execution);
      underWay.add(executed);
      const over = (): void => void underWay.delete(executed);
      executed.then(over, over);
      return executed;
    },
    async stop() {
      await untilOr(Promise.allSettled(underWay), limitMs);
      await executor.stop();
    },
  };
};
