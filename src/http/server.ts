import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { FAULTS, GatewayError, type FaultCode } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { graphqlRoutes, type GraphqlRoutes } from './graphql-routes.ts';
import { healthRoutes, type HealthRoutes } from './health-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { playgroundRoutes } from './playground-routes.ts';
import { sendProblem } from './problem.ts';

export interface ServerOptions {
  readonly graphql: GraphqlRoutes;
  readonly health: HealthRoutes;
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

/** A caller's own request id is kept when it is short and plain: it goes into logs. */
const REQUEST_ID_LIMIT = 100;
/** A request must have arrived whole by then; Node looks every `connectionsCheckingInterval`. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The code a failure of Fastify's own stands for. */
const codeOfStatus = (status: number): FaultCode => {
  if (status === 413) return 'PAYLOAD_TOO_LARGE';
  if (status === 404) return 'NOT_FOUND';
  return status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
};

/** The HTTP server with every route, not yet listening. */
export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const { logger, metrics } = options;
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { connectionsCheckingInterval: 1_000 },
    // Hop 0 is the connection itself: as many proxies as configured are believed, none beyond.
    trustProxy: (_, hop) => hop < options.trustProxyHops,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      const isUsable = typeof given === 'string' && given.length <= REQUEST_ID_LIMIT && /^[\w.:-]+$/.test(given);
      return isUsable ? given : randomUUID();
    },
  });

  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    metrics.requestSeconds.observe({ route, status: String(status) }, milliseconds / 1000);
    logger.debug({ requestId: request.id, method: request.method, route, status, milliseconds }, 'request');
  });

  app.setErrorHandler<FastifyError | GatewayError>((error, request, reply) => {
    if (error instanceof GatewayError) return sendProblem(reply, { code: error.code, detail: error.message });
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      logger.error({ requestId: request.id, error }, 'request failed');
      return sendProblem(reply, { code: 'INTERNAL', detail: 'Internal error' });
    }
    const code = codeOfStatus(status);
    return sendProblem(reply, {
      code,
      detail: error.message,
      status: code === 'BAD_REQUEST' ? status : FAULTS[code].status,
    });
  });
  app.setNotFoundHandler((_, reply) =>
    sendProblem(reply, { code: 'NOT_FOUND', detail: 'Nothing is served here: see /graphql, and / in a browser' }),
  );

  await app.register(cors, {
    origin: options.corsOrigins.includes('*') ? '*' : [...options.corsOrigins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['Content-Type', 'Authorization', 'X-Api-Key', 'X-Request-Id', 'If-None-Match'],
    exposedHeaders: ['ETag', 'Age', 'Cache-Status', 'Content-Language', 'X-Request-Id', 'Retry-After'],
    credentials: false,
    maxAge: 86_400,
  });
  await app.register(graphqlRoutes, options.graphql);
  await app.register(healthRoutes, options.health);
  await app.register(metricsRoutes, { metrics, token: options.adminToken });
  await app.register(playgroundRoutes, { assetsDirectory: options.playgroundDirectory });
  if (options.mediaDirectory !== undefined) await app.register(mediaRoutes, { directory: options.mediaDirectory });
  return app;
};

/** A server of nothing but /metrics, for a port that is not reachable from outside. */
export const createMetricsServer = async (metrics: Metrics): Promise<FastifyInstance> => {
  const app = fastify({ logger: false });
  await app.register(metricsRoutes, { metrics, token: null });
  return app;
};
