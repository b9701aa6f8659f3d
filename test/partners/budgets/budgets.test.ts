import { describe, expect, it, onTestFinished } from 'vitest';
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
});
