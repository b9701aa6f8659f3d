import type { Clock } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { createDatabaseClock } from './database-clock.ts';

/**
 * The database's clock for what is done and over, such as a command: read once, and counted on from there. It is never
 * early, and late by no more than the answer took and twice `DRIFT`, so 7 s after an hour.
 *
 * @throws {StoreError} when the database does not say.
 */
export const readDatabaseClock = async (database: Queryable): Promise<Clock> => {
  const clock = createDatabaseClock();
  const sentAt = performance.now();
  const rows = await database.query<{ readonly now: Date }>('SELECT clock_timestamp() AS now');
  for (const { now } of rows) clock.observe({ databaseNow: now.getTime(), sentAt, receivedAt: performance.now() });
  return clock;
};
