import type { ArticleId } from '../../content/ids.ts';
import { COUNT_LIMIT, type ListingCount, type ListingQuery, type Viewpoint } from '../../content/listing.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { uniteStatements } from '../../database/unite-statements.ts';
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

/** A count as a statement gives it: one more than `COUNT_LIMIT` stands for "more". */
export interface CountRow extends Row {
  readonly ordinal: number;
  readonly counted: string;
  /** Of those counted, how many are not to be. */
  readonly left_out: string;
  readonly boundary_at: Date | null;
}

/** How many rows a count looks at before it gives up. */
export const COUNTED_ROWS = COUNT_LIMIT + 1;

/** From where is counted, and what is left out. */
export interface CountScope {
  readonly view: Viewpoint;
  readonly without?: readonly ArticleId[] | undefined;
}

/** The sizes of the lists, in one statement; none reads more than `COUNTED_ROWS` articles of a list. */
export const countArticles = async (
  database: Queryable,
  queries: readonly ListingQuery[],
  { view, without = [] }: CountScope,
): Promise<readonly ListingCount[]> => {
  if (queries.length === 0) return [];
  const values: unknown[] = [sqlInstant(view.now)];
  const leftOut = without.length === 0 ? null : `$${values.push(without)}`;
  const sight = sightOf(view);
  const shapes = Map.groupBy(queries.keys(), (ordinal) =>
    JSON.stringify(shapeOf(queries[ordinal] as ListingQuery, sight)),
  );
  const parts = [...shapes].toSorted(byShape).map(([shape, ordinals]) => {
    const records = ordinals.map((ordinal) => {
      const { edition, scope, filter } = queries[ordinal] as ListingQuery;
      return { ...filterRecord(edition, scope, filter, view), ordinal };
    });
    const parsed = { ...(JSON.parse(shape) as Omit<Shape, 'leftOut'>), leftOut };
    return countsSql(parsed, sight, `$${values.push(requestParameter(records))}`);
  });
  return mapCounts(await database.query<CountRow>(uniteStatements(parts), values));
};

/** Counts in the order of their requests. */
export const mapCounts = (rows: readonly CountRow[]): readonly ListingCount[] =>
  rows
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ counted, left_out, boundary_at }) => ({
      total: Number(counted) > COUNT_LIMIT ? null : Number(counted) - Number(left_out),
      boundaryAt: boundary_at?.getTime() ?? null,
    }));

interface Shape {
  readonly narrowed: boolean;
  readonly isBreaking: boolean;
  /** The parameter that names articles that are not counted; null: there are none. */
  readonly leftOut: string | null;
}

/** SQL that gives what `select` does for each of the articles that `ids`, a parameter, names: there as `named.id`. */
export const amongSql = (select: string, ids: string): string =>
  `unnest(${ids}::text[]) AS named (id) CROSS JOIN LATERAL (
    ${select} OFFSET 0
  )`;

/** The lists that one article stands in. OFFSET 0: the planner would read all of a long list to find the few. */
const MEMBERS_OF_NAMED = '(SELECT own.* FROM memberships own WHERE own.article_id = named.id OFFSET 0) AS m';

const shapeOf = ({ filter }: ListingQuery, sight: Sight): Omit<Shape, 'leftOut'> => ({
  narrowed: isNarrowed(filter, sight),
  isBreaking: filter.breaking === true,
});

// Both of one statement: an article that comes back in between is in both or in neither.
const countsSql = ({ narrowed, isBreaking, leftOut }: Shape, sight: Sight, records: string): string => {
  const write = narrowed ? narrowedCountSql : plainCountSql;
  return `
  SELECT r.ordinal, (${write(isBreaking, sight, null)}) AS counted,
    ${leftOut === null ? '0' : `(${write(isBreaking, sight, leftOut)})`} AS left_out, ${boundarySql} AS boundary_at
  FROM (
    SELECT r.* ${narrowed ? `, ${narrowestSql(sight)} AS driver` : ''}
    FROM ${requestsSql(records, '', sight, narrowed)} AS r
    OFFSET 0
  ) AS r`;
};

/**
 * SQL that gives the articles of one target that may be seen, as memberships `m`. Most are plain: then the index of the list
 * says all there is to know, and no article is asked.
 */
const seenMembersSql = (target: string, isBreaking: boolean, sight: Sight, members = 'memberships m'): string =>
  isBreaking
    ? `${membersSql(target, isBreaking)}
    WHERE ${seenSql(sight)}`
    : `${members}
    WHERE m.target = ${target} AND (m.is_plain AND r.breaking IS NULL
      OR EXISTS (SELECT FROM articles a WHERE a.id = m.article_id AND ${seenSql(sight)}))`;

const plainCountSql = (isBreaking: boolean, sight: Sight, only: string | null): string => {
  const select = (seen: string): string => `SELECT FROM ${seen}
    AND ${plainFilterSql('m')}`;
  return only === null
    ? `SELECT count(*) FROM (
    ${select(seenMembersSql('r.target', isBreaking, sight))}
    LIMIT ${COUNTED_ROWS}
  ) AS few`
    : `SELECT count(*) FROM ${amongSql(select(seenMembersSql('r.target', false, sight, MEMBERS_OF_NAMED)), only)} AS few`;
};

// An article stands once in each list at most, so that this many rows hold `COUNTED_ROWS` articles if there are as many.
const narrowedCountSql = (isBreaking: boolean, sight: Sight, only: string | null): string => {
  const select = (seen: string): string => `SELECT m.article_id
      FROM ${seen}
      AND ${plainFilterSql('m')}
      AND ${inScopeSql} AND ${groupFilterSql('m.article_id', sight)}`;
  const ofTarget =
    only === null
      ? `LATERAL (
      ${select(seenMembersSql('t.target', isBreaking, sight))}
    )`
      : amongSql(select(seenMembersSql('t.target', false, sight, MEMBERS_OF_NAMED)), only);
  return `SELECT count(DISTINCT few.article_id) FROM (
    SELECT m.article_id
    FROM unnest(r.driver) AS t (target) CROSS JOIN ${ofTarget} AS m
    LIMIT ${COUNTED_ROWS} * cardinality(r.driver)
  ) AS few`;
};
