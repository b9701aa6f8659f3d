import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createHoleFiller } from './cache/fill-holes.ts';
import type { Changes } from './changes/changes.ts';
import type { Config } from './config/load.ts';
import { processNameOf } from './config/process-name-of.ts';
import type { Database } from './database/database.ts';
import { listen } from './http/listen.ts';
import type { PartState } from './http/part-state.ts';
import { createMetricsServer, createServer } from './http/server.ts';
import { createIntake } from './ingest/intake.ts';
import type { IndexKeeper } from './ingest/index/index-keeper.ts';
import type { Scheduler } from './ingest/schedule/scheduler.ts';
import { createCounters } from './stores/counters.ts';
import { createChangeMetrics } from './telemetry/change-metrics.ts';
import { createLogger } from './telemetry/logger.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { admitPartners } from './wiring/admit-partners.ts';
import { countEngagement } from './wiring/count-engagement.ts';
import { createAnswering, keyPartsOf } from './wiring/create-answering.ts';
import { followChanges } from './wiring/follow-changes.ts';
import { holdBudgets } from './wiring/hold-budgets.ts';
import { keepAnswers } from './wiring/keep-answers.ts';
import { keepEntities } from './wiring/keep-entities.ts';
import { keepTime } from './wiring/keep-time.ts';
import { knownLimitBytesOf } from './wiring/known-limit-bytes-of.ts';
import { openStores } from './wiring/open-stores.ts';
import type { Parts } from './wiring/parts.ts';
import { probeAnswers } from './wiring/probe-answers.ts';
import { publishDocuments } from './wiring/publish-documents.ts';
import { purgeCdn } from './wiring/purge-cdn.ts';
import { shareAnswers } from './wiring/share-answers.ts';
import { syndicate } from './wiring/syndicate.ts';
import { watchHealth } from './wiring/watch-health.ts';

export interface App {
  readonly server: FastifyInstance;
  readonly changes: Changes;
  readonly scheduler: Scheduler;
  /** What keeps the indexes of stores that are indexed, by their names. */
  readonly keepers: ReadonlyMap<string, IndexKeeper>;
  /** Follows the change log and listens; gives the port. */
  start(): Promise<number>;
  /** In reverse: refuses new requests, finishes the open ones within the bound, then lets go of the log. */
  close(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '..');

/** Builds the whole gateway over an open, migrated `database`. No file below this floor constructs what it depends on. */
export const createApp = async (config: Config, database: Database, swap: Partial<Parts> = {}): Promise<App> => {
  const { environment } = config;
  const logger = swap.logger ?? createLogger(environment.LOG_LEVEL, processNameOf(environment));
  const metrics = swap.metrics ?? createMetrics();
  const { clock, scheduler, onClock } = keepTime({ database, clock: swap.clock, logger, metrics });
  const logDatabase = swap.logDatabase ?? database;
  const stores = openStores({ config, database, hookDatabase: logDatabase, swap, clock, logger, metrics });

  const patience = swap.redisPatience;
  const counting = await countEngagement({
    environment,
    database,
    storesOf: stores.storesOf,
    databaseOf: stores.databaseOf,
    upstream: stores.upstream,
    clock,
    patience,
    logger,
    metrics,
  });
  const { storesOf, desk } = counting;

  const keyParts = keyPartsOf(config, swap.release);
  const changes = followChanges({ database: logDatabase, clock, environment, logger, metrics, onClock });
  const { follower } = changes;
  const cdn = purgeCdn({ config, database: logDatabase, changes, clock, keyParts, logger, metrics });
  const knownLimitBytes = knownLimitBytesOf(environment);
  const shared = shareAnswers({ config, clock, keyParts, patience, headsLimitBytes: knownLimitBytes, logger, metrics });
  const cache = keepAnswers({
    follower,
    clock,
    environment,
    limitBytes: swap.answersLimitBytes,
    logger,
    metrics,
    ...(shared === undefined ? {} : { shared: shared.tier }),
  });
  const counters = createCounters({
    storesOf,
    clock,
    onFailure: (error) => logger.warn({ error }, 'counters could not be read: those last known are shown'),
  });
  const admission = admitPartners({ config, database: logDatabase, clock, logger, metrics, swap });
  const residentStoresOf = keepEntities({ storesOf, follower, environment, metrics });
  const told = { clock, logger, metrics, deliveries: admission.deliveries };
  const common = { config, database: logDatabase, ...told };
  const syndication = syndicate({ ...common, changes, storesOf, residentStoresOf, counters });
  const { deltas } = syndication;
  const budgets = await holdBudgets({ environment, database: logDatabase, clock, patience, logger, metrics });
  const probe = probeAnswers({ changes, environment, logger, metrics });
  const answering = await createAnswering({
    config,
    storesOf,
    residentStoresOf,
    follower,
    clock,
    counters,
    cache,
    desk,
    deltas,
    keyParts,
    probe,
    standingOf: budgets.standingOf,
  });

  const redisState = (): Record<string, PartState> =>
    shared === undefined ? {} : { redis: shared.isUp() ? 'ok' : 'failed' };
  const health = watchHealth({ database, follower, parts: [stores.states, counting.states, redisState] });
  const server = await createServer({
    graphql: {
      service: answering.service,
      callerOf: admission.callerOf,
      till: budgets.till,
      holes: createHoleFiller({ counters, clock, waitMs: swap.countersWaitMs }),
      ...told,
      clientMaxAgeSeconds: environment.CLIENT_MAX_AGE_SECONDS,
      cdnHeadersOf: cdn?.headersOf,
      upstream: stores.upstream,
      adminToken: environment.ADMIN_TOKEN,
    },
    documents: publishDocuments({ ...common, storesOf: residentStoresOf, follower, counters, cache, keyParts }),
    cache,
    requestsLimitBytes: knownLimitBytes,
    isLookDue: probe.isDue,
    accessLogSample: environment.ACCESS_LOG_SAMPLE,
    health,
    changes: {
      changes: { append: changes.append, acknowledge: cdn?.acknowledge ?? changes.acknowledge },
      // Not behind readers: a takedown is looked up first.
      intake: createIntake(logDatabase),
      hooks: stores.hooks,
      editions: config.editions.map(({ code }) => code),
      metrics: createChangeMetrics(metrics.registry),
    },
    deltas: { deltas, clock, callerOf: admission.callerOf, editions: config.editions.map(({ code }) => code) },
    metrics,
    logger,
    adminToken: environment.ADMIN_TOKEN,
    corsOrigins: environment.CORS_ORIGINS,
    trustProxyHops: environment.TRUST_PROXY,
    bodyLimitBytes: environment.BODY_MAX_KILOBYTES * 1024,
    playgroundDirectory: resolve(ROOT, 'dist/playground'),
    mediaDirectory: swap.mediaDirectory,
  });
  const metricsServer = environment.METRICS_PORT === undefined ? undefined : await createMetricsServer(metrics, logger);

  return {
    server,
    changes,
    scheduler,
    keepers: stores.keepers,
    async start() {
      // Before answers kept elsewhere are trusted: what happened in other databases meanwhile stands behind it in the log.
      await stores.catchUp();
      await changes.start();
      await admission.start();
      // There or not, it is known by then, within a second.
      await Promise.all([shared?.settled, counting.settled, budgets.settled]);
      await cdn?.start();
      health.catchUp();
      scheduler.start();
      stores.start();
      syndication.start();
      // Never shared with other processes. First: whoever sees the port open may count on all the rest.
      const metricsAddress = { port: environment.METRICS_PORT ?? 0, host: environment.HOST ?? '127.0.0.1' };
      await metricsServer?.listen({ ...metricsAddress, exclusive: true });
      return listen(server, environment.PORT, environment.HOST);
    },
    async close() {
      health.drain();
      const bound = setTimeout(() => {
        server.server.closeAllConnections();
        metricsServer?.server.closeAllConnections();
      }, environment.SHUTDOWN_SECONDS * 1000);
      await server.close();
      await metricsServer?.close();
      clearTimeout(bound);
      await answering.stop();
      await counting.close();
      await Promise.all([admission.close(), budgets.close()]);
      shared?.close();
      await scheduler.close();
      await syndication.close();
      await cdn?.close();
      await stores.close();
      await changes.close();
    },
  };
};
