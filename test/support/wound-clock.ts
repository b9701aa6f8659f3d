import type { Clock, Instant } from '../../src/clock.ts';

/** A clock that stands still until a test winds it. */
export interface WoundClock extends Clock {
  /** Moves the clock on by `milliseconds`; a negative number sets it back, as an operator may. */
  wind(milliseconds: number): void;
}

/** A clock that shows `start` until it is wound. */
export const createWoundClock = (start: Instant): WoundClock => {
  let instant = start;
  return {
    now: () => instant,
    wind(milliseconds) {
      if (!Number.isSafeInteger(milliseconds)) {
        throw new TypeError(`A clock is wound by whole milliseconds, not by ${milliseconds}`);
      }
      instant += milliseconds;
    },
  };
};
