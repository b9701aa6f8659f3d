import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createRedisTier, type RedisTierOptions } from '../../src/cache/redis-tier.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import type { Entry } from '../../src/content/answer.ts';
import type { RedisLink } from '../../src/redis/redis-link.ts';
import { openLink, PATIENT } from '../redis/open-link.ts';
import { startOwnRedis } from '../redis/own-redis.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { answer } from './answer.ts';
import { createHandFollower } from './hand-follower.ts';

const SOON = { timeout: 5_000, interval: 5 };
const NOON = Date.UTC(2026, 10, 24, 12);
const EPOCH = 'epoch-1';
const HEADS_LIMIT_BYTES = 100_000;

const entry = (text: string, rest: Partial<Entry> = {}): Entry => ({
  ...answer(text),
  fence: 0,
  epoch: EPOCH,
  filledAt: NOON,
  ...rest,
});

/** A link that remembers what it was asked to keep, and for how long. */
const createHandLink = (isUp = true) => {
  const sent: { readonly key: string; readonly value: Buffer; readonly lifeMs: number }[] = [];
  const asked: string[] = [];
  const link: RedisLink = {
    get: async (key) => sent.findLast((one) => one.key === key)?.value ?? null,
    set: (key, value, lifeMs) => {
      asked.push('set');
      sent.push({ key, value, lifeMs });
    },
    claim: async () => (isUp ? true : undefined),
    release: () => void asked.push('release'),
    run: () => Promise.reject(new Error('no answer is a script')),
    isUp: () => isUp,
    settled: Promise.resolve(),
    close: () => undefined,
  };
  return { link, sent, asked };
};

const setUp = (options: Partial<RedisTierOptions> = {}, isUp = true) => {
  const hand = createHandLink(isUp);
  const clock = createWoundClock(NOON);
  const refused: string[] = [];
  const tier = createRedisTier({
    redis: hand.link,
    release: 'release-1',
    clock,
    staleSeconds: 600,
    headsLimitBytes: HEADS_LIMIT_BYTES,
    onRefused: (reason) => refused.push(reason),
    ...options,
  });
  return { ...hand, clock, tier, refused };
};

/** What is under way, packing included, has been sent. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('set', () => {
  it.each<[string, Partial<Entry>, number, number]>([
    ['its age, and what stands in for failures after it', { maxAgeSeconds: 60 }, 0, 660_000],
    ['what is left of that', { maxAgeSeconds: 60 }, 59_000, 601_000],
    ['no longer than the instant at which it changes by itself', { boundaryAt: NOON + 5_000 }, 1_000, 4_000],
    ['an hour at most, which is what is remembered of changes', { maxAgeSeconds: 86_400 }, 0, 3_600_000],
  ])('keeps an entry for %s', async (_, rest, wound, lifeMs) => {
    const { tier, clock, sent } = setUp();
    clock.wind(wound);
    tier.set('k', entry('page', rest));
    await settle();
    expect(sent.map((one) => one.lifeMs)).toEqual([lifeMs]);
  });

  it.each<[string, Partial<Entry>]>([
    ['one caller’s', { scope: 'PRIVATE' }],
    ['not to be kept', { maxAgeSeconds: 0 }],
    ['kept for a moment against herds', { maxAgeSeconds: 0, holdSeconds: 2 }],
    ['past its boundary', { boundaryAt: NOON }],
    ['of no more use to anybody', { filledAt: NOON - 700_000 }],
  ])('shares nothing that is %s', async (_, rest) => {
    const { tier, sent } = setUp();
    tier.set('k', entry('page', rest));
    await settle();
    expect(sent).toEqual([]);
  });

  it('shares nothing too large, and says so', async () => {
    const { tier, sent, refused } = setUp();
    tier.set('k', entry('', { body: Buffer.alloc(9 * 1024 * 1024) }));
    await settle();
    expect([sent, refused]).toEqual([[], ['oversize']]);
  });

  it('does not even pack for a server that is away', async () => {
    const { tier, sent } = setUp({}, false);
    tier.set('k', entry('page'));
    await settle();
    expect(sent).toEqual([]);
  });
});

describe('get', () => {
  it('gives what was set, to who asks for the same key in the same epoch', async () => {
    const { tier, refused } = setUp();
    tier.set('k', entry('page'));
    await settle();
    expect((await tier.get('k', EPOCH))?.entry).toEqual({
      ...entry('page'),
      bodyDigest: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await tier.get('other', EPOCH)).toBe(undefined);
    expect(await tier.get('k', 'epoch-2')).toBe(undefined);
    expect(refused).toEqual([]);
  });

  it('gives nothing of another release, side by side in one Redis', async () => {
    const { link } = createHandLink();
    const [old, next] = ['release-1', 'release-2'].map((release) => setUp({ redis: link, release }).tier);
    old?.set('k', entry('old'));
    await settle();
    expect(await next?.get('k', EPOCH)).toBe(undefined);
    next?.set('k', entry('next'));
    await settle();
    expect((await old?.get('k', EPOCH))?.entry.body.toString()).toBe('old');
  });

  it('takes what somebody else wrote there for nothing, and says so', async () => {
    const { tier, link, refused } = setUp();
    link.set(`masthead:release-1:${EPOCH}:k`, Buffer.from('not ours'), 1_000);
    expect(await tier.get('k', EPOCH)).toBe(undefined);
    // Not even what is ours, under another key.
    tier.set('other', entry('page'));
    await settle();
    const frame = await link.get(`masthead:release-1:${EPOCH}:other`);
    link.set(`masthead:release-1:${EPOCH}:k`, frame ?? Buffer.alloc(0), 1_000);
    expect(await tier.get('k', EPOCH)).toBe(undefined);
    expect(refused).toEqual(['unreadable', 'unreadable']);
  });
});

describe('what is remembered of an entry that was found', () => {
  it('is the same as long as the same entry is found, and another for another one', async () => {
    const { tier } = setUp();
    const other = entry('other', { tags: ['article:a2'], maxAgeSeconds: 7 });
    tier.set('k', entry('page'));
    await settle();
    const [first, second] = [await tier.get('k', EPOCH), await tier.get('k', EPOCH)];
    expect(second?.notes).toBe(first?.notes);
    expect(second?.entry).toEqual(first?.entry);
    tier.set('k', other);
    await settle();
    const third = await tier.get('k', EPOCH);
    expect(third?.notes).not.toBe(first?.notes);
    expect(third?.entry).toEqual({ ...other, bodyDigest: expect.any(String) });
  });

  it('is another for the same text made anew', async () => {
    const { tier } = setUp();
    tier.set('k', entry('page'));
    await settle();
    const first = await tier.get('k', EPOCH);
    tier.set('k', entry('page', { fence: 1 }));
    await settle();
    const second = await tier.get('k', EPOCH);
    expect(second?.notes).not.toBe(first?.notes);
    expect(second?.entry.fence).toBe(1);
  });

  it('is nothing of another epoch', async () => {
    const { tier } = setUp();
    tier.set('k', entry('page'));
    tier.set('k', entry('page', { epoch: 'epoch-2' }));
    await settle();
    const [one, two] = [await tier.get('k', EPOCH), await tier.get('k', 'epoch-2')];
    expect([one?.entry.epoch, two?.entry.epoch]).toEqual([EPOCH, 'epoch-2']);
    expect(one?.notes).not.toBe(two?.notes);
  });

  it('lets the longest unread go when there is no more room', async () => {
    const { tier } = setUp({ headsLimitBytes: 10_000 });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const key of keys) tier.set(key, entry(key));
    await settle();
    const former = (await tier.get('a', EPOCH))?.notes;
    expect((await tier.get('a', EPOCH))?.notes).toBe(former);
    for (const key of keys.slice(1)) await tier.get(key, EPOCH);
    expect((await tier.get('a', EPOCH))?.notes).not.toBe(former);
  });
});

describe('claim', () => {
  it('is of one tier at a time, by key and epoch', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const release = randomUUID();
    const [one, two] = [setUp({ redis: link, release }).tier, setUp({ redis: link, release }).tier];
    const claim = await one.claim('k', EPOCH);
    expect(claim).toBeDefined();
    expect(await two.claim('k', EPOCH)).toBe(undefined);
    expect(await two.claim('other', EPOCH)).toBeDefined();
    expect(await two.claim('k', 'epoch-2')).toBeDefined();
    claim?.release();
    await expect.poll(() => two.claim('k', EPOCH), SOON).toBeDefined();
  });

  it('is granted when nobody can say who holds it, and given back to nobody', async () => {
    const { tier, asked } = setUp({}, false);
    const claim = await tier.claim('k', EPOCH);
    claim?.release();
    expect([claim === undefined, asked]).toEqual([false, []]);
  });

  it('is given back after what was made under it has been sent, however long that takes to pack', async () => {
    const { tier, asked } = setUp();
    const claim = await tier.claim('k', EPOCH);
    tier.set('k', entry('', { body: Buffer.alloc(500_000, 'large ') }));
    claim?.release();
    await expect.poll(() => asked, SOON).toEqual(['set', 'release']);
  });
});

describe('an entry that lands late', () => {
  it('is served to nobody once what it read has changed', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const release = randomUUID();
    const follower = createHandFollower();
    const clock = createWoundClock(NOON);
    const open = async () => {
      const { link } = await openLink(redis.url, PATIENT);
      const shared = createRedisTier({
        redis: link,
        release,
        clock,
        staleSeconds: 600,
        headsLimitBytes: HEADS_LIMIT_BYTES,
      });
      return { link, shared, cache: createResponseCache({ follower, clock, limitBytes: 1e6, shared }) };
    };
    const [writer, reader] = [await open(), await open()];

    redis.hang();
    writer.shared.set('k', entry('old'));
    await settle();
    follower.change('article:art');
    redis.resume();
    await expect
      .poll(async () => Buffer.isBuffer(await reader.link.get(`masthead:${release}:${EPOCH}:k`)), SOON)
      .toBe(true);

    const result = await reader.cache.through('k', async () => answer('new'));
    expect([result.entry.body.toString(), result.state]).toEqual(['new', 'filled']);
    // On one connection what was sent before has landed before what is asked for now.
    await settle();
    await reader.link.get('anything');
    // What nothing has changed of is found.
    const third = await (await open()).cache.through('k', async () => answer('third'));
    expect([third.entry.body.toString(), third.tier]).toEqual(['new', 'shared']);
  });
});
