import type { Instant } from '../../clock.ts';
import { HOUR_MS } from '../../content/counter.ts';

const KEEP_MS = 24 * HOUR_MS;

/**
 * The oldest boundary that is kept, in milliseconds since the epoch: readers ask for those ahead of their own instant,
 * and that is never a day behind `now`, as both are of the database's clock. Older ones are not written either: an
 * archive's instants of publication would be a row for each list of each article, all of them for housekeeping to
 * remove, and PostgreSQL's planner takes the index that stays, large and empty, for a dear one.
 */
export const oldestBoundary = (now: Instant): Instant => now - KEEP_MS;
