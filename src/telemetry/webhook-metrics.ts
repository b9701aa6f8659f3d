import { Counter, Gauge, type Registry } from 'prom-client';

/** How telling partners goes. */
export interface WebhookMetrics {
  readonly deliveries: Counter<'outcome'>;
  readonly waiting: Gauge;
  readonly lagSeconds: Gauge;
  readonly endpoints: Gauge<'state'>;
}

/** The figures of webhooks, in `registry`. No label names a partner or an address. */
export const createWebhookMetrics = (registry: Registry): WebhookMetrics => {
  const registers = [registry];
  return {
    deliveries: new Counter({
      name: 'masthead_webhook_deliveries_total',
      help: 'Tries to deliver a message, by outcome: delivered, rejected, unanswered, gone; and messages given up: abandoned.',
      labelNames: ['outcome'],
      registers,
    }),
    waiting: new Gauge({
      name: 'masthead_webhook_waiting',
      help: 'Messages that wait, over all endpoints that are live; as of the last look, the same in every process.',
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'masthead_webhook_lag_seconds',
      help: 'How long the oldest of them has waited.',
      registers,
    }),
    endpoints: new Gauge({
      name: 'masthead_webhook_endpoints',
      help: 'Endpoints by state: live, failing (it gave no answer last), disabled.',
      labelNames: ['state'],
      registers,
    }),
  };
};
