import type { Database } from '../../../src/database/database.ts';

/**
 * Reads all tables and indexes of `database` once, the largest first: what fits lies in the machine's memory then, as in a database that
 * has been asked for a day. Right after it was written, part of a large archive does, by chance.
 *
 * @returns gigabytes read; null: this PostgreSQL has no `pg_prewarm`.
 */
export const readIntoMemory = async (database: Database): Promise<number | null> => {
  const available = await database.query(`SELECT 1 AS one FROM pg_available_extensions WHERE name = 'pg_prewarm'`);
  if (available.length === 0) return null;
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_prewarm');
  const [row] = await database.query<{ readonly gigabytes: number }>(
    `SELECT sum(pg_prewarm(named.oid::regclass, 'read')) * current_setting('block_size')::float8 / 1e9 AS gigabytes
     FROM (
       SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 't', 'i') AND n.nspname IN ('public', 'pg_toast')
       ORDER BY pg_relation_size(c.oid) DESC
     ) AS named`,
  );
  return row?.gigabytes ?? null;
};
