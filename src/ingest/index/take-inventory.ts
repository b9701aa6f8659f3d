import type { Clock, Instant } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { ContentSource, Sightings } from '../../stores/content-source.ts';
import { withdrawStrangers } from './withdraw-strangers.ts';
import { doTask } from './do-task.ts';
import { findDiffering, latestSave } from './find-differing.ts';
import { advanceTask, finishTask, placeSweep, type TaskRow } from './index-tasks.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { loadStanding } from './load-standing.ts';
import { loadStories } from './story-rows.ts';
import { walkPages } from './walk-pages.ts';

/** How far an inventory has come. */
export interface InventoryProgress {
  /** Stories the source has, as far as they have been met. */
  readonly seen: number;
  /** Of those, how many had to be looked at. */
  readonly looked: number;
  /** Whether it is the first: nothing was known before. */
  readonly isFirst: boolean;
}

export interface InventoryOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  readonly source: Pick<ContentSource, 'name' | 'inventory'>;
  readonly indexer: Indexer;
  readonly onProgress: (progress: InventoryProgress) => void;
  /** So many of `standing` stories are not there that a second inventory has to say so too. */
  readonly onSuspicion: (missing: number, standing: number) => void;
  /** So many articles of other systems stood in the edition, and are withdrawn. */
  readonly onStrangers: (count: number) => void;
  /** Told once the first is done: all that is there has been met. */
  readonly onBuilt: (seen: number) => void;
  /** Ends it between two batches: what was written stays. */
  readonly signal?: AbortSignal;
}

/** What may be missing at once without a second look: as much as a desk deletes in an afternoon. */
const BELIEVED_COUNT = 50;
const BELIEVED_SHARE = 0.2;

/** Whether `missing` of `standing` stories is what a source says that has lost them, or its mind. */
export const isSuspicious = (missing: number, standing: number): boolean =>
  missing > BELIEVED_COUNT && missing > standing * BELIEVED_SHARE;

interface Counted {
  readonly seen: ReadonlySet<string>;
  readonly latestSave: Instant | null;
}

/** Meets every story the source has, and looks at those that are not as they are known. */
const countAll = async (
  { database, clock, desk, source, indexer, onProgress, signal }: InventoryOptions,
  { doneAt }: TaskRow,
): Promise<Counted> => {
  const seen = new Set<string>();
  let looked = 0;
  let latest: Instant | null = null;
  const read = (next: string | null): Promise<Sightings> => {
    signal?.throwIfAborted();
    return source.inventory(next);
  };
  for await (const sightings of walkPages(source.name, read)) {
    const ids = sightings.map(({ sourceId }) => sourceId);
    for (const sourceId of ids) seen.add(sourceId);
    const rows = await loadStories(database, desk, ids);
    const bad = rows.filter(({ badReason }) => badReason !== null).map(({ sourceId }) => sourceId);
    // What was bad may be good by what others have become.
    const differing = [...new Set([...findDiffering(sightings, rows, desk), ...bad])];
    if (differing.length > 0) await indexer.look(differing, { reason: 'inventory' });
    looked += differing.length;
    const save = latestSave(sightings, clock.now());
    latest = save === null ? latest : Math.max(save, latest ?? save);
    await advanceTask(database, desk, 'inventory');
    onProgress({ seen: seen.size, looked, isFirst: doneAt === null });
  }
  return { seen, latestSave: latest };
};

/**
 * Compares all the source has with all that is known of it: what was back-dated, deleted or trashed, and what was missed
 * otherwise. A story that is not met is asked for by its id before it is withdrawn; when far too many are not met, a
 * second inventory has to miss them too.
 *
 * @returns false when another process is at it.
 * @throws {StoreError} when the source or the database fails: what was written before stays.
 */
export const takeInventory = (options: InventoryOptions): Promise<boolean> =>
  doTask(options, 'inventory', async (place) => {
    const { database, clock, desk, indexer, onSuspicion, onStrangers, signal } = options;
    const looking = { reason: 'inventory' as const, ...(signal === undefined ? {} : { signal }) };
    const startedAt = clock.now();
    await indexer.writeTaxonomy();
    const { seen, latestSave: latest } = await countAll(options, place);
    const standing = await loadStanding(database, desk);
    const missing = standing.filter((sourceId) => !seen.has(sourceId));
    const isSuspected = isSuspicious(missing.length, standing.length) && place.suspectedAt === null;
    if (isSuspected) onSuspicion(missing.length, standing.length);
    else {
      await indexer.look(missing, looking);
      indexer.trustAgain();
      // Not before it is believed: a source that has lost everything names no section either.
      await indexer.lookAtTaxonomy();
    }
    // A source that has nothing yet is no reason to take down what was there before it.
    const strangers = seen.size === 0 ? 0 : await withdrawStrangers(database, desk, clock.now());
    if (strangers > 0) {
      onStrangers(strangers);
      const bad = (await loadStories(database, desk)).filter(({ badReason }) => badReason !== null);
      await indexer.look(
        bad.map(({ sourceId }) => sourceId),
        looking,
      );
    }
    // What was saved while it went on is met by the sweep: it begins before it.
    await placeSweep(database, desk, Math.min(latest ?? startedAt, startedAt));
    await finishTask(database, desk, 'inventory', { now: clock.now(), isSuspected });
    if (place.doneAt === null) options.onBuilt(seen.size);
  });
