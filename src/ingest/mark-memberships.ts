import type { ArticleId } from '../content/ids.ts';
import type { Database, Queryable, Row } from '../database/database.ts';
import { indexedMarksSql, isIndexedSql } from '../stores/postgres/article-marks.ts';

export interface MarkMembershipsOptions {
  /** Articles per transaction. Default: 200. */
  readonly batchSize?: number;
  /** Ends the work before its next batch. */
  readonly signal?: AbortSignal;
}

interface IdRow extends Row {
  readonly id: ArticleId;
}

/** Whoever takes one of them down meanwhile waits for so many. */
const BATCH_SIZE = 200;
const BATCH_TIMEOUT_MS = 60_000;

/** A statement of its own before the lists are written: with the articles locked, nobody changes what they are weighed by. */
const LOCK_SQL = `SELECT a.id FROM articles a WHERE a.id = ANY ($1::text[]) AND ${isIndexedSql('a')}
  ORDER BY a.id FOR NO KEY UPDATE SKIP LOCKED`;

const MARK_SQL = `UPDATE memberships m SET marks = ${indexedMarksSql('a')} FROM articles a
  WHERE a.id = m.article_id AND (m.article_id, m.target) IN (
    SELECT o.article_id, o.target FROM memberships o WHERE o.article_id = ANY ($1::text[]) AND o.marks IS NULL
    FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING 1`;

const markBatch = async (transaction: Queryable, ids: readonly ArticleId[]): Promise<number> => {
  const rows = await transaction.query<IdRow>(LOCK_SQL, [ids]);
  if (rows.length === 0) return 0;
  return (await transaction.query(MARK_SQL, [rows.map(({ id }) => id)])).length;
};

/**
 * Writes into entries of lists what their articles are weighed by, where an earlier release or somebody's own statement left
 * it to be looked up. In small transactions that wait for nobody: an archive takes minutes, in which articles are imported and
 * taken down. What somebody else has at that moment, and what has more tags than an index holds, stays as it is.
 *
 * @returns how many entries this process has marked.
 * @throws the reason of `signal`, when that ends it.
 */
export const markMemberships = async (
  database: Database,
  { batchSize = BATCH_SIZE, signal }: MarkMembershipsOptions = {},
): Promise<number> => {
  let marked = 0;
  let last = '';
  for (;;) {
    signal?.throwIfAborted();
    const rows = await database.query<IdRow>(
      `SELECT DISTINCT article_id AS id FROM memberships WHERE marks IS NULL AND article_id > $1
       ORDER BY article_id LIMIT $2::integer`,
      [last, batchSize],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return marked;
    marked += await database.transaction((transaction) => markBatch(transaction, ids), {
      statementTimeoutMs: BATCH_TIMEOUT_MS,
    });
    last = ids.at(-1) ?? last;
  }
};
