import type { Clock, Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import { StoreError } from '../../errors.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { CARRIED, CARRY } from './engagement-scripts.ts';

/** What was counted of one article in one hour, or over all time where `hour` is null. */
export interface CarriedCount {
  readonly id: ArticleId;
  readonly hour: Instant | null;
  readonly views: number;
  readonly shares: number;
}

/** Everything that was counted elsewhere for an edition and can still be asked for at `now`, piece by piece. */
export type ReadCounted = (edition: EditionCode, now: Instant) => AsyncIterable<readonly CarriedCount[]>;

export interface CarryOverOptions {
  readonly redis: Pick<RedisLink, 'run' | 'claim' | 'release'>;
  readonly rootOf: (edition: EditionCode) => string;
  readonly readCounted: ReadCounted;
  readonly clock: Clock;
}

const HOUR_MS = 60 * 60_000;
/** Whoever dies with it holds the others up for so long. */
const CLAIM_MS = 30_000;

/**
 * Brings what was counted in SQL to a Redis that knows nothing of an edition: the first time, and whenever it was emptied.
 * Until that is done nothing is counted there; one process does it, and who comes meanwhile is told that Redis is away.
 */
export const createCarryOver = ({
  redis,
  rootOf,
  readCounted,
  clock,
}: CarryOverOptions): ((edition: EditionCode) => Promise<void>) => {
  const running = new Map<EditionCode, Promise<void>>();

  const run = async (...parameters: Parameters<RedisLink['run']>): Promise<unknown> => {
    const reply = await redis.run(...parameters);
    if (reply === undefined) throw new StoreError('redis', 'STORE_FAILED');
    return reply;
  };
  const carry = async (edition: EditionCode): Promise<void> => {
    const root = rootOf(edition);
    const claim = [`${root}:carrying`, `${process.pid} ${Math.random()}`] as const;
    if ((await redis.claim(...claim, CLAIM_MS)) !== true) throw new StoreError('redis', 'STORE_FAILED');
    try {
      for await (const counted of readCounted(edition, clock.now())) {
        const values = counted.flatMap(({ id, hour, views, shares }) => [
          id,
          hour === null ? -1 : Math.floor(hour / HOUR_MS),
          views,
          shares,
        ]);
        if ((await run(CARRY, [root, ...values])) === 0) return;
      }
      await run(CARRIED, [root]);
    } finally {
      redis.release(...claim);
    }
  };

  return (edition) => {
    const known = running.get(edition);
    if (known !== undefined) return known;
    const fresh = carry(edition).finally(() => running.delete(edition));
    running.set(edition, fresh);
    return fresh;
  };
};
