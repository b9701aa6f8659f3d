import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBudgets, type Payer } from '../../../src/partners/budgets/budgets.ts';
import { createLocalBuckets } from '../../../src/partners/budgets/local-buckets.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const payer = (id: string, capacity = 100, kind: Payer['kind'] = 'partner'): Payer => ({
  kind,
  id,
  label: id,
  budget: { capacity, refillPerMinute: 60 },
});

const setUp = () => {
  const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
  const told: unknown[] = [];
  const buckets = createLocalBuckets({ clock, limit: 100 });
  const open = () => {
    const budgets = createBudgets({
      buckets,
      clock,
      observe: {
        spent: ({ id }, cost) => told.push([id, cost]),
        refused: ({ id }) => told.push([id, 'refused']),
      },
    });
    onTestFinished(budgets.close);
    return budgets;
  };
  return { clock, budgets: open(), open, told };
};

describe('createBudgets', () => {
  it('takes the most, and keeps what it cost after all', async () => {
    const { budgets, told } = setUp();
    const charge = await budgets.charge(payer('a'), 80);
    expect(budgets.standingOf(payer('a')).remaining).toBe(20);
    charge.settle(8);
    charge.settle(80);
    expect(budgets.standingOf(payer('a')).remaining).toBe(92);
    expect(told).toEqual([['a', 8]]);
  });

  it('refuses one without a word to another', async () => {
    const { budgets, told } = setUp();
    await budgets.charge(payer('a'), 100);
    await expect(budgets.charge(payer('a'), 1)).rejects.toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      retryAfterSeconds: 1,
    });
    expect(budgets.chargeNow(payer('a'), 1)).toBe(false);
    (await budgets.charge(payer('b'), 100)).settle(100);
    // The same id, and somebody else.
    (await budgets.charge(payer('a', 100, 'address'), 100)).settle(100);
    expect(told).toEqual([
      ['a', 'refused'],
      ['b', 100],
      ['a', 100],
    ]);
  });

  it('goes by the budget as it is now', async () => {
    const { budgets } = setUp();
    (await budgets.charge(payer('a', 100), 100)).settle(100);
    await expect(budgets.charge(payer('a', 100), 60)).rejects.toMatchObject({ retryAfterSeconds: 60 });
    expect(budgets.standingOf(payer('a', 1_000)).budget.capacity).toBe(1_000);
  });

  it('takes at once what it holds', async () => {
    const { budgets, told } = setUp();
    expect(budgets.chargeNow(payer('a'), 1)).toBe(false);
    (await budgets.charge(payer('a'), 10)).settle(1);
    expect([budgets.chargeNow(payer('a'), 5), budgets.chargeNow(payer('a'), 4)]).toEqual([true, true]);
    expect(told).toEqual([
      ['a', 1],
      ['a', 5],
      ['a', 4],
    ]);
  });

  it('gives back what lies idle, also of a request that was under way when its payer had rested', async () => {
    const { budgets, open } = setUp();
    const charge = await budgets.charge(payer('a'), 100);
    for (let second = 0; second < 3; second += 1) await budgets.rest();
    charge.settle(40);
    await expect(open().charge(payer('a'), 60)).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED' });
    for (let second = 0; second < 3; second += 1) await budgets.rest();
    (await open().charge(payer('a'), 60)).settle(60);
  });

  it('tells what could not be told as soon as that can be, and meanwhile asks for one of many', async () => {
    const clock = createWoundClock(Date.parse('2026-11-29T12:00:00Z'));
    const bucketsThere = { areAway: true, asked: 0 };
    // It rests when it is told to, and not of itself.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const budgets = createBudgets({
      buckets: {
        async draw(_bucket, { wanted }) {
          bucketsThere.asked += 1;
          return { granted: wanted, left: 100, isOwing: bucketsThere.areAway };
        },
      },
      clock,
      observe: { spent: () => undefined, refused: () => undefined },
    });
    onTestFinished(budgets.close);
    const asksIn = async (act: () => Promise<unknown>): Promise<number> => {
      bucketsThere.asked = 0;
      await act();
      return bucketsThere.asked;
    };
    const ids = Array.from({ length: 250 }, (_, index) => `p${index}`);
    for (const id of ids) (await budgets.charge(payer(id), 10)).settle(10);
    await budgets.rest();
    await budgets.rest();
    expect(await asksIn(budgets.rest)).toBe(1);
    expect(await asksIn(budgets.rest)).toBe(1);
    bucketsThere.areAway = false;
    expect(await asksIn(budgets.rest)).toBe(ids.length);
    expect(await asksIn(budgets.rest)).toBe(0);
  });
});
