import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { FAULTS, GatewayError, type FaultCode } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { sendProblem } from './problem.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { trackConnections } from './track-connections.ts';

/** A caller's own request id is kept when it is short and plain: it goes into logs. */
const REQUEST_ID_LIMIT = 100;
/** A request must have arrived whole by then; Node looks every `connectionsCheckingInterval`. */
const REQUEST_TIMEOUT_MS = 30_000;

const pickRequestId = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  const isUsable = typeof given === 'string' && given.length <= REQUEST_ID_LIMIT && /^[\w.:-]+$/.test(given);
  return isUsable ? given : randomUUID();
};

/** The code a failure of Fastify's own, or of a plugin, stands for. */
const codeOfStatus = (status: number): FaultCode => {
  const plain = (['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'INTERNAL'] as const).find(
    (code) => FAULTS[code].status === status,
  );
  return plain ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
};

const isFastifys = ({ code = '' }: Partial<Pick<FastifyError, 'code'>>): boolean => code.startsWith('FST_');

export interface BaseServerOptions extends Pick<FastifyServerOptions, 'bodyLimit' | 'trustProxy'> {
  readonly logger: Logger;
}

/** A server without routes, which gives every request its id and every failure its shape and a code. */
export const createBaseServer = ({ logger, ...options }: BaseServerOptions): FastifyInstance => {
  const sendError = (
    error: FastifyError | GatewayError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply => {
    const status = error instanceof GatewayError ? error.status : (error.statusCode ?? 500);
    if (status >= 500) logger.error({ requestId: request.id, error }, 'request failed');
    if (error instanceof GatewayError)
      return sendProblem(request, reply, { code: error.code, detail: error.message, status });
    if (status >= 500) return sendProblem(request, reply, { code: 'INTERNAL', detail: 'Internal error' });
    // What a library says of itself may name a file; what Fastify says of a request is written to be seen.
    const detail = isFastifys(error) ? error.message : (STATUS_CODES[status] ?? 'Refused');
    return sendProblem(request, reply, { code: codeOfStatus(status), detail, status });
  };

  const app = fastify({
    ...options,
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    // Fastify's own refusal has no code: whoever drains refuses in a hook.
    return503OnClosing: false,
    genReqId: pickRequestId,
    clientErrorHandler: refuseUnreadable,
    // An address that cannot be routed meets no hook.
    frameworkErrors: (error, request, reply) =>
      void sendError(error, request, reply.header('x-request-id', request.id) as FastifyReply),
  });
  const connections = trackConnections(app.server);
  app.addHook('preClose', async () => connections.drain());
  app.addHook('onSend', async (request, reply) => {
    if (connections.endsAfter(request.raw)) reply.header('connection', 'close');
  });
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, {
      code: 'NOT_FOUND',
      detail: 'Nothing is served here: see /graphql, and / in a browser',
    }),
  );
  return app;
};
