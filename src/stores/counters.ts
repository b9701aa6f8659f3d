import { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../clock.ts';
import { counterKey, type Counter } from '../content/counter.ts';
import { editionOfId } from '../content/ids.ts';
import type { EngagementStore } from './engagement-store.ts';
import { asError, askEachStore } from './federated/ask-each-store.ts';
import type { StoresOf } from './federated/route-by-edition.ts';

/** What is known of one counter here. */
export interface Cell {
  readonly counter: Counter;
  value: number;
  /** When the value was asked for: it is as old as that, or younger. */
  readAt: Instant;
  /** When it was last asked for in vain; undefined: not since it was read. */
  failedAt: Instant | undefined;
  /** Resolves once the question under way has been answered or has failed. */
  asking: Promise<void> | undefined;
}

/** A number that was counted. */
export interface Count {
  readonly value: number;
  readonly readAt: Instant;
}

/** The counters that answers of this process show: the last known value of each. */
export interface Counters {
  /** The cell of `counter`, which is at least as new as `count`. */
  cellOf(counter: Counter, count: Count): Cell;
  /** Counts as of now; where the store fails, what was last known; where nothing is known, the failure. */
  read(store: EngagementStore, counters: readonly Counter[], now: Instant): Promise<readonly (Count | Error)[]>;
  /**
   * Asks for `cells`, once for all that ask at about the same time, and each cell once at a time. Never rejects.
   *
   * @param isUrgent somebody waits: asked at the end of this turn.
   */
  refresh(cells: readonly Cell[], isUrgent: boolean): Promise<void>;
}

export interface CountersOptions {
  readonly storesOf: StoresOf;
  readonly clock: Clock;
  /** Told of a store that failed, once per batch. */
  readonly onFailure?: (error: unknown) => void;
  /** How long those whom nobody waits for gather before they are asked for together. */
  readonly gatherMs?: number;
  /** How many cells are remembered; room for all of them is taken at once. Default: 20,000. */
  readonly cellLimit?: number;
}

/** Some 340 bytes each, as measured in a process full of them. Cells of answers that are kept are held by those, too. */
const CELL_LIMIT = 20_000;

/** Cells that will be asked for together. */
interface Gathering {
  readonly cells: Set<Cell>;
  readonly asked: PromiseWithResolvers<void>;
  readonly timer: NodeJS.Timeout;
}

/** Nothing is known yet. */
export const createCounters = ({
  storesOf,
  clock,
  onFailure = () => undefined,
  gatherMs = 100,
  cellLimit = CELL_LIMIT,
}: CountersOptions): Counters => {
  const known = new LRUCache<string, Cell>({ max: cellLimit });
  let gathering: Gathering | undefined;

  const note = (cell: Cell, { value, readAt }: Count): void => {
    // Of two questions under way at once the later one is right, whichever is answered last; unless the clock was set back.
    if (readAt < cell.readAt && cell.readAt <= clock.now()) return;
    cell.value = value;
    cell.readAt = readAt;
    cell.failedAt = undefined;
  };
  const cellOf = (counter: Counter, count: Count): Cell => {
    const found = known.get(counterKey(counter));
    if (found !== undefined) {
      note(found, count);
      return found;
    }
    const cell: Cell = { counter, ...count, failedAt: undefined, asking: undefined };
    known.set(counterKey(counter), cell);
    return cell;
  };

  const ask = async (cells: readonly Cell[]): Promise<void> => {
    const now = clock.now();
    const counts = await askEachStore(storesOf, {
      requests: cells,
      editionOf: ({ counter }) => editionOfId(counter.id),
      read: ({ engagement }, part) =>
        engagement.counts(
          part.map(({ counter }) => counter),
          now,
        ),
    });
    const failures = new Set<Error>();
    for (const [index, cell] of cells.entries()) {
      const count = counts[index];
      cell.asking = undefined;
      if (typeof count === 'number') {
        note(cell, { value: count, readAt: now });
        continue;
      }
      cell.failedAt = clock.now();
      if (count !== undefined) failures.add(count);
    }
    for (const failure of failures) onFailure(failure);
  };

  const send = (batch: Gathering): void => {
    if (gathering === batch) gathering = undefined;
    clearTimeout(batch.timer);
    void ask([...batch.cells]).then(batch.asked.resolve, batch.asked.reject);
  };
  const gather = (): Gathering => {
    const batch: Gathering = {
      cells: new Set(),
      asked: Promise.withResolvers(),
      timer: setTimeout(() => send(batch), gatherMs).unref(),
    };
    return batch;
  };

  return {
    cellOf,
    async read(store, counters, now) {
      let values: readonly number[];
      try {
        values = await store.counts(counters, now);
      } catch (error) {
        onFailure(error);
        return counters.map((counter) => known.get(counterKey(counter)) ?? asError(error));
      }
      return values.map((value, index) => {
        const counter = counters[index];
        const count = { value, readAt: now };
        if (counter !== undefined) cellOf(counter, count);
        return count;
      });
    },
    async refresh(cells, isUrgent) {
      for (const cell of cells) {
        if (cell.asking !== undefined) continue;
        gathering ??= gather();
        gathering.cells.add(cell);
        cell.asking = gathering.asked.promise;
      }
      const batch = gathering;
      if (isUrgent && batch !== undefined) setImmediate(() => gathering === batch && send(batch));
      await Promise.all(cells.flatMap(({ asking }) => asking ?? []));
    },
  };
};
