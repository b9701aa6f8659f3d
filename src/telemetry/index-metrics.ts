import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Figures of how the index of each store is kept. */
export interface IndexMetrics {
  readonly stories: Counter<'store' | 'reason' | 'outcome'>;
  readonly lagSeconds: Histogram<'store' | 'reason'>;
  readonly failures: Counter<'store' | 'work'>;
  readonly held: Counter<'store'>;
  readonly leftOut: Counter<'store'>;
  /** Shows how long ago a task was done, as it is when the figures are read; null: never yet. */
  watchTask(store: string, task: string, ageSeconds: () => number | null): void;
}

/** Registered once per gateway. */
export const createIndexMetrics = (registry: Registry): IndexMetrics => {
  const registers = [registry];
  const watched: { readonly store: string; readonly task: string; readonly ageSeconds: () => number | null }[] = [];
  const age: Gauge<'store' | 'task'> = new Gauge({
    name: 'masthead_index_task_age_seconds',
    help: 'Seconds since all of a store was swept or taken inventory of, by any process.',
    labelNames: ['store', 'task'],
    registers,
    collect: () => {
      for (const { store, task, ageSeconds } of watched) {
        const seconds = ageSeconds();
        if (seconds !== null) age.set({ store, task }, seconds);
      }
    },
  });
  return {
    stories: new Counter({
      name: 'masthead_index_stories_total',
      help: 'Stories looked at by this process: why (told, sweep, inventory, reader, again, taxonomy), and what was found.',
      labelNames: ['store', 'reason', 'outcome'],
      registers,
    }),
    lagSeconds: new Histogram({
      name: 'masthead_index_lag_seconds',
      help: 'Time from the save of a story, by the clock of its store, until the index knew it, by why it was looked at.',
      labelNames: ['store', 'reason'],
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600],
      registers,
    }),
    failures: new Counter({
      name: 'masthead_index_failures_total',
      help: 'Times that looks, a sweep or an inventory began to fail.',
      labelNames: ['store', 'work'],
      registers,
    }),
    held: new Counter({
      name: 'masthead_index_held_withdrawals_total',
      help: 'Withdrawals held back because too many stories were missing at once.',
      labelNames: ['store'],
      registers,
    }),
    leftOut: new Counter({
      name: 'masthead_index_left_out_total',
      help: 'Stories and terms of a store of which something could not be taken.',
      labelNames: ['store'],
      registers,
    }),
    watchTask: (store, task, ageSeconds) => void watched.push({ store, task, ageSeconds }),
  };
};
