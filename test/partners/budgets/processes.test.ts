import { expect, inject, it } from 'vitest';
import { costOf, mostOf, spendInProcesses } from '../../bench/budgets/spend-in-processes.ts';
import { createRoot } from './shared-rig.ts';

const BUDGET = { capacity: 5_000, refillPerMinute: 30_000 };

it('four processes spend a budget once, and the budget of another partner is its own', async () => {
  const root = createRoot();
  const partners = [
    { id: 'greedy', budget: BUDGET, perSecond: 200, seconds: 3 },
    { id: 'modest', budget: BUDGET, perSecond: 3, seconds: 3 },
  ];
  const together = await spendInProcesses(
    [1, 2, 3, 4].map((seed) => ({ redisUrl: inject('redisUrl'), root, seed, partners })),
  );
  const [spent, most] = [costOf(together, 'greedy'), mostOf(BUDGET, together.seconds)];
  expect(spent).toBeLessThanOrEqual(most * 1.01);
  expect(spent).toBeGreaterThan(BUDGET.capacity);
  const of = (id: string) => together.spent.filter((part) => part.id === id);
  expect(of('greedy').reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0);
  expect(of('modest').map(({ refused }) => refused)).toEqual([0, 0, 0, 0]);
});
