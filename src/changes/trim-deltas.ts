import type { Database, Queryable } from '../database/database.ts';

export interface TrimDeltasOptions {
  /** Age below which no delta is removed: a cursor that is no older is good. */
  readonly keepSeconds?: number;
  /** Deltas looked at in one transaction. */
  readonly batchSize?: number;
}

/** What is promised to those who follow: 30 days. */
export const KEEP_DELTAS_SECONDS = 30 * 24 * 60 * 60;
const BATCH_SIZE = 1_000;

/** The end of the next range: of what is older than `keepSeconds`, by the database's clock. */
const NEXT_SQL = `
WITH aged AS (
  SELECT sequence FROM deltas WHERE recorded_at < now() - make_interval(secs => $1) ORDER BY recorded_at DESC, sequence DESC LIMIT 1
), batch AS (
  SELECT sequence FROM deltas
   WHERE sequence > coalesce((SELECT trimmed_to FROM deltas_head), -9223372036854775808) AND sequence <= (SELECT sequence FROM aged)
   ORDER BY sequence LIMIT $2
)
SELECT max(sequence) AS "to" FROM batch`;

// Every article that changed in the range loses what it has at or before its end, but for its last change: that one may be
// younger than the range, and is then what lets the last of the range go. Nothing is looked at twice.
const REMOVE_SQL = `
WITH article AS (
  SELECT DISTINCT article_id FROM deltas
   WHERE sequence > coalesce((SELECT trimmed_to FROM deltas_head), -9223372036854775808) AND sequence <= $1
)
DELETE FROM deltas d USING article a
 WHERE d.article_id = a.article_id AND d.sequence <= $1 AND d.kind <> 'KILL'
   AND EXISTS (SELECT FROM deltas later WHERE later.article_id = d.article_id AND later.sequence > d.sequence)
RETURNING d.sequence`;

const trimNext = async (transaction: Queryable, keepSeconds: number, batchSize: number): Promise<number | null> => {
  await transaction.query('SELECT FROM deltas_head FOR UPDATE');
  const [next] = await transaction.query<{ readonly to: string | null }>(NEXT_SQL, [keepSeconds, batchSize]);
  const to = next?.to ?? null;
  if (to === null) return null;
  const removed = await transaction.query(REMOVE_SQL, [to]);
  // With what is removed: who reads a page sees both, or neither.
  await transaction.query('UPDATE deltas_head SET trimmed_to = $1', [to]);
  return removed.length;
};

/**
 * Removes deltas that are older than `keepSeconds`, but for every KILL and the last change of each article, which stay for
 * ever: whoever begins with nothing ends with what there is. In batches, safe beside who writes, reads or does the same.
 *
 * @returns how many were removed.
 */
export const trimDeltas = async (
  database: Database,
  { keepSeconds = KEEP_DELTAS_SECONDS, batchSize = BATCH_SIZE }: TrimDeltasOptions = {},
): Promise<number> => {
  for (let total = 0; ;) {
    const removed = await database.transaction((transaction) => trimNext(transaction, keepSeconds, batchSize));
    if (removed === null) return total;
    total += removed;
  }
};
