import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../src/content/plan.ts';
import { createAccount, type Account } from '../../../src/partners/budgets/account.ts';
import type { Buckets, Draw } from '../../../src/partners/budgets/buckets.ts';
import { createLocalBuckets } from '../../../src/partners/budgets/local-buckets.ts';
import { createGate } from '../../support/gate.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const BUDGET: Budget = { capacity: 1_000, refillPerMinute: 60 };

const setUp = (budget = BUDGET) => {
  const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
  const local = createLocalBuckets({ clock, limit: 10 });
  const draws: Draw[] = [];
  const buckets: Buckets = {
    draw(bucket, draw) {
      draws.push(draw);
      return local.draw(bucket, draw);
    },
  };
  // One that is set from outside: a bucket that had too little is left alone for a moment.
  const moment = { nowMs: 0 };
  const open = (from: Buckets = buckets): Account =>
    createAccount({ key: 'partner', budgetOf: () => budget, buckets: from, clock, monotonic: () => moment.nowMs });
  return { clock, moment, buckets, draws, open };
};

/** What became of each in turn: 1 taken, 0 refused. */
const takeInTurn = async (account: Account, cost: number, times: number): Promise<number> => {
  let taken = 0;
  for (let turn = 0; turn < times; turn += 1)
    taken += await account.take(cost).then(
      () => 1,
      () => 0,
    );
  return taken;
};

describe('createAccount', () => {
  it('lets exactly the budget be spent, and says when there is more', async () => {
    const { clock, open } = setUp();
    const account = open();
    expect(await takeInTurn(account, 30, 50)).toBe(33);
    const refusal = await account.take(30).catch((error: unknown) => error);
    // 10 are left, 20 are missing, one comes back in a second.
    expect(refusal).toMatchObject({ code: 'BUDGET_EXHAUSTED', retryAfterSeconds: 20 });
    clock.wind(19_000);
    expect(await takeInTurn(account, 30, 1)).toBe(0);
    clock.wind(1_000);
    expect(await takeInTurn(account, 30, 2)).toBe(1);
  });

  it('shares it with others who draw from the same bucket, and none is spent twice', async () => {
    const { open } = setUp();
    const accounts = [open(), open(), open(), open()];
    const taken = await Promise.all(accounts.map((account) => takeInTurn(account, 1, 1_000)));
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  it('is asked by many at once, and asks the bucket once for all of them', async () => {
    const { draws, open } = setUp();
    const account = open();
    const asked = Array.from({ length: 100 }, () => account.take(5));
    await Promise.all(asked);
    // The first draws for itself, the second for all who came meanwhile.
    expect(draws).toHaveLength(2);
  });

  it('draws ahead of need: hardly anybody waits', async () => {
    const { draws, open } = setUp({ capacity: 1_000_000, refillPerMinute: 60 });
    const account = open();
    await account.take(1);
    await account.take(1);
    let atOnce = 0;
    for (let turn = 0; turn < 2_000; turn += 1) {
      if (account.takeNow(1)) atOnce += 1;
      else await account.take(1);
      if (turn % 10 === 0) await Promise.resolve();
    }
    expect(atOnce).toBeGreaterThan(1_900);
    expect(draws.length).toBeLessThan(100);
  });

  it('lets a request that costs more than the bucket holds through when it is full, and the debt is paid first', async () => {
    const { clock, open } = setUp();
    const account = open();
    await account.take(1_500);
    expect(account.standing()).toMatchObject({ remaining: 0 });
    clock.wind(500_000);
    expect(await takeInTurn(account, 1, 1)).toBe(0);
    clock.wind(1_000);
    expect(await takeInTurn(account, 1, 2)).toBe(1);
  });

  it('gives back what a request did not cost after all', async () => {
    const { open } = setUp();
    const account = open();
    await account.take(1_000);
    expect(account.takeNow(1)).toBe(false);
    account.giveBack(900);
    expect(account.standing().remaining).toBe(900);
    expect(await takeInTurn(account, 900, 2)).toBe(1);
  });

  it('pays for what cost more than was taken before anything else', async () => {
    const { open } = setUp();
    const account = open();
    await account.take(990);
    account.giveBack(-20);
    expect(await takeInTurn(account, 1, 1)).toBe(0);
    // Told to all who draw from it.
    expect(await takeInTurn(open(), 1, 1)).toBe(0);
  });

  it('gives back what lies idle, so that another may spend it', async () => {
    const { moment, open } = setUp();
    const [one, other] = [open(), open()];
    await one.take(500);
    one.giveBack(500);
    expect(await takeInTurn(other, 501, 1)).toBe(0);
    await one.rest();
    expect(await takeInTurn(other, 100, 10)).toBe(5);
    await one.rest();
    moment.nowMs += 100;
    expect(await takeInTurn(other, 100, 10)).toBe(5);
  });

  it('gives back at once parts that are too small for the one who asks', async () => {
    const { open } = setUp();
    const [one, other] = [open(), open()];
    await one.take(600);
    one.giveBack(100);
    // 400 in the bucket, 100 here.
    expect(await takeInTurn(one, 600, 1)).toBe(0);
    expect(await takeInTurn(other, 500, 1)).toBe(1);
  });

  it('does not ask an empty bucket once for each who is refused', async () => {
    const { moment, draws, open } = setUp();
    const account = open();
    await account.take(1_000);
    expect(await takeInTurn(account, 1, 500)).toBe(0);
    expect(draws).toHaveLength(1);
    moment.nowMs += 100;
    expect(await takeInTurn(account, 1, 500)).toBe(0);
    expect(draws).toHaveLength(2);
  });

  it('stands as far as its bucket goes, and is full when nobody spends', async () => {
    const { clock, open } = setUp();
    const account = open();
    expect(account.standing()).toEqual({ budget: BUDGET, remaining: 1_000, resetAt: clock.now() });
    await account.take(400);
    expect(account.standing()).toEqual({ budget: BUDGET, remaining: 600, resetAt: clock.now() + 400_000 });
    clock.wind(100_000);
    expect(account.standing()).toEqual({ budget: BUDGET, remaining: 700, resetAt: clock.now() + 300_000 });
  });

  it('keeps whoever came during a draw for the next one', async () => {
    const { buckets, open } = setUp();
    const gate = createGate();
    const account = open({
      async draw(bucket, draw) {
        await gate.pass();
        return buckets.draw(bucket, draw);
      },
    });
    const first = account.take(10);
    await gate.reached;
    const later = [account.take(10), account.take(2_000), account.take(10)];
    gate.open();
    await first;
    expect((await Promise.allSettled(later)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
