import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/clock.ts';
import type { EngagementKind } from '../../src/content/counter.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { RANKING_SPARE, type EngagementStore } from '../../src/stores/engagement-store.ts';
import { articleId } from '../support/content-rows.ts';

/** An empty store. */
export interface EngagementStoreUnderTest {
  readonly store: EngagementStore;
  readonly clear: () => Promise<void>;
  /** Upstream calls so far: one per edition at most, all of a batch sent at once. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

const HOUR = 60 * 60_000;
/** Within an hour, so that whole hours differ from spans of sixty minutes. */
const NOW: Instant = Date.parse('2026-11-23T12:40:00Z');
const hoursAgo = (hours: number): Instant => NOW - hours * HOUR;

/** What every `EngagementStore` does. */
export const engagementStoreContract = (open: () => Promise<EngagementStoreUnderTest>): void => {
  let opened: Promise<EngagementStoreUnderTest> | undefined;
  const underTest = () => (opened ??= open());
  beforeEach(async () => (await underTest()).clear());
  afterAll(async () => (await opened)?.close());
  const given = async (
    ...events: readonly (readonly [id: ArticleId, kind: EngagementKind, at: Instant, times: number])[]
  ): Promise<EngagementStore> => {
    const { store } = await underTest();
    for (const [id, kind, at, times] of events)
      await store.record(Array.from({ length: times }, () => ({ id, kind, at })));
    return store;
  };
  const [a, b, c] = [articleId('a'), articleId('b'), articleId('c')];

  describe('counts', () => {
    it('counts views and shares apart, in whole hours with the running one', async () => {
      const store = await given(
        [a, 'VIEW', NOW, 1],
        [a, 'VIEW', Date.parse('2026-11-23T12:00:00Z'), 1],
        [a, 'VIEW', Date.parse('2026-11-23T11:59:59.999Z'), 1],
        [a, 'VIEW', Date.parse('2026-11-22T13:00:00Z'), 1],
        [a, 'VIEW', Date.parse('2026-11-22T12:59:59Z'), 1],
        [a, 'VIEW', hoursAgo(24 * 365), 1],
        [a, 'SHARE', NOW, 3],
        [b, 'SHARE', hoursAgo(100), 2],
      );
      const count = (id: ArticleId, kind: EngagementKind) =>
        ([null, 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const).map((window) => ({ id, kind, window }));
      expect(
        await store.counts([...count(a, 'VIEW'), ...count(a, 'SHARE'), ...count(b, 'SHARE'), ...count(c, 'VIEW')], NOW),
      ).toEqual([6, 2, 4, 5, 5, 3, 3, 3, 3, 3, 2, 0, 0, 2, 2, 0, 0, 0, 0, 0]);
    });

    it('loses nothing when many count at once', async () => {
      const { store } = await underTest();
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => store.record([{ id: [a, b][i % 2] ?? a, kind: 'VIEW', at: NOW }])),
      );
      const counts = [a, b].map((id) => ({ id, kind: 'VIEW' as const, window: 'HOUR' as const }));
      expect(await store.counts(counts, NOW)).toEqual([30, 30]);
    });
  });

  describe('record', () => {
    const all = async (store: EngagementStore, ids = [a, b, c]) =>
      store.counts(
        ids.flatMap((id) => (['VIEW', 'SHARE'] as const).map((kind) => ({ id, kind, window: 'DAY' as const }))),
        NOW,
      );

    it('counts an event that is told again once, in one batch and in the next', async () => {
      const { store } = await underTest();
      const event = { id: a, kind: 'VIEW', at: NOW, once: 'one' } as const;
      const others = [
        { ...event, once: 'two' },
        { ...event, id: b, kind: 'SHARE', once: 'three' } as const,
        { id: c, kind: 'VIEW', at: NOW } as const,
      ];
      expect(await store.record([event, event, ...others])).toEqual([true, false, true, true, true]);
      // Of those without a name each counts.
      expect(await store.record([event, ...others])).toEqual([false, false, false, true]);
      expect(await all(store)).toEqual([2, 0, 0, 1, 2, 0]);
    });

    it('counts once what many tell at the same time', async () => {
      const { store } = await underTest();
      const events = [a, b].map((id) => ({ id, kind: 'VIEW', at: NOW, once: `of ${id}` }) as const);
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.record(i % 2 === 0 ? events : events.toReversed())));
      expect(await all(store, [a, b])).toEqual([1, 0, 1, 0]);
    });

    it('counts a batch of several editions, hours and articles in one call each', async () => {
      const { store, calls } = await underTest();
      const ids = Array.from({ length: 100 }, (_, i) => articleId(`m${i}`, i % 2 === 0 ? 'EN' : 'ES'));
      const before = calls();
      await store.record(
        ids.flatMap((id) => [0, 1, 1].map((hours) => ({ id, kind: 'VIEW', at: hoursAgo(hours) }) as const)),
      );
      expect(calls() - before).toBeLessThanOrEqual(2);
      const counts = ids.map((id) => ({ id, kind: 'VIEW' as const, window: 'DAY' as const }));
      expect(await store.counts(counts, NOW)).toEqual(ids.map(() => 3));
      expect(calls() - before).toBeLessThanOrEqual(4);
      expect(await store.record([])).toEqual([]);
      expect(await store.counts([], NOW)).toEqual([]);
    });
  });

  describe('rankings', () => {
    it('ranks most read by views in the window', async () => {
      const store = await given(
        [a, 'VIEW', NOW, 2],
        [b, 'VIEW', hoursAgo(5), 3],
        [b, 'SHARE', NOW, 9],
        [c, 'VIEW', hoursAgo(100), 5],
      );
      const by = (window: 'HOUR' | 'DAY' | 'WEEK') => ({ by: 'mostRead', edition: 'EN', limit: 5, window }) as const;
      expect(await store.rankings([by('HOUR'), by('DAY'), by('WEEK')], NOW)).toEqual([[a], [b, a], [c, b, a]]);
    });

    it('lets what trends fade by half in six hours, and weighs a share as five views', async () => {
      const trending = { by: 'trending', edition: 'EN', limit: 5 } as const;
      const store = await given([a, 'VIEW', hoursAgo(6), 7], [b, 'VIEW', NOW, 4], [c, 'SHARE', NOW, 1]);
      expect(await store.rankings([trending], NOW)).toEqual([[c, b, a]]);
      await given([a, 'VIEW', hoursAgo(6), 2]);
      expect(await store.rankings([trending], NOW)).toEqual([[c, a, b]]);
      await given([a, 'VIEW', hoursAgo(6), 2]);
      expect(await store.rankings([trending], NOW)).toEqual([[a, c, b]]);
      expect(await store.rankings([trending], NOW + 48 * HOUR)).toEqual([[]]);
    });

    it('breaks ties by id', async () => {
      const ids = [a, b, c].toSorted();
      const store = await given(...ids.toReversed().map((id) => [id, 'VIEW', hoursAgo(3), 1] as const));
      const requests = [
        { by: 'trending', edition: 'EN', limit: 3 },
        { by: 'mostRead', edition: 'EN', limit: 3, window: 'DAY' },
      ] as const;
      expect(await store.rankings(requests, NOW)).toEqual([ids, ids]);
    });

    it('looks a month back, to the hour, whatever days it touches', async () => {
      const month = { by: 'mostRead', edition: 'EN', limit: 5, window: 'MONTH' } as const;
      const store = await given(
        [a, 'VIEW', hoursAgo(719), 1],
        [b, 'VIEW', hoursAgo(720), 9],
        [c, 'VIEW', hoursAgo(300), 2],
      );
      expect(await store.rankings([month], NOW)).toEqual([[c, a]]);
      expect(await store.rankings([month], NOW + HOUR)).toEqual([[c]]);
    });

    it('keeps editions apart, and gives a few more than asked for', async () => {
      const many = Array.from({ length: 30 }, (_, i) => articleId(`n${i}`));
      const es = articleId('es', 'ES');
      const store = await given([es, 'VIEW', NOW, 1], ...many.map((id) => [id, 'VIEW', NOW, 1] as const));
      const { calls } = await underTest();
      const before = calls();
      const [english, spanish, arabic] = await store.rankings(
        (['EN', 'ES', 'AR'] as const).map((edition) => ({ by: 'trending', edition, limit: 5 })),
        NOW,
      );
      expect(english).toHaveLength(5 + RANKING_SPARE);
      expect(spanish).toEqual([es]);
      expect(arabic).toEqual([]);
      // One each for those who keep editions apart, all of them sent at once.
      expect(calls() - before).toBeLessThanOrEqual(3);
    });
  });
};
