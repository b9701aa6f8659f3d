import type { Viewpoint } from '../../content/listing.ts';
import type { Queryable } from '../../database/database.ts';
import type { RelatedRequest, ScoredPage } from '../article-store.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { visibleSql } from './visible.ts';

interface RelatedRow extends ArticleRow {
  readonly ordinal: number;
  readonly place: string;
}

/** Newest articles of each shared list that are weighed, beyond the number asked for: older ones are hardly news. */
const SPARE_CANDIDATES = 50;

/** Visible articles that go with each, in one statement: most shared tags, then same primary section, then newest. */
export const relatedArticles = async (
  database: Queryable,
  requests: readonly RelatedRequest[],
  { now }: Viewpoint,
): Promise<readonly ScoredPage[]> => {
  if (requests.length === 0) return [];
  const records = requests.map(({ id, edition, limit }) => ({ id, edition, row_limit: limit }));
  const rows = Map.groupBy(
    await database.query<RelatedRow>(SQL, [sqlInstant(now), requestParameter(records)]),
    ({ ordinal }) => ordinal,
  );
  return requests.map((_request, ordinal) => ({
    articles: (rows.get(ordinal) ?? []).toSorted((a, b) => Number(a.place) - Number(b.place)).map(mapArticle),
  }));
};

const SQL = `
SELECT r.ordinal, best.place, ${articleColumnsSql('a')}
FROM (
  SELECT r.*, $1::timestamptz AS now
  FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, id text, edition text, row_limit integer)
  OFFSET 0
) AS r
JOIN articles subject ON subject.id = r.id AND subject.edition = r.edition
CROSS JOIN LATERAL (
  SELECT weighed.id, row_number() OVER (ORDER BY shared DESC, same_section DESC, published_at DESC, id DESC) AS place
  FROM (
    SELECT DISTINCT ON (candidate.id) candidate.id, candidate.published_at,
      (SELECT count(*) FROM unnest(candidate.tag_ids) AS t (id) WHERE t.id = ANY (subject.tag_ids)) AS shared,
      candidate.section_ids[1] = subject.section_ids[1] AS same_section
    FROM unnest(subject.tag_ids || subject.section_ids[1]) AS t (target)
    CROSS JOIN LATERAL (
      SELECT a.id, a.published_at, a.tag_ids, a.section_ids
      FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = t.target AND m.published_at <= r.now AND ${visibleSql('a', 'r.now')}
      AND a.edition = subject.edition AND a.id <> subject.id
      ORDER BY m.published_at DESC, m.article_id DESC
      LIMIT r.row_limit + ${SPARE_CANDIDATES}
    ) AS candidate
    ORDER BY candidate.id
  ) AS weighed
  ORDER BY place
  LIMIT r.row_limit
) AS best
JOIN articles a ON a.id = best.id`;
