import { Readable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Caller } from '../content/caller.ts';
import type { DeltaEdge, DeltaPage, DeltaRange } from '../content/delta.ts';
import { parseEditionCode, type EditionCode } from '../content/edition.ts';
import { GatewayError } from '../errors.ts';
import type { ReadDeltas } from '../syndication/deltas/deltas.ts';
import { CALLER_HEADERS, type CallerOf } from './caller-of.ts';
import { priceOfFailure } from './price-of.ts';
import type { Till } from './till.ts';
import { varyBy } from './vary.ts';

export interface DeltaRoutes {
  readonly deltas: ReadDeltas;
  readonly clock: Clock;
  /** Those that are served. */
  readonly editions: readonly EditionCode[];
  readonly callerOf: CallerOf;
  /** Default: nobody pays. */
  readonly till?: Pick<Till, 'charge'>;
}

/** Changes looked at by one request, unless it says how many. */
const DEFAULT_FIRST = 100;
const MAX_FIRST = 1_000;
/** What is in memory of an answer at a time. */
const PAGE_SIZE = 100;

const NDJSON = 'application/x-ndjson; charset=utf-8';

const readOne = (query: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new GatewayError('BAD_REQUEST', `"${name}" may be given once`);
};

const readFirst = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_FIRST;
  const first = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (first < 1 || first > MAX_FIRST)
    throw new GatewayError('BAD_USER_INPUT', `"first" must be a number from 1 to ${MAX_FIRST}`);
  return first;
};

const readEditions = (text: string | undefined, served: readonly EditionCode[]): readonly EditionCode[] =>
  (text?.split(',') ?? []).map((name) => {
    const code = parseEditionCode(name.trim());
    if (code !== undefined && served.includes(code)) return code;
    const message = `"editions" names ${JSON.stringify(name.slice(0, 40))}, which is not served here`;
    throw new GatewayError('BAD_USER_INPUT', message);
  });

const writeLine = ({ cursor, change }: DeltaEdge): string => {
  const { id, kind, articleId, url, edition, occurredAt, version } = change;
  const line = { cursor, id, kind, articleId, url, edition, occurredAt: new Date(occurredAt).toISOString(), version };
  return `${JSON.stringify(line)}\n`;
};

/** The rest of an answer behind its first page: a last line says where to go on, and whether at once. */
async function* writeLines(
  first: DeltaPage,
  wanted: number,
  readOn: (after: string, first: number) => Promise<DeltaPage>,
): AsyncGenerator<string> {
  let page = first;
  for (let looked = PAGE_SIZE; ; looked += PAGE_SIZE) {
    for (const edge of page.changes) yield writeLine(edge);
    if (!page.hasMore || looked >= wanted) break;
    page = await readOn(page.cursor, Math.min(PAGE_SIZE, wanted - looked));
  }
  yield `${JSON.stringify({ cursor: page.cursor, hasMore: page.hasMore })}\n`;
}

/** GET /changes: what happened to the articles that the caller may have, one JSON object a line. */
export const deltaRoutes: FastifyPluginAsync<DeltaRoutes> = async (app, options) => {
  const { deltas, clock, editions: served, callerOf, till } = options;
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>('/changes', async (request, reply) => {
    const { query, method } = request;
    varyBy(reply, ...CALLER_HEADERS);
    const caller = await callerOf(request, reply);
    const wanted = readFirst(readOne(query, 'first'));
    const editions = readEditions(readOne(query, 'editions'), served);
    const from = readOne(query, 'after') ?? null;
    const read = (range: Omit<DeltaRange, 'editions'>, as: Caller): Promise<DeltaPage> =>
      deltas({
        ...range,
        editions,
        caller: as,
        now: clock.now(),
        isSameAnswer: range.after !== from,
        isHeadOnly: method === 'HEAD',
      });
    // A point for each change that is told.
    const bill = await till?.charge(caller, request, reply, () => wanted);
    // Before the answer begins: an error still has a status of its own.
    const page = await read({ after: from, first: Math.min(wanted, PAGE_SIZE) }, caller).catch((error: unknown) => {
      bill?.settle(priceOfFailure(error, wanted));
      throw error;
    });
    // How many follow the first page nobody knows yet: who asks for many pays for many.
    bill?.settle(page.hasMore && wanted > PAGE_SIZE ? wanted : Math.max(1, page.changes.length));
    reply.header('cache-control', 'private, no-store').type(NDJSON);
    if (method === 'HEAD') return reply.send('');
    // Whoever reads slowly does not keep a key that was revoked: it is cut short, and goes on nowhere.
    const readOn = async (after: string, first: number): Promise<DeltaPage> =>
      await read({ after, first }, await callerOf(request, reply, false));
    return reply.send(Readable.from(writeLines(page, wanted, readOn)));
  });
};
