import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createRedisBuckets } from '../../../src/partners/budgets/redis-buckets.ts';
import { bucketsContract } from '../../contracts/buckets.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { openLink, PATIENT } from '../../redis/open-link.ts';
import { createRoot, openBuckets } from './shared-rig.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const BUDGET = { capacity: 100, refillPerMinute: 1 };

const openClient = (): Redis => {
  const client = new Redis(inject('redisUrl'));
  onTestFinished(() => client.disconnect());
  return client;
};

describe('createSharedBuckets, over Redis', () => {
  bucketsContract(async () => {
    const root = createRoot();
    const clock = createWoundClock(NOW);
    const client = openClient();
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    return {
      buckets: openBuckets({ redis: link, clock, root }),
      async wind(key, milliseconds) {
        clock.wind(milliseconds);
        // The time is that of Redis: what was written so long ago.
        const at = Number(await client.hget(`${root}:${key}`, 'at'));
        await client.hset(`${root}:${key}`, 'at', String(at - milliseconds));
      },
    };
  });

  it('is one bucket for all processes', async () => {
    const root = createRoot();
    const clock = createWoundClock(NOW);
    const granted = [];
    for (let process = 0; process < 3; process += 1) {
      const { link } = await openLink(inject('redisUrl'), PATIENT);
      const draw = { settled: 0, need: 40, wanted: 40 };
      granted.push((await openBuckets({ redis: link, clock, root }).draw({ key: 'a', budget: BUDGET }, draw))?.granted);
    }
    expect(granted).toEqual([40, 40, 0]);
  });
});

describe('createRedisBuckets', () => {
  const open = async (root = createRoot(), process = randomUUID() as string) => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    return createRedisBuckets({ redis: link, root, process });
  };
  const draw = { settled: 0, need: 1, wanted: 1 };
  const bucket = { key: 'a', budget: BUDGET };

  it('says how many processes draw, of whatever bucket', async () => {
    const root = createRoot();
    const [one, other] = [await open(root), await open(root)];
    expect((await one.draw('a', bucket, draw, undefined))?.processes).toBe(1);
    expect((await other.draw('b', bucket, draw, undefined))?.processes).toBe(2);
    expect((await one.draw('a', bucket, draw, undefined))?.processes).toBe(2);
  });

  it('goes on with what is known of a bucket that Redis has lost', async () => {
    const buckets = await open();
    expect((await buckets.draw('a', bucket, draw, 5))?.left).toBe(4);
    // It is there now, and says itself.
    expect((await buckets.draw('a', bucket, draw, 90))?.left).toBeCloseTo(3, 1);
  });

  it('keeps nothing for longer than it says something', async () => {
    const root = createRoot();
    const buckets = await open(root);
    await buckets.draw('a', { key: 'a', budget: { capacity: 100, refillPerMinute: 600 } }, draw, undefined);
    const client = openClient();
    // A token comes back in a tenth of a second.
    expect(await client.pttl(`${root}:a`)).toBeLessThanOrEqual(60_100);
    expect(await client.pttl(`${root}:processes`)).toBeGreaterThan(0);
  });

  it.each<[string, unknown]>([
    ['a status', 'OK'],
    ['words', ['one', 'two', 'three']],
    ['less', ['1', '2']],
    ['nothing', undefined],
  ])('knows nothing where Redis answers with %s', async (_, reply) => {
    const buckets = createRedisBuckets({ redis: { run: async () => reply }, root: 'test', process: 'p' });
    expect(await buckets.draw('a', bucket, draw, undefined)).toBe(undefined);
  });
});
