import { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { EngagementStore, RankingRequest } from '../engagement-store.ts';
import type { EngagementBuffer } from './engagement-buffer.ts';

export interface SharedEngagementOptions {
  /** Counts and ranks; it may be away. */
  readonly redis: Pick<EngagementStore, 'counts' | 'rankings'>;
  readonly buffer: Pick<EngagementBuffer, 'record'>;
  /** What the buffer saves into: a minute behind, and asked while Redis is away. */
  readonly sql: Pick<EngagementStore, 'counts' | 'rankings'>;
  readonly clock: Clock;
}

/** A ranking is half a minute old at most: adding up a month is the longest that Redis is ever kept busy. */
const RANKING_MAX_AGE_MS = 30_000;
/** Lengths, windows and editions that clients ask for; a list of ids is some 10 KB at most. */
const RANKING_LIMIT = 500;

interface Ranked {
  readonly ids: readonly ArticleId[];
  readonly readAt: Instant;
}

/** Engagement in Redis, and in SQL as long as Redis is away: a counter that is a minute old is better than none. */
export const createSharedEngagement = ({ redis, buffer, sql, clock }: SharedEngagementOptions): EngagementStore => {
  const ranked = new LRUCache<string, Ranked>({ max: RANKING_LIMIT });
  const isYoung = (known: Ranked | undefined, now: Instant): known is Ranked =>
    known !== undefined && Math.abs(now - known.readAt) < RANKING_MAX_AGE_MS;

  const rank = async (requests: readonly RankingRequest[], now: Instant): Promise<void> => {
    const readAt = clock.now();
    const lists = await redis.rankings(requests, now).catch(() => sql.rankings(requests, now));
    for (const [index, request] of requests.entries())
      ranked.set(JSON.stringify(request), { ids: lists[index] ?? [], readAt });
  };

  return {
    record: buffer.record,
    counts: (requests, now) => redis.counts(requests, now).catch(() => sql.counts(requests, now)),
    async rankings(requests, now) {
      const keys = requests.map((request) => JSON.stringify(request));
      const due = requests.filter((_, index) => !isYoung(ranked.get(keys[index] ?? ''), clock.now()));
      if (due.length > 0) await rank(due, now);
      return keys.map((key) => ranked.get(key)?.ids ?? []);
    },
  };
};
