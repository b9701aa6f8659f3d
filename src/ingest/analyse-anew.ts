import type { Clock } from '../clock.ts';
import type { EditionCode } from '../content/edition.ts';
import type { ArticleId } from '../content/ids.ts';
import { coversOf } from '../content/list-keys.ts';
import { tagOf } from '../content/tags.ts';
import type { Database, Queryable, Row } from '../database/database.ts';
import { ANALYSER_VERSION } from '../search/analyse.ts';
import { analyseStored } from './write/analyse-stored.ts';
import { saveOutbox } from './write/save-outbox.ts';

interface OldRow extends Row {
  readonly id: ArticleId;
  readonly edition: EditionCode;
}

export interface AnalyseAnewOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Called before the first batch with how many articles are waiting, and after each with how many are still. */
  readonly onProgress?: (waiting: number) => void;
  /** Articles per transaction. Default: 200. */
  readonly batchSize?: number;
  /** Ends the work before its next batch. */
  readonly signal?: AbortSignal;
}

/** Of some thousand letters each: a second's work for the embedded database, and little to do again after a stop. */
const BATCH_SIZE = 200;
const BATCH_TIMEOUT_MS = 60_000;

const lockOld = (transaction: Queryable, limit: number, whenLocked: 'SKIP LOCKED' | ''): Promise<readonly OldRow[]> =>
  transaction.query<OldRow>(
    `SELECT id, edition FROM articles WHERE search_version < $1::integer LIMIT $2::integer FOR UPDATE ${whenLocked}`,
    [ANALYSER_VERSION, limit],
  );

const countOld = async (database: Queryable): Promise<number> => {
  const [row] = await database.query<Row & { readonly waiting: number }>(
    'SELECT count(*)::integer AS waiting FROM articles WHERE search_version < $1::integer',
    [ANALYSER_VERSION],
  );
  return row?.waiting ?? 0;
};

/**
 * Analyses anew what an earlier analyser wrote, and ends the searches that were answered from it. In small transactions:
 * stopped at any moment it goes on where it was, and processes that start together share the work. Rows of a newer
 * analyser stay as they are.
 *
 * @returns how many articles this process has analysed; when it resolves none is left.
 * @throws the reason of `signal`, when that ends it.
 */
export const analyseAnew = async (
  database: Database,
  { clock, onProgress, batchSize = BATCH_SIZE, signal }: AnalyseAnewOptions,
): Promise<number> => {
  let waiting = await countOld(database);
  if (waiting === 0) return 0;
  onProgress?.(waiting);
  let analysed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const count = await database.transaction(
      async (transaction) => {
        const rows = await lockOld(transaction, batchSize, 'SKIP LOCKED');
        // What is left is being written by others: one at a time is waited for, so that nobody waits in a circle.
        const own = rows.length > 0 ? rows : await lockOld(transaction, 1, '');
        await writeAnew(transaction, own, clock);
        return own.length;
      },
      { statementTimeoutMs: BATCH_TIMEOUT_MS },
    );
    analysed += count;
    waiting = count === 0 ? await countOld(database) : Math.max(0, waiting - count);
    onProgress?.(waiting);
    if (count === 0 && waiting === 0) return analysed;
  }
};

const writeAnew = async (transaction: Queryable, rows: readonly OldRow[], clock: Pick<Clock, 'now'>): Promise<void> => {
  if (rows.length === 0) return;
  await analyseStored(
    transaction,
    rows.map(({ id }) => id),
  );
  const editions = [...new Set(rows.map(({ edition }) => edition))];
  const told = editions.map((edition) => {
    const tag = tagOf.search(edition);
    return { kind: 'TAXONOMY' as const, articleId: null, edition, tags: [tag, ...coversOf(tag)], version: null };
  });
  await saveOutbox(transaction, told, clock.now());
};
