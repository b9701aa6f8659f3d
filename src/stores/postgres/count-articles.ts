import { COUNT_LIMIT, type ListingCount, type ListingQuery, type Viewpoint } from '../../content/listing.ts';
import type { Queryable, Row } from '../../database/database.ts';
import {
  boundarySql,
  FILTER_COLUMNS,
  filterRecord,
  groupFilterSql,
  isNarrowed,
  narrowestSql,
  plainFilterSql,
  resolvedIdsSql,
} from './listing-filter.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';
import { visibleSql } from './visible.ts';

/** A count as a statement gives it: one more than `COUNT_LIMIT` stands for "more". */
export interface CountRow extends Row {
  readonly ordinal: number;
  readonly counted: string;
  readonly boundary_at: Date | null;
}

/** How many rows a count looks at before it gives up. */
export const COUNTED_ROWS = COUNT_LIMIT + 1;

/** The sizes of the lists, in one statement; none reads more than `COUNTED_ROWS` articles of a list. */
export const countArticles = async (
  database: Queryable,
  queries: readonly ListingQuery[],
  { now }: Viewpoint,
): Promise<readonly ListingCount[]> => {
  if (queries.length === 0) return [];
  const values: unknown[] = [sqlInstant(now)];
  const parts = [false, true].flatMap((narrowed) => {
    const records = queries.flatMap(({ edition, scope, filter }, ordinal) =>
      isNarrowed(filter) === narrowed ? [{ ...filterRecord(edition, scope, filter), ordinal }] : [],
    );
    return records.length === 0 ? [] : [countsSql(narrowed, `$${values.push(requestParameter(records))}`)];
  });
  return mapCounts(await database.query<CountRow>(parts.join('\nUNION ALL\n'), values));
};

/** Counts in the order of their requests. */
export const mapCounts = (rows: readonly CountRow[]): readonly ListingCount[] =>
  rows
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ counted, boundary_at }) => ({
      total: Number(counted) > COUNT_LIMIT ? null : Number(counted),
      boundaryAt: boundary_at?.getTime() ?? null,
    }));

const countsSql = (narrowed: boolean, records: string): string => `
  SELECT r.ordinal, (${narrowed ? narrowedCountSql : plainCountSql}) AS counted, ${boundarySql('$1')} AS boundary_at
  FROM (
    SELECT r.* ${narrowed ? `, ${narrowestSql} AS driver` : ''}
    FROM (
      SELECT r.* ${narrowed ? `, ${resolvedIdsSql}` : ''}
      FROM jsonb_to_recordset(${records}::jsonb) AS r (ordinal integer, ${FILTER_COLUMNS})
    ) AS r
  ) AS r`;

const plainCountSql = `SELECT count(*) FROM (
    SELECT FROM memberships m JOIN articles a ON a.id = m.article_id
    WHERE m.target = r.target AND m.published_at <= $1 AND ${visibleSql('a', '$1')}
    AND ${plainFilterSql('m', 'a', '$1')}
    LIMIT ${COUNTED_ROWS}
  ) AS few`;

// An article stands once in each list at most, so that this many rows hold `COUNTED_ROWS` articles if there are as many.
const narrowedCountSql = `SELECT count(DISTINCT few.article_id) FROM (
    SELECT m.article_id
    FROM unnest(r.driver) AS t (target) JOIN memberships m ON m.target = t.target JOIN articles a ON a.id = m.article_id
    WHERE m.published_at <= $1 AND ${visibleSql('a', '$1')}
    AND ${plainFilterSql('m', 'a', '$1')}
    AND EXISTS (SELECT FROM memberships f WHERE f.article_id = m.article_id AND f.target = r.target)
    AND ${groupFilterSql('m.article_id')}
    LIMIT ${COUNTED_ROWS} * cardinality(r.driver)
  ) AS few`;
