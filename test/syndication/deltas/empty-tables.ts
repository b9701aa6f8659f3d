import type { Database } from '../../../src/database/database.ts';

const TABLES = [
  'articles, sections, tags, authors, memberships, boundaries, addresses, schedule',
  'outbox, change_log, change_requests, deltas, tombstones',
];

/** Content, log and deltas as in a new database. */
export const emptyTables = async (database: Database): Promise<void> => {
  await database.query(`TRUNCATE ${TABLES.join(', ')} CASCADE`);
  await database.query('UPDATE change_log_head SET sequence = 0; UPDATE deltas_head SET trimmed_to = NULL');
};
