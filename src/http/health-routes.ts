import type { FastifyPluginAsync } from 'fastify';
import type { PartState } from './part-state.ts';

export interface HealthRoutes {
  /** False until the change log was read for the first time. */
  readonly hasCaughtUp: () => boolean;
  readonly isDraining: () => boolean;
  /** The change log could not be read for longer than anything may be answered without it. */
  readonly isLost: () => boolean;
  /** Every store by name; one that failed does not make the gateway unready. */
  readonly storeStates: () => Readonly<Record<string, PartState>>;
}

/** GET /healthz says that the process lives; GET /readyz whether it should be sent requests. */
export const healthRoutes: FastifyPluginAsync<HealthRoutes> = async (
  app,
  { hasCaughtUp, isDraining, isLost, storeStates },
) => {
  app.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'));

  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_, reply) => {
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    if (!hasCaughtUp()) return reply.code(503).send({ status: 'starting' });
    const stores = storeStates();
    if (isLost()) return reply.code(503).send({ status: 'lost', stores });
    const isWhole = Object.values(stores).every((state) => state === 'ok');
    return { status: isWhole ? 'ready' : 'degraded', stores };
  });
};
