import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { writeArchive } from '../../support/archive/write-archive.ts';
import type { Archive } from '../../support/archive/archive-places.ts';

/** A database that holds an archive as of now. */
export interface FilledArchive {
  readonly url: string;
  readonly database: Database;
  readonly archive: Archive;
  readonly gigabytes: number;
  /** How long writing it took, indexes included. */
  readonly fillSeconds: number;
}

/** What a statement may take that looks at a whole archive. */
const STATEMENT_TIMEOUT_MS = 10 * 60_000;

/** Migrates the empty database at `url` and writes an archive of `articles` into it. The caller closes it. */
export const fillArchive = async (url: string, articles: number): Promise<FilledArchive> => {
  const database = createPostgresDatabase({ url, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    await migrate(database, migrationsDirectory);
    // GraphQL has whole seconds.
    const now = Math.floor(Date.now() / 1_000) * 1_000;
    const begun = performance.now();
    await writeArchive(database, { articles, now });
    const fillSeconds = (performance.now() - begun) / 1_000;
    const [row] = await database.query<{ readonly gigabytes: number }>(
      'SELECT pg_database_size(current_database()) / 1e9::float8 AS gigabytes',
    );
    return { url, database, archive: { articles, now }, gigabytes: row?.gigabytes ?? Number.NaN, fillSeconds };
  } catch (error) {
    await database.close();
    throw error;
  }
};
