import type { RedisLink } from '../../redis/redis-link.ts';
import { createRedisScript } from '../../redis/redis-script.ts';
import type { Bucket, Draw, Drawn } from './buckets.ts';

/** What Redis says of a bucket, and of those who draw from any. */
export interface SharedDrawn extends Drawn {
  /** Processes that have drawn within the last minute, the asking one included. */
  readonly processes: number;
}

export interface RedisBuckets {
  /**
   * As `Buckets.draw`. `name`: what the bucket is called there. `initial`: what is in it when Redis has lost it; undefined: it
   * is full.
   */
  draw(name: string, bucket: Bucket, draw: Draw, initial: number | undefined): Promise<SharedDrawn | undefined>;
}

export interface RedisBucketsOptions {
  readonly redis: Pick<RedisLink, 'run'>;
  /** What all names begin with; its braces put them in one slot of a cluster. */
  readonly root: string;
  /** Another for each process, and each of its lives. */
  readonly process: string;
}

/** After this without a word a process is not counted any more. */
const PROCESS_LIFE_MS = 60_000;

/**
 * The time is that of Redis: of processes whose clocks differ, the one that is ahead would fill the bucket for all. A
 * bucket is kept until it is full again, and a minute.
 */
const DRAW = createRedisScript(
  'budget',
  `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local bucket, holders = KEYS[1] .. ':' .. ARGV[1], KEYS[1] .. ':processes'
local capacity, rate = tonumber(ARGV[2]), tonumber(ARGV[3]) / 60000
local settled, need, wanted = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local kept = redis.call('HMGET', bucket, 'tokens', 'at')
local tokens = tonumber(kept[1] or ARGV[7])
if kept[2] then tokens = math.min(capacity, tokens + math.max(0, now - tonumber(kept[2])) * rate) end
tokens = math.min(capacity, tokens + settled)
local granted = 0
if tokens >= math.min(need, capacity) then granted = math.max(need, math.min(tokens, wanted), 0) end
tokens = tokens - granted
redis.call('HSET', bucket, 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', bucket, math.ceil((capacity - tokens) / rate) + 60000)
redis.call('ZADD', holders, now, ARGV[8])
redis.call('ZREMRANGEBYSCORE', holders, '-inf', now - ${PROCESS_LIFE_MS})
redis.call('PEXPIRE', holders, ${PROCESS_LIFE_MS})
return { string.format('%.6f', granted), string.format('%.6f', tokens), redis.call('ZCARD', holders) }`,
);

/** Whether that is what `DRAW` gives: anything else would let everybody through. */
const readReply = (reply: unknown): SharedDrawn | undefined => {
  if (!Array.isArray(reply) || reply.length !== 3) return undefined;
  const [granted, left, processes] = reply.map(Number) as [number, number, number];
  if (![granted, left, processes].every(Number.isFinite)) return undefined;
  return { granted, left, processes: Math.max(1, processes) };
};

/** Redis says six digits: a part more is granted than a millionth less, which would refuse whoever asked. */
const roundUp = (tokens: number): number => Math.ceil(tokens * 1e6) / 1e6;

/** Buckets that processes share in `redis`. */
export const createRedisBuckets = ({ redis, root, process }: RedisBucketsOptions): RedisBuckets => ({
  async draw(name, { budget }, { settled, need, wanted }, initial = budget.capacity) {
    const { capacity, refillPerMinute } = budget;
    return readReply(
      await redis.run(DRAW, [root, name, capacity, refillPerMinute, settled, roundUp(need), wanted, initial, process]),
    );
  },
});
