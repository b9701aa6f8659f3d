import { groupFilterSql, groupsSql, plainFilterSql, shortestSql } from './listing-filter.ts';
import type { Sight } from './visible.ts';

/**
 * So many articles, each at 20 µs for its words, are read sooner than a common word is looked for among all: of a million, where
 * half have it, 500 of a list of 2,000 are met after 40,000 that match, at 7 µs.
 */
const SHORT_ARTICLES = 2_000;
/** How far lists are counted to tell which is the shortest. */
const COUNTED_ARTICLES = 20_000;

/**
 * SQL for the ids of the articles that the lists, kinds and instants of the resolved request `r` leave, or of all that were ever breaking
 * news if it asks for those, where they are fewer than 2,000: what it finds is among them. Who stands in two lists of one group is there
 * twice, and counts so. Null: they are more, or it asks for neither. (OFFSET 0: each list is used twice, and would be read twice.)
 */
export const shortListSql = (sight: Sight): string => `(
    SELECT short.ids
    FROM (
      SELECT ARRAY(
        SELECT m.article_id
        FROM unnest(shortest.targets) AS t (target)
        CROSS JOIN LATERAL (SELECT m.article_id FROM memberships m WHERE m.target = t.target AND ${plainFilterSql('m')} OFFSET 0) AS m
        WHERE ${groupFilterSql('m.article_id', sight)}
        LIMIT ${SHORT_ARTICLES}
      ) AS ids
      FROM ${shortestSql(groupsSql(sight), COUNTED_ARTICLES)} AS shortest
      UNION ALL
      SELECT ARRAY(SELECT a.id FROM articles a WHERE a.edition = r.edition AND a.breaking LIMIT ${SHORT_ARTICLES}) WHERE r.breaking
      OFFSET 0
    ) AS short
    WHERE cardinality(short.ids) < ${SHORT_ARTICLES}
    ORDER BY cardinality(short.ids)
    LIMIT 1
  )`;

/** SQL that is true where `shortListSql` may give one. */
export const asksForListSql = (sight: Sight): string =>
  `(coalesce(${groupsSql(sight).join(', ')}) IS NOT NULL OR r.breaking)`;
