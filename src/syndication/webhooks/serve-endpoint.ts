import type { Clock, Instant } from '../../clock.ts';
import type { Caller } from '../../content/caller.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database } from '../../database/database.ts';
import { GatewayError } from '../../errors.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { Delivery, DeliveryQueue } from './delivery-queue.ts';
import { settleTries, type Settled, type Tried } from './delivery-results.ts';
import type { Endpoint } from './endpoint.ts';
import type { EndpointClaims } from './endpoint-claims.ts';
import { writeMessage, type ToldArticle, type ToldChange } from './message.ts';
import { sendMessage } from './send-message.ts';

/** Deltas as one caller is given them: in the order of commits, filtered by what it may see. */
export type ReadChanges = (request: {
  readonly caller: Caller;
  /** Null: from the oldest that is kept. */
  readonly after: string | null;
  readonly first: number;
  readonly editions: readonly EditionCode[];
  readonly now: Instant;
}) => Promise<{
  readonly changes: readonly { readonly cursor: string; readonly change: ToldChange }[];
  readonly cursor: string;
  readonly hasMore: boolean;
}>;

export interface ServeOptions {
  readonly database: Database;
  readonly claims: EndpointClaims;
  readonly queue: DeliveryQueue;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly readChanges: ReadChanges;
  /** As whom a partner is told; null: it may have nothing now, its key has expired, say. */
  readonly callerOf: (partnerId: string) => Promise<Caller | null>;
  /** The article as `caller` may have it at `now`; null: it may not be seen. Asked anew before every try. */
  readonly describe: (caller: Caller, articleId: ArticleId, now: Instant) => Promise<ToldArticle | null>;
  /** The secrets of an endpoint that are not over. */
  readonly secretsOf: (endpointId: string, now: Instant) => Promise<readonly string[]>;
  readonly random: () => number;
  /** What was tried, before it is written down what came of it. */
  readonly onSent: (endpoint: Endpoint, tries: readonly Tried[]) => void;
  readonly onTried: (endpoint: Endpoint, tries: readonly Tried[], settled: Settled) => void;
  /** The endpoint's cursor had expired: it begins anew, with everything. */
  readonly onRestart: (endpoint: Endpoint) => void;
}

/** Changes read at a time. */
const PAGE_LENGTH = 200;
/** What waits for an endpoint at most; the rest waits in the deltas. */
const WAITING_LIMIT = 1_000;
/** Requests to one endpoint at a time; one that gives no answer gets one. */
const CONCURRENCY = 8;
/** Others wait for their turn: a slow endpoint begins no further round after that. */
const TURN_MS = 5_000;

const readPage = async (
  { readChanges, onRestart }: ServeOptions,
  endpoint: Endpoint,
  caller: Caller,
  now: Instant,
): ReturnType<ReadChanges> => {
  const request = { caller, first: PAGE_LENGTH, editions: endpoint.editions, now };
  try {
    return await readChanges({ ...request, after: endpoint.cursor });
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'CURSOR_EXPIRED' || endpoint.cursor === null) throw error;
    onRestart(endpoint);
    return await readChanges({ ...request, after: null });
  }
};

/** Takes over what happened since; whether there may be more. */
const takeOver = async (options: ServeOptions, endpoint: Endpoint, caller: Caller, now: Instant): Promise<boolean> => {
  if ((await options.queue.countWaiting(endpoint.id)) >= WAITING_LIMIT) return false;
  const { changes, cursor, hasMore } = await readPage(options, endpoint, caller, now);
  const { beginsAt } = endpoint;
  const told = changes
    .map(({ change }) => change)
    .filter(({ occurredAt }) => beginsAt === null || occurredAt >= beginsAt);
  const isAdded =
    cursor === endpoint.cursor ||
    (await options.queue.fanOut(endpoint, { changes: told, cursor, isLast: !hasMore }, now));
  return isAdded && hasMore;
};

const tryOnce = async (
  { http, clock, describe }: ServeOptions,
  { endpoint, caller, secrets }: { endpoint: Endpoint; caller: Caller; secrets: readonly string[] },
  delivery: Delivery,
): Promise<Tried> => {
  const { change } = delivery;
  const article = await describe(caller, change.articleId, clock.now());
  const message = writeMessage(change, article);
  const { outcome } = await sendMessage(http, { url: endpoint.url, secrets }, { message, now: clock.now() });
  return { delivery, toldKind: message.kind, given: article?.given, outcome };
};

/** Sends what is due; how many were tried, and whether the endpoint is to be left alone now. */
const sendDue = async (options: ServeOptions, endpoint: Endpoint, caller: Caller): Promise<number> => {
  const { clock, database, queue, random, onSent, onTried, secretsOf } = options;
  const due = await queue.due(endpoint.id, clock.now(), endpoint.failures > 0 ? 1 : CONCURRENCY);
  if (due.length === 0) return 0;
  const secrets = await secretsOf(endpoint.id, clock.now());
  const results = await Promise.allSettled(
    due.map((delivery) => tryOnce(options, { endpoint, caller, secrets }, delivery)),
  );
  const tries = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  // What was sent is written down whatever befell the others.
  if (tries.length > 0) {
    onSent(endpoint, tries);
    const settled = await settleTries(database, endpoint, { tries, now: clock.now(), random });
    onTried(endpoint, tries, settled);
  }
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return tries.length;
};

const isResting = ({ disabled, restsUntil }: Endpoint, now: Instant): boolean =>
  disabled !== null || (restsUntil !== null && restsUntil > now);

/**
 * Tells a claimed endpoint what there is to tell, until nothing is due, it is to be left alone or others wait for their turn.
 *
 * @returns whether its partner may be told anything now.
 * @throws when something of ours fails: what was not sent is still to be sent.
 */
export const serveEndpoint = async (options: ServeOptions, id: string, signal: AbortSignal): Promise<boolean> => {
  const { claims, clock, callerOf } = options;
  const end = performance.now() + TURN_MS;
  while (!signal.aborted && performance.now() < end) {
    const endpoint = await claims.renew(id);
    if (endpoint === undefined || isResting(endpoint, clock.now())) return true;
    const caller = await callerOf(endpoint.partnerId);
    if (caller === null) return false;
    const hasMore = await takeOver(options, endpoint, caller, clock.now());
    const tried = await sendDue(options, endpoint, caller);
    if (tried === 0 && !hasMore) return true;
  }
  return true;
};
