import { DETAILS, type Detail } from '../../content/detail.ts';
import type { Viewpoint } from '../../content/listing.ts';
import { SPARE_CANDIDATES, type RelatedRequest } from '../../content/weigh-related.ts';
import type { Queryable } from '../../database/database.ts';
import type { ScoredPage } from '../article-store.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { kindsSeen, sectionsSeen } from './listing-filter.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { bySight, sightOf, visibleSql, type Sight } from './visible.ts';

interface RelatedRow extends ArticleRow {
  readonly ordinal: number;
  readonly place: string;
}

/** Visible articles that go with each, in one statement: most shared tags, then same primary section, then newest; as `weighRelated` does. */
export const relatedArticles = async (
  database: Queryable,
  requests: readonly RelatedRequest[],
  view: Viewpoint,
): Promise<readonly ScoredPage[]> => {
  if (requests.length === 0) return [];
  const records = requests.map(({ id, edition, limit, tagIds, sectionId }) => ({
    id,
    edition,
    row_limit: limit,
    tag_ids: tagIds,
    section_id: sectionId,
    ...(view.plan === null
      ? {}
      : { kinds: kindsSeen(edition, null, view), plan_sections: sectionsSeen(edition, view) }),
  }));
  const rows = Map.groupBy(
    await database.query<RelatedRow>(sql(sightOf(view))[view.detail ?? 'whole'], [
      sqlInstant(view.now),
      requestParameter(records),
    ]),
    ({ ordinal }) => ordinal,
  );
  return requests.map((_request, ordinal) => ({
    articles: (rows.get(ordinal) ?? []).toSorted((a, b) => Number(a.place) - Number(b.place)).map(mapArticle),
  }));
};

/** In the plan's sections, as `groupFilterSql` has it. */
const inSectionsSql = `(r.plan_sections IS NULL OR EXISTS (
        SELECT FROM memberships f WHERE f.article_id = a.id AND f.target = ANY (r.plan_sections)))`;

const writeSql = (sight: Sight, detail: Detail): string => `
SELECT r.ordinal, best.place, ${articleColumnsSql('a', detail)}
FROM (
  SELECT r.*, $1::timestamptz AS now
  FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, id text, edition text, row_limit integer, tag_ids text[], section_id text, kinds text[]${sight.isBySection ? ', plan_sections text[]' : ''})
  OFFSET 0
) AS r
CROSS JOIN LATERAL (
  SELECT weighed.id, row_number() OVER (ORDER BY shared DESC, same_section DESC, published_at DESC, id DESC) AS place
  FROM (
    SELECT DISTINCT ON (candidate.id) candidate.id, candidate.published_at,
      (SELECT count(*) FROM unnest(candidate.tag_ids) AS t (id) WHERE t.id = ANY (r.tag_ids)) AS shared,
      coalesce(candidate.section_ids[1] = r.section_id, false) AS same_section
    FROM unnest(r.tag_ids || r.section_id) AS t (target)
    CROSS JOIN LATERAL (
      SELECT a.id, a.published_at, a.tag_ids, a.section_ids
      FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = t.target AND m.published_at <= r.now AND ${visibleSql('a', 'r.now', sight)}
      AND (r.kinds IS NULL OR m.kind = ANY (r.kinds)) ${sight.isBySection ? `AND ${inSectionsSql}` : ''}
      AND a.edition = r.edition AND a.id <> r.id
      ORDER BY m.published_at DESC, m.article_id DESC
      LIMIT r.row_limit + ${SPARE_CANDIDATES}
    ) AS candidate
    ORDER BY candidate.id
  ) AS weighed
  ORDER BY place
  LIMIT r.row_limit
) AS best
JOIN articles a ON a.id = best.id`;

const sql = bySight(
  (sight) => Object.fromEntries(DETAILS.map((detail) => [detail, writeSql(sight, detail)])) as Record<Detail, string>,
);
