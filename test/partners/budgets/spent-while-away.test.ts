import { expect, it, onTestFinished } from 'vitest';
import { createBudgets, type Budgets, type Payer } from '../../../src/partners/budgets/budgets.ts';
import { openLink, PATIENT } from '../../redis/open-link.ts';
import { startOwnRedis } from '../../redis/own-redis.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { createRoot, openBuckets } from './shared-rig.ts';

const SOON = { timeout: 10_000, interval: 20 };
const payer: Payer = {
  kind: 'partner',
  id: 'p',
  label: 'p',
  budget: { capacity: 1_000, refillPerMinute: 1 },
};

const setUp = async () => {
  const redis = await startOwnRedis();
  onTestFinished(redis.close);
  const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
  const root = createRoot();
  const open = async () => {
    const { link } = await openLink(redis.url, PATIENT);
    const budgets = createBudgets({
      buckets: openBuckets({ redis: link, clock, root }),
      clock,
      // By this clock too: how much is drawn ahead would depend on how busy the machine is.
      monotonic: clock.now,
      observe: { spent: () => undefined, refused: () => undefined },
    });
    onTestFinished(budgets.close);
    return { budgets, isUp: link.isUp };
  };
  return { redis, clock, one: await open(), other: await open() };
};

const spend = async (budgets: Budgets, cost: number): Promise<void> => (await budgets.charge(payer, cost)).settle(cost);

it('what a process spent while Redis was away is told when it is back, though nobody asks that process any more', async () => {
  const { redis, clock, one, other } = await setUp();
  await spend(one.budgets, 100);
  await spend(other.budgets, 100);
  await redis.kill();
  // Half of the 900 it knows of; and 20 drawn ahead, which nobody can be given back.
  await spend(one.budgets, 300);
  // It has been at rest for seconds by the time Redis comes back, empty.
  for (let second = 0; second < 4; second += 1) await one.budgets.rest();
  await redis.restart();
  await expect.poll(() => one.isUp() && other.isUp(), SOON).toBe(true);
  await one.budgets.rest();
  // By what the other knows there would be 800.
  await expect(spend(other.budgets, 590)).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED' });
  clock.wind(100);
  await spend(other.budgets, 560);
});
