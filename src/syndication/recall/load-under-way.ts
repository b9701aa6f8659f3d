import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';

/** A round of messages that some process sends to an endpoint, and that an article may be in as it was. */
export interface UnderWay {
  readonly endpoint: string;
  readonly partnerId: string;
  /** Names the process that sends. */
  readonly owner: string;
  /** Until when it holds the endpoint, as the database writes it: the next round of messages has another. */
  readonly until: string;
  /** Milliseconds that are left until then: after that nobody knows what became of the process. */
  readonly leftMs: number;
}

interface UnderWayRow extends Row {
  readonly id: string;
  readonly partner_id: string;
  readonly owner: string;
  readonly until: string;
  readonly left_ms: string;
}

/** Rounds under way now to endpoints that wait to hear of `articleId`. What a round gave is accounted when it has ended. */
export const loadUnderWay = async (database: Queryable, articleId: ArticleId): Promise<readonly UnderWay[]> => {
  const rows = await database.query<UnderWayRow>(UNDER_WAY_SQL, [articleId]);
  return rows.map(({ id, partner_id: partnerId, owner, until, left_ms: leftMs }) => ({
    endpoint: id,
    partnerId,
    owner,
    until,
    leftMs: Number(leftMs),
  }));
};

const UNDER_WAY_SQL = `
SELECT e.id, e.partner_id, e.owner, e.owned_until::text AS until,
       floor(extract(epoch FROM e.owned_until - clock_timestamp()) * 1000) AS left_ms
  FROM webhook_endpoints e
 WHERE e.owner IS NOT NULL AND e.owned_until > clock_timestamp()
   AND EXISTS (SELECT FROM webhook_deliveries d
                WHERE d.endpoint_id = e.id AND d.article_id = $1 AND d.state = 'waiting')
 ORDER BY e.partner_id, e.id`;

/**
 * What has become of a round. `ended`: its process went on to the next; `left`: the endpoint is not its process's any more, which
 * let it go, or held it for too long; `sending`: neither, or the endpoint was removed.
 */
export type RoundState = 'sending' | 'ended' | 'left';

/** What has become of `rounds`, in their order. */
export const loadRoundStates = async (
  database: Queryable,
  rounds: readonly UnderWay[],
): Promise<readonly RoundState[]> => {
  if (rounds.length === 0) return [];
  const asked = rounds.map(({ endpoint, owner, until }) => ({ endpoint, owner, until }));
  const rows = await database.query<{ state: RoundState }>(STATES_SQL, [JSON.stringify(asked)]);
  return rows.map(({ state }) => state);
};

const STATES_SQL = `
SELECT CASE WHEN e.id IS NULL OR e.owned_until = (r.value ->> 'until')::timestamptz THEN 'sending'
            WHEN e.owner = (r.value ->> 'owner')::uuid THEN 'ended'
            ELSE 'left' END AS state
  FROM json_array_elements($1::json) WITH ORDINALITY AS r (value, place)
  LEFT JOIN webhook_endpoints e ON e.id = r.value ->> 'endpoint'
 ORDER BY r.place`;

/** Whether something of `articleId` but its KILL may have been sent since `since`, in rounds that have ended. */
export const wasSentSince = async (database: Queryable, articleId: ArticleId, since: Instant): Promise<boolean> => {
  const [row] = await database.query<{ was_sent: boolean }>(SENT_SQL, [articleId, new Date(since)]);
  return row?.was_sent ?? false;
};

/** A delivery of the article that was tried, but of its KILL alone. */
const TRIED_SQL = `d.article_id = $1 AND d.attempts > 0 AND (d.told_kind IS DISTINCT FROM 'KILL' OR d.attempts > 1)`;

/**
 * When something was tried that waits again is not kept: only until when it waits. Two questions, by an index each: thirty days of
 * deliveries are there.
 */
const SENT_SQL = `
SELECT EXISTS (SELECT FROM webhook_deliveries d WHERE d.state <> 'waiting' AND d.ended_at >= $2 AND ${TRIED_SQL})
    OR EXISTS (SELECT FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
                WHERE d.state = 'waiting' AND d.next_at >= $2 AND ${TRIED_SQL}) AS was_sent`;
