import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { cacheKey } from './cache/cache-key.ts';
import { createResponseCache } from './cache/response-cache.ts';
import { createChanges, type Changes } from './changes/changes.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config/load.ts';
import { readRelease } from './config/read-release.ts';
import { createLocator } from './content/addresses.ts';
import type { Database } from './database/database.ts';
import { createApolloExecutor } from './graphql/apollo.ts';
import { createDocuments } from './graphql/documents.ts';
import { createGraphqlService, type GraphqlServiceOptions } from './graphql/graphql-service.ts';
import { createSchema, readSchemaText } from './graphql/schema.ts';
import { createMetricsServer, createServer } from './http/server.ts';
import { createLoaders } from './loaders/loaders.ts';
import { createRecorder } from './loaders/recorder.ts';
import { createPostgresStores } from './stores/postgres/postgres-stores.ts';
import { routeByEdition, type StoresOf } from './stores/federated/route-by-edition.ts';
import { createLogger, type Logger } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import type { Editions } from '../resolvers/context.ts';

/** What a deployment chooses by configuration, and a test by hand. */
export interface Parts {
  readonly clock: Clock;
  /**
   * Where the change log is read and relayed; default: the database. On a pool it has a connection of its own: queueing
   * behind readers it would be late, nothing kept would be trusted, and every hit would become one more reader.
   */
  readonly logDatabase: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Who holds an edition's content; default: the database. */
  readonly storesOf: StoresOf;
  /** Pictures served under `/media/`. */
  readonly mediaDirectory: string;
}

export interface App {
  readonly server: FastifyInstance;
  readonly changes: Changes;
  /** Follows the change log and listens; gives the port. */
  start(): Promise<number>;
  /** In reverse: refuses new requests, finishes the open ones within the bound, then lets go of the log. */
  close(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '..');

const createEditions = ({ editions }: Config): Editions => ({
  all: editions,
  get: (code) => editions.find((edition) => edition.code === code),
  locate: createLocator(editions),
});

/** Builds the whole gateway over an open, migrated `database`. No file below this one constructs what it depends on. */
export const createApp = async (config: Config, database: Database, swap: Partial<Parts> = {}): Promise<App> => {
  const { environment, publicUrl } = config;
  const clock = swap.clock ?? systemClock;
  const logger = swap.logger ?? createLogger(environment.LOG_LEVEL);
  const metrics = swap.metrics ?? createMetrics();
  const storesOf =
    swap.storesOf ??
    routeByEdition([{ editions: config.editions.map(({ code }) => code), stores: createPostgresStores(database) }]);

  let isLogRead = true;
  const changes = createChanges({
    database: swap.logDatabase ?? database,
    onFailure: (error) => {
      if (isLogRead) logger.error({ error }, 'the change log cannot be read: nothing kept is trusted');
      isLogRead = false;
    },
    onApplied: (sequence) => {
      if (!isLogRead) logger.info({ sequence }, 'the change log is read again');
      isLogRead = true;
      metrics.appliedSequence.set(sequence);
    },
  });
  const { follower } = changes;
  const cache = createResponseCache({
    follower,
    clock,
    limitBytes: environment.MEMORY_TIER_MEGABYTES * 1024 * 1024,
  });

  metrics.watchCache(cache.size);

  const editions = createEditions(config);
  const createContext: GraphqlServiceOptions['createContext'] = (now, _caller, signal) => {
    const recorder = createRecorder();
    const loaders = createLoaders({ storesOf, signal }, recorder, { now });
    return {
      context: {
        loaders,
        recorder,
        editions,
        now,
        publicUrl,
        countEngagement: (id, edition, kind) => storesOf(edition).engagement.record(id, kind, now),
      },
      record: () => ({
        tags: [...recorder.tags],
        boundaryAt: recorder.boundaryAt(),
        languages: [...recorder.languages],
        isComplete: recorder.isComplete(),
      }),
    };
  };

  const schema = createSchema();
  const documents = createDocuments(schema, {
    tokens: environment.QUERY_MAX_TOKENS,
    depth: environment.QUERY_MAX_DEPTH,
    introspectionDepth: INTROSPECTION_MAX_DEPTH,
    aliases: environment.QUERY_MAX_ALIASES,
    rootFields: environment.QUERY_MAX_ROOT_FIELDS,
    directives: environment.QUERY_MAX_DIRECTIVES,
    cost: environment.QUERY_MAX_COST,
  });
  // Apollo wraps the resolvers of the schema it is handed, so it gets one of its own.
  const executor = await createApolloExecutor(createSchema());
  const service = createGraphqlService({
    documents,
    executor,
    cache,
    follower,
    clock,
    keyParts: [readRelease(), cacheKey([readSchemaText()]), cacheKey([publicUrl, JSON.stringify(config.editions)])],
    operationTimeoutMs: environment.OPERATION_TIMEOUT_MS,
    createContext,
  });

  let isDraining = false;
  let hasCaughtUp = false;
  const server = await createServer({
    graphql: { service, clock, logger, metrics, clientMaxAgeSeconds: environment.CLIENT_MAX_AGE_SECONDS },
    health: {
      hasCaughtUp: () => hasCaughtUp,
      isDraining: () => isDraining,
      storeStates: () => ({ [database.kind]: isLogRead && follower.isTrusted() ? 'ok' : 'failed' }),
    },
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
    async start() {
      await changes.start();
      hasCaughtUp = true;
      const address = await listen(server, environment.PORT, environment.HOST);
      await metricsServer?.listen({ port: environment.METRICS_PORT ?? 0, host: environment.HOST ?? '127.0.0.1' });
      return address;
    },
    async close() {
      isDraining = true;
      const bound = setTimeout(() => {
        server.server.closeAllConnections();
        metricsServer?.server.closeAllConnections();
      }, environment.SHUTDOWN_SECONDS * 1000);
      await server.close();
      await metricsServer?.close();
      clearTimeout(bound);
      await executor.stop();
      await changes.close();
    },
  };
};

/** The standard introspection query is 15 deep, and GraphiQL needs it. */
const INTROSPECTION_MAX_DEPTH = 16;

/** Listens on `host`, or on every address: IPv6 with IPv4 where the machine has both. */
const listen = async (server: FastifyInstance, port: number, host: string | undefined): Promise<number> => {
  try {
    await server.listen({ port, host: host ?? '::' });
  } catch (error) {
    if (host !== undefined || (error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') throw error;
    await server.listen({ port, host: '0.0.0.0' });
  }
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};
