import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database, Row } from '../../database/database.ts';
import type { PreparedWithdrawal } from '../prepare-document.ts';
import { BATCH_STATEMENT_TIMEOUT_MS } from '../write/create-batch-writer.ts';
import { lockEditions } from '../write/lock-editions.ts';
import { writeBatch } from '../write/write-batch.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import { releaseAddresses } from './release-addresses.ts';

interface StrangerRow extends Row {
  readonly id: ArticleId;
  readonly source: string;
  readonly source_id: string;
}

const BATCH_ARTICLES = 200;

/**
 * Withdraws what another system has stored in the edition, from before it lived where it lives now: the source cannot
 * say what it is, so nobody is shown it, and it must not be counted. Importing it again brings it back.
 *
 * @returns how many there were.
 */
export const withdrawStrangers = async (
  database: Database,
  { edition, sourceName }: IndexedDesk,
  now: Instant,
): Promise<number> => {
  let withdrawn = 0;
  for (;;) {
    const count = await database.transaction(
      async (transaction) => {
        await lockEditions(transaction, [edition]);
        const rows = await transaction.query<StrangerRow>(
          `SELECT id, source, source_id FROM articles
            WHERE edition = $1 AND source <> $2 AND (withdrawn_at IS NULL OR withdrawn_at = taken_down_at)
            ORDER BY id LIMIT ${BATCH_ARTICLES}`,
          [edition, sourceName],
        );
        const documents = rows.map(({ id, source, source_id: sourceId }): PreparedWithdrawal => ({
          type: 'withdrawal',
          editions: [edition],
          ids: [id],
          source,
          sourceId,
          withdrawnAt: undefined,
        }));
        await writeBatch(transaction, documents, now);
        // A story of the desk may stand where they did.
        await releaseAddresses(
          transaction,
          rows.map(({ id }) => id),
        );
        return rows.length;
      },
      { statementTimeoutMs: BATCH_STATEMENT_TIMEOUT_MS },
    );
    withdrawn += count;
    if (count < BATCH_ARTICLES) return withdrawn;
  }
};
