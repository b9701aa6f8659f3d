import type { SearchCount, SearchQuery } from '../../content/search.ts';
import type { Queryable } from '../../database/database.ts';
import { amongSql, COUNTED_ROWS, mapCounts, type CountRow, type CountScope } from './count-articles.ts';
import { IN_SHORT_LIST, passSql, WITH_ITS_WORDS } from './matching-articles.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { queriesSql, queryRecord } from './search-request.ts';
import { asksForListSql } from './short-list.ts';
import { bySight, sightOf, type Sight } from './visible.ts';

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
      requestParameter(queries.map((query) => ({ ...queryRecord(query, view), ranked_at: sqlInstant(view.now) }))),
      ...(without.length === 0 ? [] : [without]),
    ]),
  );
};

const writeCountSql = (sight: Sight, isLess: boolean): string => {
  const countOf = (articles: string): string =>
    `(SELECT count(*) FROM (SELECT FROM ${articles} AND ${passSql(sight)} LIMIT ${COUNTED_ROWS}) AS few)`;
  const named = `SELECT FROM ${WITH_ITS_WORDS} AND a.id = named.id AND ${passSql(sight)}`;
  const leftOut = `(SELECT count(*) FROM ${amongSql(named, '$3')} AS few)`;
  return `
SELECT r.ordinal, r.boundary_at,
  CASE WHEN r.short_list IS NULL THEN ${countOf(WITH_ITS_WORDS)} ELSE ${countOf(IN_SHORT_LIST)} END AS counted,
  ${isLess ? leftOut : '0'} AS left_out
FROM ${queriesSql('', sight, asksForListSql(sight))} AS r`;
};

const countSql = bySight((sight) => {
  const texts = [false, true].map((isLess) => writeCountSql(sight, isLess));
  return (isLess: boolean): string => texts[Number(isLess)] as string;
});
