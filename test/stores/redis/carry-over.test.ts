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
import { createGate } from '../../support/gate.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const NOW = Date.parse('2026-11-23T12:40:00Z');
const SOON = { timeout: 10_000, interval: 10 };
const HOUR_MS = 60 * 60_000;
const WINDOWS = [null, 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const;

const openCarried = (redis: RedisLink, readCounted: ReadCounted, space: string) => {
  const clock = createWoundClock(NOW);
  const failures: unknown[] = [];
  const carryOver = createCarryOver({
    redis,
    rootOf: (edition) => rootOf(space, edition),
    readCounted,
    clock,
    failed: (error) => failures.push(error),
  });
  onTestFinished(carryOver.close);
  const store = createRedisEngagementStore({ redis, startCarryOver: carryOver.start, space });
  return { store, carryOver, clock, failures };
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
    const { store: carried, carryOver } = openCarried(link, createCountedReader(database), 's');
    const carryAll = async () => {
      for (const edition of ['EN', 'ES'] as const) await carryOver.start(edition);
    };
    await carryAll();
    expect(await everything(carried, ids)).toEqual(await everything(stores.engagement, ids));

    const more: EngagementEvent = { id: ids[0] ?? articleId('a'), kind: 'VIEW', at: NOW };
    for (const store of [carried, stores.engagement]) await store.record([more]);
    expect(await everything(carried, ids)).toEqual(await everything(stores.engagement, ids));
    await redis.tell('FLUSHALL');
    await carryAll();
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
    await expect(ask(one.store)).rejects.toMatchObject({ code: 'STORE_FAILED', store: 'redis' });
    await expect.poll(() => one.failures, SOON).toEqual([new Error('the database is away')]);
    // Not at once: whoever asks is many.
    await one.carryOver.start('EN');
    expect(reads).toBe(1);
    fails = false;
    one.clock.wind(1_000);
    await Promise.all([one, one, other].map(({ carryOver }) => carryOver.start('EN')));
    expect(await Promise.all([ask(one.store), ask(other.store)])).toEqual([
      [7, 5],
      [7, 5],
    ]);
    expect([reads, one.failures.length, other.failures.length]).toEqual([2, 1, 0]);
  });

  it('keeps nobody waiting who asks meanwhile, brings one edition at a time, and leaves off when it is closed', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const gate = createGate();
    const read: EditionCode[] = [];
    const readCounted: ReadCounted = async function* readOf(edition) {
      read.push(edition);
      if (read.length === 1) await gate.pass();
      yield [{ id: articleId('a'), hour: null, views: 7, shares: 0 }];
    };
    const space = randomUUID();
    const [one, other] = [openCarried(link, readCounted, space), openCarried(link, readCounted, space)];
    const views = (edition: EditionCode) => [{ id: articleId('a', edition), kind: 'VIEW', window: null }] as const;
    const failure = { code: 'STORE_FAILED', store: 'redis' };
    await expect(one.store.counts(views('EN'), NOW)).rejects.toMatchObject(failure);
    await gate.reached;
    await expect(one.store.counts(views('EN'), NOW)).rejects.toMatchObject(failure);
    await expect(one.store.counts(views('ES'), NOW)).rejects.toMatchObject(failure);
    await other.carryOver.start('EN');
    expect(read).toEqual(['EN']);
    one.carryOver.close();
    other.clock.wind(1_000);
    await other.carryOver.start('EN');
    gate.open();
    expect(await other.store.counts(views('EN'), NOW)).toEqual([7]);
    expect(read).toEqual(['EN', 'EN']);
  });

  it('brings one edition while what another is read from is away', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const { store, carryOver, failures } = openCarried(
      link,
      async function* read(edition) {
        if (edition === 'EN') throw new Error('its database is away');
        yield [{ id: articleId('a', edition), hour: null, views: 7, shares: 0 }];
      },
      randomUUID(),
    );
    // At one instant of the clock: EN is not begun again, and ES does not wait for that.
    for (const edition of ['EN', 'EN', 'ES'] as const) await carryOver.start(edition);
    expect(failures).toEqual([new Error('its database is away')]);
    expect(await store.counts([{ id: articleId('a', 'ES'), kind: 'VIEW', window: null }], NOW)).toEqual([7]);
  });

  it('begins again where Redis was emptied on the way', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    let isEmptied = false;
    const { store, carryOver, clock } = openCarried(
      link,
      async function* read() {
        yield [{ id: articleId('a'), hour: null, views: 7, shares: 0 }];
        if (!isEmptied) await redis.tell('FLUSHALL');
        isEmptied = true;
        yield [{ id: articleId('b'), hour: null, views: 5, shares: 0 }];
      },
      's',
    );
    const counts = () =>
      store.counts(
        ['a', 'b'].map((name) => ({ id: articleId(name), kind: 'VIEW', window: null })),
        NOW,
      );
    await carryOver.start('EN');
    await expect(counts()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    clock.wind(1_000);
    await carryOver.start('EN');
    expect(await counts()).toEqual([7, 5]);
  });
});
