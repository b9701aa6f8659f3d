import type { Changes } from '../changes/changes.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { createAddressGuard } from '../outbound/address-guard.ts';
import { createGuardedHttpClient } from '../outbound/guarded-http-client.ts';
import { loadPartnerCaller } from '../partners/load-partner-caller.ts';
import type { Deliveries } from '../partners/deliveries/delivery.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { ReadDeltas } from '../syndication/deltas/deltas.ts';
import type { Settled, Tried } from '../syndication/webhooks/delivery-results.ts';
import type { Endpoint } from '../syndication/webhooks/endpoint.ts';
import { loadSecrets } from '../syndication/webhooks/endpoint-register.ts';
import { givenBy } from '../syndication/webhooks/given-by.ts';
import { loadWebhookFigures } from '../syndication/webhooks/webhook-figures.ts';
import { createWebhookSender } from '../syndication/webhooks/webhook-sender.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createWebhookMetrics, type WebhookMetrics } from '../telemetry/webhook-metrics.ts';
import { describeArticle } from './describe-article.ts';

export interface SendWebhooksOptions {
  readonly config: Config;
  /** Not behind readers: a partner whose keys were revoked is looked up here. */
  readonly database: Database;
  readonly clock: Clock;
  readonly changes: Pick<Changes, 'follower'>;
  readonly deltas: ReadDeltas;
  /** As they are, with nothing that is kept of them. */
  readonly storesOf: StoresOf;
  readonly counters: Counters;
  /** Told of what partners are given. */
  readonly deliveries: Deliveries;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Partners are told of changes. */
export interface Webhooks {
  start(): void;
  close(): Promise<void>;
}

/** How soon after it was applied a change is noticed here. */
const NOTICE_MS = 100;
const FIGURES_EVERY_MS = 10_000;
/** Without a failure for so long it is well again. */
const QUIET_MS = 10_000;

/** What is said of a round of tries: by the endpoint's id, neither its address nor what was sent. */
const watchTries =
  (logger: Logger, { deliveries }: WebhookMetrics) =>
  (endpoint: Endpoint, tries: readonly Tried[], { decisions, disabled }: Settled): void => {
    const { id, partnerId: partner } = endpoint;
    for (const [index, { outcome, delivery }] of tries.entries()) {
      deliveries.inc({ outcome: outcome.is });
      const { id: change, articleId: article } = delivery.change;
      if (decisions[index] === 'abandoned') {
        deliveries.inc({ outcome: 'abandoned' });
        logger.error(
          { endpoint: id, partner, change, article },
          'a webhook was refused for three days: it is given up',
        );
      }
      if (outcome.is === 'unanswered' && endpoint.failures === 0)
        logger.warn({ endpoint: id, partner, why: outcome.why }, 'an endpoint gives no answer: it is tried again');
    }
    if (endpoint.failures > 0 && tries.some(({ outcome }) => outcome.is !== 'unanswered'))
      logger.info({ endpoint: id, partner }, 'an endpoint answers again');
    if (disabled !== null)
      logger.error(
        { endpoint: id, partner, reason: disabled },
        'an endpoint is disabled: its partner is told nothing more',
      );
  };

const watchFigures = ({ database, clock }: SendWebhooksOptions, metrics: WebhookMetrics): (() => Promise<void>) => {
  let readAt = -Infinity;
  return async () => {
    if (performance.now() - readAt < FIGURES_EVERY_MS) return;
    readAt = performance.now();
    const { waiting, lagSeconds, live, failing, disabled } = await loadWebhookFigures(database, clock.now());
    metrics.waiting.set(waiting);
    metrics.lagSeconds.set(lagSeconds);
    for (const [state, count] of Object.entries({ live, failing, disabled })) metrics.endpoints.set({ state }, count);
  };
};

/** The sender of this process; that it fails, and that it does not any more, is logged once. */
export const sendWebhooks = (options: SendWebhooksOptions): Webhooks => {
  const { config, database, clock, changes, deltas, storesOf, counters, deliveries, logger, metrics } = options;
  const { follower } = changes;
  const figures = createWebhookMetrics(metrics.registry);
  const refreshFigures = watchFigures(options, figures);
  const watchTried = watchTries(logger, figures);
  let isFailing = false;
  let failedAt = 0;
  const sender = createWebhookSender({
    database,
    clock,
    http: createGuardedHttpClient({ guard: createAddressGuard(config.environment.WEBHOOK_ALLOW_NETWORKS) }),
    isReady: follower.isTrusted,
    readChanges: deltas,
    callerOf: (partnerId) => loadPartnerCaller(database, partnerId, clock.now()),
    describe: describeArticle({ config, storesOf, follower, counters }),
    secretsOf: (id, now) => loadSecrets(database, id, now),
    onSent({ partnerId }, tries) {
      for (const manifest of givenBy(tries)) deliveries.given({ partnerId, manifest, via: 'webhook', at: clock.now() });
    },
    onTried: watchTried,
    onRestart: ({ id, partnerId: partner }) =>
      logger.warn(
        { endpoint: id, partner },
        'an endpoint was away for longer than changes are kept: it is told everything',
      ),
    onFailure: (error, endpoint) => {
      if (!isFailing) logger.error({ error, endpoint: endpoint?.id }, 'webhooks cannot be sent: they are tried again');
      isFailing = true;
      failedAt = performance.now();
    },
    async onLook() {
      await refreshFigures();
      if (!isFailing || performance.now() - failedAt < QUIET_MS) return;
      logger.info({}, 'webhooks are sent again');
      isFailing = false;
    },
  });

  let noticed = follower.applied();
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      sender.start();
      timer = setInterval(() => {
        const applied = follower.applied();
        if (applied === noticed) return;
        noticed = applied;
        sender.notice();
      }, NOTICE_MS);
    },
    async close() {
      clearInterval(timer);
      await sender.close();
    },
  };
};
