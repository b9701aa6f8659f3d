import {
  bulkhead,
  BulkheadRejectedError,
  handleWhen,
  retry,
  type IBackoff,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import { StoreError } from '../../errors.ts';
import type { GuardSettings } from './guard-settings.ts';
import { EndedCall, judgeFailure, type CallFailure } from './judge-failure.ts';
import { RefusedCall, type RefusalReason } from './refused-call.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createStoreBreaker } from './store-breaker.ts';
import { untilEnded } from './until-ended.ts';

/** Told of what happens between this process and one store, as it happens. */
export interface GuardObserver {
  /** An attempt ended. */
  called(outcome: CallFailure | 'answered', milliseconds: number): void;
  refused(reason: RefusalReason): void;
  /** A call is made once more. */
  retried(): void;
  /** Once when the store becomes sick, with the failure that made it so, and once when it is well. */
  stateChanged(isWell: boolean, reason: unknown): void;
}

export interface RunOptions {
  /** Whether doing it twice is doing it once; only such calls are retried. */
  readonly isIdempotent: boolean;
  /** Ends the call for whoever waits for it. */
  readonly signal?: AbortSignal;
}

/** Stands between readers and one store: bounds how much it is asked and how long it is waited for. */
export interface Guard {
  readonly name: string;
  /**
   * What `call` gives, in time.
   *
   * @param call ends when its signal does; what it throws tells how the store is (`judgeFailure`).
   * @throws {StoreError} of this store: STORE_TIMEOUT past its deadline, STORE_FAILED for everything else, the reason as
   *   `cause`. What is no failure of a store passes as it is, and so does the reason of `signal`.
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>, options: RunOptions): Promise<T>;
  isWell(): boolean;
  /** Calls that run, and calls that wait for one to end. */
  load(): { readonly running: number; readonly waiting: number };
  /** Tries a sick store no more by itself. */
  close(): void;
}

export interface GuardOptions {
  /** As configured; `StoreError.store`. */
  readonly name: string;
  readonly settings: GuardSettings;
  readonly observe?: Partial<GuardObserver>;
  /** A small call that tries the store while it is sick, past this guard; absent: the next reader's call does. */
  readonly probe?: (() => Promise<unknown>) | undefined;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
  /** 0 to 1; spreads retries. */
  readonly random?: () => number;
}

/** Before the second attempt at a store that did not say when: long enough for a restarting one, spread over as much. */
const RETRY_MS = 50;

const NEVER = new AbortController().signal;

/** A guard for one store, which counts as well until it fails. */
export const createGuard = ({
  name,
  settings,
  observe = {},
  probe,
  monotonic = () => performance.now(),
  random = Math.random,
}: GuardOptions): Guard => {
  const { deadlineMs, retries, concurrency, queue } = settings;
  const room = bulkhead(concurrency, queue);
  const budget = createRetryBudget(settings.retryShare);
  let isWell = true;
  const breaker = createStoreBreaker({
    ...settings.breaker,
    monotonic,
    probe,
    onChanged(nowWell, reason) {
      isWell = nowWell;
      observe.stateChanged?.(nowWell, reason);
    },
  });

  const refuseIfOpen = (): void => {
    if (!breaker.isRefusing()) return;
    observe.refused?.('open');
    throw new RefusedCall('open', 'not asked: it failed a moment ago');
  };
  const withinDeadline = <T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> =>
    deadlineMs === null
      ? work(signal)
      : timeout(deadlineMs, TimeoutStrategy.Aggressive).execute((context) => work(context.signal), signal);

  const observed = async <T>(work: () => Promise<T>): Promise<T> => {
    const beganAt = monotonic();
    const tell = (outcome: CallFailure | 'answered'): void => observe.called?.(outcome, monotonic() - beganAt);
    try {
      const answer = await work();
      tell('answered');
      return answer;
    } catch (error) {
      tell(judgeFailure(error)?.reason ?? 'answered');
      throw error;
    }
  };

  const toStoreError = (error: unknown): unknown => {
    if (error instanceof BulkheadRejectedError) {
      observe.refused?.('full');
      const cause = new RefusedCall('full', `not asked: ${concurrency} calls run and ${queue} wait`);
      return new StoreError(name, 'STORE_FAILED', { cause });
    }
    if (error instanceof TaskCancelledError) {
      const cause = new EndedCall('late', `no answer within ${deadlineMs} ms, waiting included`);
      return new StoreError(name, 'STORE_TIMEOUT', { cause });
    }
    if (error instanceof RefusedCall) return new StoreError(name, 'STORE_FAILED', { cause: error });
    const judged = judgeFailure(error);
    if (judged === undefined || (error instanceof StoreError && error.store === name)) return error;
    return new StoreError(name, judged.reason === 'late' ? 'STORE_TIMEOUT' : 'STORE_FAILED', { cause: error });
  };

  return {
    name,
    async run(call, { isIdempotent, signal = NEVER }) {
      signal.throwIfAborted();
      const beganAt = monotonic();
      budget.earn();
      let waitMs = 0;
      let attempts = 0;
      const isWorthRetrying = (error: unknown): boolean => {
        attempts += 1;
        const judged = judgeFailure(error);
        if (!isIdempotent || attempts > retries || judged?.isRetryable !== true || breaker.isRefusing()) return false;
        waitMs = judged.retryAfterMs ?? RETRY_MS * (1 + random());
        const leftMs = deadlineMs === null ? Infinity : deadlineMs - (monotonic() - beganAt);
        if (waitMs >= leftMs || !budget.take()) return false;
        observe.retried?.();
        return true;
      };
      const pause = (): IBackoff<unknown> => ({ duration: waitMs, next: pause });
      const again = retry(handleWhen(isWorthRetrying), { maxAttempts: retries, backoff: { next: pause } });
      try {
        return await withinDeadline(async (ending) => {
          const ended = (): EndedCall =>
            signal.aborted
              ? new EndedCall('abandoned', 'nobody waits for it any more')
              : new EndedCall('late', `no answer within ${deadlineMs} ms`);
          const attempt = async () => {
            // Its pause before this attempt may have been its last.
            if (ending.aborted) throw ended();
            // A listener for each call on what lives for ever keeps all that it can reach, long after it was taken off.
            return observed(() => (ending === NEVER ? call(ending) : untilEnded(call(ending), ending, ended)));
          };
          refuseIfOpen();
          return await room.execute(() => {
            // It may have opened while this call waited.
            refuseIfOpen();
            // What goes well the second time is no failure: a server that restarts breaks all its connections at once.
            return breaker.run(() => again.execute(attempt, ending), ending);
          }, ending);
        }, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toStoreError(error);
      }
    },
    isWell: () => isWell,
    load: () => ({ running: concurrency - room.executionSlots, waiting: queue - room.queueSlots }),
    close: breaker.close,
  };
};
