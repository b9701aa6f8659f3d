import { readDatabaseClock } from '../changes/read-database-clock.ts';
import { ConfigError, loadConfig, type Config } from '../config/load.ts';
import { createPostgresDatabase } from '../database/create-postgres-database.ts';
import { DirectoryInUseError } from '../database/lock-data-directory.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import type { Database } from '../database/database.ts';
import { demoConfigFile } from '../demo/demo-files.ts';
import { analyseAnew } from '../ingest/analyse-anew.ts';
import { migrationsDirectory } from '../stores/postgres/migrations-directory.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/**
 * The configuration of this process.
 *
 * @param settings as of `loadConfig`.
 * @throws {CommandError} naming every bad value at once.
 */
export const readConfig = (settings: { readonly port?: number; readonly processes?: string } = {}): Config => {
  try {
    return loadConfig({ demoFile: demoConfigFile, ...settings });
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(error.message, EXIT.badUsage, { cause: error });
    throw error;
  }
};

/**
 * The configured database, migrated.
 *
 * @param observe as of `openDatabase`.
 * @throws {CommandError} when it is away for too long or in use.
 */
export const openConfigured = async (
  { environment }: Config,
  mode: 'serve' | 'command',
  { err }: Pick<Terminal, 'err'>,
  observe?: (statement: string) => void,
): Promise<Database> => {
  const waitMs = environment.DATABASE_WAIT_SECONDS * 1000;
  try {
    const database = await openDatabase({
      mode,
      dataDirectory: environment.DATA_DIR,
      maxConnections: environment.DATABASE_POOL_SIZE,
      statementTimeoutMs: environment.STATEMENT_TIMEOUT_MS,
      waitMs,
      onWaiting: (error) => {
        const reason = error instanceof DirectoryInUseError ? error.message : 'The database does not answer';
        err(`${reason}: waiting up to ${environment.DATABASE_WAIT_SECONDS} s for it`);
      },
      ...(environment.DATABASE_URL === undefined ? {} : { url: environment.DATABASE_URL }),
      ...(observe === undefined ? {} : { observe }),
    });
    // A running server has migrated what it lets us reach.
    if (database.kind !== 'remote') await migrateOrClose(database, err);
    return database;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), EXIT.failed, { cause: error });
  }
};

/** Connections of the change log: one step at a time, and some for changes appended and acknowledged meanwhile. */
const LOG_CONNECTIONS = 4;

/** The database for the change log alone: connections of its own on PostgreSQL, undefined where there is only one. */
export const openForLog = ({ environment }: Config): Database | undefined =>
  environment.DATABASE_URL === undefined
    ? undefined
    : createPostgresDatabase({
        url: environment.DATABASE_URL,
        maxConnections: LOG_CONNECTIONS,
        statementTimeoutMs: environment.STATEMENT_TIMEOUT_MS,
      });

const migrateOrClose = async (database: Database, err: Terminal['err']): Promise<void> => {
  try {
    const { newer } = await migrate(database, migrationsDirectory);
    if (newer.length > 0) err(`The database was migrated by a newer version (${newer.join(', ')}): this one goes on`);
    await analyseWithNotice(database, err);
  } catch (error) {
    await database.close();
    throw error;
  }
};

/** Progress is told so often: an archive takes minutes. */
const NOTICE_MS = 5_000;

const analyseWithNotice = async (database: Database, err: Terminal['err']): Promise<void> => {
  let noticeAt = 0;
  const analysed = await analyseAnew(database, {
    clock: await readDatabaseClock(database),
    onProgress: (waiting) => {
      if (waiting === 0 || performance.now() < noticeAt) return;
      noticeAt = performance.now() + NOTICE_MS;
      err(`Preparing ${waiting} articles for search, once for this version`);
    },
  });
  if (analysed > 0) err(`Prepared ${analysed} articles for search`);
};
