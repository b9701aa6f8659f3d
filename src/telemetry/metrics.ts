import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { createRequestSeconds, type RequestSeconds } from './request-seconds.ts';
import { createTally, type Tally } from './tally.ts';
import { watchGauge } from './watch-gauge.ts';

/** The gateway's own figures, as Prometheus reads them. Labels are bounded: never a query, a slug or a key. */
export interface Metrics {
  readonly registry: Registry;
  readonly requestSeconds: RequestSeconds;
  /** Counts an answer by what the response cache did for it. */
  readonly cacheAnswers: Tally;
  readonly statements: Counter;
  readonly faults: Counter<'code' | 'store'>;
  readonly appliedSequence: Gauge;
  /** Shows what the response cache holds, as it is when the figures are read. */
  watchCache(size: () => { readonly bytes: number; readonly entries: number }): void;
}

/** One registry per gateway, so that two in one process (tests) do not share figures. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'masthead_' });
  return {
    registry,
    requestSeconds: createRequestSeconds(registry),
    cacheAnswers: createTally(registry, {
      name: 'masthead_cache_answers_total',
      help: 'Answers by what the response cache did: hit, joined, filled, bypass.',
      labelNames: ['state'],
    }),
    statements: new Counter({ name: 'masthead_sql_statements_total', help: 'SQL statements sent.', registers }),
    faults: new Counter({
      name: 'masthead_faults_total',
      help: 'Errors in answers, by code and, for a store, its name.',
      labelNames: ['code', 'store'],
      registers,
    }),
    appliedSequence: new Gauge({
      name: 'masthead_changes_applied_sequence',
      help: 'Last change this process has taken in.',
      registers,
    }),
    watchCache(size) {
      const help = 'Bytes of the answers kept, by the bound they count against.';
      watchGauge(registry, 'masthead_cache_bytes', help, () => size().bytes);
      watchGauge(registry, 'masthead_cache_entries', 'Answers kept.', () => size().entries);
    },
  };
};
