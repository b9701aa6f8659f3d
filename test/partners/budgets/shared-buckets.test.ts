import { describe, expect, it, onTestFinished } from 'vitest';
import type { Budget } from '../../../src/content/plan.ts';
import { createAccount, type Account } from '../../../src/partners/budgets/account.ts';
import { createWoundClock, type WoundClock } from '../../support/wound-clock.ts';
import { openLink, PATIENT } from '../../redis/open-link.ts';
import { startOwnRedis } from '../../redis/own-redis.ts';
import { createRoot, openBuckets } from './shared-rig.ts';

const BUDGET: Budget = { capacity: 1_000, refillPerMinute: 1 };
const bucket = { key: 'partner:p', budget: BUDGET };
/** A hung server is given up soon, and back soon. */
const QUICK = { slowMs: 40, deadlineMs: 80, silenceMs: 300 };
const SOON = { timeout: 10_000, interval: 20 };

interface Process {
  readonly clock: WoundClock;
  readonly account: Account;
  readonly isUp: () => boolean;
}

const setUp = async (count: number, patience: object = PATIENT) => {
  const redis = await startOwnRedis();
  onTestFinished(redis.close);
  const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
  const root = createRoot();
  const processes: Process[] = [];
  for (let process = 0; process < count; process += 1) {
    const { link } = await openLink(redis.url, patience);
    const buckets = openBuckets({ redis: link, clock, root });
    processes.push({
      clock,
      // By this clock too: how much is drawn ahead would depend on how busy the machine is.
      account: createAccount({ key: bucket.key, budgetOf: () => BUDGET, buckets, clock, monotonic: clock.now }),
      isUp: link.isUp,
    });
  }
  return { redis, processes };
};

/** A bucket that had too little is asked again after it. */
const A_MOMENT_MS = 100;

/** A moment later takes `cost` from each process in turn, so often; gives how often it was there. */
const spend = async (processes: readonly Process[], cost: number, times: number): Promise<number> => {
  let taken = 0;
  processes[0]?.clock.wind(A_MOMENT_MS);
  for (let turn = 0; turn < times; turn += 1)
    for (const { account } of processes)
      taken += await account.take(cost).then(
        () => 1,
        () => 0,
      );
  return taken;
};

describe('createSharedBuckets', () => {
  it('lets processes spend the budget once, however many they are', async () => {
    const { processes } = await setUp(4);
    expect(await spend(processes, 1, 400)).toBe(1_000);
  });

  it('lets each spend its share of what is left while Redis is dead, and is paid when it is back', async () => {
    const { redis, processes } = await setUp(4);
    expect(await spend(processes, 1, 50)).toBe(200);
    await redis.kill();
    // Each goes by what was left when it asked last; the three others have drawn since, by a fiftieth at a time.
    const during = await spend(processes, 1, 400);
    expect(during).toBeGreaterThan(700);
    expect(during).toBeLessThanOrEqual(900);
    await redis.restart();
    await expect.poll(() => processes.every(({ isUp }) => isUp()), SOON).toBe(true);
    // Redis is empty: it goes on with what they know, and all that was spent meanwhile is told.
    const after = await spend(processes, 1, 100);
    expect(200 + during + after).toBeLessThanOrEqual(1_100);
  });

  it('waits for a hung Redis once, and not at all while it hangs', async () => {
    const { redis, processes } = await setUp(2, QUICK);
    expect(await spend(processes, 1, 10)).toBe(20);
    redis.hang();
    onTestFinished(redis.resume);
    await spend(processes, 5, 20);
    await expect.poll(() => processes.some(({ isUp }) => isUp()), SOON).toBe(false);
    const began = performance.now();
    const during = await spend(processes, 5, 50);
    // A hundred that wait would take eight seconds.
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(during).toBeGreaterThan(0);
    redis.resume();
    await expect.poll(() => processes.every(({ isUp }) => isUp()), SOON).toBe(true);
    const after = await spend(processes, 5, 400);
    expect(20 + 5 * (20 * 2 + during + after)).toBeLessThanOrEqual(1_020);
  });

  it('goes on with what is known when Redis is flushed', async () => {
    const { redis, processes } = await setUp(4);
    let spent = 0;
    for (let flush = 0; flush < 5; flush += 1) {
      spent += await spend(processes, 1, 40);
      await redis.tell('FLUSHALL');
    }
    spent += await spend(processes, 1, 400);
    // What one process knows is older than what others have drawn since by as much as those hold.
    expect(spent).toBeGreaterThan(900);
    expect(spent).toBeLessThanOrEqual(1_400);
  });
});

describe('createSharedBuckets, with a Redis that says this', () => {
  const set = (run: () => Promise<unknown>) => {
    const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
    const buckets = openBuckets({ redis: { run }, clock, root: 'test' });
    const draw = async (need: number) => (await buckets.draw(bucket, { settled: 0, need, wanted: need }))?.granted;
    return { clock, draw };
  };

  it('gives each process its share of what is left, and of what comes back', async () => {
    const replies: unknown[] = [['0', '1000', 4]];
    const { clock, draw } = set(async () => replies.shift());
    await draw(0);
    expect([await draw(200), await draw(51), await draw(50), await draw(1)]).toEqual([200, 0, 50, 0]);
    clock.wind(4 * 60_000);
    expect([await draw(1), await draw(1)]).toEqual([1, 0]);
  });

  it('gives one that knows of no other all of a full bucket', async () => {
    const { draw } = set(async () => undefined);
    expect([await draw(999), await draw(1), await draw(1)]).toEqual([999, 1, 0]);
  });

  it('does not fail with what it asks', async () => {
    const { draw } = set(() => Promise.reject(new Error('no salt')));
    expect(await draw(1)).toBe(1);
  });
});
