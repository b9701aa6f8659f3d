import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Viewpoint } from '../../content/listing.ts';
import type { Match, SearchCount, SearchPage, SearchQuery, SearchRequest } from '../../content/search.ts';
import type { Queryable } from '../../database/database.ts';
import { searchLanguageOf } from '../../search/analyse.ts';
import { asksForCommonWords, parseQuery, type ParsedQuery } from '../../search/parse-query.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { isCommonSql } from './common-words.ts';
import { amongSql, COUNTED_ROWS, mapCounts, type CountRow, type CountScope } from './count-articles.ts';
import { boundarySql, filterRecord, groupFilterSql, plainFilterSql, requestsSql, seenSql } from './listing-filter.ts';
import { newestByWeekSql } from './matching-weeks.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { writeSearchQuery } from './search-query.ts';
import { scoreSql } from './search-score.ts';
import { renderSnippet } from './snippet.ts';
import { bySight, sightOf, type Sight } from './visible.ts';

interface MatchRow extends ArticleRow {
  readonly ordinal: number;
  readonly boundary_at: Date | null;
  readonly score: number;
  readonly passage: string | null;
}

/** Newest matches that are ranked: reading the vector of each costs, and what is older than ten thousand more loses anyway. */
const RANKED_ROWS = 10_000;
/** The same of common words: they say little of any article. */
const RANKED_ROWS_OF_COMMON_WORDS = 500;
/** A snippet is sought in this much of the text: making one reads all of it. */
const SNIPPET_SOURCE_LETTERS = 20_000;

/** One page of matches per request, in one statement, best first. */
export const searchArticles = async (
  database: Queryable,
  requests: readonly SearchRequest[],
  view: Viewpoint,
): Promise<readonly SearchPage[]> => {
  if (requests.length === 0) return [];
  const parsed = requests.map(parse);
  const records = requests.map((request, ordinal) => ({
    ...queryRecord(request, view, parsed[ordinal]),
    ranked_at: sqlInstant(request.rankedAt),
    // As text: JSON has no infinity, and a number's shortest text reads back as the same number.
    after_score: String(request.after?.score ?? Infinity),
    after_id: request.after?.id ?? '',
    row_limit: request.limit + 1,
    ranked_rows: asksForCommonWords(parsed[ordinal] ?? NOTHING) ? RANKED_ROWS_OF_COMMON_WORDS : RANKED_ROWS,
  }));
  const rows = Map.groupBy(
    await database.query<MatchRow>(searchSql(sightOf(view))(seesBodies(view)), [
      sqlInstant(view.now),
      requestParameter(records),
    ]),
    ({ ordinal }) => ordinal,
  );
  const pages: SearchPage[] = [];
  for (const [ordinal, { limit, edition }] of requests.entries()) {
    const own = rows.get(ordinal) ?? [];
    const query = parsed[ordinal] ?? NOTHING;
    const found = own.filter(({ id }) => id !== null).toSorted((a, b) => b.score - a.score || (a.id > b.id ? -1 : 1));
    const matches: Match[] = [];
    for (const row of found.slice(0, limit)) {
      const snippetHtml = renderSnippet(searchLanguageOf(edition), query, row.passage);
      matches.push({ article: mapArticle(row), score: row.score, snippetHtml });
      // Each takes milliseconds where texts are long: the other requests are let in between.
      await nextTurn();
    }
    pages.push({ matches, hasMore: found.length > limit, boundaryAt: own[0]?.boundary_at?.getTime() ?? null });
  }
  return pages;
};

/** How many articles match each query, in one statement. */
export const countSearch = async (
  database: Queryable,
  queries: readonly SearchQuery[],
  { view, without = [] }: CountScope,
): Promise<readonly SearchCount[]> => {
  if (queries.length === 0) return [];
  return mapCounts(
    await database.query<CountRow>(countSql(sightOf(view))(without.length > 0), [
      sqlInstant(view.now),
      requestParameter(queries.map((query) => queryRecord(query, view))),
      ...(without.length === 0 ? [] : [without]),
    ]),
  );
};

const NOTHING: ParsedQuery = { choices: [], excluded: [] };

const parse = ({ edition, text }: SearchQuery): ParsedQuery => parseQuery(searchLanguageOf(edition), text);

/** Whether a view has the words of bodies to search, as far as everybody has them: who is given heads alone does not. */
const seesBodies = ({ plan }: Viewpoint): boolean => plan === null || plan.syndication === 'FULL';

const queryRecord = (query: SearchQuery, view: Viewpoint, parsed = parse(query)) => ({
  ...filterRecord(query.edition, { of: 'edition' }, query.filter, view),
  held_right: view.plan?.syndication ?? null,
  ...writeSearchQuery(parsed, seesBodies(view) ? 'everything' : 'head'),
});

/** Requests with what their slugs stand for. A query without a word is null, and matches nothing. */
const queriesSql = (columns: string, sight: Sight): string => `(
  SELECT r.*, ${boundarySql} AS boundary_at
  FROM ${requestsSql('$2', `, query tsquery, words tsquery, exact tsquery, ranked tsquery, held_right text${columns}`, sight)} AS r
  OFFSET 0
)`;

/** IS TRUE hides the edition from the planner: it would read every entry of it out of an index to meet the few of a rare word. */
const matchSql = (
  sight: Sight,
): string => `a.search @@ r.query AND (a.edition = r.edition) IS TRUE AND ${seenSql(sight)}
    AND ${plainFilterSql('a')}
    AND ${groupFilterSql('a.id', sight)}`;

/** What a snippet may show: a text passes on its words only where all of it may be shown. */
const passageSql =
  "CASE coalesce(r.held_right, a.syndication) WHEN 'FULL' THEN coalesce(nullif(a.body_text, ''), a.standfirst) ELSE a.standfirst END";

const wasReleasedSql = ({ seesEmbargoed }: Sight): string =>
  seesEmbargoed ? 'true' : '(a.embargoed_until IS NULL OR a.embargoed_until <= r.ranked_at)';

/** The newest matches of request `r`. The index gives all that have its words, to be sorted; of common words it is asked by weeks. */
const newestMatchesSql = (sight: Sight): string => {
  const matches = `${matchSql(sight)} AND a.published_at <= r.ranked_at AND ${wasReleasedSql(sight)}`;
  return `(
        SELECT a.id FROM articles a
        WHERE NOT r.is_common AND ${matches}
        ORDER BY a.published_at DESC, a.id DESC
        LIMIT r.ranked_rows
      ) UNION ALL (
        SELECT newest.id
        FROM (SELECT r.* WHERE r.is_common) AS r
        CROSS JOIN LATERAL (${newestByWeekSql(matches, RANKED_ROWS_OF_COMMON_WORDS)}) AS newest
      )`;
};

// OFFSET 0: each score is worked out once, to be compared and to be sorted by.
const writeSearchSql = (sight: Sight, hasBodies: boolean): string => `
SELECT r.ordinal, r.boundary_at, found.score, ${articleColumnsSql('a')},
  left(${passageSql}, ${SNIPPET_SOURCE_LETTERS}) AS passage
FROM (
  SELECT r.*, ${isCommonSql(RANKED_ROWS)} AS is_common
  FROM ${queriesSql(', ranked_at timestamptz, after_score float8, after_id text, row_limit integer, ranked_rows integer', sight)} AS r
  OFFSET 0
) AS r
LEFT JOIN LATERAL (
  SELECT scored.id, scored.score
  FROM (
    SELECT a.id, ${scoreSql(hasBodies)} AS score
    FROM (${newestMatchesSql(sight)}) AS newest
    JOIN articles a ON a.id = newest.id
    OFFSET 0
  ) AS scored
  WHERE (scored.score, scored.id) < (r.after_score, r.after_id)
  ORDER BY scored.score DESC, scored.id DESC
  LIMIT r.row_limit
) AS found ON true
LEFT JOIN articles a ON a.id = found.id`;

// On one line: what is longer than some thousand letters is not prepared (`database/statement-names.ts`).
const searchSql = bySight((sight) => {
  const texts = [false, true].map((hasBodies) => writeSearchSql(sight, hasBodies).replaceAll(/\s+/g, ' '));
  return (hasBodies: boolean): string => texts[Number(hasBodies)] as string;
});

const writeCountSql = (sight: Sight, isLess: boolean): string => {
  const matches = `SELECT FROM articles a WHERE ${matchSql(sight)}`;
  const leftOut = `(SELECT count(*) FROM ${amongSql(`${matches} AND a.id = named.id`, '$3')} AS few)`;
  return `
SELECT r.ordinal, r.boundary_at, (SELECT count(*) FROM (${matches} LIMIT ${COUNTED_ROWS}) AS few) AS counted,
  ${isLess ? leftOut : '0'} AS left_out
FROM ${queriesSql('', sight)} AS r`;
};

const countSql = bySight((sight) => {
  const texts = [false, true].map((isLess) => writeCountSql(sight, isLess));
  return (isLess: boolean): string => texts[Number(isLess)] as string;
});
