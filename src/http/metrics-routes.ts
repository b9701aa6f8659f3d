import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { GatewayError } from '../errors.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface MetricsRoutes {
  readonly metrics: Metrics;
  /** The bearer token that may read; undefined: nobody may; null: anybody, on a port of its own. */
  readonly token: string | null | undefined;
}

/** Whether two secrets are equal, in a time that tells nothing: digests have one length. */
const isSame = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
};

/** GET /metrics, as Prometheus reads it. */
export const metricsRoutes: FastifyPluginAsync<MetricsRoutes> = async (app, { metrics, token }) => {
  app.get('/metrics', async (request, reply) => {
    if (token !== null) {
      const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || given === undefined || !isSame(given, token)) {
        reply.header('www-authenticate', 'Bearer');
        throw new GatewayError('UNAUTHENTICATED', 'Send the admin token: Authorization: Bearer ADMIN_TOKEN');
      }
    }
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
};
