import { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../../clock.ts';
import { refill, type Bucket, type Buckets } from './buckets.ts';
import { createLocalBuckets } from './local-buckets.ts';
import type { RedisBuckets } from './redis-buckets.ts';

export interface SharedBucketsOptions {
  readonly redis: RedisBuckets;
  /** What a bucket is called there, by its key. */
  readonly nameOf: (key: string) => string | Promise<string>;
  readonly clock: Clock;
  /** Buckets remembered at most. */
  readonly limit: number;
}

/** What this process knows of a bucket in Redis. */
interface Known {
  /** Undefined: Redis has never said. */
  left: number | undefined;
  at: Instant;
  /** That draw from any; until Redis has said so, nobody knows of another. */
  processes: number;
  /** Spent here while Redis could not say: it is told when it can. */
  owed: number;
}

/**
 * Buckets in Redis. While it is away each process spends its share of what there was and of what comes back, so that all
 * of them together spend no more than the budget; and pays when Redis is back. A bucket that Redis has lost goes on with
 * what the first process to come knows of it.
 */
export const createSharedBuckets = (options: SharedBucketsOptions): Buckets => {
  const { redis, nameOf, clock, limit } = options;
  const known = new LRUCache<string, Known>({ max: limit });
  const alone = createLocalBuckets({ clock, limit });

  const knownOf = (key: string): Known => {
    const found = known.get(key) ?? { left: undefined, at: 0, processes: 1, owed: 0 };
    known.set(key, found);
    return found;
  };
  const leftOf = ({ left, at }: Known, { budget }: Bucket): number | undefined =>
    left === undefined ? undefined : refill(left, budget, clock.now() - at);

  return {
    async draw(bucket, draw) {
      const { key, budget } = bucket;
      const kept = knownOf(key);
      const { owed } = kept;
      kept.owed = 0;
      const initial = leftOf(kept, bucket);
      const asked = async () =>
        redis.draw(await nameOf(key), bucket, { ...draw, settled: draw.settled - owed }, initial);
      // Without its name a bucket is nobody's.
      const drawn = await asked().catch(() => undefined);
      if (drawn !== undefined) {
        alone.forget(key);
        kept.left = drawn.left;
        kept.processes = drawn.processes;
        kept.at = clock.now();
        // A draw that ran beside this one may have failed since.
        return { ...drawn, isOwing: kept.owed > 0 };
      }
      const share = {
        capacity: budget.capacity / kept.processes,
        refillPerMinute: budget.refillPerMinute / kept.processes,
      };
      // Redis may have done it all the same. Then a debt is told twice, and what was given back is not given back again:
      // rather too little is spent than too much.
      const settled = Math.min(0, draw.settled);
      const initialShare = (initial ?? budget.capacity) / kept.processes;
      const taken = alone.drawNow({ key, budget: share }, { ...draw, settled }, initialShare);
      kept.owed += owed + taken.granted - settled;
      return { ...taken, left: taken.left * kept.processes, isOwing: kept.owed > 0 };
    },
  };
};
