import type { Clock, Instant } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { announceDue, type Announced } from './announce-due.ts';

/** What makes time a change like any other: embargoes, publications, expiries and the end of breaking news. */
export interface Scheduler {
  /**
   * Announces everything that is due, in every process at once if need be: each instant is announced once. Ticks of one
   * process never overlap.
   *
   * @returns how many changes this process has put into the outbox.
   */
  tick(): Promise<number>;
  /** Ticks at every instant on the schedule, a second late at most, from now on. */
  start(): void;
  /** Finishes the tick that runs. */
  close(): Promise<void>;
}

export interface SchedulerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly announce?: (database: Database, now: Instant, limit: number) => Promise<Announced>;
  /** Called with every tick the timer made, for work that is done now and then. */
  readonly keepHouse?: () => Promise<unknown>;
  /** Told what was announced, and at which instant that was found. */
  readonly onAnnounced?: (announced: Announced, now: Instant) => void;
  /** Told of the first of the ticks of the timer that fail one after the other; each is tried again. */
  readonly onFailure?: (error: unknown) => void;
  /** Told of the first that works again. */
  readonly onRecovery?: () => void;
}

/** Instants announced in one transaction: catching up after a long night must not hold anybody up. */
const BATCH_SIZE = 500;
/** Content that is written meanwhile may be due before anything that was known: then it is late by this at most. */
const MAX_WAIT_MS = 1_000;
/** What is due and cannot be had now is in another process' hands, or in an import's. */
const RETRY_MS = 250;

/** A scheduler of this process. */
export const createScheduler = ({
  database,
  clock,
  announce = announceDue,
  keepHouse = async () => undefined,
  onAnnounced = () => undefined,
  onFailure = () => undefined,
  onRecovery = () => undefined,
}: SchedulerOptions): Scheduler => {
  const nextAt = async (): Promise<Instant | undefined> => {
    const [row] = await database.query<{ readonly next: Date | null }>('SELECT min(at) AS next FROM schedule');
    return row?.next?.getTime();
  };

  const announceAll = async (): Promise<number> => {
    let appended = 0;
    for (;;) {
      const next = await nextAt();
      const now = clock.now();
      // Most ticks find nothing: then no transaction is begun and nobody's lock is asked for.
      if (next === undefined || next > now) return appended;
      const announced = await announce(database, now, BATCH_SIZE);
      onAnnounced(announced, now);
      appended += announced.changes.length;
      if (announced.taken < BATCH_SIZE) return appended;
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  const tick = (): Promise<number> => {
    const ticked = last.then(announceAll);
    last = ticked.catch(() => undefined);
    return ticked;
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;
  let hasFailed = false;

  const waitMs = async (): Promise<number> => {
    const next = await nextAt();
    if (next === undefined) return MAX_WAIT_MS;
    const left = next - clock.now();
    return left > 0 ? Math.min(left, MAX_WAIT_MS) : RETRY_MS;
  };
  const tickQuietly = async (): Promise<void> => {
    let wait = MAX_WAIT_MS;
    try {
      await tick();
      await keepHouse();
      wait = await waitMs();
      if (hasFailed) onRecovery();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) onFailure(error);
      hasFailed = true;
    }
    if (!isClosed) timer = setTimeout(() => void (running = tickQuietly()), wait);
  };

  return {
    tick,
    start() {
      running = tickQuietly();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
      await last;
    },
  };
};
