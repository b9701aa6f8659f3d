/** Milliseconds since 1970-01-01T00:00:00Z. Content instants are whole seconds. */
export type Instant = number;

/** Where the time comes from; tests hand in one they wind themselves. */
export interface Clock {
  now(): Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Resolves when `work` does, or after `limitMs`: the work goes on then. */
export const untilOr = async (work: Promise<unknown>, limitMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};
