import { createHash } from 'node:crypto';
import type { RedisClient } from './connect-to-redis.ts';
import type { RedisOperation } from './redis-link.ts';

/** A program that runs in Redis, whole and alone. */
export interface RedisScript {
  /** Lua; every name it touches begins with `KEYS[1]`, whose braces put them all in one slot of a cluster. */
  readonly text: string;
  /** SHA-1 of `text`: Redis knows by it a script it has run before. */
  readonly digest: string;
  readonly operation: RedisOperation;
}

/** What `operation` is called where it is counted. */
export const createRedisScript = (operation: RedisOperation, text: string): RedisScript => ({
  text,
  digest: createHash('sha1').update(text).digest('hex'),
  operation,
});

/** Runs `script` by its digest; where Redis has not seen it, by its text. */
export const runScript = async (
  client: RedisClient,
  { text, digest }: RedisScript,
  parameters: readonly [key: string, ...values: (string | number)[]],
): Promise<unknown> => {
  try {
    return await client.evalsha(digest, 1, ...parameters);
  } catch (error) {
    // A word decides here too: Redis has no codes.
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return client.eval(text, 1, ...parameters);
  }
};

/** One round trip, and nobody else's: between a GET and a DEL the token may run out and another take its place. */
export const RELEASE = createRedisScript(
  'release',
  `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`,
);
