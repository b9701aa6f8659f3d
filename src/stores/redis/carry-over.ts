import { randomUUID } from 'node:crypto';
import type { Clock, Instant } from '../../clock.ts';
import { HOUR_MS } from '../../content/counter.ts';
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
  /** Told why it came to nothing: it is begun again by the next who asks. */
  readonly failed: (error: unknown) => void;
}

export interface CarryOver {
  /** Begins for `edition`, unless this process is at one already. Over when that one is; never rejects. */
  start(edition: EditionCode): Promise<void>;
  /** Leaves off, for another process to begin at once; waits for nothing. */
  close(): void;
}

/** Whoever dies with it, or is held up for so long, leaves it to another. */
const CLAIM_MS = 30_000;
/** After one that came to nothing: whoever asks meanwhile is many. */
const RETRY_MS = 1_000;

/**
 * Brings what was counted in SQL to a Redis that knows nothing of an edition: the first time, and whenever it was emptied.
 * On a large site that takes minutes, for which nobody waits; until it is done nothing is counted there. One process does
 * it, one edition after the other; that it still holds the claim is asked with every piece.
 */
export const createCarryOver = ({ redis, rootOf, readCounted, clock, failed }: CarryOverOptions): CarryOver => {
  let running: Promise<void> | undefined;
  let held: readonly [key: string, token: string] | undefined;
  /** Each by itself: what one edition is read from may be away, and another's there. */
  const failedAt = new Map<EditionCode, Instant>();
  let isClosed = false;

  const run = async (...parameters: Parameters<RedisLink['run']>): Promise<unknown> => {
    const reply = await redis.run(...parameters);
    if (reply === undefined) throw new StoreError('redis', 'STORE_FAILED');
    return reply;
  };
  /** @returns whether it is there now, and not another's to bring. */
  const carry = async (edition: EditionCode): Promise<boolean> => {
    const root = rootOf(edition);
    const token = `${process.pid} ${randomUUID()}`;
    const claim = [`${root}:carrying`, token] as const;
    const isOurs = await redis.claim(...claim, CLAIM_MS);
    if (isOurs === undefined) throw new StoreError('redis', 'STORE_FAILED');
    if (!isOurs) return false;
    held = claim;
    try {
      for await (const counted of readCounted(edition, clock.now())) {
        const values = counted.flatMap(({ id, hour, views, shares }) => [
          id,
          hour === null ? -1 : Math.floor(hour / HOUR_MS),
          views,
          shares,
        ]);
        if (isClosed || (await run(CARRY, [root, token, CLAIM_MS, ...values])) === 0) return false;
      }
      return (await run(CARRIED, [root, token])) === 1;
    } finally {
      held = undefined;
      redis.release(...claim);
    }
  };
  const attempt = async (edition: EditionCode): Promise<void> => {
    try {
      if (await carry(edition)) failedAt.delete(edition);
      else failedAt.set(edition, clock.now());
    } catch (error) {
      failedAt.set(edition, clock.now());
      if (!isClosed) failed(error);
    }
  };

  return {
    async start(edition) {
      const lastFailedAt = failedAt.get(edition);
      if (isClosed || (lastFailedAt !== undefined && Math.abs(clock.now() - lastFailedAt) < RETRY_MS)) return;
      running ??= attempt(edition).finally(() => (running = undefined));
      await running;
    },
    close() {
      isClosed = true;
      if (held !== undefined) redis.release(...held);
    },
  };
};
