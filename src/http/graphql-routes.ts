import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { HoleFiller } from '../cache/fill-holes.ts';
import { overtaken, REFILL_LIMIT } from '../cache/overtaken.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../partners/deliveries/delivery.ts';
import { BudgetError, FAULTS, StoreError, type FaultCode } from '../errors.ts';
import type { OperationRequest } from '../graphql/documents.ts';
import { codeOf, originOf, storeOf } from '../graphql/format-error.ts';
import type { Answered, Asker, GraphqlService } from '../graphql/graphql-service.ts';
import { mapToRequestFailure, RequestFailure } from '../graphql/request-failure.ts';
import { tellUpstream } from '../graphql/tell-upstream.ts';
import { RefusedCall } from '../stores/guarded/refused-call.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { UpstreamCalls } from '../telemetry/upstream-calls.ts';
import { CALLER_HEADERS, type CallerOf } from './caller-of.ts';
import type { Header, HeaderOptions } from './entry-headers.ts';
import type { FrontDoor } from './front-door.ts';
import { parseGetRequest, parseJsonBody, parsePostRequest } from './graphql-request.ts';
import { negotiateMediaType } from './negotiate.ts';
import { priceOf, wasKept } from './price-of.ts';
import { sendProblem } from './problem.ts';
import { isAdmin } from './require-admin.ts';
import { packEntry, sendEntry } from './send-entry.ts';
import { sendErrors } from './send-errors.ts';
import { tellGiven } from './tell-given.ts';
import type { Bill, Till } from './till.ts';
import { varyBy } from './vary.ts';

export interface GraphqlRoutes extends HeaderOptions, Pick<FrontDoor, 'learn'> {
  readonly service: GraphqlService;
  readonly callerOf: CallerOf;
  readonly till: Till;
  /** Told of what partners are given. */
  readonly deliveries: Pick<Deliveries, 'given'>;
  readonly holes: HoleFiller;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Counts what a request asks of stores, for whoever brings the admin token. */
  readonly upstream: UpstreamCalls;
  readonly adminToken: string | undefined;
}

/** Refused for what the document says: with the older media type these are results, and a result is 200. */
const RESULTS_IN_JSON: ReadonlySet<FaultCode> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** Whether a body is said to be what the parser takes; one that says nothing of its letters is UTF-8. */
const isJson = ({ headers }: FastifyRequest): boolean => {
  const [type, ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase());
  return (
    type === 'application/json' &&
    parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter)) &&
    (headers['content-encoding'] ?? 'identity') === 'identity'
  );
};

/** Whether a store was not even asked, for it failed a moment ago. */
const isLeftAlone = (error: unknown): boolean =>
  error instanceof StoreError && error.cause instanceof RefusedCall && error.cause.reason === 'open';

/** What hooks and plugins have said so far, but for the id of the request. */
const headersOf = (reply: FastifyReply): readonly Header[] =>
  Object.entries(reply.getHeaders())
    .filter(([name]) => name !== 'x-request-id')
    .map(([name, value]) => [name, String(value)]);

/** GET and POST /graphql. Encapsulated: its JSON parser is its own. */
export const graphqlRoutes: FastifyPluginAsync<GraphqlRoutes> = async (
  app,
  { service, callerOf, till, deliveries, holes, clock, logger, metrics, upstream, adminToken, learn, ...headerOptions },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, bytes: Buffer) =>
    parseJsonBody(bytes),
  );
  app.addHook('preParsing', async (request, reply) => {
    if (request.method !== 'POST' || isJson(request)) return;
    const detail = 'Send the request as application/json, in UTF-8 and not packed';
    return sendProblem(request, reply, { code: 'BAD_REQUEST', detail, status: 415 });
  });

  const countFault = (error: unknown): void => metrics.faults.inc({ code: codeOf(error), store: storeOf(error) });

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    read: (request: FastifyRequest) => OperationRequest,
  ): Promise<FastifyReply> => {
    const mediaType = negotiateMediaType(request.headers);
    if (mediaType === undefined) {
      const detail = 'Accept must allow application/json or application/graphql-response+json';
      return sendProblem(request, reply, { code: 'BAD_REQUEST', detail, status: 406 });
    }
    let bill: Bill | undefined;
    let most = 0;
    try {
      const caller = await callerOf(request, reply);
      const operation = read(request);
      const prepared = service.prepare(operation);
      if (request.method !== 'POST' && prepared.operation.operation !== OperationTypeNode.QUERY) {
        reply.header('allow', 'POST');
        const detail = 'GET takes queries only: send mutations by POST';
        return sendProblem(request, reply, { code: 'BAD_REQUEST', detail, status: 405 });
      }
      const asker: Asker = {
        caller,
        address: request.ip,
        isHeadOnly: request.method === 'HEAD',
        mediaType,
        onError: (error) => {
          countFault(error);
          // That a store is left alone was logged when it became sick: not once more for each field it costs.
          const isOurs = FAULTS[codeOf(error)].status >= 500 && !isLeftAlone(originOf(error));
          // What was thrown, with its causes: the wrapping says only where.
          const said = { requestId: request.id, code: codeOf(error), path: error.path, error: originOf(error) };
          logger[isOurs ? 'error' : 'debug'](said, 'error in an answer');
        },
      };
      bill = await till.charge(caller, request, reply, () => {
        most = priceOf(prepared.cost, service.isKept(prepared, asker));
        return most;
      });
      const isTold = isAdmin(request, adminToken);
      const ask = async (): Promise<Answered> => {
        const make = async () => holes.fillSoon(await service.answer(operation, prepared, asker));
        if (!isTold) return make();
        const asked = await upstream.during(make);
        return tellUpstream(asked.value, asked.upstream);
      };
      for (let attempt = 1; attempt <= REFILL_LIMIT; attempt += 1) {
        const answered = await ask();
        const packed = await packEntry(request, answered);
        // The last wait is over: what was taken back while the body was packed is not sent.
        if (!answered.isSendable()) continue;
        metrics.cacheAnswers(answered.state);
        bill?.settle(priceOf(prepared.cost, wasKept(answered)));
        varyBy(reply, 'Accept', 'Accept-Encoding', ...CALLER_HEADERS);
        tellGiven(deliveries, request, caller, { manifest: answered.entry.manifest, via: 'query', at: clock.now() });
        const { key } = answered;
        if (key !== null && answered.isStored && answered.isKeepable())
          learn(request.raw, () => ({ mediaType, key, around: headersOf(reply), price: priceOf(prepared.cost, true) }));
        const isForPartner = caller.partner !== null;
        return sendEntry(request, reply, answered, {
          packed,
          now: clock.now(),
          headerOptions: { ...headerOptions, isForPartner },
        });
      }
      throw overtaken();
    } catch (thrown) {
      // What was tried has been paid for.
      bill?.settle(most);
      const error = thrown instanceof BudgetError ? mapToRequestFailure(thrown) : thrown;
      countFault(error instanceof RequestFailure ? error.errors[0] : error);
      if (error instanceof RequestFailure) {
        const isResult = mediaType === 'application/json' && RESULTS_IN_JSON.has(error.code);
        return sendErrors(reply, isResult ? 200 : FAULTS[error.code].status, mediaType, error.errors);
      }
      throw error;
    }
  };

  app.get('/graphql', (request, reply) => answer(request, reply, parseGetRequest));
  app.post('/graphql', (request, reply) => answer(request, reply, parsePostRequest));
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    // Before the body is looked at: nothing in it could make this right.
    onRequest: async (request, reply) =>
      sendProblem(request, reply.header('allow', 'GET, HEAD, POST'), {
        code: 'BAD_REQUEST',
        detail: 'Send queries by GET or POST, mutations by POST',
        status: 405,
      }),
    handler: (_, reply) => reply.callNotFound(),
  });
};
