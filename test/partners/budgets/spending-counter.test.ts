import { describe, expect, it, onTestFinished } from 'vitest';
import type { Payer } from '../../../src/partners/budgets/budgets.ts';
import { createSpendingCounter } from '../../../src/partners/budgets/spending-counter.ts';
import type { PartnerSpending } from '../../../src/stores/postgres/partner-spending.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const budget = { capacity: 100, refillPerMinute: 1 };
const partner = (id: string): Payer => ({ kind: 'partner', id, label: id, budget });
const stranger: Payer = { kind: 'address', id: '192.0.2.1', label: 'anonymous', budget };

const setUp = () => {
  const clock = createWoundClock(Date.parse('2026-11-29T23:59:59Z'));
  const saved: (readonly PartnerSpending[])[] = [];
  const failures: unknown[] = [];
  const store = { isUp: true };
  const counter = createSpendingCounter({
    clock,
    async save(rows) {
      if (!store.isUp) throw new Error('away');
      saved.push(rows);
    },
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => counter.close());
  return { clock, counter, saved, failures, store };
};

describe('createSpendingCounter', () => {
  it('counts by partner and day, and no one without a key', async () => {
    const { clock, counter, saved } = setUp();
    counter.spent(partner('a'), 3);
    counter.spent(partner('a'), 0.5);
    counter.refused(partner('b'));
    counter.spent(stranger, 100);
    counter.refused(stranger);
    clock.wind(1_000);
    counter.spent(partner('a'), 1);
    await counter.save();
    await counter.save();
    expect(saved).toEqual([
      [
        { partnerId: 'a', day: '2026-11-29', requests: 2, spent: 3.5, refused: 0 },
        { partnerId: 'b', day: '2026-11-29', requests: 0, spent: 0, refused: 1 },
        { partnerId: 'a', day: '2026-11-30', requests: 1, spent: 1, refused: 0 },
      ],
    ]);
  });

  it('keeps what could not be saved, adds to it, and saves it before it ends', async () => {
    const { counter, saved, failures, store } = setUp();
    store.isUp = false;
    counter.spent(partner('a'), 3);
    await counter.save();
    counter.spent(partner('a'), 4);
    store.isUp = true;
    await counter.close();
    expect(failures).toHaveLength(1);
    expect(saved).toEqual([[{ partnerId: 'a', day: '2026-11-29', requests: 2, spent: 7, refused: 0 }]]);
  });
});
