import { Counter, Histogram, type Registry } from 'prom-client';
import { watchGauge } from './watch-gauge.ts';

/** Figures of what happens by the clock: what was announced and how late, what was removed, how well the time is known. */
export interface ScheduleMetrics {
  readonly announced: Counter<'kind'>;
  readonly lateSeconds: Histogram;
  readonly failures: Counter;
  readonly removed: Counter<'table'>;
  /** Shows how this process' clock stands to the database's, as it is when the figures are read. */
  watchClock(clock: { readonly skewMs: () => number; readonly uncertaintyMs: () => number }): void;
}

/** The figures, in `registry`. */
export const createScheduleMetrics = (registry: Registry): ScheduleMetrics => {
  const registers = [registry];
  return {
    announced: new Counter({
      name: 'masthead_schedule_announced_total',
      help: 'Changes that time made, announced by this process, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    lateSeconds: new Histogram({
      name: 'masthead_schedule_late_seconds',
      help: 'How long after its instant a change that time made was announced.',
      buckets: [0.05, 0.25, 1, 2, 5, 30, 300, 3600],
      registers,
    }),
    failures: new Counter({
      name: 'masthead_schedule_failures_total',
      help: 'Times the schedule could not be read any more.',
      registers,
    }),
    removed: new Counter({
      name: 'masthead_retention_removed_rows_total',
      help: 'Rows removed because nobody can ask for them any more, by table.',
      labelNames: ['table'],
      registers,
    }),
    watchClock({ skewMs, uncertaintyMs }) {
      watchGauge(
        registry,
        'masthead_clock_skew_seconds',
        "How far the machine's own clock was ahead of the database's at the last renewal.",
        () => skewMs() / 1000,
      );
      watchGauge(
        registry,
        'masthead_clock_uncertainty_seconds',
        "How far the gateway's clock may be behind the database's.",
        () => uncertaintyMs() / 1000,
      );
    },
  };
};
