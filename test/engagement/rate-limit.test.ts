import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createRateLimit, type RateLimit } from '../../src/engagement/rate-limit.ts';
import { openLink, PATIENT } from '../redis/open-link.ts';
import { startOwnRedis } from '../redis/own-redis.ts';

/** How many of `count` in a row are let through. */
const letThrough = async (limit: RateLimit, count: number, key = 'client'): Promise<number> => {
  let passed = 0;
  for (let asked = 0; asked < count; asked += 1)
    passed += await limit(key).then(
      () => 1,
      () => 0,
    );
  return passed;
};

describe('createRateLimit', () => {
  it('lets so many through for each, and says when it will again', async () => {
    const limit = createRateLimit({ perMinute: 3 });
    expect([await letThrough(limit, 5), await letThrough(limit, 5, 'other')]).toEqual([3, 3]);
    const refusal = await limit('client').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
    // A pause of the machine is part of the minute.
    const { retryAfterSeconds } = refusal as { readonly retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThan(30);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it('lets any number through where there is no limit', async () => {
    expect(await letThrough(createRateLimit({ perMinute: 0 }), 500)).toBe(500);
  });

  it('is one for all processes that share a Redis', async () => {
    const prefix = `test:${randomUUID()}`;
    const limits = [];
    for (let process = 0; process < 3; process += 1)
      limits.push(
        createRateLimit({
          perMinute: 5,
          shared: { redis: (await openLink(inject('redisUrl'), PATIENT)).link, prefix },
        }),
      );
    const passed = [];
    for (const limit of limits) passed.push(await letThrough(limit, 4));
    expect(passed).toEqual([4, 1, 0]);
  });

  it.each<[string, unknown]>([
    ['a status', 'OK'],
    ['texts', ['one', 'two']],
    ['less', [1]],
    ['nothing', undefined],
  ])('is each process’ own where Redis answers with %s', async (_, reply) => {
    const limit = createRateLimit({ perMinute: 5, shared: { redis: { run: async () => reply }, prefix: 'test' } });
    expect(await letThrough(limit, 10)).toBe(5);
  });

  it('is each process’ own while Redis is away, and no failure', async () => {
    const redis = await startOwnRedis();
    onTestFinished(redis.close);
    const { link } = await openLink(redis.url, PATIENT);
    const limit = createRateLimit({ perMinute: 5, shared: { redis: link, prefix: 'test' } });
    expect(await letThrough(limit, 2)).toBe(2);
    await redis.kill();
    expect(await letThrough(limit, 10)).toBe(5);
  });
});
