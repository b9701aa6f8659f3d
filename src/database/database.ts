/** A row as the driver gives it: `timestamptz` as Date, `jsonb` parsed, `bigint` as string, arrays as arrays. */
export type Row = Readonly<Record<string, unknown>>;

/** Something statements can be sent to: the database itself, or one open transaction. */
export interface Queryable {
  /**
   * The rows of one statement, sent with `$1…` parameters.
   *
   * @param values strings, numbers, booleans, Dates, null, or arrays of these; JSON as text with a `::jsonb` cast.
   * @throws {StoreError} `STORE_TIMEOUT` when no connection came free or the statement ran past its limit,
   *   `STORE_FAILED` for everything else, the driver's error as `cause`.
   */
  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

/** PostgreSQL 15's dialect, over a pool by URL or embedded in the process: the same SQL for both. */
export interface Database extends Queryable {
  /** `postgres` or `embedded`, for logs and `masthead check`. */
  readonly kind: 'postgres' | 'embedded' | 'remote';
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Keep it short. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** Calls back on every NOTIFY of `channel`, and once after a lost connection came back. Resolves to `stop`. */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
  /** Finishes what runs, then lets go of connections, files and locks. */
  close(): Promise<void>;
}
