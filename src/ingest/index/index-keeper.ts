import type { Doubt } from '../../stores/indexed/read-stories.ts';
import { loadTasks, type IndexTask } from './index-tasks.ts';
import { lookAgain } from './look-again.ts';
import { createReaderDoubts } from './reader-doubts.ts';
import { sweep, type SweepOptions } from './sweep.ts';
import { takeInventory, type InventoryOptions } from './take-inventory.ts';

/** `building`: not everything has been met yet; `failed`: the source cannot be read, or says what is not believed. */
export type IndexState = 'ok' | 'building' | 'failed';

/** What keeps the index of a desk as its source is, whoever tells of it or not. */
export interface IndexKeeper {
  /** A reader has found a story otherwise: it is looked at soon. */
  note(sourceId: string, doubt: Doubt): void;
  /** Looks at what readers have noted and what is to be looked at again, now. */
  catchUp(): Promise<void>;
  /**
   * Does a task that is due; each runs in one process at a time.
   *
   * @returns whether it was due and this process' to do.
   */
  runDue(task: IndexTask): Promise<boolean>;
  /** As all processes know it, as of the last time this one looked. */
  state(): IndexState;
  /** Seconds since the task was last done; null: never yet. As of the last time this process looked. */
  ageSeconds(task: IndexTask): number | null;
  /** Keeps it from now on. */
  start(): void;
  /** Ends what runs at the next stop: what was written stays, and its place. */
  close(): Promise<void>;
}

export interface IndexKeeperOptions extends SweepOptions, InventoryOptions {
  readonly source: SweepOptions['source'] & InventoryOptions['source'];
  readonly indexer: InventoryOptions['indexer'];
  /** From the end of one to the beginning of the next. */
  readonly sweepSeconds: number;
  readonly inventorySeconds: number;
  /** Told of the first failure of a work that fails again and again. */
  readonly onFailure: (work: IndexWork, error: unknown) => void;
  /** Told of the first that works again. */
  readonly onRecovery: (work: IndexWork) => void;
}

export type IndexWork = IndexTask | 'looks';

const EVERY_MS: Readonly<Record<IndexWork, number>> = { looks: 250, sweep: 1_000, inventory: 1_000 };

/** The keeper of one desk, in this process. */
export const createIndexKeeper = (options: IndexKeeperOptions): IndexKeeper => {
  const { database, clock, desk, sweepSeconds, inventorySeconds, onFailure, onRecovery } = options;
  const doubts = createReaderDoubts(options);
  let tasks: Awaited<ReturnType<typeof loadTasks>> | undefined;
  const seconds = { sweep: sweepSeconds, inventory: inventorySeconds };

  const isDue = (task: IndexTask): boolean => {
    if (tasks === undefined) return false;
    const { doneAt, suspectedAt, failedAt } = tasks[task];
    // What the first inventory meets is not new to the sweep.
    if (task === 'sweep' && tasks.inventory.doneAt === null) return false;
    if (doneAt === null || failedAt !== null) return true;
    const wait = suspectedAt === null ? seconds[task] : Math.min(seconds[task], sweepSeconds);
    return clock.now() >= doneAt + wait * 1_000;
  };

  let isClosed = false;
  const stopping = new AbortController();
  const failing = new Set<IndexWork>();
  const guarded = async (work: IndexWork, run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
      if (failing.delete(work)) onRecovery(work);
    } catch (error) {
      if (isClosed) return;
      if (!failing.has(work)) onFailure(work, error);
      failing.add(work);
    }
  };

  const timers = new Map<IndexWork, NodeJS.Timeout>();
  const turns = new Map<IndexWork, Promise<void>>();
  /** One that fails waits for longer and longer, up to the sweep's own interval: a source that is down is left alone. */
  const backoff = new Map<IndexWork, number>();
  const loop = (work: IndexWork, run: () => Promise<unknown>): void => {
    const turn = async (): Promise<void> => {
      await guarded(work, run);
      const waited = failing.has(work) ? Math.min((backoff.get(work) ?? EVERY_MS[work]) * 2, sweepSeconds * 1_000) : 0;
      backoff.set(work, waited || EVERY_MS[work]);
      if (!isClosed)
        timers.set(
          work,
          setTimeout(() => void turns.set(work, turn()), Math.max(waited, EVERY_MS[work])),
        );
    };
    turns.set(work, turn());
  };

  const catchUp = async (): Promise<void> => {
    await doubts.resolve();
    await lookAgain(options);
  };
  const runDue: IndexKeeper['runDue'] = async (task) => {
    tasks = await loadTasks(database, desk);
    if (!isDue(task)) return false;
    const running = { ...options, signal: stopping.signal };
    const isOurs = await (task === 'sweep' ? sweep(running) : takeInventory(running));
    tasks = await loadTasks(database, desk);
    return isOurs;
  };

  return {
    note: doubts.note,
    catchUp,
    runDue,
    state() {
      if (tasks === undefined) return 'building';
      const { sweep: swept, inventory } = tasks;
      if ([swept.failedAt, inventory.failedAt, inventory.suspectedAt].some((at) => at !== null)) return 'failed';
      return inventory.doneAt === null ? 'building' : 'ok';
    },
    ageSeconds(task) {
      const doneAt = tasks?.[task].doneAt ?? null;
      return doneAt === null ? null : Math.max(0, clock.now() - doneAt) / 1_000;
    },
    start() {
      loop('looks', catchUp);
      loop('sweep', () => runDue('sweep'));
      loop('inventory', () => runDue('inventory'));
    },
    async close() {
      isClosed = true;
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(turns.values());
    },
  };
};
