import type { Clock } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { writeInTransactions } from '../write/create-batch-writer.ts';
import { lockEditions } from '../write/lock-editions.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Looked } from './judge-look.ts';
import { forgetLifts } from './relooks.ts';
import { beginLook } from './story-rows.ts';
import { writeLooked, type LookResult } from './write-looked.ts';

export interface KillStoriesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
}

const killTogether = async (
  transaction: Queryable,
  sourceIds: readonly string[],
  { clock, desk }: KillStoriesOptions,
): Promise<readonly LookResult[]> => {
  await lockEditions(transaction, [desk.edition]);
  // A look of its own, begun where no other can begin before it is written: whoever is reading the story finds out, and
  // looks again.
  const rows = await beginLook(transaction, desk, sourceIds);
  await forgetLifts(transaction, desk, sourceIds);
  const killed = rows.map(({ sourceId, articleId, look }): Looked => ({ sourceId, articleId, look, found: 'killed' }));
  const writing = { desk, now: clock.now(), lifts: new Map(), isAnnounced: false, givesTags: true };
  return await writeLooked(transaction, killed, writing);
};

/** Withdraws stories that were told to be gone; one result per story, in their order. */
export const killStories = async (
  options: KillStoriesOptions,
  sourceIds: readonly string[],
): Promise<readonly LookResult[]> =>
  await writeInTransactions(
    options.database,
    (transaction, pieces: readonly string[]) => killTogether(transaction, pieces, options),
    (reason, sourceId): LookResult => ({ sourceId, outcome: 'bad', reason }),
  )(sourceIds);
