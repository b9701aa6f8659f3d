import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeLog } from '../changes/change-log.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { HttpClient } from '../outbound/http-client.ts';
import type { CdnMetrics } from '../telemetry/cdn-metrics.ts';
import { createPurgeClient } from './purge-client.ts';
import { createPurgeCursors, targetOf, type PurgeState } from './purge-cursors.ts';
import { createPurgePass, type PassRule } from './purge-pass.ts';
import { createReceipts, type PendingCdn, type Recorded } from './receipts.ts';

/** Tells the CDN of every change, for as long as the process runs. */
export interface Purger {
  /** Goes on where purging stood when the last process stopped. Waits for the database only. */
  start(): Promise<void>;
  /**
   * Whether the CDN has dropped whatever a change ended, the confirming pass included.
   *
   * @param patienceMs waits so long at most; default: for a CDN that answers, whatever the processes do.
   */
  waitFor(recorded: Recorded, patienceMs?: number): Promise<'purged' | PendingCdn>;
  /** Whether purges go through: a CDN that cannot be purged is given nothing to keep for long. */
  keepsUp(): boolean;
  close(): Promise<void>;
}

export interface PurgerOptions {
  readonly database: Database;
  readonly log: Pick<ChangeLog, 'after' | 'onNews'>;
  /** Resolves when no process answers from before the change any more; rejects when that cannot be known. */
  readonly acknowledge: (recorded: Recorded) => Promise<unknown>;
  readonly http: HttpClient;
  readonly url: string;
  readonly token?: string | undefined;
  readonly keysPerRequest: number;
  /** Life of an answer in the CDN at most. */
  readonly maxAgeSeconds: number;
  /** Digest of all that alters answers without a change in the log: release, schema, configuration. */
  readonly build: string;
  readonly clock: Clock;
  readonly metrics: CdnMetrics;
  /** Told of everything that failed, each time; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** Told whenever a pass came to its end. */
  readonly onPurged: () => void;
  readonly passes?: readonly PassRule[];
  readonly pollMs?: number;
  readonly deadlineMs?: number;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly random?: () => number;
}

/** The pass that receipts ask about. */
export const CONFIRMING = 'confirm';

/**
 * A change is purged three times: at once; again when no process answers from before it and what they sent before has
 * had the time to arrive, which receipts wait for; and once more for what was held up on its way, by a lost packet say.
 */
export const PASSES: readonly PassRule[] = [
  { name: 'first', delayMs: 0, isAcknowledged: false },
  { name: CONFIRMING, delayMs: 500, isAcknowledged: true },
  { name: 'late', delayMs: 30_000, isAcknowledged: false },
];

/** A lease and its margin, which a process that is hung is waited for, then the confirming pass itself. */
export const PATIENCE_MS = 2_250 + 1_000;
/** Well beyond the confirming pass of a CDN that answers. */
const BEHIND_LIMIT_SECONDS = 10;

/** The purger of the CDN at `url`. Processes share the work; each of them can do all of it. */
export const createPurger = ({
  database,
  log,
  acknowledge,
  http,
  url,
  token,
  keysPerRequest,
  maxAgeSeconds,
  build,
  clock,
  metrics,
  onFailure,
  onPurged,
  passes: rules = PASSES,
  pollMs = 250,
  deadlineMs = 5_000,
  wait = (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
  random = Math.random,
}: PurgerOptions): Purger => {
  const cursors = createPurgeCursors(database, targetOf(url));
  const owner = randomUUID();
  const passes = new Map(
    rules.map((rule) => {
      const client = createPurgeClient({
        http,
        url,
        token,
        keysPerRequest,
        deadlineMs,
        onRequest: (outcome, keys) => {
          metrics.purges.inc({ pass: rule.name, outcome });
          if (outcome === 'purged') metrics.purgedKeys.inc({ pass: rule.name }, keys);
        },
      });
      const pass = createPurgePass({
        rule,
        cursors,
        log,
        client,
        owner,
        acknowledge,
        wait,
        random,
        onPurged,
        onFailure: (error) => {
          metrics.failures.inc({ pass: rule.name });
          onFailure(error);
        },
      });
      return [rule.name, pass];
    }),
  );

  const receipts = createReceipts({ clock, maxAgeSeconds, metrics });
  let confirmBehindSeconds = 0;
  let isClosed = false;
  const take = (state: PurgeState): void => {
    const { pass, cursor, mark, behindSeconds } = state;
    metrics.lagSequences.set(
      { pass },
      Math.max(0, mark.sequence - (cursor.epoch === mark.epoch ? cursor.sequence : 0)),
    );
    metrics.behindSeconds.set({ pass }, behindSeconds);
    if (pass === CONFIRMING) {
      confirmBehindSeconds = behindSeconds;
      receipts.confirm(cursor);
    }
    passes.get(pass)?.see(state);
  };

  let looking: Promise<void> | undefined;
  let isLookDue = false;
  const lookOnce = async (): Promise<void> => {
    try {
      for (const state of await cursors.look()) take(state);
    } catch (error) {
      onFailure(error);
    }
  };
  /** What comes during a look is seen by the next one, which all who ask meanwhile share. */
  const look = (): void => {
    if (isClosed) return;
    if (looking !== undefined) {
      isLookDue = true;
      return;
    }
    looking = lookOnce().finally(() => {
      looking = undefined;
      if (!isLookDue) return;
      isLookDue = false;
      look();
    });
  };

  let timer: NodeJS.Timeout | undefined;
  const stops: (() => Promise<void>)[] = [];
  return {
    async start() {
      await cursors.open([...passes.keys()], build);
      stops.push(await log.onNews(look), await cursors.onMoved(look));
      timer = setInterval(look, pollMs);
      look();
    },

    waitFor(recorded, patienceMs = PATIENCE_MS) {
      look();
      return receipts.waitFor(recorded, patienceMs);
    },

    keepsUp: () => confirmBehindSeconds <= BEHIND_LIMIT_SECONDS,

    async close() {
      isClosed = true;
      clearInterval(timer);
      await Promise.all(stops.map((stop) => stop()));
      await Promise.all([...passes.values()].map((pass) => pass.close()));
      await looking;
      // What this process answered after another build had everything purged may be kept somewhere.
      await cursors.leave(build).catch(onFailure);
    },
  };
};
