import type { Database } from '../../src/database/database.ts';

const TABLES = [
  'outbox, change_log, change_log_head, change_requests, leases, lapsed, tombstones',
  'deltas, deltas_head, delta_places, cdn_purges',
];

/** The log and all that hangs on it as in a new database, an epoch of its own included. */
export const emptyLog = async (database: Database): Promise<void> => {
  await database.query(`TRUNCATE ${TABLES.join(', ')} RESTART IDENTITY CASCADE`);
  await database.query('INSERT INTO change_log_head DEFAULT VALUES');
  await database.query('INSERT INTO deltas_head DEFAULT VALUES');
};
