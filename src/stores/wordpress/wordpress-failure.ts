import { StoreError } from '../../errors.ts';
import { OutboundError } from '../../outbound/http-client.ts';

/** What was wrong with an answer: where it led, who was refused, what it was instead. */
export type WordPressFailureKind = 'redirect' | 'refused' | 'status' | 'not-json' | 'shape';

/** An answer of a WordPress site that cannot be used. Says nothing of what it held. */
export class WordPressFailure extends Error {
  override readonly name = 'WordPressFailure';
  readonly kind: WordPressFailureKind;
  /** Null: the status was good. */
  readonly status: number | null;
  /** WordPress's own name of the error, e.g. `rest_forbidden_context`. */
  readonly code: string | null;

  constructor(
    kind: WordPressFailureKind,
    message: string,
    { status = null, code = null }: { readonly status?: number | null; readonly code?: string | null } = {},
  ) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.code = code;
  }
}

/** Statuses that say "too slow" rather than "no": https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout and 504. */
const SLOW_STATUSES: ReadonlySet<number | null> = new Set([408, 504]);

const isSlow = (error: unknown): boolean =>
  error instanceof OutboundError
    ? error.reason === 'deadline' || error.code === 'ETIMEDOUT'
    : error instanceof WordPressFailure && SLOW_STATUSES.has(error.status);

/** Why nothing usable came, as the rest of the gateway knows it; a StoreError stays what it is. */
export const toStoreError = (store: string, error: unknown): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError(store, isSlow(error) ? 'STORE_TIMEOUT' : 'STORE_FAILED', { cause: error });
