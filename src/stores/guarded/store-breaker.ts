import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  handleWhen,
  type IBackoff,
  type IBackoffFactory,
  type IBreaker,
} from 'cockatiel';
import type { BreakerSettings } from './guard-settings.ts';
import { AnswerError, judgeFailure } from './judge-failure.ts';

export interface StoreBreaker {
  /** Whether a call made now would not be asked. */
  isRefusing(): boolean;
  /** Calls `call`, and learns from how it ends. */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Makes no more trials by itself. */
  close(): void;
}

export interface StoreBreakerOptions extends BreakerSettings {
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic: () => number;
  /** The call that tries a sick store when its time is over; absent: the next reader's call does. */
  readonly probe?: (() => Promise<unknown>) | undefined;
  /** Once when the store becomes sick, and once when it is well. */
  readonly onChanged: (isWell: boolean, reason: unknown) => void;
}

/** What share of how many calls may fail before failures that are not in a row are too many. */
const SHARE = { threshold: 0.5, size: 20 } as const;

/** Opens when either says so. */
const createEither = (failures: number): IBreaker => {
  const both: readonly IBreaker[] = [new ConsecutiveBreaker(failures), new CountBreaker(SHARE)];
  return {
    state: undefined,
    success: (state) => both.forEach((breaker) => breaker.success(state)),
    failure: (state) => both.map((breaker) => breaker.failure(state)).includes(true),
  };
};

/**
 * A breaker for one store. Closed it counts; open it refuses; once its time is over, one call is let through and tells it
 * whether to close, and whoever comes meanwhile is refused too, not kept waiting. With a `probe` that call is nobody's
 * read, and the store is found well though nobody reads.
 */
export const createStoreBreaker = ({
  failures,
  openMs,
  longestOpenMs,
  monotonic,
  probe,
  onChanged,
}: StoreBreakerOptions): StoreBreaker => {
  let isDue = (): boolean => true;
  let trial: NodeJS.Timeout | undefined;
  let isClosed = false;
  const isRefusing = (): boolean =>
    policy.state !== CircuitState.Closed &&
    // Where something else tries it, no reader waits for a store that may hang.
    (probe !== undefined || policy.state === CircuitState.HalfOpen || !isDue());
  const tryIn = (delayMs: number): void => {
    if (probe !== undefined && !isClosed) trial = setTimeout(() => tryOnce(probe), delayMs).unref();
  };
  const tryOnce = (call: () => Promise<unknown>): void => {
    // A timer may come before its time.
    if (!isDue()) return tryIn(1);
    const trying = policy.execute(async () => {
      try {
        await call();
      } catch {
        // Whatever it was: nothing has shown that the store is well.
        throw new AnswerError('broken', 'the trial failed');
      }
    });
    trying.catch(() => undefined);
  };
  // Its own way of telling the time is the wall clock, which may be set back for an hour: it is told "now" or "never".
  const waitFor = (delayMs: number): IBackoff<unknown> => {
    const dueAt = monotonic() + delayMs;
    isDue = () => monotonic() >= dueAt;
    clearTimeout(trial);
    tryIn(delayMs);
    return {
      get duration() {
        return isDue() ? -Infinity : Infinity;
      },
      next: () => waitFor(Math.min(delayMs * 2, longestOpenMs)),
    };
  };
  const halfOpenAfter: IBackoffFactory<unknown> = { next: () => waitFor(openMs) };

  const policy = circuitBreaker(
    handleWhen((error) => {
      const says = judgeFailure(error)?.says ?? 'well';
      // A trial that tells nothing has not shown that the store is well.
      return says === 'sick' || (says === 'nothing' && policy.state === CircuitState.HalfOpen);
    }),
    { breaker: createEither(failures), halfOpenAfter },
  );
  let isWell = true;
  policy.onBreak((reason) => {
    if (!isWell) return;
    isWell = false;
    onChanged(false, 'error' in reason ? reason.error : undefined);
  });
  policy.onReset(() => {
    isWell = true;
    onChanged(true, undefined);
  });

  return {
    isRefusing,
    run: (call, signal) => policy.execute(call, signal),
    close() {
      clearTimeout(trial);
      isClosed = true;
    },
  };
};
