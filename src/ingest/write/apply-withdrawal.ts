import type { Instant } from '../../clock.ts';
import type { PreparedArticle, PreparedWithdrawal } from '../prepare-document.ts';
import type { Outcome } from './apply-taxonomy.ts';
import { writeDigest } from './article-digest.ts';
import type { BatchState, StoredArticle } from './batch-state.ts';
import type { BatchWrites } from './batch-writes.ts';
import { exactChangeTagsOf, pickChangeKind } from './change-of-article.ts';

/** Equals the digest of no line: whatever comes next is another state than this one. */
const NO_DIGEST = '-';

/** When its publishing system withdrew it; undefined: it has not. An order of ours is not its word. */
const withdrawnBySource = ({ withdrawnAt, takenDownAt }: StoredArticle): Instant | undefined =>
  withdrawnAt === null || withdrawnAt === takenDownAt ? undefined : withdrawnAt;

/** Why `article` is left out, when what is stored is newer or has been withdrawn since; undefined: it is not. */
export const findStale = ({ id, document }: PreparedArticle, state: BatchState): string | undefined => {
  const before = state.articles.get(id);
  const { isOnlyIfNewer = false, updatedAt } = document;
  if (before === undefined || !isOnlyIfNewer || updatedAt === undefined) return undefined;
  if (updatedAt < before.updatedAt) return 'what is stored of it is newer, and stays';
  const withdrawnAt = withdrawnBySource(before);
  if (withdrawnAt === undefined || updatedAt > Math.max(withdrawnAt, before.updatedAt)) return undefined;
  return document.withdrawnAt === undefined ? 'it was withdrawn since, and stays so' : undefined;
};

const withdraw = (before: StoredArticle, withdrawnAt: Instant, writes: BatchWrites): StoredArticle => {
  const { id } = before;
  const digest = { ...before.digest, content: NO_DIGEST };
  const after = { ...before, withdrawnAt, version: before.version + 1, digest };
  const written = writes.articles.get(id);
  writes.digests.delete(id);
  if (written === undefined) writes.withdrawals.set(id, { withdrawnAt, version: after.version, digest });
  else {
    const withdrawn_at = new Date(withdrawnAt).toISOString();
    const row = { ...written.row, withdrawn_at, version: after.version, content_digest: writeDigest(digest) };
    writes.articles.set(id, { ...written, row });
  }
  return after;
};

/**
 * Withdraws the story of `withdrawal` wherever it is stored, and notes what is to be written. What is newer than the
 * withdrawal stays: it has been published again.
 */
export const applyWithdrawal = (
  { ids, source, sourceId, withdrawnAt }: PreparedWithdrawal,
  state: BatchState,
  writes: BatchWrites,
  now: Instant,
): { readonly outcome: Outcome; readonly note?: string } => {
  const stored = ids.flatMap((id) => state.articles.get(id) ?? []);
  if (stored.length === 0)
    return {
      outcome: 'unchanged',
      note: `nothing to withdraw: no story "${sourceId.slice(0, 100)}" of source "${source}" is stored`,
    };
  const standing = stored.filter((before) => withdrawnBySource(before) === undefined);
  const taken = standing.filter(({ updatedAt }) => withdrawnAt === undefined || updatedAt <= withdrawnAt);
  for (const before of taken) {
    // In whole seconds, as a line's: by that it is told from an order of ours.
    const after = withdraw(before, withdrawnAt ?? Math.floor(now / 1_000) * 1_000, writes);
    state.articles.set(before.id, after);
    writes.outbox.push({
      kind: pickChangeKind(before, after, now),
      articleId: after.id,
      edition: after.edition,
      tags: exactChangeTagsOf(before, after, { changed: [], losers: [] }, now),
      version: after.version,
    });
  }
  if (taken.length > 0) return { outcome: 'updated' };
  if (standing.length === 0) return { outcome: 'unchanged' };
  return { outcome: 'unchanged', note: 'what is stored is newer than its withdrawal, and stays' };
};
