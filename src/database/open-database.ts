import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError, StoreError } from '../errors.ts';
import { createEmbeddedDatabase } from './create-embedded-database.ts';
import { createPostgresDatabase } from './create-postgres-database.ts';
import { createRemoteDatabase } from './create-remote-database.ts';
import type { Database } from './database.ts';
import { DirectoryInUseError, lockDataDirectory } from './lock-data-directory.ts';
import { serveAdminSocket } from './serve-admin-socket.ts';
import { sqlStateOf } from './store-failure.ts';

export interface OpenDatabaseOptions {
  /** Absent: embedded, in `dataDirectory`. */
  readonly url?: string;
  readonly dataDirectory: string;
  /** A server owns the data directory and lets commands in; a command joins a running server, or owns it itself. */
  readonly mode: 'serve' | 'command';
  /** How long a database that is away may stay away. Default: 30 s. */
  readonly waitMs?: number;
  /** Called once when the database is away and is waited for. */
  readonly onWaiting?: (error: Error) => void;
  readonly maxConnections?: number;
  readonly statementTimeoutMs?: number;
  readonly observe?: (statement: string) => void;
}

/** How long a command waits for a server that is starting or another command that is ending. */
const COMMAND_WAIT_MS = 5_000;
const RETRY_MS = 200;

/**
 * The database this process is to use, answering. `close` also ends what was started for it, in reverse.
 *
 * @throws {GatewayError} with one line for the operator and no address: `STORE_TIMEOUT` when a server stayed away for
 *   `waitMs`, `STORE_FAILED` when it refuses us; {DirectoryInUseError} when the data directory is taken.
 */
export const openDatabase = (options: OpenDatabaseOptions): Promise<Database> => {
  const { url, mode } = options;
  if (url !== undefined) return openPostgres(url, options);
  return mode === 'serve' ? openEmbedded(options) : openForCommand(options);
};

const openPostgres = async (url: string, options: OpenDatabaseOptions): Promise<Database> => {
  const { waitMs = 30_000, onWaiting, dataDirectory: _, mode: __, ...settings } = options;
  const database = createPostgresDatabase({ ...settings, url });
  try {
    await retrying(waitMs, onWaiting, isAway, () => database.query('SELECT 1'));
    return database;
  } catch (error) {
    await database.close();
    throw isAway(error)
      ? new GatewayError('STORE_TIMEOUT', `The database did not answer within ${waitMs / 1000} s`, { cause: error })
      : new GatewayError('STORE_FAILED', `The database refuses us (SQLSTATE ${sqlStateOf(error) ?? 'none'})`, {
          cause: error,
        });
  }
};

/** Starting, stopping or full (class 57P, 53), or no answer at all: it may come. A wrong password will not get better. */
const isAway = (error: unknown): boolean => {
  if (!(error instanceof StoreError)) return false;
  const sqlState = sqlStateOf(error);
  return sqlState === undefined || sqlState.startsWith('57P') || sqlState.startsWith('53');
};

const openEmbedded = async (options: OpenDatabaseOptions): Promise<Database> => {
  const unlock = await lockDataDirectory(options.dataDirectory);
  try {
    const database = await startEngine(options);
    if (options.mode === 'command') return closingAfter(database, unlock);
    try {
      const stopServing = await serveAdminSocket({ database, path: socketIn(options) });
      return closingAfter({ ...database, close: () => stopServing().then(database.close) }, unlock);
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    await unlock();
    throw error;
  }
};

const startEngine = async ({ dataDirectory, statementTimeoutMs, observe }: OpenDatabaseOptions): Promise<Database> =>
  await createEmbeddedDatabase({
    directory: join(dataDirectory, 'database'),
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
    ...(observe === undefined ? {} : { observe }),
  });

const closingAfter = (database: Database, unlock: () => Promise<void>): Database => {
  let closing: Promise<void> | undefined;
  return {
    ...database,
    close: () => {
      closing ??= (async () => {
        try {
          await database.close();
        } finally {
          await unlock();
        }
      })();
      return closing;
    },
  };
};

const socketIn = ({ dataDirectory }: OpenDatabaseOptions): string => join(dataDirectory, 'admin.sock');

/** A running server first; the directory itself when nobody listens. Held and not listening: somebody starts or ends. */
const openForCommand = async (options: OpenDatabaseOptions): Promise<Database> => {
  const { waitMs = COMMAND_WAIT_MS, onWaiting, statementTimeoutMs, observe } = options;
  const isTaken = (error: unknown): boolean => error instanceof DirectoryInUseError;
  return await retrying(waitMs, onWaiting, isTaken, async () => {
    const remote = await createRemoteDatabase({
      path: socketIn(options),
      ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
      ...(observe === undefined ? {} : { observe }),
    }).catch((error: unknown) => {
      if (isNobody(error)) return undefined;
      throw error;
    });
    return remote ?? (await openEmbedded(options));
  });
};

// A data directory that is none (ENOTDIR) is reported by whoever tries to lock it.
const isNobody = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ECONNREFUSED'].includes(String(error.code));

const retrying = async <T>(
  waitMs: number,
  onWaiting: ((error: Error) => void) | undefined,
  isWorthIt: (error: unknown) => boolean,
  attempt: () => Promise<T>,
): Promise<T> => {
  const end = performance.now() + waitMs;
  for (let count = 0; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthIt(error) || performance.now() + RETRY_MS > end) throw error;
      if (count === 0 && error instanceof Error) onWaiting?.(error);
    }
    await pause(RETRY_MS);
  }
};
