import { setTimeout as pause } from 'node:timers/promises';
import type { Appender } from '../../changes/appender.ts';
import { loadStandings } from '../../changes/leases.ts';
import { systemClock } from '../../clock.ts';
import type { Config } from '../../config/load.ts';
import { ANONYMOUS, type Caller } from '../../content/caller.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database } from '../../database/database.ts';
import { loadOrders } from '../../ingest/takedown-orders.ts';
import { createHttpClient } from '../../outbound/http-client.ts';
import { loadHolders } from '../../partners/deliveries/load-holders.ts';
import { loadPartnerCaller } from '../../partners/load-partner-caller.ts';
import { loadCursorKey } from '../../syndication/deltas/load-deltas.ts';
import { loadKill, type Kill } from '../../syndication/recall/load-kill.ts';
import { loadRecipients } from '../../syndication/recall/load-recipients.ts';
import { awaitDeliveries } from './await-deliveries.ts';
import { loadSubject, type Subject } from './load-subject.ts';
import { openReader, type Reader } from './open-reader.ts';
import { questionsAbout, type DeltaStart } from './questions.ts';
import { reRead, unread, type AskGateway, type ReRead } from './re-read.ts';
import type { Receipt } from './receipt.ts';

export interface MakeReceiptOptions {
  readonly config: Config;
  readonly database: Database;
  readonly appender: Pick<Appender, 'acknowledge'>;
  readonly id: ArticleId;
  /** Gateways to be asked; empty: the one that this configuration serves, if it is there. */
  readonly urls: readonly string[];
}

const LIMIT_BYTES = 64 * 1024 * 1024;
const DEADLINE_MS = 10_000;

const askProcesses = async (
  { database, appender }: MakeReceiptOptions,
  kill: Kill,
): Promise<Receipt['processes'] & { readonly cdnUntil: number | null }> => {
  const begun = performance.now();
  const { pending } = await appender.acknowledge(kill);
  const waitedMs = Math.round(performance.now() - begun);
  const { leases } = await loadStandings(database);
  return {
    following: [...new Set(leases.map(({ process }) => process))],
    pending: pending.filter(({ process }) => process !== 'cdn'),
    cdnUntil: pending.find(({ process }) => process === 'cdn')?.until ?? null,
    waitedMs,
  };
};

const askOverHttp =
  (base: string): AskGateway =>
  async (path) => {
    const { status, body } = await http.send({ url: `${base.replace(/\/+$/, '')}${path}` });
    return { status, body: body.toString() };
  };
const http = createHttpClient({ deadlineMs: DEADLINE_MS, limitBytes: LIMIT_BYTES });

const isThere = async (ask: AskGateway): Promise<boolean> => {
  try {
    return (await ask('/healthz')).status === 200;
  } catch {
    return false;
  }
};

/** Gateways as the public reaches them: over the network, through whatever stands before them. */
const readOverHttp = async (
  { config, urls }: MakeReceiptOptions,
  subject: Subject,
  start: DeltaStart,
): Promise<{ readonly reads: readonly ReRead[]; readonly unreached: readonly string[] }> => {
  const { PORT, CDN_PURGE_URL } = config.environment;
  const own = [`http://127.0.0.1:${PORT}`, ...(CDN_PURGE_URL === undefined ? [] : [config.publicUrl])];
  const reads: ReRead[] = [];
  const unreached: string[] = [];
  for (const where of urls.length > 0 ? urls : own) {
    const ask = askOverHttp(where);
    if (urls.length === 0 && !(await isThere(ask))) unreached.push(where);
    else reads.push({ where, as: 'public', reads: await reRead(ask, questionsAbout(subject, ANONYMOUS, start)) });
  }
  return { reads, unreached };
};

/** Whom it is read again as, one of each audience, and what they are called: partners with equal rights are given the same. */
const loadReaders = async (
  database: Database,
  id: ArticleId,
): Promise<readonly (readonly [as: string, caller: Caller])[]> => {
  const partners = [...new Set((await loadHolders(database, id)).map(({ partnerId }) => partnerId))];
  const callers: Caller[] = [];
  for (const partner of partners) {
    const caller = await loadPartnerCaller(database, partner, systemClock.now());
    if (caller !== null) callers.push(caller);
  }
  const alike = [...Map.groupBy(callers, ({ audience }) => audience).values()];
  return [
    ['public', ANONYMOUS],
    ...alike.map((own): [string, Caller] => [own.map(({ partner }) => partner?.id).join(', '), own[0] as Caller]),
  ];
};

const INSIDE = 'a gateway just started';

/** As the public and by the plan of each partner that was given it, in a gateway that has just started. */
const readInside = async (
  { config, database, id }: MakeReceiptOptions,
  subject: Subject,
  start: DeltaStart,
): Promise<{ readonly reads: readonly ReRead[]; readonly redis: Receipt['redis'] }> => {
  const readers = await loadReaders(database, id);
  let reader: Reader;
  try {
    reader = await openReader(config, database);
  } catch (error) {
    // It is hidden all the same: what it could not be shown by is said.
    const why = error instanceof Error ? error.message : String(error);
    const reads = readers.map(([as]) => ({ where: INSIDE, as, reads: [unread('everything', why)] }));
    return { reads, redis: 'not read' };
  }
  try {
    const reads: ReRead[] = [];
    for (const [as, caller] of readers)
      reads.push({ where: INSIDE, as, reads: await reRead(reader.as(caller), questionsAbout(subject, caller, start)) });
    const { isRedisRead } = reader;
    return { reads, redis: isRedisRead === undefined ? 'not configured' : isRedisRead ? 'read' : 'away' };
  } finally {
    await reader.close();
  }
};

/** Asks every layer whether `id` is gone, reads again what would show it, and says who has which version of it. */
export const makeReceipt = async (options: MakeReceiptOptions): Promise<Receipt> => {
  const { config, database, id } = options;
  const subject = await loadSubject(database, id, config.editions);
  const { edition, known } = subject;
  const orders = await loadOrders(database, id);
  const [latest] = orders;
  const head = {
    article: { id, edition: edition.code, headline: known?.headline ?? null, url: known?.url ?? null },
    orders,
    order: latest?.kind === 'lay' ? { reason: latest.reason, orderedAt: latest.orderedAt } : null,
  };
  const kill = (await loadKill(database, id)) ?? null;
  if (kill === null)
    return {
      ...head,
      kill,
      at: systemClock.now(),
      processes: { following: [], pending: [], waitedMs: 0 },
      redis: 'not read',
      cdn: { state: 'not configured', until: null },
      reads: [],
      unreached: [],
      underWay: [],
      partners: [],
    };
  const { cdnUntil, ...processes } = await askProcesses(options, kill);
  const start: DeltaStart = { kill, cursorKey: await loadCursorKey(database) };
  // From now on nobody gives it: what is under way is looked for before anything else takes time.
  const [outside, lost] = await Promise.all([
    readOverHttp(options, subject, start),
    awaitDeliveries({ database, id, kill, now: systemClock.now, pause }),
  ]);
  const underWay = lost.map(({ endpoint, partnerId }) => ({ endpoint, partnerId }));
  const inside = await readInside(options, subject, start);
  const isPurged = cdnUntil === null;
  return {
    ...head,
    kill,
    processes,
    redis: inside.redis,
    cdn:
      config.environment.CDN_PURGE_URL === undefined
        ? { state: 'not configured', until: null }
        : { state: isPurged ? 'purged' : 'pending', until: cdnUntil },
    reads: [...outside.reads, ...inside.reads],
    unreached: outside.unreached,
    underWay,
    partners: await loadRecipients(database, id, kill, underWay),
    at: systemClock.now(),
  };
};
