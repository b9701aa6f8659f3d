import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How a request to record changes ended; `soft`: recorded, and nobody was waited for. */
export type ChangeOutcome = 'gone' | 'pending' | 'soft' | 'refused' | 'failed';

/** Figures of what publishing systems report, and of how long it takes until nobody answers from before it. */
export interface ChangeMetrics {
  readonly requests: Counter<'outcome'>;
  readonly acknowledgementSeconds: Histogram<'outcome'>;
  readonly waiting: Gauge;
  readonly pendingProcesses: Gauge;
}

/** Registered once per gateway. */
export const createChangeMetrics = (registry: Registry): ChangeMetrics => {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'masthead_change_requests_total',
      help: 'Requests to POST /changes by how they ended: gone, pending, soft, refused, failed.',
      labelNames: ['outcome'],
      registers,
    }),
    acknowledgementSeconds: new Histogram({
      name: 'masthead_change_acknowledgement_seconds',
      help: 'Time from recorded to acknowledged, by what was acknowledged: gone, pending, failed.',
      labelNames: ['outcome'],
      // Typical is under 10 ms; a process that hangs costs its lease, 2.25 s.
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5],
      registers,
    }),
    waiting: new Gauge({
      name: 'masthead_change_acknowledgements_waiting',
      help: 'Requests that are recorded and wait for other processes to take them in.',
      registers,
    }),
    pendingProcesses: new Gauge({
      name: 'masthead_change_pending_processes',
      help: 'Processes that may still have answered from before, as the latest acknowledgement said.',
      registers,
    }),
  };
};
