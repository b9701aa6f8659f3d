import type { Instant } from '../../clock.ts';
import type { Queryable } from '../../database/database.ts';
import { LineError } from '../line-error.ts';
import type { PreparedDocument } from '../prepare-document.ts';
import { saveSchedule } from '../schedule/save-schedule.ts';
import { applyArticle } from './apply-article.ts';
import { applyTaxonomy, type Outcome } from './apply-taxonomy.ts';
import { applyWithdrawal, findStale } from './apply-withdrawal.ts';
import type { BatchState } from './batch-state.ts';
import { createBatchWrites, type BatchWrites } from './batch-writes.ts';
import { collectWanted } from './collect-wanted.ts';
import { loadBatchState } from './load-batch-state.ts';
import { lockEditions } from './lock-editions.ts';
import { saveArticles } from './save-articles.ts';
import { saveOutbox } from './save-outbox.ts';
import { saveTaxonomy } from './save-taxonomy.ts';
import { searchRenamed } from './search-renamed.ts';

/** What became of one document; `reason` and `note` are for the person who imports it. */
export type DocumentResult =
  | {
      readonly outcome: Outcome;
      /** Why it changed nothing, where that may surprise. */
      readonly note?: string;
    }
  | { readonly outcome: 'bad'; readonly reason: string };

const apply = (document: PreparedDocument, state: BatchState, writes: BatchWrites, now: Instant): DocumentResult => {
  try {
    if (document.type === 'withdrawal') return applyWithdrawal(document, state, writes, now);
    if (document.type !== 'article') return { outcome: applyTaxonomy(document, state, writes) };
    const stale = findStale(document, state);
    if (stale !== undefined) return { outcome: 'unchanged', note: stale };
    return { outcome: applyArticle(document, state, writes, now) };
  } catch (error) {
    if (error instanceof LineError) return { outcome: 'bad', reason: error.message };
    throw error;
  }
};

/**
 * Writes `documents` in order, inside `transaction`: content and what the change log is to learn of it, together or not
 * at all. A document that cannot be taken is left out and the others are written. The number of statements does not
 * grow with the number of documents.
 *
 * @returns one result per document, in their order.
 * @throws {StoreError} when a statement fails: the transaction is then lost.
 */
export const writeBatch = async (
  transaction: Queryable,
  documents: readonly PreparedDocument[],
  now: Instant,
): Promise<readonly DocumentResult[]> => {
  const wanted = collectWanted(documents);
  await lockEditions(transaction, wanted.editions);
  const state = await loadBatchState(transaction, wanted);
  const writes = createBatchWrites();
  const results = documents.map((document) => apply(document, state, writes, now));
  await saveTaxonomy(transaction, writes);
  await saveSchedule(transaction, writes, now);
  await saveArticles(transaction, writes, now);
  await searchRenamed(transaction, writes);
  await saveOutbox(transaction, writes.outbox, now);
  return results;
};
