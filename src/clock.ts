/** Milliseconds since 1970-01-01T00:00:00Z. Content instants are whole seconds. */
export type Instant = number;

/** Where the time comes from; tests hand in one they wind themselves. */
export interface Clock {
  now(): Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
