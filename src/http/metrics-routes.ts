import type { FastifyPluginAsync } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import { requireAdmin } from './require-admin.ts';

export interface MetricsRoutes {
  readonly metrics: Metrics;
  /** The bearer token that may read; undefined: nobody may; null: anybody, on a port of its own. */
  readonly token: string | null | undefined;
}

/** GET /metrics, as Prometheus reads it. */
export const metricsRoutes: FastifyPluginAsync<MetricsRoutes> = async (app, { metrics, token }) => {
  app.get('/metrics', async (request, reply) => {
    if (token !== null) requireAdmin(request, reply, token);
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
};
