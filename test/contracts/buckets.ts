import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/content/plan.ts';
import type { Buckets } from '../../src/partners/budgets/buckets.ts';

/** Full buckets. */
export interface BucketsUnderTest {
  readonly buckets: Buckets;
  /** Lets time go by for the buckets of `key`. */
  readonly wind: (key: string, milliseconds: number) => Promise<void>;
}

/** A token a minute: what comes back while a test runs is no whole one. */
const BUDGET: Budget = { capacity: 100, refillPerMinute: 1 };
const MINUTE_MS = 60_000;

/** What every `Buckets` does. */
export const bucketsContract = (open: () => Promise<BucketsUnderTest>): void => {
  const draw = async (buckets: Buckets, key: string, need: number, wanted = need, settled = 0, budget = BUDGET) => {
    const drawn = await buckets.draw({ key, budget }, { settled, need, wanted });
    return drawn === undefined ? undefined : [Math.floor(drawn.granted + 0.01), Math.floor(drawn.left + 0.01)];
  };

  describe('draw', () => {
    it('gives what is wanted, of a bucket for each', async () => {
      const { buckets } = await open();
      expect([await draw(buckets, 'a', 1, 60), await draw(buckets, 'b', 1, 30)]).toEqual([
        [60, 40],
        [30, 70],
      ]);
      expect(await draw(buckets, 'a', 40)).toEqual([40, 0]);
    });

    it('gives less than is wanted, and nothing when there is less than needed', async () => {
      const { buckets } = await open();
      await draw(buckets, 'a', 70);
      expect(await draw(buckets, 'a', 31, 50)).toEqual([0, 30]);
      expect(await draw(buckets, 'a', 10, 50)).toEqual([30, 0]);
      expect(await draw(buckets, 'a', 0, 50)).toEqual([0, 0]);
    });

    it('gives all that is needed, however many digits that has', async () => {
      const { buckets } = await open();
      // Tenths of what answers cost: 5.300000000000001, 32.400000000000006 and the like.
      for (const [place, need] of [53 * 0.1, 3 * 0.1, 162 * 0.2, 100 / 3].entries()) {
        const drawn = await buckets.draw({ key: `of ${place}`, budget: BUDGET }, { settled: 0, need, wanted: need });
        expect(drawn?.granted).toBeGreaterThanOrEqual(need);
      }
    });

    it('fills a bucket again as time goes by, and never over', async () => {
      const { buckets, wind } = await open();
      await draw(buckets, 'a', 100);
      await wind('a', 7 * MINUTE_MS);
      expect(await draw(buckets, 'a', 0, 0)).toEqual([0, 7]);
      await wind('a', 2.5 * MINUTE_MS);
      expect(await draw(buckets, 'a', 9)).toEqual([9, 0]);
      await wind('a', 1_000 * MINUTE_MS);
      expect(await draw(buckets, 'a', 0, 0)).toEqual([0, 100]);
    });

    it('takes back what was not spent, and never more than there is room for', async () => {
      const { buckets } = await open();
      await draw(buckets, 'a', 80);
      expect(await draw(buckets, 'a', 0, 0, 30)).toEqual([0, 50]);
      expect(await draw(buckets, 'a', 0, 0, 500)).toEqual([0, 100]);
    });

    it('owes what was spent and not had: nothing is given until it is paid', async () => {
      const { buckets, wind } = await open();
      expect(await draw(buckets, 'a', 0, 0, -105)).toEqual([0, -5]);
      expect(await draw(buckets, 'a', 0, 10)).toEqual([0, -5]);
      await wind('a', 4 * MINUTE_MS);
      expect(await draw(buckets, 'a', 1)).toEqual([0, -1]);
      await wind('a', 2 * MINUTE_MS);
      expect(await draw(buckets, 'a', 1)).toEqual([1, 0]);
    });

    it('gives of a full bucket more than it holds, once', async () => {
      const { buckets, wind } = await open();
      expect(await draw(buckets, 'a', 120)).toEqual([120, -20]);
      await wind('a', 119 * MINUTE_MS);
      expect(await draw(buckets, 'a', 120)).toEqual([0, 99]);
      await wind('a', MINUTE_MS);
      expect(await draw(buckets, 'a', 120)).toEqual([120, -20]);
    });

    it('goes by the budget as it is now', async () => {
      const { buckets, wind } = await open();
      await draw(buckets, 'a', 10);
      expect(await draw(buckets, 'a', 0, 0, 0, { capacity: 50, refillPerMinute: 10 })).toEqual([0, 50]);
      await draw(buckets, 'a', 50);
      await wind('a', 2 * MINUTE_MS);
      expect(await draw(buckets, 'a', 0, 0, 0, { capacity: 50, refillPerMinute: 10 })).toEqual([0, 20]);
    });

    it('gives no token twice, however many draw at once', async () => {
      const { buckets } = await open();
      const drawn = await Promise.all(Array.from({ length: 60 }, () => draw(buckets, 'a', 3)));
      expect(drawn.reduce((sum, [granted = 0] = []) => sum + granted, 0)).toBe(99);
    });
  });
};
