import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { ResponseCache } from '../cache/response-cache.ts';
import { createAccessLog } from '../telemetry/access-log.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addressOf } from './address-of.ts';
import { changeRoutes, type ChangeRoutes } from './change-routes.ts';
import { createBaseServer } from './create-base-server.ts';
import { deltaRoutes, type DeltaRoutes } from './delta-routes.ts';
import { feedRoutes, type FeedRoutes } from './feed-routes.ts';
import { createFrontDoor } from './front-door.ts';
import { graphqlRoutes, type GraphqlRoutes } from './graphql-routes.ts';
import { healthRoutes, type HealthRoutes } from './health-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { playgroundRoutes } from './playground-routes.ts';
import { sendProblem } from './problem.ts';
import { sitemapRoutes, type SitemapRoutes } from './sitemap-routes.ts';

export interface ServerOptions {
  readonly graphql: Omit<GraphqlRoutes, 'learn'>;
  readonly documents: Pick<FeedRoutes, 'feeds'> & Pick<SitemapRoutes, 'sitemaps'>;
  /** Asked before the router. */
  readonly cache: Pick<ResponseCache, 'peek' | 'find'>;
  /** Bound of the requests remembered to be answered from there. */
  readonly requestsLimitBytes: number;
  /** Whether the probe wants to see a hit. */
  readonly isLookDue: () => boolean;
  /** One request in so many is logged at `info`; 0: none. */
  readonly accessLogSample: number;
  readonly health: HealthRoutes;
  readonly changes: Omit<ChangeRoutes, 'token' | 'logger'>;
  readonly deltas: DeltaRoutes;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly adminToken: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxyHops: number;
  readonly bodyLimitBytes: number;
  readonly playgroundDirectory: string;
  /** Absent: the gateway has no pictures of its own. */
  readonly mediaDirectory: string | undefined;
}

const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** What a page of another site may read of an answer. */
const EXPOSED_HEADERS =
  'ETag Age Cache-Status Content-Language Link RateLimit RateLimit-Policy Retry-After X-Request-Id'.split(' ');

/** The HTTP server with every route, not yet listening. */
export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const { logger, metrics, trustProxyHops } = options;
  const { chargeNow } = options.graphql.till;
  const isAnyOrigin = options.corsOrigins.includes('*');
  const accessLog = createAccessLog({ logger, sampleEvery: options.accessLogSample });
  const frontDoor = createFrontDoor({
    ...options.graphql,
    cache: options.cache,
    onAnswered: (answer) => {
      metrics.cacheAnswers('hit');
      metrics.requestSeconds.timerOf(answer.route, answer.status).observe(answer.milliseconds / 1000);
      accessLog.tell(() => {
        const { headers, socket, ...told } = answer;
        return { ...told, address: addressOf({ headers, socket }, trustProxyHops) };
      });
    },
    isDraining: options.health.isDraining,
    isLookDue: options.isLookDue,
    chargeNow: chargeNow && ((asked, price) => chargeNow(addressOf(asked, trustProxyHops) ?? '', price)),
    isOriginTold: !isAnyOrigin,
    limitBytes: options.requestsLimitBytes,
  });
  const app = createBaseServer({
    logger,
    frontDoor,
    bodyLimit: options.bodyLimitBytes,
    // Hop 0 is the connection itself: as many proxies as configured are believed, none beyond.
    trustProxy: (_, hop) => hop < trustProxyHops,
  });

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    metrics.requestSeconds.timerOf(route, status).observe(milliseconds / 1000);
    const { id: requestId, method } = request;
    accessLog.tell(() => ({ requestId, address: request.ip, method, route, status, milliseconds }));
  });

  await app.register(cors, {
    origin: isAnyOrigin ? '*' : [...options.corsOrigins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['Content-Type', 'Authorization', 'X-Api-Key', 'X-Request-Id', 'If-None-Match'],
    exposedHeaders: [...EXPOSED_HEADERS],
    credentials: false,
    // One that is no preflight gets the same answer: the plugin's refusal would have no code.
    strictPreflight: false,
    maxAge: 86_400,
  });

  app.addHook('onRequest', async (request, reply) => {
    // Sent on a connection that was open already; probes are still told how it stands.
    if (!options.health.isDraining() || PROBES.has(request.routeOptions.url ?? '')) return;
    const detail = 'The gateway is stopping: send the request again';
    return sendProblem(request, reply.header('retry-after', '1'), { code: 'INTERNAL', detail, status: 503 });
  });

  await app.register(graphqlRoutes, { ...options.graphql, learn: frontDoor.learn });
  await app.register(feedRoutes, { ...options.graphql, ...options.documents });
  await app.register(sitemapRoutes, { ...options.graphql, ...options.documents });
  await app.register(healthRoutes, options.health);
  await app.register(changeRoutes, { ...options.changes, token: options.adminToken, logger });
  await app.register(deltaRoutes, { ...options.deltas, till: options.graphql.till });
  await app.register(metricsRoutes, { metrics, token: options.adminToken });
  await app.register(playgroundRoutes, { assetsDirectory: options.playgroundDirectory });
  if (options.mediaDirectory !== undefined) await app.register(mediaRoutes, { directory: options.mediaDirectory });
  return app;
};

/** A server of nothing but /metrics, for a port that is not reachable from outside. */
export const createMetricsServer = async (metrics: Metrics, logger: Logger): Promise<FastifyInstance> => {
  const app = createBaseServer({ logger });
  await app.register(metricsRoutes, { metrics, token: null });
  return app;
};
