import { sqlStateOf } from '../../database/store-failure.ts';
import { StoreError } from '../../errors.ts';
import { OutboundError, type OutboundReason } from '../../outbound/http-client.ts';

/**
 * How a call ended. `late`: no answer in time; `unreachable`: nobody there, or the connection broke; `busy`: it asked to be
 * left alone; `broken`: it said that it failed; `oversize`: more than is read; `contract`: not what was agreed; `failed`:
 * it refused this one call; `abandoned`: nobody waits for it any more.
 */
export type CallFailure = 'late' | 'unreachable' | 'busy' | 'broken' | 'oversize' | 'contract' | 'failed' | 'abandoned';

/** A call whose answer says that the store failed. The message names no address. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly reason: CallFailure;
  /** When it wants to be asked again; undefined: it did not say. */
  readonly retryAfterMs: number | undefined;
  /** Whether asking again may help. */
  readonly isPassing: boolean;

  constructor(
    reason: CallFailure,
    message: string,
    {
      retryAfterMs,
      isPassing = false,
    }: { readonly retryAfterMs?: number | undefined; readonly isPassing?: boolean } = {},
  ) {
    super(message);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.isPassing = isPassing;
  }
}

/** A call that was not waited for to its end: its time was up (`late`), or its reader's (`abandoned`). */
export class EndedCall extends Error {
  override readonly name = 'EndedCall';
  readonly reason: 'late' | 'abandoned';

  constructor(reason: 'late' | 'abandoned', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What a failed call says. */
export interface Judgement {
  readonly reason: CallFailure;
  /** `sick`: of the store; `well`: that it answers, whatever it said; `nothing`: neither. */
  readonly says: 'sick' | 'well' | 'nothing';
  /** Whether the same call may find it better: it was not done, or does no harm twice. */
  readonly isRetryable: boolean;
  readonly retryAfterMs?: number | undefined;
}

const OUTBOUND: Readonly<Record<OutboundReason, Judgement>> = {
  deadline: { reason: 'late', says: 'sick', isRetryable: false },
  aborted: { reason: 'abandoned', says: 'nothing', isRetryable: false },
  unreachable: { reason: 'unreachable', says: 'sick', isRetryable: true },
  'too-large': { reason: 'oversize', says: 'sick', isRetryable: false },
  malformed: { reason: 'failed', says: 'nothing', isRetryable: false },
  refused: { reason: 'failed', says: 'nothing', isRetryable: false },
};

const judgeDatabase = (error: StoreError): Judgement => {
  if (error.code === 'STORE_TIMEOUT') return { reason: 'late', says: 'sick', isRetryable: false };
  const sqlState = sqlStateOf(error);
  // No answer, a broken protocol, shut down by an operator; too little of something.
  if (sqlState === undefined || /^(08|57P)/.test(sqlState))
    return { reason: 'unreachable', says: 'sick', isRetryable: true };
  if (sqlState.startsWith('53')) return { reason: 'busy', says: 'sick', isRetryable: true };
  // A value, a constraint, a statement: this call is wrong, and the server well enough to say so.
  if (/^(22|23|42)/.test(sqlState)) return { reason: 'failed', says: 'well', isRetryable: false };
  return { reason: 'broken', says: 'sick', isRetryable: false };
};

/** What `error`, thrown by a call, says of the store; undefined: it is no failure of a store, but a mistake of ours. */
export const judgeFailure = (error: unknown): Judgement | undefined => {
  if (error instanceof OutboundError) return OUTBOUND[error.reason];
  if (error instanceof StoreError) return judgeDatabase(error);
  if (error instanceof EndedCall)
    return { reason: error.reason, says: error.reason === 'late' ? 'sick' : 'nothing', isRetryable: false };
  if (error instanceof AnswerError)
    return { reason: error.reason, says: 'sick', isRetryable: error.isPassing, retryAfterMs: error.retryAfterMs };
  return undefined;
};
