/**
 * One process that spends: started by `spend-in-processes.ts` with what it shall do as JSON, says what it did in the same way. It
 * begins when it is told to, and what it holds is given back before it says so.
 */
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/clock.ts';
import { parseRedisAddress } from '../../../src/config/redis-address.ts';
import { createBudgets, type Payer } from '../../../src/partners/budgets/budgets.ts';
import { createRedisBuckets } from '../../../src/partners/budgets/redis-buckets.ts';
import { createSharedBuckets } from '../../../src/partners/budgets/shared-buckets.ts';
import { createRedis } from '../../../src/redis/create-redis.ts';
import { createRandom } from '../../support/create-random.ts';
import type { Spender, Spent } from './spend-in-processes.ts';

const { redisUrl, root, seed, partners } = JSON.parse(process.argv[2] ?? '') as Spender;
const address = parseRedisAddress(redisUrl);
if (address === undefined) throw new TypeError('No Redis');
let draws = 0;
const redis = createRedis({
  address,
  // What is shown is how budgets are kept, not how a machine with too much to do treats a Redis.
  slowMs: 2_000,
  deadlineMs: 4_000,
  silenceMs: 10_000,
  observe: {
    called: (operation) => void (draws += operation === 'budget' ? 1 : 0),
    stateChanged: () => undefined,
    writesChanged: () => undefined,
  },
});
await redis.settled;
const budgets = createBudgets({
  buckets: createSharedBuckets({
    redis: createRedisBuckets({ redis, root, process: randomUUID() }),
    nameOf: (key) => key,
    clock: systemClock,
    limit: 100,
  }),
  clock: systemClock,
  observe: { spent: () => undefined, refused: () => undefined },
});
const random = createRandom(seed);

const spend = async ({ id, budget, perSecond, seconds }: Spender['partners'][number]): Promise<Spent> => {
  const payer: Payer = { kind: 'partner', id, label: id, budget };
  const spent = { id, cost: 0, taken: 0, refused: 0 };
  const waits: number[] = [];
  const began = performance.now();
  const ask = async (): Promise<void> => {
    const price = 1 + Math.floor(random() * 100);
    const askedAt = performance.now();
    try {
      const charge = await budgets.charge(payer, price);
      waits.push(performance.now() - askedAt);
      // Four of five are kept; a request takes its time.
      const actual = random() < 0.8 ? price / 10 : price;
      await pause(1);
      charge.settle(actual);
      spent.cost += actual;
      spent.taken += 1;
    } catch {
      spent.refused += 1;
    }
  };
  const asked: Promise<void>[] = [];
  for (let turn = 0; performance.now() - began < seconds * 1000; turn += 1) {
    asked.push(ask());
    const nextMs = began + ((turn + 1) / perSecond) * 1000 - performance.now();
    if (nextMs > 0) await pause(nextMs);
  }
  await Promise.all(asked);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { ...spent, draws: 0, waitedMs: { p50: at(0.5), p99: at(0.99), most: at(1) } };
};

process.send?.('ready');
await once(process, 'message');
const all = await Promise.all(partners.map(spend));
await budgets.close();
process.send?.(all.map((spent) => ({ ...spent, draws })));
redis.close();
process.disconnect?.();
