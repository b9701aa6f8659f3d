import type { Clock, Instant } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { finishRelooks, returnRelooks, takeRelooks, type Relook } from './relooks.ts';

export interface LookAgainOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  readonly indexer: Pick<Indexer, 'look'>;
}

const BATCH_LOOKS = 50;
/** So many stories fail, each by itself, and none is found: then it is the source, which is left alone. */
const FAILING_ALONE = 3;

/**
 * Looks again at what is due, and tells of it once more, whether or not it is as it was: it was told of before its
 * source showed it, and answers may have been made in between. What fails together is halved, so that a story that fails
 * keeps no other waiting.
 *
 * @throws {StoreError} when the source or the database fails: what could not be looked at stays due.
 */
export const lookAgain = async ({ database, clock, desk, indexer }: LookAgainOptions): Promise<void> => {
  const failed: Relook[] = [];
  let failure: { readonly error: unknown } | undefined;
  let hasFound = false;
  const isDown = (): boolean => !hasFound && failed.length >= FAILING_ALONE;

  const lookAt = async (due: readonly Relook[], takenAt: Instant): Promise<void> => {
    if (due.length === 0) return;
    if (isDown()) {
      failed.push(...due);
      return;
    }
    // As of then: a withdrawal that was told before would have taken it away.
    const lifts = new Map(due.filter((relook) => relook.lifts).map(({ sourceId }) => [sourceId, takenAt]));
    const ids = due.map(({ sourceId }) => sourceId);
    try {
      await indexer.look(ids, { reason: 'again', lifts, isAnnounced: true });
    } catch (error) {
      failure ??= { error };
      if (due.length === 1) failed.push(...due);
      else {
        const middle = Math.ceil(due.length / 2);
        await lookAt(due.slice(0, middle), takenAt);
        await lookAt(due.slice(middle), takenAt);
      }
      return;
    }
    hasFound = true;
    await finishRelooks(database, desk, due);
  };

  try {
    while (!isDown()) {
      const takenAt = clock.now();
      const due = await takeRelooks(database, desk, takenAt, BATCH_LOOKS);
      if (due.length === 0) break;
      await lookAt(due, takenAt);
    }
  } finally {
    await returnRelooks(database, desk, failed).catch(() => undefined);
  }
  if (failure !== undefined) throw failure.error;
};
