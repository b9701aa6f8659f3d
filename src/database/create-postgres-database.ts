import { Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { columnReader } from './column-types.ts';
import type { Database, Queryable, Row, TransactionOptions } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { listenToPostgres } from './listen-to-postgres.ts';
import { parameterText } from './parameter-text.ts';
import { createPoolQueue } from './pool-queue.ts';
import { PreparedQuery, type PreparedStatement } from './prepared-query.ts';
import { createStatementNames, isNameLost, type StatementNames } from './statement-names.ts';
import { sqlStateOf, toldWithin, toStoreError } from './store-failure.ts';

/** How long after the server's own limit an answer may still arrive; later the connection counts as dead. */
const ANSWER_GRACE_MS = 1_000;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; a session-capable server, not a transaction-mode proxy. */
  readonly url: string;
  /** `StoreError.store`. Default: `postgres`. */
  readonly name?: string;
  readonly maxConnections?: number;
  /** How long the server lets one statement run, and a transaction stay idle between two of them. */
  readonly statementTimeoutMs?: number;
  /** How long a caller waits for a connection, new or used. */
  readonly acquireTimeoutMs?: number;
  /** Callers that may wait for a connection at once; one more is refused at once. Default: 100 per connection. */
  readonly maxWaiting?: number;
  /** Called once for each statement sent, with its text; BEGIN, COMMIT and ROLLBACK are not statements. */
  readonly observe?: (statement: string) => void;
}

/** One use of a connection. */
interface Session {
  readonly client: PoolClient;
  /** Tells that nobody can say what state the connection is in. */
  readonly fail: () => void;
  readonly limitMs?: number;
  readonly nameOf?: StatementNames['of'];
}

/** A pool of connections to a PostgreSQL server. Connects on first use. */
export const createPostgresDatabase = ({
  url,
  name = 'postgres',
  maxConnections = 10,
  statementTimeoutMs = 5_000,
  acquireTimeoutMs = 2_000,
  maxWaiting = 100 * maxConnections,
  observe = () => undefined,
}: PostgresOptions): Database => {
  const connection = {
    connectionString: inOurSettings(url),
    application_name: 'masthead',
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: Math.max(statementTimeoutMs, 10_000),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: columnReader },
  };
  // The pool's own limit has no error code and comes second, to clear its queue: ours decides.
  const pool = new Pool({ ...connection, max: maxConnections, connectionTimeoutMillis: acquireTimeoutMs + 500 });
  // An idle connection that dies is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const queue = createPoolQueue({ pool, name, acquireTimeoutMs, maxWaiting });
  const names = createStatementNames();
  const listeners = new Set<() => Promise<void>>();
  let closing: Promise<void> | undefined;

  /** Lends a connection to `use` and takes it back, or gives it up when nobody can say what state it is in. */
  const withClient = async <T>(use: (client: PoolClient, fail: () => void) => Promise<T>): Promise<T> => {
    const client = await queue.acquire();
    let isBroken = false;
    try {
      return await use(client, () => {
        isBroken = true;
      });
    } finally {
      client.release(isBroken);
    }
  };

  const session = ({ client, fail, limitMs = statementTimeoutMs, nameOf = names.of }: Session) => {
    const sendNamed = (statement: Omit<PreparedStatement, 'tell'>): Promise<readonly Row[]> =>
      toldWithin(name, limitMs + ANSWER_GRACE_MS, (tell) => client.query(new PreparedQuery({ ...statement, tell })));
    const sendPlain = async (config: QueryConfig): Promise<QueryResult<Row>> =>
      lastOf(await toldWithin(name, limitMs + ANSWER_GRACE_MS, (tell) => client.query<Row>(config, tell)));
    /** `work`; where it fails, its connection may be given up for that. */
    const judged = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        const sqlState = sqlStateOf(error);
        if (endsConnection(sqlState) || isNameLost(sqlState)) fail();
        names.heed(sqlState);
        throw toStoreError(name, error);
      }
    };
    const query = async (text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
      const parameters = values.map(parameterText);
      // Without values the simple protocol answers several statements with several results.
      if (parameters.length === 0) return (await judged(sendPlain({ text }))).rows;
      const named = nameOf(text);
      if (named !== undefined) return judged(sendNamed({ name: named, text, values: parameters }));
      return (await judged(sendPlain({ text, values: parameters }))).rows;
    };
    return {
      query: <R extends Row>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> => {
        observe(text);
        return query(text, values) as Promise<readonly R[]>;
      },
      control: async (command: string) => (await judged(sendPlain({ text: command }))).command,
    };
  };

  return {
    kind: 'postgres',
    query: async <R extends Row>(text: string, values?: readonly unknown[]) => {
      try {
        return await withClient((client, fail) => session({ client, fail }).query<R>(text, values));
      } catch (error) {
        if (!isNameLost(sqlStateOf(error))) throw error;
        return await withClient((client, fail) => session({ client, fail, nameOf: nameless }).query<R>(text, values));
      }
    },

    transaction: <T>(work: (transaction: Queryable) => Promise<T>, options: TransactionOptions = {}) =>
      withClient(async (client, fail) => {
        const limitMs = options.statementTimeoutMs ?? statementTimeoutMs;
        const { query, control } = session({ client, fail, limitMs });
        const begin = limitMs === statementTimeoutMs ? 'BEGIN' : `BEGIN; SET LOCAL statement_timeout = ${limitMs}`;
        const rollBack = (failure: unknown): never => {
          // Whatever is still open on it ends with the connection.
          fail();
          throw failure;
        };
        const controlled = (command: string) =>
          command === 'ROLLBACK' ? control(command).catch(rollBack) : control(command === 'BEGIN' ? begin : command);
        return await inTransaction(name, { query, control: controlled }, work);
      }),

    listen: async (channel, callback) => {
      const stop = await listenToPostgres({ store: name, connection, acquireTimeoutMs, channel, callback });
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },

    close: () => {
      queue.close();
      closing ??= Promise.all([pool.end(), ...[...listeners].map((stop) => stop())]).then(() => undefined);
      return closing;
    },
  };
};

/**
 * What articles an index of words gives takes 64 bytes a page of the table. Where that is more than this (4 MB as PostgreSQL comes: a fifth of
 * a million articles), it forgets which articles of a page they are, and the words of all are read. The URL may say otherwise.
 */
const WORK_MEMORY = '-c work_mem=32MB';

/**
 * Days and hours are counted in UTC, whatever zone the server is set to. No statement of ours runs long enough to be
 * worth compiling: the listing of a batch was compiled for 2.7 s to run for 2 ms.
 */
const SESSION_SETTINGS = '-c TimeZone=UTC -c DateStyle=ISO -c jit=off';

const inOurSettings = (url: string): string => {
  const address = URL.parse(url);
  // Says nothing of the text: it may hold a password.
  if (address === null) throw new TypeError('The database URL is not a URL');
  const options = [WORK_MEMORY, address.searchParams.get('options'), SESSION_SETTINGS].filter(Boolean).join(' ');
  address.searchParams.set('options', options);
  return address.href;
};

/** No answer at all, shut down by an operator (57P), a broken protocol (08), or left idle in a transaction (25P03). */
const endsConnection = (sqlState: string | undefined): boolean =>
  sqlState === undefined || /^(57P|08|25P03)/.test(sqlState);

const nameless = (): undefined => undefined;

const lastOf = (result: QueryResult<Row> | QueryResult<Row>[]): QueryResult<Row> => {
  const last = Array.isArray(result) ? result.at(-1) : result;
  if (last === undefined) throw new TypeError('The text holds no statement');
  return last;
};
