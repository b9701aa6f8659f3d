import type { Instant } from '../../clock.ts';
import type { Detail } from '../../content/detail.ts';
import type { Article } from '../../content/entities.ts';
import type { ArticleOrder, ArticlePage, Listing, PageRequest, Position, Viewpoint } from '../../content/listing.ts';
import type { Queryable } from '../../database/database.ts';
import { uniteStatements } from '../../database/unite-statements.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { createTexts } from './create-texts.ts';
import {
  boundarySql,
  filterRecord,
  groupFilterSql,
  inScopeSql,
  isNarrowed,
  membersSql,
  narrowestSql,
  plainFilterSql,
  requestsSql,
  seenSql,
} from './listing-filter.ts';
import { byShape, requestParameter, sqlInstant } from './request-parameter.ts';
import { sightOf, type Sight } from './visible.ts';

/** What decides the text of the statement; everything else of a listing is in its parameter. */
interface Shape {
  readonly instant: 'published' | 'updated';
  /** How the range is read, which is the other way round from the list when it is read backwards. */
  readonly reads: 'DESC' | 'ASC';
  readonly isNarrowed: boolean;
  /** Only breaking news are asked for: `membersSql`. */
  readonly isBreaking: boolean;
}

interface ListRow extends ArticleRow {
  readonly ordinal: number;
  readonly boundary_at: Date | null;
  readonly walk: string;
}

const textOf = createTexts();

/** One page per listing, in one statement: listings of one shape are one range each of a LATERAL join. */
export const listArticles = async (
  database: Queryable,
  listings: readonly Listing[],
  view: Viewpoint,
): Promise<readonly ArticlePage[]> => {
  if (listings.length === 0) return [];
  const sight = sightOf(view);
  const shapes = Map.groupBy(listings.keys(), (ordinal) =>
    JSON.stringify(shapeOf(listings[ordinal] as Listing, sight)),
  );
  // In one order: the same shapes are the same statement, which is prepared once.
  const inOrder = [...shapes].toSorted(byShape);
  const values = inOrder.map(([, ordinals]) =>
    requestParameter(ordinals.map((ordinal) => recordOf(ordinal, listings[ordinal] as Listing, view))),
  );
  const { detail = 'whole' } = view;
  const text = textOf(JSON.stringify([sight, detail, inOrder.map(([shape]) => shape)]), () =>
    uniteStatements(
      inOrder.map(([shape], index) => pagesSql({ ...(JSON.parse(shape) as Shape), detail }, sight, `$${index + 2}`)),
    ),
  );
  const found = await database.query<ListRow>(text, [sqlInstant(view.now), ...values]);
  const rows = Map.groupBy(found, ({ ordinal }) => ordinal);
  return listings.map((listing, ordinal) => pageOf(listing, rows.get(ordinal) ?? []));
};

const readsOf = (order: ArticleOrder, { direction }: PageRequest): Shape['reads'] =>
  (order === 'PUBLISHED_ASC') === (direction === 'forward') ? 'ASC' : 'DESC';

const shapeOf = ({ order, page, filter }: Listing, sight: Sight): Shape => ({
  instant: order === 'UPDATED_DESC' ? 'updated' : 'published',
  reads: readsOf(order, page),
  isNarrowed: isNarrowed(filter, sight),
  isBreaking: filter.breaking === true,
});

/**
 * Where a range begins: behind the position, or where the filter lets it, whichever comes later. The filter's own
 * condition would do, but of two bounds the database goes to that of the position, and reads all there is up to the other.
 */
const startOf = ({ order, page, filter }: Listing, now: Instant): Pick<Position, 'instant' | 'id'> => {
  const { instant = Infinity, id = '' } = page.from ?? {};
  if (readsOf(order, page) === 'ASC') {
    const after = (order === 'UPDATED_DESC' ? filter.updatedAfter : filter.publishedAfter) ?? -Infinity;
    return page.from === undefined || after > instant ? { instant: after, id: '' } : { instant, id };
  }
  // Inclusive, where that of a filter is not.
  const before = order === 'UPDATED_DESC' ? Infinity : Math.min(filter.publishedBefore ?? Infinity, now + 1);
  return before <= instant ? { instant: before, id: '' } : { instant, id };
};

const recordOf = (ordinal: number, listing: Listing, view: Viewpoint) => {
  const { edition, scope, filter, page } = listing;
  const { instant, id } = startOf(listing, view.now);
  return {
    ...filterRecord(edition, scope, filter, view),
    ordinal,
    from_instant: sqlInstant(instant),
    from_id: id,
    walk: page.from?.walk ?? null,
    // One more than asked for says whether the list goes on.
    row_limit: page.limit + 1,
  };
};

const PAGE_COLUMNS = ', from_instant timestamptz, from_id text, walk bigint, row_limit integer';

const pagesSql = (shape: Shape & { readonly detail: Detail }, sight: Sight, records: string): string => {
  const { instant, reads } = shape;
  const range = rangeSql(shape, sight, shape.isNarrowed ? 't.target' : 'r.target');
  const found = shape.isNarrowed
    ? `SELECT DISTINCT ON (few.${instant}_at, few.id) few.*
    FROM unnest(r.driver) AS t (target) CROSS JOIN LATERAL (${range}) AS few
    ORDER BY few.${instant}_at ${reads}, few.id ${reads}
    LIMIT r.row_limit`
    : range;
  return `SELECT r.ordinal, r.boundary_at, r.walk_now AS walk, ${articleColumnsSql('found', shape.detail)}
  FROM (
    SELECT r.*, ${boundarySql} AS boundary_at, ${latestMoveSql(instant)} AS walk_now
    ${shape.isNarrowed ? `, ${narrowestSql(sight)} AS driver` : ''}
    FROM ${requestsSql(records, PAGE_COLUMNS, sight, shape.isNarrowed)} AS r
    OFFSET 0
  ) AS r
  LEFT JOIN LATERAL (${found}) AS found ON true`;
};

/** The first visible articles of one target past the position, as a range of one index. */
const rangeSql = (
  { instant, reads, isNarrowed: narrowed, isBreaking }: Shape,
  sight: Sight,
  target: string,
): string => `
    SELECT a.*
    FROM ${membersSql(target, isBreaking)}
    WHERE (m.${instant}_at, m.article_id) ${reads === 'DESC' ? '<' : '>'} (r.from_instant, r.from_id)
    AND (r.walk IS NULL OR a.${instant}_move IS NULL OR a.${instant}_move <= r.walk)
    AND ${seenSql(sight)}
    AND ${plainFilterSql('m', instant)}
    ${narrowed ? `AND ${inScopeSql} AND ${groupFilterSql('m.article_id', sight)}` : ''}
    ORDER BY m.${instant}_at ${reads}, m.article_id ${reads}
    LIMIT r.row_limit`;

const latestMoveSql = (instant: Shape['instant']): string => `coalesce((
      SELECT a.${instant}_move FROM articles a WHERE a.edition = r.edition AND a.${instant}_move IS NOT NULL
      ORDER BY a.${instant}_move DESC LIMIT 1), 0)`;

const pageOf = (listing: Listing, rows: readonly ListRow[]): ArticlePage => {
  const { page, order } = listing;
  const [first] = rows;
  if (first === undefined) throw new TypeError('A listing without a row: the statement gives one to each');
  const articles = rows.filter(({ id }) => id !== null).map(mapArticle);
  const read = articles.toSorted(byPlace(order, readsOf(order, page)));
  const hasMore = read.length > page.limit;
  const kept = read.slice(0, page.limit);
  return {
    articles: page.direction === 'forward' ? kept : kept.toReversed(),
    hasMore,
    boundaryAt: first.boundary_at?.getTime() ?? null,
    walk: hasMore && page.from !== undefined ? page.from.walk : Number(first.walk),
  };
};

/** The statement's own order, which the joins above it need not keep. */
const byPlace = (order: ArticleOrder, reads: Shape['reads']) => {
  const sign = reads === 'ASC' ? 1 : -1;
  const instantOf = (article: Article) => (order === 'UPDATED_DESC' ? article.updatedAt : article.publishedAt);
  return (a: Article, b: Article): number => sign * (instantOf(a) - instantOf(b) || (a.id < b.id ? -1 : 1));
};
