import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError, StoreError } from '../errors.ts';
import type { Database, Queryable } from './database.ts';
import { sqlStateOf } from './store-failure.ts';

/** What `migrate` did and met. */
export interface Migrated {
  /** Files applied by this call, in order. */
  readonly applied: readonly string[];
  /** Recorded in the database and unknown here: a newer release has migrated it. Worth a line in the log. */
  readonly newer: readonly string[];
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

interface Applied extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly digest: string;
}

/** The same number in every process: whoever migrates one of our databases takes this lock. */
const LOCK = 7_061_997_342;
const LOCK_WAIT_MS = 60_000;
/** An index on a large table takes minutes. */
const STATEMENT_TIMEOUT_MS = 30 * 60_000;
const LOCK_NOT_AVAILABLE = '55P03';
const RAISED = 'P0001';
const RECORDED_SQL = 'SELECT name, digest FROM schema_migrations ORDER BY name';

/**
 * Brings the tables up to date: applies each `NNNN-name.sql` of `directory` that was not applied yet, in order, each
 * in a transaction of its own. Processes that start together apply each file once. Releases follow expand, then
 * contract: a database that is ahead of this code is fine.
 *
 * @throws {GatewayError} `STORE_FAILED` naming the file that fails or differs from what was applied under its name;
 *   `STORE_TIMEOUT` when another process migrates for longer than `lockWaitMs`.
 */
export const migrate = async (
  database: Database,
  directory: string,
  { lockWaitMs = LOCK_WAIT_MS }: { readonly lockWaitMs?: number } = {},
): Promise<Migrated> => {
  const migrations = await readMigrations(directory);
  // Without the lock: whoever has nothing to apply does not wait for a newer release that has. An index takes minutes.
  const known = await readRecorded(database);
  const applied: string[] = [];
  for (const migration of pendingOf(migrations, known)) {
    const isOurs = await database.transaction(
      async (transaction) => {
        await takeLock(transaction, lockWaitMs);
        const now = await readApplied(transaction);
        requireUnchanged(migration, now);
        // Another process was quicker.
        if (now.some(({ name }) => name === migration.name)) return false;
        await apply(transaction, migration);
        return true;
      },
      { statementTimeoutMs: Math.max(STATEMENT_TIMEOUT_MS, lockWaitMs) },
    );
    if (isOurs) applied.push(migration.name);
  }

  const names = new Set(migrations.map(({ name }) => name));
  return { applied, newer: known.map(({ name }) => name).filter((name) => !names.has(name)) };
};

/**
 * How many files of `directory` the database has, and which it is still to get: only looked at.
 *
 * @throws {GatewayError} `STORE_FAILED` as of `migrate`, when it has a file that differs.
 */
export const readPending = async (
  database: Queryable,
  directory: string,
): Promise<{ readonly applied: number; readonly pending: readonly string[] }> => {
  const migrations = await readMigrations(directory);
  const applied = await readRecorded(database);
  return { applied: applied.length, pending: pendingOf(migrations, applied).map(({ name }) => name) };
};

/** What is recorded, in a database that may have nothing yet. */
const readRecorded = async (database: Queryable): Promise<readonly Applied[]> => {
  const [table] = await database.query<{ readonly is_there: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS is_there`,
  );
  return table?.is_there === true ? await database.query<Applied>(RECORDED_SQL) : [];
};

/** Those that are not recorded in `applied`. @throws {GatewayError} `STORE_FAILED` when one differs from what is. */
const pendingOf = (migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] => {
  for (const migration of migrations) requireUnchanged(migration, applied);
  return migrations.filter(({ name }) => !applied.some((row) => row.name === name));
};

const takeLock = async (transaction: Queryable, lockWaitMs: number): Promise<void> => {
  try {
    await transaction.query(`SET LOCAL lock_timeout = ${lockWaitMs}`);
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  } catch (error) {
    if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    const message = `Another process has been migrating the database for over ${lockWaitMs / 1000} s`;
    throw new GatewayError('STORE_TIMEOUT', message, { cause: error });
  }
};

const readApplied = async (transaction: Queryable): Promise<readonly Applied[]> => {
  await transaction.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    name text COLLATE "C" PRIMARY KEY,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  return await transaction.query<Applied>(RECORDED_SQL);
};

const requireUnchanged = (migration: Migration, applied: readonly Applied[]): void => {
  const row = applied.find(({ name }) => name === migration.name);
  if (row === undefined || row.digest === migration.digest) return;
  const message = `Migration ${migration.name} is not the file that was applied under this name: add a new file instead of changing it`;
  throw new GatewayError('STORE_FAILED', message);
};

const apply = async (transaction: Queryable, { name, sql, digest }: Migration): Promise<void> => {
  try {
    await transaction.query(sql);
    await transaction.query('INSERT INTO schema_migrations (name, digest) VALUES ($1, $2)', [name, digest]);
  } catch (error) {
    const message = `Migration ${name} could not be applied${refusalOf(error) ?? ` (SQLSTATE ${sqlStateOf(error) ?? 'unknown'})`}`;
    throw new GatewayError('STORE_FAILED', message, { cause: error });
  }
};

/** What a migration says itself when it raises an exception: it tells an operator what to do. */
const refusalOf = (error: unknown): string | undefined =>
  sqlStateOf(error) === RAISED && error instanceof StoreError && error.cause instanceof Error
    ? `: ${error.cause.message}`
    : undefined;

const readMigrations = async (directory: string): Promise<readonly Migration[]> => {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
  for (const [index, name] of names.entries()) {
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) throw new TypeError(`Migration ${name} is not named NNNN-name.sql`);
    const next = names[index + 1];
    if (next?.slice(0, 4) === name.slice(0, 4)) throw new TypeError(`Migrations ${name} and ${next} have one number`);
  }
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};
