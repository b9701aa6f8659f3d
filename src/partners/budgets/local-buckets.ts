import { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../../clock.ts';
import { refill, type Bucket, type Buckets, type Draw, type Drawn } from './buckets.ts';

/** Buckets of one process: an answer is there at once. */
export interface LocalBuckets extends Buckets {
  /** The same, at once. `initial`: what is in a bucket that is not known; default: it is full. */
  drawNow(bucket: Bucket, draw: Draw, initial?: number): Drawn;
  forget(key: string): void;
}

export interface LocalBucketsOptions {
  readonly clock: Clock;
  /** Buckets kept at most; one that was not drawn from for longest is forgotten, and then full. */
  readonly limit: number;
}

interface Kept {
  tokens: number;
  at: Instant;
}

/** No bucket is known yet, and all are full. */
export const createLocalBuckets = ({ clock, limit }: LocalBucketsOptions): LocalBuckets => {
  const buckets = new LRUCache<string, Kept>({ max: limit });

  const drawNow: LocalBuckets['drawNow'] = ({ key, budget }, { settled, need, wanted }, initial = budget.capacity) => {
    const now = clock.now();
    const kept = buckets.get(key) ?? { tokens: initial, at: now };
    buckets.set(key, kept);
    kept.tokens = Math.min(budget.capacity, refill(kept.tokens, budget, now - kept.at) + settled);
    kept.at = now;
    const granted =
      kept.tokens < Math.min(need, budget.capacity) ? 0 : Math.max(need, Math.min(kept.tokens, wanted), 0);
    kept.tokens -= granted;
    return { granted, left: kept.tokens };
  };

  return {
    drawNow,
    draw: async (bucket, draw) => drawNow(bucket, draw),
    forget: (key) => void buckets.delete(key),
  };
};
