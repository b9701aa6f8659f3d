/** When a store that fails is left alone, and for how long. */
export interface BreakerSettings {
  /** So many calls that fail one after the other, retries included, open it; so does more than half of the last twenty calls. */
  readonly failures: number;
  /** How long nobody is asked before one call is let through to see; doubled each time it fails. */
  readonly openMs: number;
  /** What doubling ends at. */
  readonly longestOpenMs: number;
}

/** How much of a store one process asks, and how long it waits. */
export interface GuardSettings {
  /** Of a read with its waiting and its retries; null: the store has deadlines of its own. */
  readonly deadlineMs: number | null;
  /** How often a read that met nobody is tried again. */
  readonly retries: number;
  /** Retries as a share of all calls, beyond the first few: a store that is down is not asked twice as much. */
  readonly retryShare: number;
  /** Calls that run at once. */
  readonly concurrency: number;
  /** Calls that wait for one of those to end; one more is refused at once. */
  readonly queue: number;
  readonly breaker: BreakerSettings;
}

/** For a store behind HTTP. */
export const DEFAULT_GUARD: GuardSettings = {
  deadlineMs: 3_000,
  retries: 1,
  retryShare: 0.1,
  concurrency: 8,
  queue: 64,
  breaker: { failures: 5, openMs: 1_000, longestOpenMs: 10_000 },
};

/**
 * For stores in a database with `connections` of its own, whose statements and waits end by themselves: as many callers as
 * its pool lets wait, and a short while apart from it, for it is tried by a statement that costs nothing.
 */
export const guardOfDatabase = (connections: number): GuardSettings => ({
  ...DEFAULT_GUARD,
  deadlineMs: null,
  concurrency: 100 * connections,
  queue: 0,
  breaker: { failures: 5, openMs: 250, longestOpenMs: 1_000 },
});
