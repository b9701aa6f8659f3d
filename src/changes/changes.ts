import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Acknowledgement } from './acknowledger.ts';
import { createAppender, type Appended } from './appender.ts';
import { createChangeLog, type ChangeLog } from './change-log.ts';
import type { NewChange } from './change.ts';
import { createFollower, type Follower } from './follower.ts';
import type { FollowerOptions } from './follower-options.ts';
import { createLeases } from './leases.ts';
import { loadTombstones } from './tombstone-table.ts';

/** The change log as a running process uses it. */
export interface Changes {
  readonly log: ChangeLog;
  readonly follower: Follower;
  /** Relays the outbox and applies the log, now. Steps never overlap; a call during a step waits for the next. */
  step(): Promise<void>;
  /** As of `Appender.append`; this process takes the change in at once. */
  append(id: string, changes: readonly NewChange[]): Promise<Appended>;
  /** As of `Appender.acknowledge`. */
  acknowledge(appended: Appended): Promise<Acknowledgement>;
  /** Joins the log, then steps on every notification and, as a net, every `pollMs`. */
  start(): Promise<void>;
  /** Stops following; nobody has to wait for this process any more. */
  close(): Promise<void>;
}

export interface ChangesOptions extends Omit<FollowerOptions, 'log' | 'leases' | 'loadTombstones' | 'onDoubt'> {
  readonly database: Database;
  readonly clock: Clock;
  /** For people: which process a lease belongs to. */
  readonly process: string;
  readonly pollMs?: number;
  /** Told of every step that failed; the next one tries again. */
  readonly onFailure?: (error: unknown) => void;
}

const RELAY_LIMIT = 500;
const DEGRADED_SECONDS = 300;

/** Relay and follower of this process, over one log. */
export const createChanges = ({
  database,
  clock,
  process,
  pollMs = 250,
  onFailure = () => undefined,
  ...options
}: ChangesOptions): Changes => {
  const log = createChangeLog(database);
  const { leaseMs, degradedSeconds = DEGRADED_SECONDS } = options;
  const appender = createAppender({ database, degradedSeconds, ...(leaseMs === undefined ? {} : { leaseMs }) });
  const { follower, catchUp, leave } = createFollower({
    log,
    leases: createLeases({ database, process, degradedSeconds }),
    loadTombstones: () => loadTombstones(database),
    ...options,
    degradedSeconds,
    onDoubt: () => stepQuietly(),
  });

  const work = async (): Promise<void> => {
    for (;;) {
      // What stands in the log is taken in whether or not more can be moved there, and between any two batches.
      const [relayed] = await Promise.allSettled([log.relay(RELAY_LIMIT)]);
      await catchUp();
      if (relayed.status === 'rejected') throw relayed.reason;
      if (relayed.value === 0) return;
    }
  };

  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const step = (): Promise<void> => {
    // A step would join again, and somebody would wait for a process that is gone.
    if (isClosed && running === undefined) return Promise.resolve();
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

  let stopListening: (() => Promise<void>) | undefined;
  const stepQuietly = (): void => {
    // A step that is due anyway sees this news too; its failure is told once.
    if (next === undefined && !isClosed) void step().catch(onFailure);
  };
  return {
    log,
    follower,
    step,
    async append(id, changes) {
      const appended = await appender.append(id, changes, clock.now());
      stepQuietly();
      return appended;
    },
    acknowledge: appender.acknowledge,
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
      await leave().catch(onFailure);
    },
  };
};
