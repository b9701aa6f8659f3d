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

const KILL_SQL = `
SELECT h.epoch, d.sequence, d.occurred_at FROM deltas d CROSS JOIN change_log_head h
 WHERE d.article_id = $1 AND d.kind = 'KILL'
 ORDER BY d.before IS NOT NULL AND NOT coalesce((d.before ->> 'isHidden')::boolean, false)
      AND NOT coalesce((d.before ->> 'isWithdrawn')::boolean, false) DESC, d.sequence DESC
 LIMIT 1`;
