/** What the embedded database's worker is started with. */
export interface EmbeddedWorkerOptions {
  /** Where it keeps its files; absent: in memory. */
  readonly directory?: string;
  /** A tar of a data directory that a database in memory starts from, which saves most of its start. */
  readonly snapshotFile?: string;
}

/** What the worker is asked to do: one statement, or to close. */
export type EmbeddedRequest =
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly text: string;
      /** In PostgreSQL's text form. Empty: `text` may hold several statements. */
      readonly values: readonly (string | null)[];
    }
  | { readonly id: number; readonly kind: 'close' };

/** The result of one statement, columns in text form: they are read on the other side, as those of the pool are. */
export interface EmbeddedResult {
  readonly command: string;
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A failed statement; `code` is the SQLSTATE when the server gave one. */
export interface EmbeddedFailure {
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
  readonly table?: string;
}

/** What the worker says. */
export type EmbeddedMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: EmbeddedResult }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: EmbeddedFailure }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string };
