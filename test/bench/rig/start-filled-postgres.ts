import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgresFolder } from '../../../scripts/find-programs.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { writeArchive } from '../../support/archive/write-archive.ts';
import { startPostgres } from '../../support/services.ts';
import type { Archive } from '../compare/operations.ts';

/** A PostgreSQL that holds an archive and nobody else reads. */
export interface FilledPostgres {
  readonly url: string;
  readonly database: Database;
  readonly archive: Archive;
  /** E.g. `PostgreSQL 15.14`. */
  readonly version: string;
  readonly gigabytes: number;
  /** How long writing it took, indexes included. */
  readonly fillSeconds: number;
  stop(): Promise<void>;
}

/** As an operator would give a machine with this much memory. */
const SETTINGS = { shared_buffers: '1GB', effective_cache_size: '4GB', max_wal_size: '8GB' };

/** PostgreSQL counts statements if it can. */
const counting = (): Readonly<Record<string, string>> => {
  const library = join(findPostgresFolder() ?? '', '../lib/pg_stat_statements.so');
  return existsSync(library) ? { shared_preload_libraries: 'pg_stat_statements' } : {};
};

/** Starts a PostgreSQL of its own and writes an archive of `articles` into it. */
export const startFilledPostgres = async (articles: number): Promise<FilledPostgres> => {
  const postgres = await startPostgres({ ...SETTINGS, ...counting() });
  const database = createPostgresDatabase({ url: postgres.url, statementTimeoutMs: 10 * 60_000 });
  const stop = async (): Promise<void> => {
    await database.close();
    await postgres.stop();
  };
  try {
    await migrate(database, migrationsDirectory);
    // GraphQL has whole seconds.
    const now = Math.floor(Date.now() / 1_000) * 1_000;
    const begun = performance.now();
    await writeArchive(database, { articles, now });
    const fillSeconds = (performance.now() - begun) / 1_000;
    const [row] = await database.query<{ readonly version: string; readonly gigabytes: number }>(
      `SELECT 'PostgreSQL ' || current_setting('server_version') AS version,
        pg_database_size(current_database()) / 1e9::float8 AS gigabytes`,
    );
    if (row === undefined) throw new TypeError('PostgreSQL says nothing of itself');
    return { url: postgres.url, database, archive: { articles, now }, ...row, fillSeconds, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
