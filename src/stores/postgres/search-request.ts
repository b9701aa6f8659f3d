import type { Viewpoint } from '../../content/listing.ts';
import type { SearchQuery } from '../../content/search.ts';
import { searchLanguageOf } from '../../search/analyse.ts';
import { parseQuery, type ParsedQuery } from '../../search/parse-query.ts';
import { isCommonSql } from './common-words.ts';
import { boundarySql, filterRecord, requestsSql } from './listing-filter.ts';
import { writeSearchQuery } from './search-query.ts';
import { shortListSql } from './short-list.ts';
import type { Sight } from './visible.ts';

/** Matches nothing. */
export const NOTHING: ParsedQuery = { choices: [], excluded: [] };

/** What a query asks for, in the language of its edition. */
export const parseSearch = ({ edition, text }: SearchQuery): ParsedQuery => parseQuery(searchLanguageOf(edition), text);

/** Whether a view has the words of bodies to search, as far as everybody has them: who is given heads alone does not. */
export const seesBodies = ({ plan }: Viewpoint): boolean => plan === null || plan.syndication === 'FULL';

/** The part of a request that says what is looked for, and where. */
export const queryRecord = (query: SearchQuery, view: Viewpoint, parsed = parseSearch(query)) => ({
  ...filterRecord(query.edition, { of: 'edition' }, query.filter, view),
  held_right: view.plan?.syndication ?? null,
  ...writeSearchQuery(parsed, seesBodies(view) ? 'everything' : 'head'),
});

/** Newest matches that are ranked: reading the vector of each costs, and what is older than ten thousand more loses anyway. */
export const RANKED_ROWS = 10_000;

/**
 * SQL for requests with what their slugs stand for, whether their words are common, and, if so, the short list of articles in which they
 * are looked for, if there is one. A query without a word is null, and matches nothing.
 *
 * @param columns those of a record beyond `queryRecord`'s.
 * @param onlyWhere SQL that is true for the requests `r` of which that has to be known; the others go as those of rare words.
 */
export const queriesSql = (columns: string, sight: Sight, onlyWhere?: string): string => {
  const isCommon = isCommonSql(RANKED_ROWS);
  return `(
  SELECT r.*, CASE WHEN r.is_common THEN ${shortListSql(sight)} END AS short_list
  FROM (
    SELECT r.*, ${onlyWhere === undefined ? isCommon : `CASE WHEN ${onlyWhere} THEN ${isCommon} ELSE false END`} AS is_common
    FROM (
      SELECT r.*, ${boundarySql} AS boundary_at
      FROM ${requestsSql('$2', `, query tsquery, words tsquery, exact tsquery, ranked tsquery, held_right text, ranked_at timestamptz${columns}`, sight)} AS r
      OFFSET 0
    ) AS r
    OFFSET 0
  ) AS r
  OFFSET 0
)`;
};
