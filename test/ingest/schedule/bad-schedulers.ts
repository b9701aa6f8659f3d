import type { Clock } from '../../../src/clock.ts';
import { announceDue } from '../../../src/ingest/schedule/announce-due.ts';
import { createScheduler } from '../../../src/ingest/schedule/scheduler.ts';
import type { Database } from '../../../src/database/database.ts';
import { createTicker, type TickerOf } from './schedule-rig.ts';

/** Schedulers with one rule broken each: the checker must find every one. */
export const badSchedulers = {
  /** Knows in memory how far it has come: a process that starts begins at its own now. */
  'loses its place': (database: Database, clock: Clock) => {
    let doneUntil = clock.now();
    const scheduler = createScheduler({
      database,
      clock,
      announce: async (from, now, limit) => {
        await from.query('DELETE FROM schedule WHERE at <= $1', [new Date(doneUntil)]);
        doneUntil = now;
        return announceDue(from, now, limit);
      },
    });
    return scheduler;
  },

  /** Takes off the schedule what it means to announce, and announces it in a transaction of its own. */
  'takes before it tells': (database: Database, clock: Clock) =>
    createScheduler({
      database,
      clock,
      announce: async (from, now, limit) => {
        const kept = { rows: [] as readonly { at: Date; article_id: string }[] };
        await from.transaction(async (transaction) => {
          kept.rows = await transaction.query('DELETE FROM schedule WHERE at <= $1 RETURNING at, article_id', [
            new Date(now),
          ]);
        });
        return announceDue(withSchedule(from, kept.rows), now, limit);
      },
    }),

  /** Announces in one transaction what it takes off the schedule in another. */
  'appends twice': (database: Database, clock: Clock) =>
    createScheduler({
      database,
      clock,
      announce: async (from, now, limit) => {
        const rows = await from.query<{ at: Date; article_id: string }>(
          'SELECT at, article_id FROM schedule WHERE at <= $1',
          [new Date(now)],
        );
        const announced = await announceDue(withSchedule(from, rows), now, limit);
        await from.transaction(async (transaction) => {
          await transaction.query('DELETE FROM schedule WHERE at <= $1', [new Date(now)]);
        });
        return announced;
      },
    }),

  'has a clock that runs early': (database: Database, clock: Clock) =>
    createTicker(database, { now: () => clock.now() + 2_000 }),
} satisfies Readonly<Record<string, TickerOf>>;

/** `database` whose schedule holds `rows` again, once what stands there has been taken by the statement that takes. */
const withSchedule = (
  database: Database,
  rows: readonly { readonly at: Date; readonly article_id: string }[],
): Database => ({
  ...database,
  transaction: (work, options) =>
    database.transaction(
      (transaction) =>
        work({
          query: async (text, values) =>
            text.includes('DELETE FROM schedule')
              ? (rows as never)
              : text.includes('pg_try_advisory_xact_lock')
                ? ([{ isOurs: true }] as never)
                : transaction.query(text, values),
        }),
      options,
    ),
});
