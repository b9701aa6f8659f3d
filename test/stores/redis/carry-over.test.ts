import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { EditionCode } from '../../../src/content/edition.ts';
import type { RedisLink } from '../../../src/redis/redis-link.ts';
import type { EngagementEvent, EngagementStore } from '../../../src/stores/engagement-store.ts';
import { createCountedReader } from '../../../src/stores/postgres/read-counted.ts';
import { createCarryOver, type ReadCounted } from '../../../src/stores/redis/carry-over.ts';
import { createRedisEngagementStore, rootOf } from '../../../src/stores/redis/engagement-store.ts';
import { openLink, PATIENT } from '../../redis/open-link.ts';
import { startOwnRedis } from '../../redis/own-redis.ts';
import { articleId } from '../../support/content-rows.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const NOW = Date.parse('2026-11-23T12:40:00Z');
const HOUR_MS = 60 * 60_000;
const WINDOWS = [null, 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const;

const openCarried = (redis: RedisLink, readCounted: ReadCounted, space: string) => {
  const clock = createWoundClock(NOW);
  const carryOver = createCarryOver({ redis, rootOf: (edition) => rootOf(space, edition), readCounted, clock });
  return createRedisEngagementStore({ redis, carryOver, space });
};

/** Everything that can be asked of `store` about `ids`. */
const everything = async (store: EngagementStore, ids: readonly EngagementEvent['id'][]) => [
  await store.counts(
    ids.flatMap((id) =>
      (['VIEW', 'SHARE'] as const).flatMap((kind) => WINDOWS.map((window) => ({ id, kind, window }))),
    ),
    NOW,
  ),
  await store.rankings(
    (['EN', 'ES'] as const).flatMap((edition) => [
      { by: 'trending' as const, edition, limit: 50 },
      ...(['HOUR', 'DAY', 'WEEK', 'MONTH'] as const).map((window) => ({
        by: 'mostRead' as const,
        edition,
        limit: 50,
        window,
      })),
    ]),
    NOW,
  ),
];

describe('createCarryOver', () => {
  it('brings what SQL counted, all of it, to a Redis that knows nothing, and again when it was emptied', async () => {
    const { stores, database, close } = await openStores('postgres');
    onTestFinished(close);
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    const ids = Array.from({ length: 60 }, (_, index) => articleId(`c${index}`, index % 3 === 0 ? 'ES' : 'EN'));
    // More rows than come in one piece, over more hours than any window reaches.
    const events = ids.flatMap((id, index) =>
      Array.from({ length: 20 }, (_, step): EngagementEvent => ({
        id,
        kind: (index + step) % 5 === 0 ? 'SHARE' : 'VIEW',
        at: NOW - ((index * 7 + step * step * 3) % 900) * HOUR_MS,
      })),
    );
    await stores.engagement.record(events);
    const carried = openCarried(link, createCountedReader(database), 's');
    expect(await everything(carried, ids)).toEqual(await everything(stores.engagement, ids));

    const more: EngagementEvent = { id: ids[0] ?? articleId('a'), kind: 'VIEW', at: NOW };
    for (const store of [carried, stores.engagement]) await store.record([more]);
    expect(await everything(carried, ids)).toEqual(await everything(stores.engagement, ids));
    await redis.tell('FLUSHALL');
    expect(await everything(carried, ids)).toEqual(await everything(stores.engagement, ids));
  });

  it('is done by one of many, once, and by another when that one died on the way', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const id = articleId('a');
    let [reads, fails] = [0, true];
    const readCounted: ReadCounted = async function* read(_edition: EditionCode) {
      reads += 1;
      yield [{ id, hour: null, views: 7, shares: 0 }];
      if (fails) throw new Error('the database is away');
      yield [{ id, hour: NOW, views: 5, shares: 0 }];
    };
    const space = randomUUID();
    const [one, other] = [openCarried(link, readCounted, space), openCarried(link, readCounted, space)];
    const ask = (store: EngagementStore) =>
      store.counts(
        ([null, 'DAY'] as const).map((window) => ({ id, kind: 'VIEW', window })),
        NOW,
      );
    await expect(ask(one)).rejects.toThrow('the database is away');
    fails = false;
    // Whoever does not get to do it is told that Redis is away, and asks again.
    const told = await Promise.allSettled([ask(one), ask(one), ask(other)]);
    expect(told.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await Promise.all([ask(one), ask(other)])).toEqual([
      [7, 5],
      [7, 5],
    ]);
    expect(reads).toBe(2);
  });
});
