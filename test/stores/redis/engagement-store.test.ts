import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { parseRedisAddress } from '../../../src/config/redis-address.ts';
import { createRedis } from '../../../src/redis/create-redis.ts';
import type { RedisLink } from '../../../src/redis/redis-link.ts';
import type { RankingRequest } from '../../../src/stores/engagement-store.ts';
import { engagementStoreContract } from '../../contracts/engagement-store.ts';
import { openEmptyEngagement } from '../../redis/open-empty-engagement.ts';
import { openLink, PATIENT } from '../../redis/open-link.ts';
import { startOwnRedis } from '../../redis/own-redis.ts';
import { articleId } from '../../support/content-rows.ts';
import { openStores } from '../../support/stores-under-test.ts';

const NOW = Date.parse('2026-11-23T12:40:00Z');
const HOUR_MS = 60 * 60_000;

/** A link to the tests' Redis that lasts as long as a whole suite. */
const openForSuite = async (): Promise<RedisLink> => {
  const address = parseRedisAddress(inject('redisUrl'));
  if (address === undefined) throw new TypeError('The tests have no Redis');
  const observe = { called: () => undefined, stateChanged: () => undefined, writesChanged: () => undefined };
  const link = createRedis({ address, observe, ...PATIENT });
  await link.settled;
  return link;
};

describe('createRedisEngagementStore', () => {
  engagementStoreContract(async () => {
    const redis = await openForSuite();
    let [calls, space] = [0, ''];
    const counting: Pick<RedisLink, 'run'> = {
      run(script, parameters) {
        calls += 1;
        return redis.run(script, parameters);
      },
    };
    let store = await openEmptyEngagement(counting, redis, space);
    return {
      store: {
        record: (events) => store.record(events),
        counts: (requests, now) => store.counts(requests, now),
        rankings: (requests, now) => store.rankings(requests, now),
      },
      // A space of its own has nothing in it; what was there ends by itself.
      clear: async () => {
        space = randomUUID();
        store = await openEmptyEngagement(counting, redis, space);
      },
      calls: () => calls,
      close: async () => redis.close(),
    };
  });

  it('says again to whoever told an event that it was counted, and not to anybody else', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const store = await openEmptyEngagement(link, link, randomUUID());
    const event = { id: articleId('a'), kind: 'VIEW', at: NOW, once: 'one' } as const;
    const tell = (token?: string) => store.record([token === undefined ? event : { ...event, token }]);
    expect([await tell('mine'), await tell('mine'), await tell('theirs'), await tell()]).toEqual([
      [true],
      [true],
      [false],
      [false],
    ]);
    expect(await store.counts([{ id: event.id, kind: 'VIEW', window: null }], NOW)).toEqual([1]);
  });

  it('keeps apart the counters of two databases in one Redis', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const [one, other] = await Promise.all(
      [randomUUID(), randomUUID()].map((space) => openEmptyEngagement(link, link, space)),
    );
    const id = articleId('a');
    await one?.record([{ id, kind: 'VIEW', at: NOW }]);
    const request = { id, kind: 'VIEW', window: null } as const;
    expect(await Promise.all([one?.counts([request], NOW), other?.counts([request], NOW)])).toEqual([[1], [0]]);
  });

  it('keeps all time for ever and everything else for as long as it can be asked for', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    const store = await openEmptyEngagement(link, link, 's');
    await store.record([
      { id: articleId('a'), kind: 'SHARE', at: NOW, once: 'o' },
      { id: articleId('a'), kind: 'VIEW', at: NOW },
    ]);
    const names = (await redis.tell('KEYS', '*')) as string[];
    const lives = await Promise.all(
      names.map(async (name) => [name.split(':')[4], Number(await redis.tell('TTL', name))] as const),
    );
    const hours = Object.fromEntries(
      lives.map(([part, seconds]) => [part, seconds < 0 ? null : Math.ceil(seconds / 3600)]),
    );
    expect(hours).toEqual({ carried: null, t: null, d: 32 * 24, v: 32 * 24, V: 32 * 24, w: 3 * 24, o: 1 });
  });

  it('ranks of an hour that is over the thousand best, and of the running one many more', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    const store = await openEmptyEngagement(link, link, 's');
    const ids = Array.from({ length: 1_200 }, (_, index) => articleId(`n${index}`));
    await store.record(ids.map((id) => ({ id, kind: 'VIEW', at: NOW })));
    const [root] = ((await redis.tell('KEYS', '*:v:*')) as string[]).map((name) => name.split(':v:')[0]);
    const sizeOf = async (at: number) => redis.tell('ZCARD', `${root}:v:${Math.floor(at / HOUR_MS)}`);
    expect(await sizeOf(NOW)).toBe(1_200);
    await store.record([{ id: ids[0] ?? articleId('a'), kind: 'VIEW', at: NOW + HOUR_MS }]);
    expect(await sizeOf(NOW)).toBe(1_000);
    const counts = ids.map((id) => ({ id, kind: 'VIEW', window: 'DAY' }) as const);
    expect((await store.counts(counts, NOW)).every((count) => count === 1)).toBe(true);
  });

  it('gives what PostgreSQL gives, whatever happened when', async () => {
    const { stores, clear, close } = await openStores('postgres');
    onTestFinished(close);
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const ids = Array.from({ length: 12 }, (_, index) => articleId(`p${index}`, index % 4 === 0 ? 'ES' : 'EN'));
    const event = fc.record({
      id: fc.constantFrom(...ids),
      kind: fc.constantFrom('VIEW' as const, 'SHARE' as const),
      at: fc.oneof(fc.nat(60), fc.nat(800)).map((hours) => NOW - hours * HOUR_MS),
      once: fc.constantFrom('one', 'two', 'three'),
    });
    const events = fc.array(
      event.chain(({ once, ...made }) =>
        fc.boolean().map((isOnce) => (isOnce ? { ...made, once: `${once} ${made.kind} ${made.id}` } : made)),
      ),
      { maxLength: 60 },
    );
    const windows = [null, 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
    const counts = ids.flatMap((id) => windows.map((window) => ({ id, kind: 'VIEW' as const, window })));
    const rankings: readonly RankingRequest[] = (['EN', 'ES'] as const).flatMap((edition) => [
      { by: 'trending' as const, edition, limit: 3 },
      ...(['HOUR', 'DAY', 'WEEK', 'MONTH'] as const).map((window) => ({
        by: 'mostRead' as const,
        edition,
        limit: 3,
        window,
      })),
    ]);
    await fc.assert(
      fc.asyncProperty(events, fc.nat(30), async (happened, later) => {
        await clear();
        const both = [stores.engagement, await openEmptyEngagement(link, link, randomUUID())];
        const now = NOW + later * HOUR_MS;
        const told = [];
        for (const store of both) {
          await store.record(happened.slice(0, 20));
          await store.record(happened);
          told.push([await store.counts(counts, now), await store.rankings(rankings, now)]);
        }
        expect(told[1]).toEqual(told[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('fails whole when Redis is away', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    const store = await openEmptyEngagement(link, link, 's');
    await redis.kill();
    const failure = { code: 'STORE_FAILED', store: 'redis' };
    await expect(store.counts([{ id: articleId('a'), kind: 'VIEW', window: null }], NOW)).rejects.toMatchObject(
      failure,
    );
    await expect(store.record([{ id: articleId('a'), kind: 'VIEW', at: NOW }])).rejects.toMatchObject(failure);
    await expect(store.rankings([{ by: 'trending', edition: 'EN', limit: 5 }], NOW)).rejects.toMatchObject(failure);
  });
});
