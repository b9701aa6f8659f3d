import type { EditionCode } from '../../content/edition.ts';
import { idOf } from '../../content/ids.ts';
import type { ArticleKind } from '../../content/entities.ts';
import type { ListingFilter, ListingScope, Viewpoint } from '../../content/listing.ts';
import { coversEdition } from '../../content/plan.ts';
import { sqlInstant } from './request-parameter.ts';
import { breakingSql, visibleSql, type Sight } from './visible.ts';

/** The kinds that are asked for among those that may be seen: null for all, empty for none. */
export const kindsSeen = (
  edition: EditionCode,
  asked: readonly ArticleKind[] | null,
  view: Viewpoint,
): readonly ArticleKind[] | null => {
  if (!coversEdition(view, edition)) return [];
  const held = view.plan?.kinds ?? null;
  return asked === null || held === null ? (asked ?? held) : asked.filter((kind) => held.includes(kind));
};

/** The sections that may be seen of `edition`: null for all of it, empty for none. */
export const sectionsSeen = (edition: EditionCode, { plan, sections }: Viewpoint): readonly string[] | null =>
  plan?.sections?.[edition] === undefined ? null : (sections?.get(edition)?.tops ?? []);

/** The part of a request that says which articles: the fields of `FILTER_COLUMNS`. */
export const filterRecord = (edition: EditionCode, scope: ListingScope, filter: ListingFilter, view: Viewpoint) => ({
  edition,
  target: scope.of === 'edition' ? idOf.edition(edition) : scope.id,
  kinds: kindsSeen(edition, unlessEmpty(filter.kinds), view),
  section_paths: unlessEmpty(filter.sectionPaths),
  tag_slugs: unlessEmpty(filter.tagSlugs),
  author_slugs: unlessEmpty(filter.authorSlugs),
  published_from: sqlInstant(filter.publishedAfter ?? -Infinity),
  published_until: sqlInstant(filter.publishedBefore ?? Infinity),
  updated_from: sqlInstant(filter.updatedAfter ?? -Infinity),
  breaking: filter.breaking ?? null,
  ...(view.plan === null ? {} : { plan_sections: sectionsSeen(edition, view) }),
});

const FILTER_COLUMNS = `edition text, target text, kinds text[], section_paths text[], tag_slugs text[],
  author_slugs text[], published_from timestamptz, published_until timestamptz, updated_from timestamptz,
  breaking boolean`;

const unlessEmpty = <Value>(values: readonly Value[] | undefined): readonly Value[] | null =>
  values === undefined || values.length === 0 ? null : values;

/** Whether `filter`, or what may be seen, asks for further lists besides the scope's own. */
export const isNarrowed = ({ sectionPaths, tagSlugs, authorSlugs }: ListingFilter, { isBySection }: Sight): boolean =>
  isBySection || [sectionPaths, tagSlugs, authorSlugs].some((list) => unlessEmpty(list) !== null);

/** Ids behind the paths and slugs of request `r`: null when not asked for, empty when unknown. */
const RESOLVED_IDS_SQL = `
  CASE WHEN r.section_paths IS NOT NULL THEN ARRAY(
    SELECT s.id FROM sections s WHERE s.edition = r.edition AND s.spelling_key = ANY (r.section_paths)) END AS section_ids,
  CASE WHEN r.tag_slugs IS NOT NULL THEN ARRAY(
    SELECT t.id FROM tags t WHERE t.edition = r.edition AND t.spelling_key = ANY (r.tag_slugs)) END AS tag_ids,
  CASE WHEN r.author_slugs IS NOT NULL THEN ARRAY(
    SELECT w.id FROM authors w WHERE w.edition = r.edition AND w.spelling_key = ANY (r.author_slugs)) END AS author_ids`;

/**
 * SQL that gives the records of the JSON parameter as rows, for the alias `r`, each with the statement's `$1` as `now`. No
 * parameter stands in a condition: a plan that was made without knowing them is as good as any, and is kept.
 *
 * @param columns those of the record beyond `filterRecord`'s.
 * @param isResolved adds `section_ids`, `tag_ids` and `author_ids`. OFFSET 0 has them looked up once per request: the
 *   planner would otherwise look them up again wherever they are used, for every row.
 */
export const requestsSql = (parameter: string, columns: string, { isBySection }: Sight, isResolved = true): string => `(
    SELECT r.*, $1::timestamptz AS now${isResolved ? `, ${RESOLVED_IDS_SQL}` : ''}
    FROM jsonb_to_recordset(${parameter}::jsonb) AS r (ordinal integer, ${FILTER_COLUMNS}${isBySection ? ', plan_sections text[]' : ''}${columns})
    OFFSET 0
  )`;

/**
 * SQL that gives the articles `a` of one target with their memberships `m`. Breaking news are few and have an index of
 * their own: then the articles are read first, which OFFSET 0 holds the planner to.
 */
export const membersSql = (target: string, isBreaking: boolean): string =>
  isBreaking
    ? `(SELECT a.* FROM articles a WHERE a.edition = r.edition AND a.breaking OFFSET 0) AS a
    CROSS JOIN LATERAL (
      SELECT m.* FROM memberships m WHERE m.article_id = a.id AND m.target = ${target} OFFSET 0
    ) AS m`
    : `memberships m JOIN articles a ON a.id = m.article_id AND m.target = ${target}`;

/**
 * SQL that is true when the row passes the fields of request `r` that stand in it.
 *
 * @param row alias of a membership or an article: both have `kind`, `published_at`, `updated_at`.
 * @param range the instant whose index is to be read. Conditions on the other one are hidden from the planner by IS
 *   TRUE: it takes them for narrow, reads the other index and sorts the whole list.
 */
export const plainFilterSql = (row: string, range: 'published' | 'updated' = 'published'): string => {
  const on = (instant: typeof range, condition: string): string =>
    instant === range ? condition : `(${condition}) IS TRUE`;
  return [
    on('published', `${row}.published_at <= r.now`),
    on('published', `${row}.published_at >= r.published_from AND ${row}.published_at < r.published_until`),
    on('updated', `${row}.updated_at >= r.updated_from`),
    `(r.kinds IS NULL OR ${row}.kind = ANY (r.kinds))`,
  ].join('\n    AND ');
};

/** SQL that is true when the article `a` may be seen and passes the field of request `r` that stands in no membership. */
export const seenSql = (sight: Sight): string => `${visibleSql('a', 'r.now', sight)}
    AND (r.breaking IS NULL OR r.breaking = ${breakingSql('a', 'r.now')})`;

/** Of the resolved request `r`: the lists an article has to stand in, one of each; null: not asked for. */
export const groupsSql = ({ isBySection }: Sight): readonly string[] => [
  'r.section_ids',
  'r.tag_ids',
  'r.author_ids',
  ...(isBySection ? ['r.plan_sections'] : []),
];

/** SQL that is true when the article stands in one list of each group the resolved request `r` names. */
export const groupFilterSql = (articleId: string, sight: Sight): string =>
  groupsSql(sight)
    .map(
      (targets) => `(${targets} IS NULL OR EXISTS (
      SELECT FROM memberships f WHERE f.article_id = ${articleId} AND f.target = ANY (${targets})))`,
    )
    .join('\n    AND ');

/** SQL that is true in the scope of request `r`: a narrowed list is read from its shortest part, not from the scope's own. */
export const inScopeSql =
  'EXISTS (SELECT FROM memberships f WHERE f.article_id = m.article_id AND f.target = r.target)';

/** SQL that gives the next instant at which the list of request `r` changes by itself; filters can only delay it. */
export const boundarySql =
  '(SELECT b.at FROM boundaries b WHERE b.target = r.target AND b.at > r.now ORDER BY b.at LIMIT 1)';

/**
 * SQL for the shortest of some lists of targets, those that are not null: of several that have more than `upTo` articles, any.
 *
 * @param among SQL for each list, with the resolved request `r`.
 * @param last SQL that is true for the list that is taken where no other is as short.
 */
export const shortestSql = (among: readonly string[], upTo: number, last?: string): string => `(
    SELECT candidate.targets
    FROM (VALUES ${among.map((targets) => `(${targets})`).join(', ')}) AS candidate (targets)
    CROSS JOIN LATERAL (
      SELECT count(*) AS size
      FROM (
        SELECT FROM unnest(candidate.targets) AS t (target) JOIN memberships m ON m.target = t.target LIMIT ${upTo}
      ) AS few
    ) AS measured
    WHERE candidate.targets IS NOT NULL
    ORDER BY measured.size${last === undefined ? '' : `, ${last}`}
    LIMIT 1
  )`;

const WHOLE_SCOPE = 'ARRAY[r.target]';
const MEASURED = 1_000;

/**
 * SQL for the targets whose articles are few: of the lists that the resolved request `r` asks for, the shortest; of several that are
 * long, for a plan of sections, not that of the whole edition, most of which it does not hold.
 */
export const narrowestSql = (sight: Sight): string =>
  shortestSql(
    [WHOLE_SCOPE, ...groupsSql(sight)],
    MEASURED,
    sight.isBySection ? `candidate.targets = ${WHOLE_SCOPE}` : undefined,
  );
