import type { Instant } from '../../clock.ts';
import { changeIdOf } from '../../content/delta.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';

/** The change that took an article from whoever had it. */
export interface Kill {
  /** Of the log. */
  readonly epoch: string;
  readonly sequence: number;
  /** As partners are told of it. */
  readonly changeId: string;
  readonly occurredAt: Instant;
}

/**
 * The KILL of `articleId`, by whatever order: the last one that found it to be seen. Ordered again, it is told to nobody anew.
 * Undefined: there is none.
 */
export const loadKill = async (database: Queryable, articleId: ArticleId): Promise<Kill | undefined> => {
  const [row] = await database.query<{ epoch: string; sequence: string; occurred_at: Date }>(KILL_SQL, [articleId]);
  if (row === undefined) return undefined;
  const { epoch, occurred_at: occurredAt } = row;
  const sequence = Number(row.sequence);
  return { epoch, sequence, changeId: changeIdOf(epoch, sequence, null), occurredAt: occurredAt.getTime() };
};

/** Of those that were told by name alone the last order's: those who were given it before it was known are told by ones behind that. */
const KILL_SQL = `
SELECT h.epoch, d.sequence, d.occurred_at
  FROM change_log_head h,
       (SELECT k.*, k.before IS NOT NULL AND NOT coalesce((k.before ->> 'isHidden')::boolean, false)
               AND NOT coalesce((k.before ->> 'isWithdrawn')::boolean, false) AS is_seen
          FROM deltas k WHERE k.article_id = $1 AND k.kind = 'KILL') d
 ORDER BY d.is_seen DESC, CASE WHEN d.is_seen THEN d.sequence END DESC, d.occurred_at DESC, d.sequence
 LIMIT 1`;
