import { ConfigError, loadConfig, type Config } from '../config/load.ts';
import { DirectoryInUseError } from '../database/lock-data-directory.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import type { Database } from '../database/database.ts';
import { demoConfigFile } from '../demo/demo-files.ts';
import { migrationsDirectory } from '../stores/postgres/migrations-directory.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/**
 * The configuration of this process.
 *
 * @param settings.port as of `loadConfig`.
 * @throws {CommandError} naming every bad value at once.
 */
export const readConfig = (settings: { readonly port?: number } = {}): Config => {
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
    if (database.kind !== 'remote') await migrateOrClose(database);
    return database;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), EXIT.failed, { cause: error });
  }
};

const migrateOrClose = async (database: Database): Promise<void> => {
  try {
    await migrate(database, migrationsDirectory);
  } catch (error) {
    await database.close();
    throw error;
  }
};
