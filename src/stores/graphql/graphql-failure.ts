import { StoreError } from '../../errors.ts';
import { OutboundError } from '../../outbound/http-client.ts';

/** What was wrong with an answer: its status, that it is no GraphQL, that it holds errors, or what it holds. */
export type GraphqlFailureKind = 'status' | 'not-graphql' | 'errors' | 'shape';

/** An answer of a GraphQL API that cannot be used. The message says nothing of its content but the API's own error. */
export class GraphqlFailure extends Error {
  override readonly name = 'GraphqlFailure';
  readonly kind: GraphqlFailureKind;
  /** Null: the status was good. */
  readonly status: number | null;

  constructor(kind: GraphqlFailureKind, message: string, status: number | null = null) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** Statuses that say "too slow" rather than "no". */
const SLOW_STATUSES: ReadonlySet<number | null> = new Set([408, 504]);

const isSlow = (error: unknown): boolean =>
  error instanceof OutboundError
    ? error.reason === 'deadline' || error.code === 'ETIMEDOUT'
    : error instanceof GraphqlFailure && SLOW_STATUSES.has(error.status);

/** Why nothing usable came, as the rest of the gateway knows it; a StoreError stays what it is. */
export const toStoreError = (store: string, error: unknown): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError(store, isSlow(error) ? 'STORE_TIMEOUT' : 'STORE_FAILED', { cause: error });
