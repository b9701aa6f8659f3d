import { groupFilterSql, plainFilterSql, seenSql } from './listing-filter.ts';
import { newestByWeekSql } from './matching-weeks.ts';
import type { Sight } from './visible.ts';

/**
 * SQL that is true for an article that may be seen and passes the filter of request `r`. IS TRUE hides the edition from the planner: it
 * would read every entry of it out of an index to meet the few of a rare word.
 */
export const passSql = (sight: Sight): string => `(a.edition = r.edition) IS TRUE AND ${seenSql(sight)}
    AND ${plainFilterSql('a')}
    AND ${groupFilterSql('a.id', sight)}`;

/** SQL for the articles that match request `r`: the index gives all that have its words. */
export const WITH_ITS_WORDS = 'articles a WHERE a.search @@ r.query';

/** The same for those of its short list. IS TRUE hides the index of words from the planner. */
export const IN_SHORT_LIST = 'articles a WHERE a.id = ANY (r.short_list) AND (a.search @@ r.query) IS TRUE';

const wasReleasedSql = ({ seesEmbargoed }: Sight): string =>
  seesEmbargoed ? 'true' : '(a.embargoed_until IS NULL OR a.embargoed_until <= r.ranked_at)';

/** So many of common words are ranked: they say little of any article. */
export const RANKED_ROWS_OF_COMMON_WORDS = 500;

/**
 * SQL for the ids of the newest matches of request `r`. What has rare words is all sorted, and so is what a short list leaves; of common
 * words the index is asked by weeks.
 */
export const newestMatchesSql = (sight: Sight): string => {
  const passes = `${passSql(sight)} AND a.published_at <= r.ranked_at AND ${wasReleasedSql(sight)}`;
  return `(
        SELECT a.id
        FROM (
          SELECT a.* FROM ${WITH_ITS_WORDS} AND NOT r.is_common
          UNION ALL
          SELECT a.* FROM ${IN_SHORT_LIST}
        ) AS a
        WHERE ${passes}
        ORDER BY a.published_at DESC, a.id DESC
        LIMIT r.ranked_rows
      ) UNION ALL (
        SELECT newest.id
        FROM (SELECT r.* WHERE r.is_common AND r.short_list IS NULL) AS r
        CROSS JOIN LATERAL (${newestByWeekSql(`a.search @@ r.query AND ${passes}`, RANKED_ROWS_OF_COMMON_WORDS)}) AS newest
      )`;
};
