import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { finishRelooks, returnRelooks, takeRelooks } from './relooks.ts';

export interface LookAgainOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  readonly indexer: Pick<Indexer, 'look'>;
}

const BATCH_LOOKS = 50;

/**
 * Looks again at what is due, and tells of it once more, whether or not it is as it was: it was told of before its
 * source showed it, and answers may have been made in between.
 *
 * @throws {StoreError} when the source or the database fails: what was due stays due.
 */
export const lookAgain = async ({ database, clock, desk, indexer }: LookAgainOptions): Promise<void> => {
  for (;;) {
    const now = clock.now();
    const due = await takeRelooks(database, desk, now, BATCH_LOOKS);
    if (due.length === 0) return;
    // As of now: a withdrawal that was told before would have taken it away.
    const lifts = new Map(due.filter((relook) => relook.lifts).map(({ sourceId }) => [sourceId, now]));
    try {
      await indexer.look(
        due.map(({ sourceId }) => sourceId),
        { reason: 'again', lifts, isAnnounced: true },
      );
    } catch (error) {
      await returnRelooks(database, desk, due).catch(() => undefined);
      throw error;
    }
    await finishRelooks(database, desk, due);
  }
};
