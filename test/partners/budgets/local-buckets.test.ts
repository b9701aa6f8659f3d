import { describe, expect, it } from 'vitest';
import { createLocalBuckets } from '../../../src/partners/budgets/local-buckets.ts';
import { bucketsContract } from '../../contracts/buckets.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');

describe('createLocalBuckets', () => {
  bucketsContract(async () => {
    const clock = createWoundClock(NOW);
    return {
      buckets: createLocalBuckets({ clock, limit: 100 }),
      wind: async (_, milliseconds) => clock.wind(milliseconds),
    };
  });

  it('keeps so many, and lets go of the one longest unused', () => {
    const buckets = createLocalBuckets({ clock: createWoundClock(NOW), limit: 2 });
    const left = (key: string, wanted: number): number =>
      buckets.drawNow({ key, budget: { capacity: 10, refillPerMinute: 1 } }, { settled: 0, need: 0, wanted }).left;
    expect([left('a', 4), left('b', 4), left('a', 0), left('c', 4), left('a', 0), left('b', 0)]).toEqual([
      6, 6, 6, 6, 6, 10,
    ]);
  });

  it('takes a clock that is set back for one that stands still', () => {
    const clock = createWoundClock(NOW);
    const buckets = createLocalBuckets({ clock, limit: 2 });
    const bucket = { key: 'a', budget: { capacity: 10, refillPerMinute: 1 } };
    buckets.drawNow(bucket, { settled: 0, need: 10, wanted: 10 });
    clock.wind(-3_600_000);
    expect(buckets.drawNow(bucket, { settled: 0, need: 0, wanted: 0 }).left).toBe(0);
    clock.wind(60_000);
    expect(buckets.drawNow(bucket, { settled: 0, need: 0, wanted: 0 }).left).toBe(1);
  });
});
