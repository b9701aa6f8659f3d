import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/clock.ts';
import { createRedisBuckets } from '../../../src/partners/budgets/redis-buckets.ts';
import { createSharedBuckets } from '../../../src/partners/budgets/shared-buckets.ts';
import type { Buckets } from '../../../src/partners/budgets/buckets.ts';
import type { RedisLink } from '../../../src/redis/redis-link.ts';

export interface SharedRigOptions {
  readonly redis: Pick<RedisLink, 'run'>;
  readonly clock: Clock;
  readonly root: string;
}

/** Where one test keeps its buckets. */
export const createRoot = (): string => `test:{${randomUUID()}}`;

/** The buckets of one process among those that share `root`. */
export const openBuckets = ({ redis, clock, root }: SharedRigOptions): Buckets =>
  createSharedBuckets({
    redis: createRedisBuckets({ redis, root, process: randomUUID() }),
    nameOf: (key) => key,
    clock,
    limit: 100,
  });
