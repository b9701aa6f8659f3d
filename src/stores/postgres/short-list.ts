import { groupFilterSql, groupsSql, plainFilterSql, shortestSql } from './listing-filter.ts';
import type { Sight } from './visible.ts';

/**
 * So many articles, each at 20 µs for its words, are read sooner than a common word is looked for among all: of a million, where
 * half have it, 500 of a list of 2,000 are met after 40,000 that match, at 7 µs.
 */
const SHORT = 2_000;
/** How far lists are counted to tell which is the shortest. */
const COUNTED = 20_000;

/**
 * SQL for the ids of the articles that the lists and instants of the resolved request `r` leave, where they are fewer than 2,000: what it
 * finds is among them, some are named twice. Null: they are more, or it asks for no list. Read out of indexes alone.
 * (OFFSET 0: each list is used twice, and would be read twice.)
 */
export const shortListSql = (sight: Sight): string => `(
    SELECT short.ids
    FROM (
      SELECT ARRAY(
        SELECT m.article_id
        FROM unnest(shortest.targets) AS t (target)
        CROSS JOIN LATERAL (SELECT m.article_id FROM memberships m WHERE m.target = t.target AND ${plainFilterSql('m')} OFFSET 0) AS m
        WHERE ${groupFilterSql('m.article_id', sight)}
        LIMIT ${SHORT}
      ) AS ids
      FROM ${shortestSql(groupsSql(sight), COUNTED)} AS shortest
      UNION ALL
      SELECT ARRAY(SELECT a.id FROM articles a WHERE a.edition = r.edition AND a.breaking LIMIT ${SHORT}) WHERE r.breaking
      OFFSET 0
    ) AS short
    WHERE cardinality(short.ids) < ${SHORT}
    ORDER BY cardinality(short.ids)
    LIMIT 1
  )`;

/** SQL that is true where `shortListSql` may give one. */
export const asksForListSql = (sight: Sight): string =>
  `(coalesce(${groupsSql(sight).join(', ')}) IS NOT NULL OR r.breaking)`;
