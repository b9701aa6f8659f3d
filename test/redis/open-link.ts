import { onTestFinished } from 'vitest';
import { parseRedisAddress } from '../../src/config/redis-address.ts';
import { createRedis, type CreateRedisOptions } from '../../src/redis/create-redis.ts';
import type { RedisLink } from '../../src/redis/redis-link.ts';

/** A link and what its observer was told. */
export interface OpenLink {
  readonly link: RedisLink;
  /** `up`, `down: reason`, `refuses: reason`, `takes`: in order. */
  readonly told: string[];
  /** How often, by `operation outcome`. */
  readonly counts: Map<string, number>;
}

/** For what is no matter of time: a machine with many tests on it may be late, and nothing is wrong. */
export const PATIENT = { slowMs: 5_000, deadlineMs: 10_000, silenceMs: 10_000 };

/** A link to `url`, settled, closed when the test is over. */
export const openLink = async (
  url: string,
  options: Omit<CreateRedisOptions, 'address' | 'observe'> = {},
): Promise<OpenLink> => {
  const address = parseRedisAddress(url);
  if (address === undefined) throw new TypeError(`No Redis is at ${url}`);
  const told: string[] = [];
  const counts = new Map<string, number>();
  const link = createRedis({
    address,
    ...options,
    observe: {
      called: (operation, outcome) =>
        counts.set(`${operation} ${outcome}`, (counts.get(`${operation} ${outcome}`) ?? 0) + 1),
      stateChanged: (isUp, reason) => told.push(isUp ? 'up' : `down: ${reason}`),
      writesChanged: (isTaking, reason) => told.push(isTaking ? 'takes' : `refuses: ${reason}`),
    },
  });
  onTestFinished(link.close);
  await link.settled;
  return { link, told, counts };
};
