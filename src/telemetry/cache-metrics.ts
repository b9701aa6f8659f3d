import type { Registry } from 'prom-client';
import { createTally } from './tally.ts';
import { watchGauge } from './watch-gauge.ts';

/** Counts what the response cache does; fits its `observe`. */
export interface CacheMetrics {
  served(state: string, tier: string | null): void;
  filled(outcome: string): void;
  evicted(cause: string): void;
  remade(isSame: boolean): void;
  /** Shows the fills that run, as they are when the figures are read. */
  watchJobs(count: () => number): void;
}

/** Figures of the response cache on `registry`. */
export const createCacheMetrics = (registry: Registry): CacheMetrics => {
  const tally = (name: string, help: string, labelNames: readonly [string, string?]) =>
    createTally(registry, { name, help, labelNames });
  const served = tally('masthead_cache_served_total', 'Answers by state and by the tier they were found in.', [
    'state',
    'tier',
  ]);
  const filled = tally('masthead_cache_fills_total', 'Fills by outcome: kept, unkept, overtaken, failed.', ['outcome']);
  const evicted = tally('masthead_cache_evictions_total', 'Answers let go, by cause.', ['cause']);
  const remade = tally(
    'masthead_cache_remade_total',
    'Answers that a change had ended and that were made again: same bytes (ended for nothing), or others.',
    ['bytes'],
  );
  return {
    served: (state, tier) => served(state, tier ?? 'none'),
    filled: (outcome) => filled(outcome),
    evicted: (cause) => evicted(cause),
    remade: (isSame) => remade(isSame ? 'same' : 'other'),
    watchJobs(count) {
      watchGauge(registry, 'masthead_cache_fills_running', 'Fills that run.', count);
    },
  };
};
