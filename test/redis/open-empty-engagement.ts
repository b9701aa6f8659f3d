import { systemClock } from '../../src/clock.ts';
import { EDITION_CODES, type EditionCode } from '../../src/content/edition.ts';
import type { RedisLink } from '../../src/redis/redis-link.ts';
import type { EngagementStore } from '../../src/stores/engagement-store.ts';
import { createCarryOver } from '../../src/stores/redis/carry-over.ts';
import { createRedisEngagementStore, rootOf } from '../../src/stores/redis/engagement-store.ts';

/** The counters of `space`, with nothing to bring from elsewhere; `redis` asks for them, `link` has brought nothing. */
export const openEmptyEngagement = async (
  redis: Pick<RedisLink, 'run'>,
  link: RedisLink,
  space: string,
): Promise<EngagementStore> => {
  const carryOver = createCarryOver({
    redis: link,
    rootOf: (edition: EditionCode) => rootOf(space, edition),
    readCounted: async function* none() {},
    clock: systemClock,
    failed: () => undefined,
  });
  for (const edition of EDITION_CODES) await carryOver.start(edition);
  return createRedisEngagementStore({ redis, startCarryOver: carryOver.start, space });
};
