import type { Environment } from '../config/schema.ts';

/** At least so much is kept of requests, and of answers in Redis, however little memory answers have. */
const KNOWN_MEGABYTES = 16;

/**
 * Bound of what is remembered of requests, and of answers in Redis. A request is a fraction of its answer, and so is an answer
 * without its body: what is remembered of them lasts about as long. Answers of others, in Redis, outnumber what a small
 * memory holds, and are found by what is still known here.
 */
export const knownLimitBytesOf = ({ MEMORY_TIER_MEGABYTES }: Pick<Environment, 'MEMORY_TIER_MEGABYTES'>): number =>
  Math.max(MEMORY_TIER_MEGABYTES / 4, KNOWN_MEGABYTES) * 1024 * 1024;
