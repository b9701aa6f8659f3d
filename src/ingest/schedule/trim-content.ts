import type { Instant } from '../../clock.ts';
import { EDITION_CODES } from '../../content/edition.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { HOUR_MS, WINDOW_HOURS } from '../../content/counter.ts';
import { sqlInstant } from '../../stores/postgres/request-parameter.ts';
import { oldestBoundary } from './oldest-boundary.ts';

/** How many rows were removed. */
export interface TrimmedContent {
  readonly boundaries: number;
  readonly engagementHours: number;
  readonly engagementOnce: number;
  readonly engagementSalts: number;
}

/** The longest window anybody can ask for, and the hour that is running. */
const KEEP_ENGAGEMENT_MS = (Math.max(...Object.values(WINDOW_HOURS)) + 1) * HOUR_MS;
/** An event is told again within its minute, or within seconds of a failure. */
const KEEP_ONCE_MS = 10 * 60_000;
const BATCH_SIZE = 5_000;
/** The first time there may be a row per article and list to look through. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Beyond what two processes' clocks can differ by. */
const NEAR_MS = 60_000;

/** Rows that somebody else holds are left for the next time: whoever waits for nobody is in nobody's way. */
const removeAll = async (database: Database, selection: string, values: readonly unknown[]): Promise<number> => {
  const [table] = selection.split(' ');
  let removed = 0;
  for (;;) {
    const rows = await database.transaction(
      (transaction) =>
        transaction.query(
          `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${selection} LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED))
           RETURNING 1`,
          values,
        ),
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
    removed += rows.length;
    if (rows.length < BATCH_SIZE) return removed;
  }
};

/** Removes boundaries that have long passed, and hourly counters no window reaches: totals hold them for ever. */
export const trimContent = async (database: Database, now: Instant): Promise<TrimmedContent> => ({
  boundaries: await removeAll(database, 'boundaries WHERE at < $1::timestamptz', [sqlInstant(oldestBoundary(now))]),
  engagementHours: await removeAll(
    database,
    // By edition: the index begins with it.
    `engagement_hours WHERE hour < $1::timestamptz AND edition = ANY ($2::text[])`,
    [sqlInstant(now - KEEP_ENGAGEMENT_MS), EDITION_CODES],
  ),
  engagementOnce: await removeAll(database, 'engagement_once WHERE told_at < $1::timestamptz', [
    sqlInstant(now - KEEP_ONCE_MS),
  ]),
  // The day before is still asked for by who began before midnight.
  engagementSalts: await removeAll(
    database,
    `engagement_salts WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date - 1`,
    [sqlInstant(now)],
  ),
});

/**
 * Puts on the schedule what is ahead of `now` and missing there, such as what a process of an older release has
 * written. Not what is near: another process, whose clock is a little ahead, may have announced it already.
 *
 * @returns how many instants were missing.
 */
export const restoreSchedule = async (transaction: Queryable, now: Instant): Promise<number> => {
  const rows = await transaction.query(
    `INSERT INTO schedule (at, article_id) SELECT DISTINCT at, article_id FROM boundaries WHERE at > $1::timestamptz
     ON CONFLICT DO NOTHING RETURNING 1`,
    [sqlInstant(now + NEAR_MS)],
  );
  return rows.length;
};
