import type { Instant } from '../../clock.ts';
import type { Queryable } from '../../database/database.ts';
import type { OutboxRow } from './batch-writes.ts';

/** Puts `rows` into the outbox, in their order, in the transaction of what they tell of. */
export const saveOutbox = async (transaction: Queryable, rows: readonly OutboxRow[], now: Instant): Promise<void> => {
  if (rows.length === 0) return;
  const records = rows.map(({ articleId, ...row }) => ({ ...row, article_id: articleId }));
  await transaction.query(
    `INSERT INTO outbox (kind, article_id, edition, tags, version, tombstone, occurred_at)
     SELECT kind, article_id, edition, tags, version, tombstone, $2::timestamptz FROM json_to_recordset($1::json)
       AS r (kind text, article_id text, edition text, tags text[], version integer, tombstone jsonb)`,
    [JSON.stringify(records), new Date(now)],
  );
  // Delivered at commit: the relay wakes when there is something to take.
  await transaction.query(`SELECT pg_notify('outbox', '')`);
};
