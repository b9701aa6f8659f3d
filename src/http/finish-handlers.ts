import type { FastifyInstance } from 'fastify';
import { untilOr } from '../clock.ts';
import { createUnderWay } from '../content/under-way.ts';

/**
 * Has `app`, whose routes are still to come, wait at its end for handlers that are at work, `limitMs` at most. Fastify waits for
 * connections: what a client that went away had asked for is still being made when they are gone, and would meet stores that are closed.
 */
export const finishHandlers = (app: FastifyInstance, limitMs: number): void => {
  const underWay = createUnderWay();
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function handle(request, reply) {
      const answering = handler.call(this, request, reply);
      if (answering instanceof Promise) underWay.count(answering);
      return answering;
    };
  });
  app.addHook('onClose', () => untilOr(underWay.ended(), limitMs));
};
