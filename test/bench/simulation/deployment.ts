import { createResponseCache } from '../../../src/cache/response-cache.ts';
import { blindObserver } from '../../../src/cache/cache-observer.ts';
import type { Follower } from '../../../src/changes/follower.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Dice } from '../../support/dice.ts';
import type { Answers } from './answers.ts';
import type { View } from './readers.ts';
import { createRedisByHeart } from './redis-by-heart.ts';

export interface DeploymentOptions {
  readonly processes: number;
  readonly hasRedis: boolean;
  readonly megabytes: number;
  readonly follower: Follower;
  readonly clock: Clock;
  readonly answers: Answers;
  readonly dice: Dice;
}

/** What came of the views since counting began. */
export interface Counts {
  memory: number;
  stale: number;
  shared: number;
  filled: number;
  /** Those made in the background included. */
  fills: number;
  statements: number;
}

/** Some processes with the gateway's own cache each, behind one port. */
export interface Deployment {
  readonly name: string;
  /** One view, by whichever process the reader's connection is at. */
  read(view: View): Promise<void> | undefined;
  /** Resolves when nothing is being made any more. */
  settle(): Promise<void>;
  /** What was counted, and counting begins anew. */
  takeCounts(): Counts;
  size(): Promise<{ readonly memoryBytes: number; readonly redisBytes: number }>;
}

const nothing = (): Counts => ({ memory: 0, stale: 0, shared: 0, filled: 0, fills: 0, statements: 0 });

/** Starts with empty caches. */
export const createDeployment = (options: DeploymentOptions): Deployment => {
  const { processes, hasRedis, megabytes, follower, clock, answers, dice } = options;
  let counts = nothing();
  const redis = hasRedis ? createRedisByHeart(clock) : undefined;
  const running = new Set<Promise<unknown>>();
  const caches = Array.from({ length: processes }, () =>
    createResponseCache({
      follower,
      clock,
      limitBytes: megabytes * 1024 * 1024,
      ...(redis === undefined ? {} : { shared: redis }),
      observe: {
        ...blindObserver,
        served(state, tier) {
          if (state === 'hit') counts[tier ?? 'memory'] += 1;
          else if (state === 'stale') counts.stale += 1;
          else counts.filled += 1;
        },
      },
    }),
  );
  const make = async (view: View) => {
    const { entry, statements } = await answers.of(view);
    counts.fills += 1;
    counts.statements += statements;
    return entry;
  };
  return {
    name: `${processes} ${hasRedis ? 'and Redis' : 'alone'}`,
    read(view) {
      const cache = caches[dice.below(processes)];
      if (cache === undefined || cache.peek(view.key) !== undefined) return undefined;
      return cache
        .through(view.key, () => {
          const made = make(view);
          running.add(made);
          void made.finally(() => running.delete(made));
          return made;
        })
        .then(() => undefined);
    },
    async settle() {
      while (running.size > 0 || caches.some((cache) => cache.jobs() > 0)) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    takeCounts() {
      const taken = counts;
      counts = nothing();
      return taken;
    },
    size: async () => ({
      memoryBytes: caches.reduce((sum, cache) => sum + cache.size().bytes, 0),
      redisBytes: (await redis?.size())?.bytes ?? 0,
    }),
  };
};
