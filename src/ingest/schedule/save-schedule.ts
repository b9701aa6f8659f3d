import type { Instant } from '../../clock.ts';
import type { Queryable } from '../../database/database.ts';
import type { BatchWrites } from '../write/batch-writes.ts';

/**
 * Puts on the schedule at which instants the articles of a batch will change by themselves. It comes before the
 * articles: an instant that the article had already is left as it stands, for the scheduler may be announcing it at
 * this moment, or have done so. Not so the others: `now` is the batch's own instant, and what has passed by then is in
 * what the batch says itself, however late it is committed.
 */
export const saveSchedule = async (
  transaction: Queryable,
  { articles }: Pick<BatchWrites, 'articles'>,
  now: Instant,
): Promise<void> => {
  if (articles.size === 0) return;
  const rows = [...articles].flatMap(([id, { boundaries }]) =>
    boundaries.map((at) => ({ article_id: id, at: new Date(at).toISOString() })),
  );
  await transaction.query(
    `WITH wanted AS (
       SELECT at, article_id FROM json_to_recordset($1::json) AS r (at timestamptz, article_id text)
     ), dropped AS (
       DELETE FROM schedule s
        WHERE s.article_id = ANY($2)
          AND NOT EXISTS (SELECT FROM wanted w WHERE w.article_id = s.article_id AND w.at = s.at)
     )
     INSERT INTO schedule (at, article_id)
     SELECT w.at, w.article_id FROM wanted w
      WHERE w.at > $3::timestamptz
        AND NOT EXISTS (SELECT FROM boundaries b WHERE b.article_id = w.article_id AND b.at = w.at)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), [...articles.keys()], new Date(now)],
  );
};
