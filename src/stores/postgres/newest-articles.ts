import type { Instant } from '../../clock.ts';
import type { ArticleId, SectionId, TagId } from '../../content/ids.ts';
import { packCandidates, type Candidates } from '../../content/candidates.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NewestRequest } from '../article-store.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { visibleSql } from './visible.ts';

interface NewestRow extends Row {
  readonly ordinal: number;
  /** Newest first; null: there are none. */
  readonly candidates:
    | readonly (readonly [ArticleId, milliseconds: number, readonly TagId[], SectionId | null])[]
    | null;
}

/** The newest visible articles of each tag or section, in one statement; a row for each, since a thousand small ones cost more to read. */
export const newestArticles = async (
  database: Queryable,
  requests: readonly NewestRequest[],
  now: Instant,
): Promise<readonly Candidates[]> => {
  if (requests.length === 0) return [];
  const rows = await database.query<NewestRow>(SQL, [
    sqlInstant(now),
    requestParameter(requests.map(({ edition, target, limit }) => ({ edition, target, row_limit: limit }))),
  ]);
  const found = new Map(rows.map(({ ordinal, candidates }) => [ordinal, candidates ?? []]));
  return requests.map((_request, ordinal) =>
    packCandidates(
      (found.get(ordinal) ?? []).map(([id, publishedAt, tagIds, sectionId]) => ({
        id,
        publishedAt,
        tagIds,
        sectionId,
      })),
    ),
  );
};

const SQL = `
SELECT r.ordinal, (
  SELECT json_agg(json_build_array(
    newest.id, extract(epoch FROM newest.published_at) * 1000, newest.tag_ids, newest.section_ids[1]
  ) ORDER BY newest.published_at DESC, newest.id DESC)
  FROM (
    SELECT a.id, a.published_at, a.tag_ids, a.section_ids
    FROM memberships m JOIN articles a ON a.id = m.article_id
    WHERE m.target = r.target AND m.published_at <= r.now AND ${visibleSql('a', 'r.now')}
    AND a.edition = r.edition
    ORDER BY m.published_at DESC, m.article_id DESC
    LIMIT r.row_limit
  ) AS newest
) AS candidates
FROM (
  SELECT r.*, $1::timestamptz AS now
  FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, edition text, target text, row_limit integer)
  OFFSET 0
) AS r`;
