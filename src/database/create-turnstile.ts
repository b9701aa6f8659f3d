import { StoreError } from '../errors.ts';

/** Lets one through at a time, in the order they came. */
export interface Turnstile {
  /**
   * Waits for its turn; the result ends it.
   *
   * @throws {StoreError} `STORE_TIMEOUT` when the turn did not come in time or too many wait already.
   */
  enter(): Promise<() => void>;
}

/** For a connection that everybody shares. */
export const createTurnstile = (store: string, waitLimitMs: number, maxWaiting: number): Turnstile => {
  const waiting = new Set<() => void>();
  let isTaken = false;

  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) isTaken = false;
    else next();
  };
  const leaveOnce = (): (() => void) => {
    let hasLeft = false;
    return () => {
      if (!hasLeft) leave();
      hasLeft = true;
    };
  };
  const refuse = (reason: string) => new StoreError(store, 'STORE_TIMEOUT', { cause: new Error(reason) });

  return {
    enter: () => {
      if (!isTaken) {
        isTaken = true;
        return Promise.resolve(leaveOnce());
      }
      if (waiting.size >= maxWaiting) return Promise.reject(refuse(`${maxWaiting} callers wait already`));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(go);
          reject(refuse(`no turn within ${waitLimitMs} ms`));
        }, waitLimitMs);
        const go = (): void => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve(leaveOnce());
        };
        waiting.add(go);
      });
    },
  };
};
