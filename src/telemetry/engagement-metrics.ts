import { Counter, type Registry } from 'prom-client';
import { createTally } from './tally.ts';
import { watchGauge } from './watch-gauge.ts';

/** Counts what happens to views and shares on their way to Redis. */
export interface EngagementMetrics {
  called(operation: string, outcome: string): void;
  /** So many were let go of. */
  dropped(events: number): void;
  /** Shows how many wait. */
  watchWaiting(count: () => number): void;
}

/** Figures of counting on `registry`. */
export const createEngagementMetrics = (registry: Registry): EngagementMetrics => {
  const registers = [registry];
  const calls = createTally(registry, {
    name: 'masthead_engagement_calls_total',
    help: 'Calls to Redis for counters by operation and outcome: answered, refused, late, lost, skipped.',
    labelNames: ['operation', 'outcome'],
  });
  const dropped = new Counter({
    name: 'masthead_engagement_dropped_total',
    help: 'Views and shares that were not counted: too many were waiting for Redis.',
    registers,
  });
  return {
    called: (operation, outcome) => calls(operation, outcome),
    dropped: (events) => dropped.inc(events),
    watchWaiting(count) {
      watchGauge(registry, 'masthead_engagement_waiting', 'Views and shares that wait for Redis.', count);
    },
  };
};
