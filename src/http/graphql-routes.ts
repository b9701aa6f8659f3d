import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Clock } from '../clock.ts';
import { ANONYMOUS } from '../content/caller.ts';
import { FAULTS, GatewayError, type FaultCode } from '../errors.ts';
import type { MediaType } from '../graphql/apollo.ts';
import type { OperationRequest } from '../graphql/documents.ts';
import { codeOf, formatError, storeOf } from '../graphql/format-error.ts';
import type { GraphqlService } from '../graphql/graphql-service.ts';
import { RequestFailure } from '../graphql/request-failure.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { parseGetRequest, parseJsonBody, parsePostRequest } from './graphql-request.ts';
import { negotiateMediaType } from './negotiate.ts';
import { sendEntry } from './send-entry.ts';

export interface GraphqlRoutes {
  readonly service: GraphqlService;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clientMaxAgeSeconds: number;
}

/** Refused for what the document says: with the older media type these are results, and a result is 200. */
const RESULTS_IN_JSON: ReadonlySet<FaultCode> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** GET and POST /graphql. Encapsulated: its JSON parser is its own. */
export const graphqlRoutes: FastifyPluginAsync<GraphqlRoutes> = async (
  app,
  { service, clock, logger, metrics, clientMaxAgeSeconds },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, bytes: Buffer) =>
    parseJsonBody(bytes),
  );

  const sendErrors = (
    reply: FastifyReply,
    status: number,
    mediaType: MediaType,
    errors: readonly GraphQLError[],
  ): FastifyReply =>
    reply
      .code(status)
      .header('cache-control', 'no-store')
      .header('vary', 'Accept, Accept-Encoding')
      .type(`${mediaType}; charset=utf-8`)
      .send(JSON.stringify({ errors: errors.map(formatError) }));

  const countFault = (error: unknown): void => metrics.faults.inc({ code: codeOf(error), store: storeOf(error) });

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    read: (request: FastifyRequest) => OperationRequest,
  ): Promise<FastifyReply> => {
    const mediaType = negotiateMediaType(request);
    if (mediaType === undefined)
      return sendErrors(reply, 406, 'application/json', [
        new GraphQLError('Accept must allow application/json or application/graphql-response+json', {
          originalError: new GatewayError(
            'BAD_REQUEST',
            'Accept must allow application/json or application/graphql-response+json',
          ),
        }),
      ]);
    try {
      const operation = read(request);
      const prepared = service.prepare(operation);
      if (request.method !== 'POST' && prepared.operation.operation !== OperationTypeNode.QUERY) {
        reply.header('allow', 'POST');
        const refusal = new GatewayError('BAD_REQUEST', 'GET takes queries only: send mutations by POST');
        return sendErrors(reply, 405, mediaType, [new GraphQLError(refusal.message, { originalError: refusal })]);
      }
      const answered = await service.answer(operation, prepared, {
        caller: ANONYMOUS,
        mediaType,
        onError: (error) => {
          countFault(error);
          const isOurs = FAULTS[codeOf(error)].status >= 500;
          logger[isOurs ? 'error' : 'debug'](
            { requestId: request.id, code: codeOf(error), error },
            'error in an answer',
          );
        },
      });
      metrics.cacheAnswers.inc({ state: answered.state });
      return await sendEntry(request, reply, answered, { now: clock.now(), clientMaxAgeSeconds });
    } catch (error) {
      if (error instanceof RequestFailure) {
        countFault(error.errors[0]);
        const isResult = mediaType === 'application/json' && RESULTS_IN_JSON.has(error.code);
        return sendErrors(reply, isResult ? 200 : FAULTS[error.code].status, mediaType, error.errors);
      }
      if (error instanceof GatewayError) {
        countFault(error);
        const wrapped = new GraphQLError(error.message, { originalError: error });
        return sendErrors(reply, FAULTS[error.code].status, mediaType, [wrapped]);
      }
      throw error;
    }
  };

  app.get('/graphql', (request, reply) => answer(request, reply, parseGetRequest));
  app.post('/graphql', (request, reply) => answer(request, reply, parsePostRequest));
};
