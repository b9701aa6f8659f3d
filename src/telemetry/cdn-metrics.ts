import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How purging a CDN goes. `pass`: first, confirm, late. */
export interface CdnMetrics {
  readonly purges: Counter<'pass' | 'outcome'>;
  readonly purgedKeys: Counter<'pass'>;
  readonly failures: Counter<'pass'>;
  readonly lagSequences: Gauge<'pass'>;
  readonly behindSeconds: Gauge<'pass'>;
  readonly confirmSeconds: Histogram;
}

/** The figures of the purger, in `registry`. */
export const createCdnMetrics = (registry: Registry): CdnMetrics => {
  const registers = [registry];
  return {
    purges: new Counter({
      name: 'masthead_cdn_purge_requests_total',
      help: 'Requests to the CDN, by pass and outcome: purged, failed.',
      labelNames: ['pass', 'outcome'],
      registers,
    }),
    purgedKeys: new Counter({
      name: 'masthead_cdn_purged_keys_total',
      help: 'Surrogate keys the CDN has confirmed.',
      labelNames: ['pass'],
      registers,
    }),
    failures: new Counter({
      name: 'masthead_cdn_pass_failures_total',
      help: 'Times a pass had to be tried again: the CDN, the log or the database failed.',
      labelNames: ['pass'],
      registers,
    }),
    lagSequences: new Gauge({
      name: 'masthead_cdn_lag_sequences',
      help: 'Changes in the log that this pass has not purged.',
      labelNames: ['pass'],
      registers,
    }),
    behindSeconds: new Gauge({
      name: 'masthead_cdn_behind_seconds',
      help: 'How long the oldest change that this pass has not purged stands in the log.',
      labelNames: ['pass'],
      registers,
    }),
    confirmSeconds: new Histogram({
      name: 'masthead_cdn_confirm_seconds',
      help: 'How long receipts waited for the CDN, those that gave up included.',
      buckets: [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5],
      registers,
    }),
  };
};
