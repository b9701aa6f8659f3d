import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Viewpoint } from '../../content/listing.ts';
import type { Match, SearchPage, SearchRequest } from '../../content/search.ts';
import type { Queryable } from '../../database/database.ts';
import { searchLanguageOf } from '../../search/analyse.ts';
import { asksForCommonWords } from '../../search/parse-query.ts';
import { articleColumnsSql, mapArticle, type ArticleRow } from './article-row.ts';
import { newestMatchesSql, RANKED_ROWS_OF_COMMON_WORDS } from './matching-articles.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { NOTHING, parseSearch, queriesSql, queryRecord, RANKED_ROWS, seesBodies } from './search-request.ts';
import { scoreSql } from './search-score.ts';
import { renderSnippet } from './snippet.ts';
import { bySight, sightOf, type Sight } from './visible.ts';

interface MatchRow extends ArticleRow {
  readonly ordinal: number;
  readonly boundary_at: Date | null;
  readonly score: number;
  readonly passage: string | null;
}

/** A snippet is sought in this much of the text: making one reads all of it. */
const SNIPPET_SOURCE_LETTERS = 20_000;

/** One page of matches per request, in one statement, best first. */
export const searchArticles = async (
  database: Queryable,
  requests: readonly SearchRequest[],
  view: Viewpoint,
): Promise<readonly SearchPage[]> => {
  if (requests.length === 0) return [];
  const parsed = requests.map(parseSearch);
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

/** What a snippet may show: a text passes on its words only where all of it may be shown. */
const passageSql =
  "CASE coalesce(r.held_right, a.syndication) WHEN 'FULL' THEN coalesce(nullif(a.body_text, ''), a.standfirst) ELSE a.standfirst END";

// OFFSET 0: each score is worked out once, to be compared and to be sorted by.
const writeSearchSql = (sight: Sight, hasBodies: boolean): string => `
SELECT r.ordinal, r.boundary_at, found.score, ${articleColumnsSql('a')},
  left(${passageSql}, ${SNIPPET_SOURCE_LETTERS}) AS passage
FROM ${queriesSql(', after_score float8, after_id text, row_limit integer, ranked_rows integer', sight)} AS r
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

const searchSql = bySight((sight) => {
  const texts = [false, true].map((hasBodies) => writeSearchSql(sight, hasBodies));
  return (hasBodies: boolean): string => texts[Number(hasBodies)] as string;
});
