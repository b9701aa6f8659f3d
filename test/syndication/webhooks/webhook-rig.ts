import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { ANONYMOUS, type Caller } from '../../../src/content/caller.ts';
import { idOf, type ArticleId } from '../../../src/content/ids.ts';
import type { Database } from '../../../src/database/database.ts';
import { GatewayError } from '../../../src/errors.ts';
import { createAddressGuard } from '../../../src/outbound/address-guard.ts';
import { createGuardedHttpClient } from '../../../src/outbound/guarded-http-client.ts';
import type { Endpoint } from '../../../src/syndication/webhooks/endpoint.ts';
import { givenBy } from '../../../src/syndication/webhooks/given-by.ts';
import { addEndpoint, loadSecrets } from '../../../src/syndication/webhooks/endpoint-register.ts';
import type { ToldChange, ToldKind } from '../../../src/syndication/webhooks/message.ts';
import { createWebhookSender, type WebhookSender } from '../../../src/syndication/webhooks/webhook-sender.ts';
import { bodyOf, startHandServer, type HandServer } from '../../outbound/hand-server.ts';
import { createWoundClock, type WoundClock } from '../../support/wound-clock.ts';

/** The article that a test calls `name`. */
export const articleOf = (name: string): ArticleId => idOf.article('EN', 'cms', name);

/** How a receiver answers: a status, with headers where they matter; or never. */
export type Manner = number | 'hang' | { readonly status: number; readonly headers: Record<string, string> };

export interface Told {
  readonly id: string;
  /** `published a v1`, say. */
  readonly what: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A partner's server. */
export interface Receiver extends HandServer {
  /** Every request, in order. */
  readonly told: Told[];
  /** `what` of those it took. */
  taken(): readonly string[];
  setManner(manner: Manner | ((told: Told) => Manner | Promise<Manner>)): void;
}

export const startReceiver = async (): Promise<Receiver> => {
  let manner: Manner | ((told: Told) => Manner | Promise<Manner>) = 204;
  const told: Told[] = [];
  const taken: string[] = [];
  const server = await startHandServer(async (request, response) => {
    const body = await bodyOf(request);
    const { type, data } = JSON.parse(body) as {
      type: string;
      data: { article?: unknown; version?: number; url?: string };
    };
    const what = `${type.replace('article.', '')} ${data.url?.split('/').at(-1) ?? '-'} v${data.version ?? 0}`;
    const message = { id: String(request.headers['webhook-id']), what, headers: request.headers, body };
    told.push(message);
    const now = typeof manner === 'function' ? await manner(message) : manner;
    if (now === 'hang') return;
    const { status, headers = {} } = typeof now === 'number' ? { status: now } : now;
    if (status >= 200 && status < 300) taken.push(what);
    response.writeHead(status, headers).end();
  });
  return { ...server, told, taken: () => taken, setManner: (next) => (manner = next) };
};

/** Deltas in memory, as their reader gives them: in order, a cursor after each, filtered by what the partner may see. */
export interface HandDeltas {
  /** Something happens to the article called `name`; gives the change. */
  happen(name: string, kind?: ToldKind): ToldChange;
  /** Who may not be told of what: `partner name`. */
  readonly hidden: Set<string>;
  /** Cursors up to here have expired. */
  expireTo: number;
  /** Whether articles cannot be read. */
  isBroken: boolean;
}

export interface WebhookRig {
  readonly database: Database;
  readonly clock: WoundClock;
  readonly deltas: HandDeltas;
  readonly failures: unknown[];
  readonly restarts: Endpoint[];
  readonly events: string[];
  /** Articles that endpoints were given, once for each try. */
  readonly given: ArticleId[];
  /** Partners that may have nothing now. */
  readonly expired: Set<string>;
  /** Another process, at rest. */
  createSender(): WebhookSender;
  /** An endpoint at `receiver`, told of everything unless it says otherwise. */
  add(
    receiver: HandServer,
    partnerId?: string,
    isFromStart?: boolean,
  ): Promise<{ readonly id: string; readonly secret: string }>;
}

const LOOPBACK = createAddressGuard([{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }]);

/** Senders over `database` and deltas by hand. */
export const createWebhookRig = (database: Database, deadlineMs = 2_000): WebhookRig => {
  const clock = createWoundClock(Math.floor(Date.now() / 1000) * 1000);
  const log: { change: ToldChange; name: string }[] = [];
  const names = new Map<ArticleId, string>();
  const failures: unknown[] = [];
  const restarts: Endpoint[] = [];
  const events: string[] = [];
  const given: ArticleId[] = [];
  const expired = new Set<string>();
  const callers = new Map<Caller, string>();
  const deltas: HandDeltas = {
    hidden: new Set(),
    expireTo: 0,
    isBroken: false,
    happen(name, kind = 'UPDATE') {
      const version = log.filter((entry) => entry.name === name).length + 1;
      const articleId = articleOf(name);
      names.set(articleId, name);
      const change: ToldChange = {
        id: `chg_${log.length + 1}`,
        kind,
        articleId,
        url: `https://news.example/en/${name}`,
        edition: 'EN',
        occurredAt: clock.now(),
        version,
      };
      log.push({ change, name });
      return change;
    },
  };
  const mayHave = (caller: Caller, name: string): boolean => !deltas.hidden.has(`${callers.get(caller)} ${name}`);
  return {
    database,
    clock,
    deltas,
    failures,
    restarts,
    events,
    given,
    expired,
    createSender: () =>
      createWebhookSender({
        database,
        clock,
        random: () => 1,
        http: createGuardedHttpClient({ guard: LOOPBACK, deadlineMs }),
        isReady: () => true,
        async callerOf(partnerId) {
          const caller = { ...ANONYMOUS };
          callers.set(caller, partnerId);
          return expired.has(partnerId) ? null : caller;
        },
        async readChanges({ caller, after, first }) {
          const from = after === null ? 0 : Number(after);
          if (after !== null && from < deltas.expireTo) throw new GatewayError('CURSOR_EXPIRED', 'Begin again');
          const looked = log.slice(from, from + first);
          return {
            changes: looked.flatMap(({ change, name }, index) =>
              mayHave(caller, name) ? [{ change, cursor: String(from + index + 1) }] : [],
            ),
            cursor: String(from + looked.length),
            hasMore: from + looked.length < log.length,
          };
        },
        async describe(caller, articleId) {
          if (deltas.isBroken) throw new GatewayError('STORE_FAILED', 'desk failed');
          const name = names.get(articleId) ?? '';
          const isGone = log.findLast((entry) => entry.name === name)?.change.kind === 'KILL';
          if (isGone || !mayHave(caller, name)) return null;
          return {
            url: `https://news.example/en/${name}`,
            content: { id: articleId, headline: `Story ${name}` },
            given: [articleId, 1, 2],
          };
        },
        secretsOf: (id, now) => loadSecrets(database, id, now),
        onSent: (_, tries) => given.push(...givenBy(tries).flatMap(({ entries }) => entries.map(([id]) => id))),
        onTried: (_, tries, { decisions, disabled }) => {
          events.push(...tries.map(({ outcome }, index) => `${outcome.is} ${decisions[index]}`));
          if (disabled !== null) events.push(`disabled ${disabled}`);
        },
        onRestart: (endpoint) => restarts.push(endpoint),
        onFailure: (error) => failures.push(error),
      }),
    add: (receiver, partnerId = 'radio', isFromStart = true) =>
      addEndpoint(
        database,
        { partnerId, url: `${receiver.url}/hook?key=s3cret`, editions: [], isFromStart },
        clock.now(),
      ),
  };
};

/** Whether `told` was signed with `secret`, whenever that was. */
export const isSignedWith = ({ id, headers, body }: Told, secret: string): boolean => {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  return String(headers['webhook-signature'])
    .split(' ')
    .includes(new Webhook(secret).sign(id, at, body));
};
