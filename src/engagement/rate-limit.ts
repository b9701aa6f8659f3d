import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { BudgetError, StoreError } from '../errors.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { createRedisScript } from '../redis/redis-script.ts';

/** Counts one more for `key`. @throws {BudgetError} when that is too many. */
export type RateLimit = (key: string) => Promise<void>;

export interface RateLimitOptions {
  /** 0: no limit. */
  readonly perMinute: number;
  /** Where processes count together; absent, or away: each by itself. */
  readonly shared?: { readonly redis: Pick<RedisLink, 'run'>; readonly prefix: string } | undefined;
}

const MINUTE_SECONDS = 60;

/** Counts points up to the end of the minute that begins with the first of them; gives the sum and what is left, in ms. */
const LIMIT = createRedisScript(
  'limit',
  `redis.call('SET', KEYS[1], 0, 'EX', ARGV[2], 'NX')
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
return { sum, redis.call('PTTL', KEYS[1]) }`,
);

/** Whether that is what `LIMIT` gives: anything else would let everybody through. */
const isSumAndRest = (reply: unknown): reply is readonly [sum: number, leftMs: number] =>
  Array.isArray(reply) && reply.length === 2 && reply.every((part) => Number.isSafeInteger(part));

/** A limit of so many a minute, over all processes where they share a Redis. */
export const createRateLimit = ({ perMinute, shared }: RateLimitOptions): RateLimit => {
  if (perMinute === 0) return async () => undefined;
  const alone = new RateLimiterMemory({ points: perMinute, duration: MINUTE_SECONDS });
  const limiter =
    shared === undefined
      ? alone
      : new RateLimiterRedis({
          storeClient: {
            rlflxIncr: async ([key, points, seconds]: readonly [string, string, string]) => {
              const reply = await shared.redis.run(LIMIT, [key, points, seconds]);
              if (!isSumAndRest(reply)) throw new StoreError('redis', 'STORE_FAILED');
              return reply;
            },
          },
          keyPrefix: shared.prefix,
          points: perMinute,
          duration: MINUTE_SECONDS,
          // Who is refused is refused from memory until the minute is over.
          inMemoryBlockOnConsumed: perMinute + 1,
          insuranceLimiter: alone,
        });

  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new BudgetError(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  };
};
