import type { Clock, Instant } from '../../clock.ts';
import { batchesOf } from '../../content/batches-of.ts';
import type { Edition } from '../../content/edition.ts';
import type { Database } from '../../database/database.ts';
import type { ContentSource } from '../../stores/content-source.ts';
import { writeInTransactions } from '../write/create-batch-writer.ts';
import { createTaxonomyIndex } from './index-taxonomy.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Looked } from './judge-look.ts';
import { killStories } from './kill-stories.ts';
import { createLooker } from './look-at-stories.ts';
import type { StoryReading } from './read-story.ts';
import { scheduleRelooks } from './relooks.ts';
import { beginLook, type StoryRow } from './story-rows.ts';
import { writeLooked, type LookResult } from './write-looked.ts';
import { writeSettling } from './write-settling.ts';

/**
 * Why stories are looked at: somebody told of them, the sweep or the inventory met them, a reader, or a look noted before;
 * or they are filed under what is gone.
 */
export type LookReason = 'told' | 'sweep' | 'inventory' | 'reader' | 'again' | 'taxonomy';

export interface LookOptions {
  readonly reason: LookReason;
  /** Stories told to be there again, and when: as of `WriteLookedOptions`. */
  readonly lifts?: ReadonlyMap<string, Instant>;
  /** As of `WriteLookedOptions`. Default: no. */
  readonly isAnnounced?: boolean;
  /** Ends it between two batches. */
  readonly signal?: AbortSignal;
}

/** What is known of the stories of one desk, and how it comes to be known. */
export interface Indexer {
  /**
   * Looks at stories and writes what is found: new and changed ones, and withdrawals of those that are not there, each
   * with what the change log is to learn of it. Any number of processes may do so at the same time.
   *
   * @returns one result per story, and those of stories that stood in their way; what is `behind` is looked at again by
   *   itself, and what is held back has none.
   * @throws {StoreError} when the source or the database fails: what was written before stays.
   */
  look(sourceIds: readonly string[], options: LookOptions): Promise<readonly LookResult[]>;
  /** Withdraws stories that were told to be gone, whatever their source shows. */
  kill(sourceIds: readonly string[]): Promise<readonly LookResult[]>;
  /** Writes what stories are filed under. */
  writeTaxonomy(): Promise<void>;
  /** The same; then it looks at those that are filed under what is gone, and removes that. */
  lookAtTaxonomy(): Promise<void>;
  /** Lets stories be withdrawn again, though many were: what is there has been counted. */
  trustAgain(): void;
}

export interface IndexObserver {
  readonly onLooked: (results: readonly LookResult[], reason: LookReason) => void;
  /** What could not be taken of a story, or of the taxonomy. */
  readonly onLeftOut: (of: string, reasons: readonly string[]) => void;
  /** So many stories are not there that none of them is withdrawn before the whole was counted. */
  readonly onHeld: (count: number) => void;
}

export interface IndexerOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Of the gateway. */
  readonly editions: readonly Edition[];
  readonly desk: IndexedDesk;
  readonly source: ContentSource;
  readonly reading: StoryReading;
  readonly observe: IndexObserver;
}

/** Looked at and written together: one call of the source, one transaction. */
const BATCH_STORIES = 50;
/** A look that others overtake begins anew; whoever overtakes it so often is looking at the same. */
const MAX_ATTEMPTS = 5;
/** Withdrawn one by one between two inventories; past it somebody has to count first (`docs/operations/indexed-stores.md`). */
const WITHDRAWALS_AT_ONCE = 50;

const NO_LIFTS: ReadonlyMap<string, Instant> = new Map();

/** Whether a look ends what stood as `standing`. What is as bad as it was has been withdrawn before. */
const isLost = (looked: Looked, standing: StoryRow | undefined): boolean =>
  standing !== undefined &&
  looked.found !== 'fit' &&
  (looked.found !== 'unfit' || looked.reason !== standing.badReason);

/** The indexer of one desk. */
export const createIndexer = (options: IndexerOptions): Indexer => {
  const { database, clock, desk, source, reading, observe } = options;
  const taxonomy = createTaxonomyIndex({ ...options, onRefused: (reasons) => observe.onLeftOut('taxonomy', reasons) });
  const looker = createLooker({ database, desk, source, reading, taxonomy, onLeftOut: observe.onLeftOut });
  let withdrawable = WITHDRAWALS_AT_ONCE;

  const write = async (
    looked: readonly Looked[],
    { lifts = NO_LIFTS, isAnnounced = false, reason: why }: LookOptions,
    writeAll: typeof writeLooked = writeLooked,
  ): Promise<readonly LookResult[]> =>
    await writeInTransactions(
      database,
      (transaction, pieces: readonly Looked[]) => {
        const writing = { desk, now: clock.now(), lifts, isAnnounced, givesTags: why === 'told' };
        return writeAll(transaction, pieces, writing);
      },
      (reason, { sourceId }): LookResult => ({ sourceId, outcome: 'bad', reason }),
    )(looked);

  /** Without what would be withdrawn, when that is too much to be believed at once. */
  const holdBack = (looked: readonly Looked[], rows: readonly StoryRow[], reason: LookReason): readonly Looked[] => {
    if (reason === 'told' || reason === 'inventory') return looked;
    const standing = new Map(rows.filter(({ isPresent }) => isPresent).map((row) => [row.articleId, row]));
    const lost = new Set(looked.filter((one) => isLost(one, standing.get(one.articleId))));
    if (lost.size <= withdrawable) {
      withdrawable -= lost.size;
      return looked;
    }
    observe.onHeld(lost.size);
    return looked.filter((one) => !lost.has(one));
  };

  const lookOnce = async (
    sourceIds: readonly string[],
    looking: LookOptions,
    writeAll = writeLooked,
  ): Promise<readonly LookResult[]> => {
    const rows = await beginLook(database, desk, sourceIds);
    const looked = holdBack(await looker.lookAt(rows), rows, looking.reason);
    return await write(looked, looking, writeAll);
  };

  const scheduleBehind = async (results: readonly LookResult[], lifts: ReadonlyMap<string, Instant>): Promise<void> => {
    const isDue = ({ outcome }: LookResult): boolean => outcome === 'behind' || outcome === 'overtaken';
    const at = clock.now() + desk.lagSeconds * 1_000;
    const due = results.filter(isDue).map(({ sourceId }) => ({ sourceId, at, liftedAt: lifts.get(sourceId) ?? null }));
    await scheduleRelooks(database, desk, due);
  };

  const lookAtBatch = async (batch: readonly string[], looking: LookOptions): Promise<readonly LookResult[]> => {
    const results = new Map<string, LookResult>();
    let left = batch;
    for (let attempts = 1; left.length > 0 && attempts <= MAX_ATTEMPTS; attempts += 1) {
      for (const result of await lookOnce(left, looking)) results.set(result.sourceId, result);
      left = left.filter((sourceId) => results.get(sourceId)?.outcome === 'overtaken');
    }
    const inOrder = batch.flatMap((sourceId) => results.get(sourceId) ?? []);
    const settled = await looker.settle(inOrder, (sourceIds) => lookOnce(sourceIds, looking, writeSettling));
    await scheduleBehind(settled, looking.lifts ?? NO_LIFTS);
    return settled;
  };

  const look: Indexer['look'] = async (sourceIds, looking) => {
    const ids = [...new Set(sourceIds)];
    const all: LookResult[] = [];
    for (const batch of batchesOf(ids, BATCH_STORIES)) {
      looking.signal?.throwIfAborted();
      const results = await lookAtBatch(batch, looking);
      observe.onLooked(results, looking.reason);
      all.push(...results);
    }
    return all;
  };

  return {
    look,
    async kill(sourceIds) {
      const results = await killStories({ database, clock, desk }, [...new Set(sourceIds)]);
      observe.onLooked(results, 'told');
      return results;
    },
    async writeTaxonomy() {
      await taxonomy.write();
      looker.forgetNames();
    },
    async lookAtTaxonomy() {
      const written = await taxonomy.write();
      looker.forgetNames();
      if (written.misfiled.length > 0) await look(written.misfiled, { reason: 'taxonomy' });
      await taxonomy.dropUnfiled(written);
      looker.forgetNames();
    },
    trustAgain() {
      withdrawable = WITHDRAWALS_AT_ONCE;
    },
  };
};
