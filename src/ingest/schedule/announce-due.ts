import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database, Queryable, Row } from '../../database/database.ts';
import { loadScheduled, type ScheduledArticle } from './load-scheduled.ts';
import { pickScheduledKind, type ScheduledKind } from './pick-scheduled-kind.ts';
import { scheduledTags } from './scheduled-tags.ts';

/** The schedule's own advisory lock: any two numbers no other code takes. */
const SCHEDULE_LOCK = [7_210_001, 10] as const;

/** What came of one look at what is due. */
export interface Announced {
  /** False: another process is at it. */
  readonly isOurs: boolean;
  /** Instants taken off the schedule; as many as were allowed: there may be more. */
  readonly taken: number;
  /** What was put into the outbox: not everything that is due is seen by readers. */
  readonly changes: readonly { readonly kind: ScheduledKind; readonly at: Instant }[];
}

interface DueRow extends Row {
  readonly at: Date;
  readonly article_id: ArticleId;
}

/** Whether this transaction is, until its end, the only one that looks after the schedule. */
export const lockSchedule = async (transaction: Queryable): Promise<boolean> => {
  const [row] = await transaction.query<{ isOurs: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1::int, $2::int) AS "isOurs"',
    SCHEDULE_LOCK,
  );
  return row?.isOurs === true;
};

const takeDue = async (transaction: Queryable, now: Instant, limit: number): Promise<readonly DueRow[]> => {
  // What an import that is under way is taking off the schedule is skipped, not waited for: after it, it is gone or due.
  const rows = await transaction.query<DueRow>(
    `DELETE FROM schedule WHERE (at, article_id) IN (
       SELECT at, article_id FROM schedule WHERE at <= $1::timestamptz
        ORDER BY at, article_id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING at, article_id`,
    [new Date(now), limit],
  );
  return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.article_id < b.article_id ? -1 : 1));
};

const changeAt = (article: ScheduledArticle | undefined, at: Instant) => {
  const kind = article === undefined ? null : pickScheduledKind(article, at);
  if (article === undefined || kind === null) return [];
  const { id, edition, version } = article;
  const tags = scheduledTags(article, kind, at);
  return [{ kind, article_id: id, edition, tags, version, occurred_at: new Date(at).toISOString() }];
};

/**
 * Takes what is due at `now` off the schedule, the earliest `limit` instants, and puts what readers see of it into the
 * outbox: both or neither, once, whoever else tries at the same time. What passed while nothing ran comes in the order
 * in which it passed, each at its own instant.
 */
export const announceDue = (database: Database, now: Instant, limit: number): Promise<Announced> =>
  database.transaction(async (transaction) => {
    if (!(await lockSchedule(transaction))) return { isOurs: false, taken: 0, changes: [] };
    const due = await takeDue(transaction, now, limit);
    if (due.length === 0) return { isOurs: true, taken: 0, changes: [] };
    // Read once the rows are ours: who takes an instant away from an article waits for this transaction from here on.
    const articles = await loadScheduled(transaction, [...new Set(due.map((row) => row.article_id))]);
    const rows = due.flatMap(({ at, article_id }) => changeAt(articles.get(article_id), at.getTime()));
    if (rows.length > 0) {
      await transaction.query(
        `INSERT INTO outbox (kind, article_id, edition, tags, version, occurred_at)
         SELECT kind, article_id, edition, tags, version, occurred_at FROM json_to_recordset($1::json)
           AS r (kind text, article_id text, edition text, tags text[], version integer, occurred_at timestamptz)`,
        [JSON.stringify(rows)],
      );
      await transaction.query(`SELECT pg_notify('outbox', '')`);
    }
    return {
      isOurs: true,
      taken: due.length,
      changes: rows.map(({ kind, occurred_at }) => ({ kind, at: Date.parse(occurred_at) })),
    };
  });
