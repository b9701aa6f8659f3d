import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { openDatabase } from '../../../src/database/open-database.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { writeArchive } from '../../support/archive/write-archive.ts';
import type { Archive } from '../../support/archive/archive-places.ts';

/** An archive as of now, and what has a gateway serve it. */
export interface WrittenArchive {
  readonly environment: Readonly<Record<string, string>>;
  readonly archive: Archive;
  readonly gigabytes: number;
  /** How long writing it took, indexes included. */
  readonly fillSeconds: number;
  /** Absent: its gateway alone may open it. */
  readonly database?: Database;
}

/** A database of a server that holds an archive. */
export interface FilledArchive extends WrittenArchive {
  readonly url: string;
  readonly database: Database;
}

/** What a statement may take that looks at a whole archive. */
const STATEMENT_TIMEOUT_MS = 10 * 60_000;

const write = async (
  database: Database,
  articles: number,
): Promise<Pick<WrittenArchive, 'archive' | 'gigabytes' | 'fillSeconds'>> => {
  await migrate(database, migrationsDirectory);
  // GraphQL has whole seconds.
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const begun = performance.now();
  await writeArchive(database, { articles, now });
  const fillSeconds = (performance.now() - begun) / 1_000;
  const [row] = await database.query<{ readonly gigabytes: number }>(
    'SELECT pg_database_size(current_database()) / 1e9::float8 AS gigabytes',
  );
  return { archive: { articles, now }, gigabytes: row?.gigabytes ?? Number.NaN, fillSeconds };
};

/** Migrates the empty database at `url` and writes an archive of `articles` into it. The caller closes it. */
export const fillArchive = async (url: string, articles: number): Promise<FilledArchive> => {
  const database = createPostgresDatabase({ url, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    return { url, environment: { DATABASE_URL: url }, database, ...(await write(database, articles)) };
  } catch (error) {
    await database.close();
    throw error;
  }
};

/** Writes an archive of `articles` into an embedded database in a directory that is there until this process ends. */
export const fillEmbedded = async (articles: number): Promise<WrittenArchive> => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'masthead-bench-embedded-'));
  process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }));
  const database = await openDatabase({ dataDirectory, mode: 'serve', statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    return { environment: { DATA_DIR: dataDirectory }, ...(await write(database, articles)) };
  } finally {
    await database.close();
  }
};
