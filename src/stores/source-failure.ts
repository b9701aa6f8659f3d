import { StoreError } from '../errors.ts';
import { OutboundError } from '../outbound/http-client.ts';

/** An answer of another system that cannot be used. */
export abstract class SourceFailure extends Error {
  /** Null: the status was good. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Statuses that say "too slow" rather than "no": https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout and 504. */
const SLOW_STATUSES: ReadonlySet<number | null> = new Set([408, 504]);

const isSlow = (error: unknown): boolean =>
  error instanceof OutboundError
    ? error.reason === 'deadline' || error.code === 'ETIMEDOUT'
    : error instanceof SourceFailure && SLOW_STATUSES.has(error.status);

/** Why nothing usable came, as the rest of the gateway knows it; a StoreError stays what it is. */
export const toStoreError = (store: string, error: unknown): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError(store, isSlow(error) ? 'STORE_TIMEOUT' : 'STORE_FAILED', { cause: error });
