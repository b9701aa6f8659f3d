/** Every way a request can fail. A code is part of the public contract: never rename or reuse one. */
export const FAULTS = {
  BAD_REQUEST: { status: 400, retryable: false },
  GRAPHQL_PARSE_FAILED: { status: 400, retryable: false },
  GRAPHQL_VALIDATION_FAILED: { status: 400, retryable: false },
  BAD_USER_INPUT: { status: 400, retryable: false },
  LIMIT_EXCEEDED: { status: 400, retryable: false },
  UNAUTHENTICATED: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  DOCUMENT_UNKNOWN: { status: 404, retryable: false },
  CURSOR_EXPIRED: { status: 410, retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  BUDGET_EXHAUSTED: { status: 429, retryable: true },
  INTERNAL: { status: 500, retryable: false },
  STORE_FAILED: { status: 502, retryable: true },
  CHANGE_NOT_RECORDED: { status: 503, retryable: true },
  STORE_TIMEOUT: { status: 504, retryable: true },
} as const;

/** A code from the table of faults. */
export type FaultCode = keyof typeof FAULTS;

/** A failure we foresaw: `message` is safe to show a client, `cause` never leaves the process. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: FaultCode;
  /** The code's own, unless the failure is of another: nothing can be vouched for is a STORE_FAILED of 503. */
  readonly status: number;

  constructor(code: FaultCode, message: string, options?: ErrorOptions & { readonly status?: number }) {
    super(message, options);
    this.code = code;
    this.status = options?.status ?? FAULTS[code].status;
  }
}

/** An upstream store failed, answered out of contract, or did not answer in time. */
export class StoreError extends GatewayError {
  override readonly name = 'StoreError';
  /** The store's configured name, e.g. `postgres`; never its address. */
  readonly store: string;

  constructor(store: string, code: 'STORE_FAILED' | 'STORE_TIMEOUT', options?: ErrorOptions) {
    super(code, code === 'STORE_TIMEOUT' ? `${store} did not answer in time` : `${store} failed`, options);
    this.store = store;
  }
}

/** A query asks for more than a limit allows. */
export class LimitError extends GatewayError {
  override readonly name = 'LimitError';
  /** Which limit, e.g. `depth`, `cost`, `aliases`. */
  readonly limit: string;
  readonly maximum: number;
  /** What the query had; a lower bound where counting stopped early. */
  readonly actual: number;

  constructor(limit: string, maximum: number, actual: number, message: string) {
    super('LIMIT_EXCEEDED', message);
    this.limit = limit;
    this.maximum = maximum;
    this.actual = actual;
  }
}

/** Somebody has used what was granted for a while. */
export class BudgetError extends GatewayError {
  override readonly name = 'BudgetError';
  /** At least 1. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('BUDGET_EXHAUSTED', `Quota exhausted, retry in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
