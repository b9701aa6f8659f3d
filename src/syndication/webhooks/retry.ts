import type { Instant } from '../../clock.ts';

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60 * 60_000;
const FIRST_REST_MS = 1_000;
const LAST_REST_MS = 5 * 60_000;

/** A message that nobody has taken for so long is given up, or its endpoint is. */
export const PATIENCE_MS = 3 * 86_400_000;
/** What a receiver may ask for at most. */
export const RETRY_AFTER_LIMIT_MS = 60 * 60_000;

/** Doubled each time, and shortened at random by up to a half: receivers that came back are not all asked at once. */
const backOff = (firstMs: number, lastMs: number, times: number, random: () => number): number => {
  const most = Math.min(lastMs, firstMs * 2 ** Math.min(times - 1, 30));
  return Math.round(most / 2 + (random() * most) / 2);
};

/** How long a message waits after its try number `attempts`: 5 s, 10 s, 20 s … 1 h. */
export const retryDelayMs = (attempts: number, random: () => number): number =>
  backOff(FIRST_RETRY_MS, LAST_RETRY_MS, attempts, random);

/** How long an endpoint that gave no answer `failures` times in a row is left alone: 1 s, 2 s, 4 s … 5 min. */
export const restMs = (failures: number, random: () => number): number =>
  backOff(FIRST_REST_MS, LAST_REST_MS, failures, random);

/** What `Retry-After` asks for, in seconds or as a date, within bounds; null: nothing that can be read. RFC 9110, 10.2.3. */
export const retryAfterMs = (value: string | null, now: Instant): number | null => {
  if (value === null) return null;
  const asked = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(asked) ? null : Math.min(Math.max(asked, 0), RETRY_AFTER_LIMIT_MS);
};
