import type { Database, Queryable } from '../database/database.ts';

export interface TrimLogOptions {
  /** Age below which no change is removed: longer than any answer lives, and than a process may be away and catch up. */
  readonly keepSeconds: number;
  /** Age below which the answer to a repeated request is remembered. Default: a week. */
  readonly keepRequestsSeconds?: number;
  /** Changes looked at in one transaction: appenders wait for the end of each. */
  readonly batchSize?: number;
}

/** How many rows were removed. */
export interface TrimmedLog {
  readonly changes: number;
  readonly requests: number;
}

/** A day: an answer lives for minutes, and a process that was away for longer starts anew in any case. */
export const KEEP_CHANGES_SECONDS = 24 * 60 * 60;
/** A week: whoever repeats a request after that has forgotten it too. */
const KEEP_REQUESTS_SECONDS = 7 * 24 * 60 * 60;
const BATCH_SIZE = 1_000;

const TRIMMED_TO_SQL = 'SELECT trimmed_to::float8 AS "from" FROM change_log_head';

/** The last change that is older than `keepSeconds`, by the database's clock. */
const AGED_SQL = `SELECT sequence::float8 AS "to" FROM change_log
  WHERE recorded_at < now() - make_interval(secs => $1) ORDER BY recorded_at DESC, sequence DESC LIMIT 1`;

// Every article that changed in the range loses what it has at or before its end, but for its last change: that one may
// be younger than the range, and is then what lets the last of the range go. Nothing is looked at twice.
const REMOVE_SQL = `
WITH article AS (
  SELECT DISTINCT article_id FROM change_log WHERE sequence > $1 AND sequence <= $2 AND article_id IS NOT NULL
), old AS (
  SELECT sequence FROM change_log WHERE sequence > $1 AND sequence <= $2 AND article_id IS NULL AND kind <> 'KILL'
  UNION ALL
  SELECT c.sequence FROM article JOIN change_log c USING (article_id)
   WHERE c.sequence <= $2 AND c.kind <> 'KILL'
     AND EXISTS (SELECT FROM change_log later WHERE later.article_id = c.article_id AND later.sequence > c.sequence)
)
DELETE FROM change_log WHERE sequence IN (SELECT sequence FROM old) RETURNING sequence`;

/**
 * Moves the mark to `to` with what is removed: no reader sees one without the other, and one that has not come so far
 * sees that changes may be missing. Appenders wait for the mark's row from here to the commit, which is next.
 */
const trimRange = async (transaction: Queryable, from: number, to: number): Promise<number> => {
  const removed = await transaction.query(REMOVE_SQL, [from, to]);
  await transaction.query('UPDATE change_log_head SET trimmed_to = greatest(trimmed_to, $1)', [to]);
  return removed.length;
};

const trimChanges = async (database: Database, keepSeconds: number, batchSize: number): Promise<number> => {
  const [aged] = await database.query<{ readonly to: number }>(AGED_SQL, [keepSeconds]);
  const until = aged?.to ?? 0;
  const trimNext = (): Promise<{ readonly removed: number; readonly reached: number }> =>
    database.transaction(async (transaction) => {
      const [mark] = await transaction.query<{ readonly from: number }>(TRIMMED_TO_SQL);
      const from = mark?.from ?? until;
      const to = Math.min(from + batchSize, until);
      return { removed: from < to ? await trimRange(transaction, from, to) : 0, reached: Math.max(from, to) };
    });
  for (let total = 0; ;) {
    const { removed, reached } = await trimNext();
    total += removed;
    if (reached >= until) return total;
  }
};

const trimRequests = async (database: Database, keepSeconds: number, batchSize: number): Promise<number> => {
  let removed = 0;
  for (;;) {
    const rows = await database.query(
      `DELETE FROM change_requests WHERE id IN (
         SELECT id FROM change_requests WHERE recorded_at < now() - make_interval(secs => $1)
          ORDER BY recorded_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [keepSeconds, batchSize],
    );
    removed += rows.length;
    if (rows.length < batchSize) return removed;
  }
};

/**
 * Removes changes that are older than `keepSeconds`, but for every KILL and the last change of each article, which stay
 * for ever: who follows what the gateway publishes can always learn how an article stands. Requests to append are
 * forgotten as well, later. In batches, safe beside appenders, followers and another process that does the same.
 */
export const trimLog = async (
  database: Database,
  { keepSeconds, keepRequestsSeconds = KEEP_REQUESTS_SECONDS, batchSize = BATCH_SIZE }: TrimLogOptions,
): Promise<TrimmedLog> => ({
  changes: await trimChanges(database, keepSeconds, batchSize),
  requests: await trimRequests(database, Math.max(keepSeconds, keepRequestsSeconds), batchSize),
});
