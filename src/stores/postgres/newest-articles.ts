import type { Instant } from '../../clock.ts';
import { NO_CANDIDATES, type Candidates, type Mark } from '../../content/candidates.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NewestRequest } from '../article-store.ts';
import { marksSql } from './article-marks.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { visibleSql } from './visible.ts';

/**
 * A list by columns, each in one text, newest first: arrays of JSON take twice as long to write and to read. An id is a slice of its text,
 * and holds it: whoever keeps one elsewhere, and not the list, copies it (`ownText`).
 */
interface NewestRow extends Row {
  readonly ordinal: number;
  readonly mark: Mark;
  /** Parted by commas, as all of them; null: there are none. */
  readonly ids: string | null;
  /** In milliseconds. */
  readonly instants: string;
  /** Numbers, or `null`. */
  readonly marks: string;
  /** How many of `marks` are of each: one or more. */
  readonly mark_counts: string;
}

const candidatesOf = ({ mark, ids, instants, marks, mark_counts }: NewestRow): Candidates => {
  if (ids === null) return { ...NO_CANDIDATES, mark };
  let end = 0;
  return {
    mark,
    ids: ids.split(',') as ArticleId[],
    publishedAt: instants.split(',').map(Number),
    marks: JSON.parse(`[${marks}]`) as (Mark | null)[],
    ends: mark_counts.split(',').map((count) => (end += Number(count))),
  };
};

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
    const row = found.get(ordinal);
    return row === undefined ? NO_CANDIDATES : candidatesOf(row);
  });
};

// What may be hidden is asked for its value, not whether it exists: of that all articles would be read ahead, where lists are long.
// Instants as doubles: to a quarter of a microsecond, which is finer than what is stored; a numeric takes three times as long to write.
// All columns are gathered in the order that the innermost SELECT has: one for each of them would be four sorts.
const SQL = `
SELECT r.ordinal, hashtext(r.target) AS mark, listed.ids, listed.instants, listed.marks, listed.mark_counts
FROM (
  SELECT r.*, $1::timestamptz AS now
  FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, target text, row_limit integer)
  OFFSET 0
) AS r
CROSS JOIN LATERAL (
  SELECT string_agg(newest.article_id, ',') AS ids,
    string_agg((date_part('epoch', newest.published_at) * 1000)::text, ',') AS instants,
    string_agg(array_to_string(newest.marks, ',', 'null'), ',') AS marks,
    string_agg(cardinality(newest.marks)::text, ',') AS mark_counts
  FROM (
    SELECT m.article_id, m.published_at,
      coalesce(m.marks, (SELECT ${marksSql('a')} FROM articles a WHERE a.id = m.article_id)) AS marks
    FROM memberships m
    WHERE m.target = r.target AND m.published_at <= r.now
    AND (m.is_plain OR (SELECT ${visibleSql('a', 'r.now')} FROM articles a WHERE a.id = m.article_id))
    ORDER BY m.published_at DESC, m.article_id DESC
    LIMIT r.row_limit
  ) AS newest
) AS listed`;
