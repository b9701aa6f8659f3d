import { Redis } from 'ioredis';
import type { RedisClient } from './connect-to-redis.ts';

const corked = new WeakSet<Redis['stream']>();
/**
 * Lets the commands of this turn of the loop leave in one write: a third of the cost of one write each, less than half of
 * that of ioredis' own pipelines.
 */
export const gatherWrites = (client: RedisClient): void => {
  // A cluster has a stream per node, and gathers by ioredis' own means.
  if (!(client instanceof Redis) || corked.has(client.stream)) return;
  const { stream } = client;
  corked.add(stream);
  stream.cork();
  setImmediate(() => {
    corked.delete(stream);
    stream.uncork();
  });
};
