import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { ContentSource, Sightings } from '../../stores/content-source.ts';
import { doTask } from './do-task.ts';
import { findDiffering, latestSave } from './find-differing.ts';
import { advanceTask, finishTask } from './index-tasks.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { loadStories } from './story-rows.ts';
import { walkPages } from './walk-pages.ts';

export interface SweepOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  readonly source: Pick<ContentSource, 'name' | 'savedSince'>;
  readonly indexer: Pick<Indexer, 'look'>;
  /** Looked at once more behind what is known: saves may be dated late, and clocks differ. Default: 120. */
  readonly overlapSeconds?: number;
  /** Ends it between two pages: its place stays. */
  readonly signal?: AbortSignal;
}

const OVERLAP_SECONDS = 120;

/**
 * Looks at what was saved since the last sweep and nobody told of. Its place moves page by page, so that a sweep that
 * fails, or whose process dies, goes on from there.
 *
 * @returns false when another process is at it.
 * @throws {StoreError} when the source or the database fails.
 */
export const sweep = (options: SweepOptions): Promise<boolean> =>
  doTask(options, 'sweep', async ({ reachedAt }) => {
    const { database, clock, desk, source, indexer, overlapSeconds = OVERLAP_SECONDS, signal } = options;
    const since = Math.max(0, (reachedAt ?? 0) - overlapSeconds * 1_000);
    const read = (next: string | null): Promise<Sightings> => {
      signal?.throwIfAborted();
      return source.savedSince(since, next);
    };
    for await (const sightings of walkPages(source.name, read)) {
      const ids = sightings.map(({ sourceId }) => sourceId);
      const differing = findDiffering(sightings, await loadStories(database, desk, ids), desk);
      if (differing.length > 0) await indexer.look(differing, { reason: 'sweep' });
      await advanceTask(database, desk, 'sweep', latestSave(sightings, clock.now()));
    }
    await finishTask(database, desk, 'sweep', { now: clock.now() });
  });
