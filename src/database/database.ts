/** A row as the driver gives it: `timestamptz` as Date, `jsonb` parsed, `bigint` as string, arrays as arrays. */
export type Row = Readonly<Record<string, unknown>>;

/** Something statements can be sent to: the database itself, or one open transaction. */
export interface Queryable {
  /**
   * The rows of one statement, sent with `$1…` parameters.
   *
   * @param text without `values` it may hold several statements: they succeed or fail together, the rows are the last one's.
   * @param values strings, numbers, booleans, Dates, null, or arrays of these; JSON as text with a `::jsonb` cast.
   * @throws {StoreError} `STORE_TIMEOUT` when no connection came free or the statement ran past its limit,
   *   `STORE_FAILED` for everything else, the driver's error as `cause`: `sqlStateOf` reads its SQLSTATE.
   */
  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

/** What one transaction may do differently from the database's settings. */
export interface TransactionOptions {
  /** For statements known to be long, such as a migration's. Default: the database's own limit. */
  readonly statementTimeoutMs?: number;
}

/** PostgreSQL 15's dialect, over a pool by URL or embedded in the process: the same SQL for both. */
export interface Database extends Queryable {
  /** `postgres` or `embedded`; `remote` is the embedded one of a running server, reached by a command. */
  readonly kind: 'postgres' | 'embedded' | 'remote';
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Keep it short: embedded,
   * everybody else waits for its end.
   *
   * @throws what `work` throws, after the rollback; {StoreError} when the commit did not happen, which includes a
   *   `work` that resolved although one of its statements had failed.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Calls back on every NOTIFY of `channel`, and once with `''` after a lost connection came back: what was notified
   * in between is lost. Resolves to `stop`.
   *
   * @param channel lower-case letters, digits and `_`.
   */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
  /** Finishes what runs, then lets go of connections, files and locks. A second call waits for the first. */
  close(): Promise<void>;
}
