import type { Instant } from '../../clock.ts';
import { packCandidates, type Candidates, type Mark } from '../../content/candidates.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NewestRequest } from '../article-store.ts';
import { marksSql } from './article-marks.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { visibleSql } from './visible.ts';

interface NewestRow extends Row {
  readonly ordinal: number;
  readonly mark: Mark;
  /** Newest first; null: there are none. */
  readonly candidates: readonly (readonly [ArticleId, seconds: number, readonly (Mark | null)[]])[] | null;
}

/**
 * The newest visible articles of each tag or section, in one statement: out of the index of lists alone, for their articles lie all over an
 * archive. A row for each request, since a thousand small ones cost more to read.
 */
export const newestArticles = async (
  database: Queryable,
  requests: readonly NewestRequest[],
  now: Instant,
): Promise<readonly Candidates[]> => {
  if (requests.length === 0) return [];
  const rows = await database.query<NewestRow>(SQL, [
    sqlInstant(now),
    requestParameter(requests.map(({ target, limit }) => ({ target, row_limit: limit }))),
  ]);
  const found = new Map(rows.map((row) => [row.ordinal, row]));
  return requests.map((_request, ordinal) => {
    const { mark = null, candidates = null } = found.get(ordinal) ?? {};
    return packCandidates(
      mark,
      (candidates ?? []).map(([id, seconds, marks]) => ({ id, publishedAt: seconds * 1_000, marks })),
    );
  });
};

// What may be hidden is asked for its value, not whether it exists: of that all articles would be read ahead, where lists are long.
// Seconds as a double: to a quarter of a microsecond, which is finer than what is stored; a numeric takes three times as long to write.
const SQL = `
SELECT r.ordinal, hashtext(r.target) AS mark, (
  SELECT json_agg(json_build_array(newest.article_id, date_part('epoch', newest.published_at), newest.marks)
    ORDER BY newest.published_at DESC, newest.article_id DESC)
  FROM (
    SELECT m.article_id, m.published_at,
      coalesce(m.marks, (SELECT ${marksSql('a')} FROM articles a WHERE a.id = m.article_id)) AS marks
    FROM memberships m
    WHERE m.target = r.target AND m.published_at <= r.now
    AND (m.is_plain OR (SELECT ${visibleSql('a', 'r.now')} FROM articles a WHERE a.id = m.article_id))
    ORDER BY m.published_at DESC, m.article_id DESC
    LIMIT r.row_limit
  ) AS newest
) AS candidates
FROM (
  SELECT r.*, $1::timestamptz AS now
  FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, target text, row_limit integer)
  OFFSET 0
) AS r`;
