import type { Instant } from '../../clock.ts';
import { batchesOf } from '../../content/batches-of.ts';
import { HOUR_MS, WINDOW_HOURS, type EngagementKind } from '../../content/counter.ts';
import type { EditionCode } from '../../content/edition.ts';
import { editionOfId, type ArticleId } from '../../content/ids.ts';
import { StoreError } from '../../errors.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import type { RedisScript } from '../../redis/redis-script.ts';
import { RANKING_SPARE, type EngagementStore } from '../engagement-store.ts';
import { COUNT, NOTHING_HERE, RANK, RECORD, SCORE_DIGITS } from './engagement-scripts.ts';
import { readCount, readEach, readRanking, readTold, type ReadReply, type Scored } from './read-reply.ts';

/** Requests or events in one call: what Redis does at once keeps everybody else waiting. */
const CALL_LIMIT = 500;

const FIELDS: Readonly<Record<EngagementKind, string>> = { VIEW: 'v', SHARE: 's' };

export interface RedisEngagementOptions {
  readonly redis: Pick<RedisLink, 'run'>;
  /** Begins to bring what was counted elsewhere, the first time and whenever Redis was emptied. Nobody waits for it. */
  readonly startCarryOver: (edition: EditionCode) => unknown;
  /** Tells apart the counters of databases that share a Redis. */
  readonly space: string;
}

/** Where an edition's counters lie: see `engagement-scripts.ts`. */
export const rootOf = (space: string, edition: EditionCode): string => `masthead:engagement:{${space}:${edition}}`;

const hourOf = (at: Instant): number => Math.floor(at / HOUR_MS);

/** Best first, ties by id. */
const rank = (scored: readonly Scored[], most: number): readonly ArticleId[] =>
  scored
    .map(({ id, score }) => ({ id, score: Math.round(score * 10 ** SCORE_DIGITS) }))
    .toSorted((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);

/**
 * Engagement in Redis, one call per edition and `CALL_LIMIT` requests, all of a batch sent at once. Rankings are of the
 * thousand best of each hour or day that is over.
 *
 * @throws {StoreError} STORE_FAILED when Redis does not answer, or with something else than was asked for, in which case events
 * may have been counted all the same; and at once while what was counted elsewhere is still to be brought.
 */
export const createRedisEngagementStore = ({
  redis,
  startCarryOver,
  space,
}: RedisEngagementOptions): EngagementStore => {
  /** What `script` gives for `requests`, in their order, asked per edition. */
  const ask = async <Request, Reply>(
    script: RedisScript,
    requests: readonly Request[],
    { of, head, write, read }: Asking<Request, Reply>,
  ): Promise<readonly Reply[]> => {
    const replies = Array.from<Reply>({ length: requests.length });
    const askPart = async (edition: EditionCode, part: readonly number[]): Promise<void> => {
      const values = part.flatMap((index) => [...write(requests[index] as Request)]);
      const reply = await redis.run(script, [rootOf(space, edition), ...head, ...values]);
      if (reply === NOTHING_HERE) startCarryOver(edition);
      const each = readEach(reply, part.length, read);
      if (each === undefined) throw new StoreError('redis', 'STORE_FAILED');
      for (const [at, index] of part.entries()) replies[index] = each[at] as Reply;
    };
    const parts = new Map<EditionCode, number[]>();
    for (const [index, request] of requests.entries()) {
      const part = parts.get(of(request));
      if (part === undefined) parts.set(of(request), [index]);
      else part.push(index);
    }
    await Promise.all(
      [...parts].flatMap(([edition, indexes]) => batchesOf(indexes, CALL_LIMIT).map((part) => askPart(edition, part))),
    );
    return replies;
  };

  return {
    record: (events) =>
      ask(RECORD, events, {
        of: ({ id }) => editionOfId(id),
        head: [],
        write: ({ id, kind, at, once = '', token = '' }) => [
          once,
          token,
          id,
          hourOf(at),
          Number(kind === 'VIEW'),
          Number(kind === 'SHARE'),
        ],
        read: readTold,
      }),
    counts: (requests, now) =>
      ask(COUNT, requests, {
        of: ({ id }) => editionOfId(id),
        head: [hourOf(now)],
        write: ({ id, kind, window }) => [id, FIELDS[kind], window === null ? 0 : WINDOW_HOURS[window]],
        read: readCount,
      }),
    async rankings(requests, now) {
      const rankings = await ask(RANK, requests, {
        of: ({ edition }) => edition,
        head: [hourOf(now)],
        write: (request) => [
          request.by === 'trending' ? 0 : WINDOW_HOURS[request.window],
          request.limit + RANKING_SPARE,
        ],
        read: readRanking,
      });
      return rankings.map((scored, index) => rank(scored, (requests[index]?.limit ?? 0) + RANKING_SPARE));
    },
  };
};

interface Asking<Request, Reply> {
  readonly of: (request: Request) => EditionCode;
  readonly head: readonly number[];
  readonly write: (request: Request) => readonly (string | number)[];
  readonly read: ReadReply<Reply>;
}
