import { Counter, Gauge, type Registry } from 'prom-client';

/** Counts what the response cache does; fits its `observe`. */
export interface CacheMetrics {
  served(state: string, tier: string | null): void;
  filled(outcome: string): void;
  evicted(cause: string): void;
  remade(isSame: boolean): void;
  /** Shows the fills that run, as they are when the figures are read. */
  watchJobs(count: () => number): void;
}

/** Figures of the response cache on `registry`. Counted in plain numbers, on a path that takes microseconds, and shown when read. */
export const createCacheMetrics = (registry: Registry): CacheMetrics => {
  const registers = [registry];
  /** A counter by labels, which its `count` moves; by one value after the other: to join them takes longer than to count. */
  const tally = (name: string, help: string, labelNames: readonly [string, string?]) => {
    const counts = new Map<string, Map<string, number>>();
    const [first, second] = labelNames;
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: second === undefined ? [first] : [first, second],
      registers,
      collect() {
        counter.reset();
        for (const [one, others] of counts)
          for (const [other, count] of others)
            counter.inc(second === undefined ? { [first]: one } : { [first]: one, [second]: other }, count);
      },
    });
    return (one: string, other = ''): void => {
      let others = counts.get(one);
      if (others === undefined) counts.set(one, (others = new Map()));
      others.set(other, (others.get(other) ?? 0) + 1);
    };
  };

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
      const gauge: Gauge = new Gauge({
        name: 'masthead_cache_fills_running',
        help: 'Fills that run.',
        registers,
        collect: () => gauge.set(count()),
      });
    },
  };
};
