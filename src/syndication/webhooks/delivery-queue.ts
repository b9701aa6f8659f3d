import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database, Row } from '../../database/database.ts';
import type { Endpoint } from './endpoint.ts';
import type { ToldChange, ToldKind } from './message.ts';

/** A change that an endpoint is to be told of. */
export interface Delivery {
  readonly number: string;
  readonly change: ToldChange;
  /** Tries so far. */
  readonly attempts: number;
  readonly firstAttemptAt: Instant | null;
}

/** What an endpoint is told next. */
export interface FannedPage {
  readonly changes: readonly ToldChange[];
  /** Behind them. */
  readonly cursor: string;
  /** Whether there is nothing more for now. */
  readonly isLast: boolean;
}

/** What each endpoint is to be told, in SQL: in order per article, at least once. */
export interface DeliveryQueue {
  /**
   * Adds `changes` and moves the cursor from `endpoint.cursor` to `cursor`, both or neither. One that has caught up has begun:
   * nothing is passed over from then on.
   *
   * @returns false: the cursor stands elsewhere by now, and nothing was added.
   */
  fanOut(endpoint: Endpoint, page: FannedPage, now: Instant): Promise<boolean>;
  /** How many wait for `endpointId`. */
  countWaiting(endpointId: string): Promise<number>;
  /** The oldest that are due, at most one of an article, and none before an earlier one of its article. */
  due(endpointId: string, now: Instant, limit: number): Promise<readonly Delivery[]>;
  /** Forgets what ended before `before`. */
  trim(before: Instant): Promise<number>;
}

interface DeliveryRow extends Row {
  readonly number: string;
  readonly change_id: string;
  readonly kind: ToldKind;
  readonly article_id: ArticleId;
  readonly url: string;
  readonly edition: EditionCode;
  readonly occurred_at: Date;
  readonly version: number;
  readonly attempts: number;
  readonly first_attempt_at: Date | null;
}

const mapDelivery = (row: DeliveryRow): Delivery => ({
  number: row.number,
  change: {
    id: row.change_id,
    kind: row.kind,
    articleId: row.article_id,
    url: row.url,
    edition: row.edition,
    occurredAt: row.occurred_at.getTime(),
    version: row.version,
  },
  attempts: row.attempts,
  firstAttemptAt: row.first_attempt_at?.getTime() ?? null,
});

export const createDeliveryQueue = (database: Database): DeliveryQueue => ({
  fanOut: (endpoint, { changes, cursor, isLast }, now) =>
    database.transaction(async (transaction) => {
      const moved = await transaction.query(
        `UPDATE webhook_endpoints SET cursor = $2, begins_at = CASE WHEN $4 THEN NULL ELSE begins_at END
          WHERE id = $1 AND cursor IS NOT DISTINCT FROM $3 RETURNING id`,
        [endpoint.id, cursor, endpoint.cursor, isLast],
      );
      if (moved.length === 0) return false;
      if (changes.length > 0) await transaction.query(ADD_SQL, [endpoint.id, JSON.stringify(changes), new Date(now)]);
      return true;
    }),

  async countWaiting(endpointId) {
    const [row] = await database.query<{ waiting: string }>(
      `SELECT count(*) AS waiting FROM webhook_deliveries WHERE endpoint_id = $1 AND state = 'waiting'`,
      [endpointId],
    );
    return Number(row?.waiting ?? 0);
  },

  async due(endpointId, now, limit) {
    return (await database.query<DeliveryRow>(DUE_SQL, [endpointId, new Date(now), limit])).map(mapDelivery);
  },

  async trim(before) {
    const gone = await database.query(
      `DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND ended_at < $1 RETURNING number`,
      [new Date(before)],
    );
    return gone.length;
  },
});

const ADD_SQL = `
INSERT INTO webhook_deliveries (endpoint_id, change_id, kind, article_id, url, edition, occurred_at, version, next_at)
SELECT $1, c.value ->> 'id', c.value ->> 'kind', c.value ->> 'articleId', c.value ->> 'url', c.value ->> 'edition',
       to_timestamp((c.value ->> 'occurredAt')::float8 / 1000), (c.value ->> 'version')::integer, $3
  FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS c (value, place) ORDER BY c.place`;

/**
 * What is due of an endpoint at an instant, both as they are written in SQL: never what an earlier one of its article holds back.
 */
export const dueSql = (endpointId: string, now: string): string => `webhook_deliveries d
 WHERE d.endpoint_id = ${endpointId} AND d.state = 'waiting' AND d.next_at <= ${now}
   AND NOT EXISTS (
     SELECT FROM webhook_deliveries earlier
      WHERE earlier.endpoint_id = d.endpoint_id AND earlier.state = 'waiting'
        AND earlier.article_id = d.article_id AND earlier.number < d.number)`;

const DUE_SQL = `
SELECT d.number, d.change_id, d.kind, d.article_id, d.url, d.edition, d.occurred_at, d.version, d.attempts, d.first_attempt_at
  FROM ${dueSql('$1', '$2')}
 ORDER BY d.number LIMIT $3`;
