import { Counter, Gauge, type Registry } from 'prom-client';
import { createQuickHistogram } from './quick-histogram.ts';

/** Counts what happens between this process and Redis. */
export interface RedisMetrics {
  called(operation: string, outcome: string, waitedMs: number): void;
  stateChanged(isUp: boolean): void;
  writesChanged(isTaking: boolean): void;
  /** An entry that was not kept or not used, by why. */
  refusedEntry(reason: string): void;
}

/** Figures of the Redis link and its tier on `registry`. Calls are counted in plain numbers and shown when read. */
export const createRedisMetrics = (registry: Registry): RedisMetrics => {
  const registers = [registry];
  const calls = new Map<string, Map<string, number>>();
  const counter: Counter<'operation' | 'outcome'> = new Counter({
    name: 'masthead_redis_calls_total',
    help: 'Calls to Redis by operation and outcome: answered, refused, late, lost, skipped (not sent: a miss at once).',
    labelNames: ['operation', 'outcome'],
    registers,
    collect() {
      counter.reset();
      for (const [operation, outcomes] of calls)
        for (const [outcome, count] of outcomes) counter.inc({ operation, outcome }, count);
    },
  });
  const waits = createQuickHistogram(registry, {
    name: 'masthead_redis_wait_seconds',
    help: 'How long requests waited for Redis to give an entry or a claim, or to be given up.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.015, 0.025, 0.04, 0.05, 0.1],
  }).add({});
  const up = new Gauge({
    name: 'masthead_redis_up',
    help: '1 while Redis is asked, 0 while the breaker is open and every read of it is a miss.',
    registers,
  });
  const writable = new Gauge({
    name: 'masthead_redis_writable',
    help: '0 while Redis refuses what is written to it: full, or read-only.',
    registers,
  });
  writable.set(1);
  const changes = new Counter({
    name: 'masthead_redis_state_changes_total',
    help: 'Times Redis was found away, or there again.',
    labelNames: ['state'],
    registers,
  });
  const refused = new Counter({
    name: 'masthead_redis_entries_refused_total',
    help: 'Entries not kept (oversize) or found and not usable (unreadable).',
    labelNames: ['reason'],
    registers,
  });
  return {
    called(operation, outcome, waitedMs) {
      let outcomes = calls.get(operation);
      if (outcomes === undefined) calls.set(operation, (outcomes = new Map()));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      // Nobody waits for the others.
      if (operation === 'get' || operation === 'claim') waits.observe(waitedMs / 1000);
    },
    stateChanged(isUp) {
      up.set(isUp ? 1 : 0);
      changes.inc({ state: isUp ? 'up' : 'down' });
    },
    writesChanged: (isTaking) => writable.set(isTaking ? 1 : 0),
    refusedEntry: (reason) => refused.inc({ reason }),
  };
};
