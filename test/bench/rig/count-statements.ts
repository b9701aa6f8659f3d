import { setTimeout as pass } from 'node:timers/promises';
import type { Database } from '../../../src/database/database.ts';

/** Gives how many statements that read content ran in the database while `work` did, which begins when nobody else is at work there. */
export type CountStatements = (work: () => Promise<void>) => Promise<number>;

/** What a gateway asks beside its readers (the change log, leases) reads none of these; a column of the log is called `tags`. */
const CONTENT = String.raw`\m(from|join)\s+(articles|memberships|addresses|sections|tags|authors|deltas)\M`;

const COUNT_SQL = `SELECT coalesce(sum(calls), 0)::integer AS calls FROM pg_stat_statements
  WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query ~* '${CONTENT}'`;

const BUSY_SQL = `SELECT count(*)::integer AS busy FROM pg_stat_activity
  WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`;
const QUIET_LOOKS = 10;
const LOOK_EVERY_MS = 20;

/** Ends when the database has had no work for a fifth of a second: a server goes on with what was asked by a client that is gone. */
const untilQuiet = async (database: Database): Promise<void> => {
  for (let quiet = 0; quiet < QUIET_LOOKS;) {
    const [row] = await database.query<{ readonly busy: number }>(BUSY_SQL);
    quiet = row?.busy === 0 ? quiet + 1 : 0;
    await pass(LOOK_EVERY_MS);
  }
};

/** Counts by `pg_stat_statements`; undefined where the server has not loaded it. */
export const createStatementCounter = async (database: Database): Promise<CountStatements | undefined> => {
  try {
    await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await database.query(COUNT_SQL);
  } catch {
    return undefined;
  }
  return async (work) => {
    await untilQuiet(database);
    await database.query('SELECT pg_stat_statements_reset()');
    await work();
    const [row] = await database.query<{ readonly calls: number }>(COUNT_SQL);
    return row?.calls ?? Number.NaN;
  };
};
