import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { FAULTS, GatewayError, type FaultCode } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { finishHandlers } from './finish-handlers.ts';
import type { FrontDoor } from './front-door.ts';
import type { Way } from './front-door-visit.ts';
import { sendProblem } from './problem.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { pickRequestId } from './request-id.ts';
import { trackConnections } from './track-connections.ts';
import { createWholeRequests } from './whole-requests.ts';

/** A request must have arrived whole by then; Node looks every `connectionsCheckingInterval`. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What hangs at a store keeps no process from stopping. */
const LAST_HANDLERS_MS = 2_000;

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
  /** Is shown every request before the router; absent: all of them are the router's. */
  readonly frontDoor?: Pick<FrontDoor, 'answerPiece' | 'receive'>;
}

/** A server without routes, which gives every request its id and every failure its shape and a code. */
export const createBaseServer = ({ logger, frontDoor, ...options }: BaseServerOptions): FastifyInstance => {
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

  const connections = trackConnections();
  const wholeRequests = createWholeRequests();
  /** As Fastify makes it, with a place before the router. */
  const serverFactory = (route: RequestListener, { keepAliveTimeout }: FastifyServerOptions): Server => {
    const handOn: RequestListener = (request, response) => {
      connections.begin(request, response);
      route(request, response);
    };
    const way: Way = { ...connections, handOn, route, pieceOf: wholeRequests.pieceOf };
    // Whatever NODE_OPTIONS say: who reads requests leniently reads others than the proxy in front.
    const server = createServer(
      { connectionsCheckingInterval: 1_000, insecureHTTPParser: false },
      (request, response) => {
        wholeRequests.begin(request, response);
        if (frontDoor === undefined || connections.isDraining()) handOn(request, response);
        else frontDoor.receive(request, response, way);
      },
    );
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout;
    connections.watch(server);
    if (frontDoor !== undefined)
      wholeRequests.watch(server, (piece, socket) => {
        const answered = !connections.isDraining() && frontDoor.answerPiece(piece, socket);
        if (typeof answered !== 'boolean') connections.hold(socket, answered);
        return answered;
      });
    return server;
  };

  const app = fastify({
    ...options,
    logger: false,
    serverFactory,
    forceCloseConnections: 'idle',
    // Fastify's own refusal has no code: whoever drains refuses in a hook.
    return503OnClosing: false,
    genReqId: pickRequestId,
    clientErrorHandler: refuseUnreadable,
    // An address that cannot be routed meets no hook.
    frameworkErrors: (error, request, reply) =>
      void sendError(error, request, reply.header('x-request-id', request.id) as FastifyReply),
  });
  app.addHook('preClose', () => connections.drain());
  finishHandlers(app, LAST_HANDLERS_MS);
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
