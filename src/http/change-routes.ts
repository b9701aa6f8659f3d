import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Appended } from '../changes/appender.ts';
import type { NewChange } from '../changes/change.ts';
import type { Changes } from '../changes/changes.ts';
import type { EditionCode } from '../content/edition.ts';
import { withinLimit } from '../database/store-failure.ts';
import { GatewayError, type FaultCode } from '../errors.ts';
import type { Intake } from '../ingest/intake.ts';
import { createChangeRequestParser, isSoftRequest } from '../ingest/intake/change-request.ts';
import { parseHookRequest } from '../ingest/intake/hook-request.ts';
import type { ChangeMetrics, ChangeOutcome } from '../telemetry/change-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import { parseJsonBody } from './graphql-request.ts';
import { sendProblem } from './problem.ts';
import { requireAdmin } from './require-admin.ts';
import { createHookVerifier, isHook, type ChangeHook } from './verify-hook.ts';

export interface ChangeRoutes {
  readonly changes: Pick<Changes, 'append' | 'acknowledge'>;
  readonly intake: Intake;
  /** Those that are served. */
  readonly editions: readonly EditionCode[];
  /** Undefined: nobody may report changes. */
  readonly token: string | undefined;
  readonly metrics: ChangeMetrics;
  readonly logger: Logger;
  /** Stores that sign what they report of their own stories. Default: none. */
  readonly hooks?: readonly ChangeHook[];
  /** Looking up and recording; past it the request is to be sent again. */
  readonly recordLimitMs?: number;
  /** Acknowledging takes a lease and its margin at most, 2.25 s, while the database answers. */
  readonly acknowledgeLimitMs?: number;
}

const STORE = 'change log';

const notRecorded = (cause: unknown): GatewayError =>
  new GatewayError('CHANGE_NOT_RECORDED', 'The change is not known to be recorded: send it again with the same id', {
    cause,
  });

const notAcknowledged = ({ sequence }: Appended, cause: unknown): GatewayError =>
  new GatewayError(
    'CHANGE_NOT_RECORDED',
    `The change was recorded as ${sequence}, but whether everybody has taken it in cannot be told: send it again with the same id`,
    { cause },
  );

const REFUSALS: ReadonlySet<FaultCode> = new Set<FaultCode>(['BAD_REQUEST', 'UNAUTHENTICATED']);

const outcomeOf = (error: unknown): ChangeOutcome =>
  error instanceof GatewayError && REFUSALS.has(error.code) ? 'refused' : 'failed';

/** What somebody who may has reported. */
interface Reported {
  /** The sender's own. */
  readonly id: string;
  /** What it is remembered by, so that it is recorded once. */
  readonly key: string;
  /** Who signed it; absent: it came with the admin token. */
  readonly store?: string;
  readonly count: number;
  readonly isSoft: boolean;
  readonly map: () => Promise<readonly NewChange[]>;
}

/** What is known of a request: 200 when nobody can serve the old, 202 when somebody may, for a while. */
interface Report {
  readonly status: 200 | 202;
  readonly outcome: ChangeOutcome;
  readonly body: object;
}

const isJson = ({ headers }: FastifyRequest): boolean =>
  /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');

/** POST /changes: a publishing system says what changed, and is told when nobody answers from before it. */
export const changeRoutes: FastifyPluginAsync<ChangeRoutes> = async (app, options) => {
  const { changes, intake, token, metrics, logger, recordLimitMs = 10_000, acknowledgeLimitMs = 5_000 } = options;
  const parse = createChangeRequestParser(options.editions);
  const verifyHook = createHookVerifier(options.hooks ?? []);

  // Before a body is read: strangers cost nothing. What a store has signed shows by the body alone.
  app.addHook('onRequest', async (request, reply) => {
    if (!isHook(request.headers)) requireAdmin(request, reply, token);
    if (isJson(request)) return;
    const detail = 'Send the changes as application/json: curl says something else unless it is told';
    return sendProblem(request, reply, { code: 'BAD_REQUEST', detail, status: 415 });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) =>
    isHook(request.headers) ? bytes : parseJsonBody(bytes),
  );

  /** What is reported, by whoever may. */
  const read = ({ headers, body }: FastifyRequest): Reported => {
    if (!isHook(headers)) {
      const request = parse(body);
      const { id, changes: reports } = request;
      const isSoft = isSoftRequest(request);
      return { id, key: id, count: reports.length, isSoft, map: () => intake.mapReports(reports) };
    }
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const { store, intake: own } = verifyHook(headers, bytes);
    const { id, changes: reports } = parseHookRequest(parseJsonBody(bytes));
    // Two stores may call two requests the same.
    const key = `${store}/${id}`;
    return { id, key, store, count: reports.length, isSoft: false, map: () => own.mapReports(reports) };
  };

  const record = async ({ key, map }: Reported): Promise<Appended> => {
    const recording = (async () => changes.append(key, await map()))();
    try {
      return await withinLimit(STORE, recordLimitMs, recording);
    } catch (error) {
      // An id that stands for something else will not get better by sending it again.
      throw error instanceof GatewayError && error.code === 'BAD_REQUEST' ? error : notRecorded(error);
    }
  };

  const acknowledge = async (appended: Appended): Promise<Report> => {
    const { sequence } = appended;
    const begun = performance.now();
    const observe = (outcome: ChangeOutcome): number => {
      const waitedMs = performance.now() - begun;
      metrics.acknowledgementSeconds.observe({ outcome }, waitedMs / 1000);
      return Math.round(waitedMs);
    };
    metrics.waiting.inc();
    try {
      const { pending } = await withinLimit(STORE, acknowledgeLimitMs, changes.acknowledge(appended));
      metrics.pendingProcesses.set(pending.length);
      const waitedMs = observe(pending.length === 0 ? 'gone' : 'pending');
      if (pending.length === 0) return { status: 200, outcome: 'gone', body: { sequence, gone: true, waitedMs } };
      const named = pending.map(({ process, until }) => ({ process, until: new Date(until).toISOString() }));
      return { status: 202, outcome: 'pending', body: { sequence, pending: named } };
    } catch (error) {
      observe('failed');
      throw notAcknowledged(appended, error);
    } finally {
      metrics.waiting.dec();
    }
  };

  const run = async (reported: Reported): Promise<Report & Appended> => {
    const appended = await record(reported);
    if (!reported.isSoft) return { ...appended, ...(await acknowledge(appended)) };
    const { sequence } = appended;
    // The old may be served for a while on purpose: there is nothing to wait for, and nothing to say but "recorded".
    return { ...appended, status: 200, outcome: 'soft', body: { sequence, gone: false, waitedMs: 0 } };
  };

  app.post('/changes', async (request, reply): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store');
    try {
      const reported = read(request);
      const { status, outcome, body, sequence, epoch } = await run(reported);
      metrics.requests.inc({ outcome });
      const { id, store, count } = reported;
      const said = { requestId: request.id, id, ...(store === undefined ? {} : { store }), count, sequence, epoch };
      if (outcome === 'pending') logger.warn({ ...said, ...body }, 'changes recorded: some processes are cut off');
      else logger.info(said, 'changes recorded');
      return await reply.code(status).send(body);
    } catch (error) {
      const outcome = outcomeOf(error);
      metrics.requests.inc({ outcome });
      if (outcome === 'failed') reply.header('retry-after', '1');
      throw error;
    }
  });
};
