import { Counter, Gauge, type Registry } from 'prom-client';
import { createQuickHistogram } from './quick-histogram.ts';
import { createTally } from './tally.ts';

/** Counts what happens between this process and one store. */
export interface StoreSeries {
  called(outcome: string, milliseconds: number): void;
  refused(reason: string): void;
  retried(): void;
  stateChanged(isWell: boolean): void;
}

/** Figures of stores, a series for each by its configured name. */
export interface StoreMetrics {
  /** Begins the series of `store`, which is well; `load` is asked when the figures are read. */
  add(store: string, load: () => { readonly running: number; readonly waiting: number }): StoreSeries;
}

/** Registered once per gateway. */
export const createStoreMetrics = (registry: Registry): StoreMetrics => {
  const registers = [registry];
  const labelNames = ['store'] as const;
  const loads = new Map<string, () => { readonly running: number; readonly waiting: number }>();
  const calls = createTally(registry, {
    name: 'masthead_store_calls_total',
    help: 'Calls to a store by outcome: answered; late, unreachable, busy, broken, oversize, contract, failed, abandoned; open, full (not made).',
    labelNames: ['store', 'outcome'],
  });
  const seconds = createQuickHistogram(registry, {
    name: 'masthead_store_call_seconds',
    help: 'How long calls to a store took, however they ended.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  const retries = new Counter({
    name: 'masthead_store_retries_total',
    help: 'Calls to a store that were made once more.',
    labelNames,
    registers,
  });
  const up = new Gauge({
    name: 'masthead_store_up',
    help: '1 while a store is asked, 0 while its breaker is open.',
    labelNames,
    registers,
  });
  const changes = new Counter({
    name: 'masthead_store_state_changes_total',
    help: 'Times a store became sick (down), or well again (up).',
    labelNames: ['store', 'state'],
    registers,
  });
  const watch = (name: string, help: string, pick: 'running' | 'waiting'): void => {
    const gauge: Gauge<'store'> = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: () => loads.forEach((load, store) => gauge.set({ store }, load()[pick])),
    });
  };
  watch('masthead_store_calls_running', 'Calls to a store that run.', 'running');
  watch('masthead_store_calls_waiting', 'Calls to a store that wait for others to end.', 'waiting');
  return {
    add(store, load) {
      loads.set(store, load);
      up.set({ store }, 1);
      const timer = seconds.add({ store });
      return {
        called(outcome, milliseconds) {
          calls(store, outcome);
          timer.observe(milliseconds / 1000);
        },
        refused: (reason) => calls(store, reason),
        retried: () => retries.inc({ store }),
        stateChanged(isWell) {
          up.set({ store }, isWell ? 1 : 0);
          changes.inc({ store, state: isWell ? 'up' : 'down' });
        },
      };
    },
  };
};
