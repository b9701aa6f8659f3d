import { createChangeLog, type ChangeLog } from './change-log.ts';
import { createFollower, type Follower, type FollowerOptions } from './follower.ts';
import type { Database } from '../database/database.ts';

/** The change log as a running process uses it. */
export interface Changes {
  readonly log: ChangeLog;
  readonly follower: Follower;
  /** Relays the outbox and applies the log, now. Steps never overlap; a call during a step waits for the next. */
  step(): Promise<void>;
  /** Joins the log, then steps on every notification and, as a net, every `pollMs`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ChangesOptions extends Omit<FollowerOptions, 'log'> {
  readonly database: Database;
  readonly pollMs?: number;
  /** Told of every step that failed; the next one tries again. */
  readonly onFailure?: (error: unknown) => void;
}

const RELAY_LIMIT = 500;

/** Relay and follower of this process, over one log. */
export const createChanges = ({
  database,
  pollMs = 250,
  onFailure = () => undefined,
  ...options
}: ChangesOptions): Changes => {
  const log = createChangeLog(database);
  const { follower, catchUp } = createFollower({ log, ...options });

  const work = async (): Promise<void> => {
    let moved: number;
    do {
      moved = await log.relay(RELAY_LIMIT);
    } while (moved === RELAY_LIMIT);
    await catchUp();
  };

  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const step = (): Promise<void> => {
    if (running === undefined) {
      running = work().finally(() => (running = undefined));
      return running;
    }
    // Whatever came after the running step began may be missed by it: one more step, shared by all who ask meanwhile.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return step();
      });
    return next;
  };

  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => Promise<void>) | undefined;
  let isClosed = false;
  const stepQuietly = (): void => {
    // A step that is due anyway sees this news too; its failure is told once.
    if (next === undefined) void step().catch(onFailure);
  };
  return {
    log,
    follower,
    step,
    async start() {
      stopListening = await log.onNews(stepQuietly);
      await step();
      if (!isClosed) timer = setInterval(stepQuietly, pollMs);
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await stopListening?.();
      await (next ?? running)?.catch(() => undefined);
    },
  };
};
