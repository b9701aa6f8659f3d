/** How many calls may be made a second time. */
export interface RetryBudget {
  /** A call was made: a part of a retry is earned. */
  earn(): void;
  /** Whether there is one, which is then spent. */
  take(): boolean;
}

/** What a quiet store has in reserve, and a busy one saves at most. */
const RESERVE = 10;

/** Retries for `share` of the calls, and a few at the start. */
export const createRetryBudget = (share: number): RetryBudget => {
  let saved = RESERVE;
  return {
    earn: () => void (saved = Math.min(RESERVE, saved + share)),
    take() {
      // Tenths do not add up to ones exactly.
      if (saved < 1 - 1e-9) return false;
      saved -= 1;
      return true;
    },
  };
};
