import type { Instant } from '../../clock.ts';
import { parseId, type ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { RANKING_SPARE, WINDOW_HOURS, type EngagementStore } from '../engagement-store.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';

const HOUR_MS = 60 * 60_000;
/** Older events weigh less than a two-hundredth of a fresh one. */
const TRENDING_HOURS = 48;
const TRENDING_HALF_LIFE_HOURS = 6;
/** Who passes a story on cares more than who opens it. */
const VIEWS_PER_SHARE = 5;

/** Engagement in a PostgreSQL database, one statement per call. Hours are those of UTC, whatever the session's zone. */
export const createEngagementStore = (database: Queryable): EngagementStore => ({
  async record(id, kind, at) {
    const { edition } = parseId(id);
    if (edition === undefined) return;
    const [views, shares] = kind === 'VIEW' ? [1, 0] : [0, 1];
    await database.query(RECORD_SQL, [id, sqlInstant(hourOf(at)), edition, views, shares]);
  },

  async counts(requests, now) {
    if (requests.length === 0) return [];
    const records = requests.map(({ id, kind, window }) => ({
      id,
      kind,
      since: window === null ? null : sqlInstant(firstHourOf(WINDOW_HOURS[window], now)),
    }));
    const rows = await database.query<Row & { ordinal: number; counted: string }>(COUNTS_SQL, [
      sqlInstant(hourOf(now)),
      requestParameter(records),
    ]);
    return rows.toSorted((a, b) => a.ordinal - b.ordinal).map(({ counted }) => Number(counted));
  },

  async rankings(requests, now) {
    if (requests.length === 0) return [];
    const records = requests.map((request) => ({
      edition: request.edition,
      is_trending: request.by === 'trending',
      since: sqlInstant(firstHourOf(request.by === 'trending' ? TRENDING_HOURS : WINDOW_HOURS[request.window], now)),
      row_limit: request.limit + RANKING_SPARE,
    }));
    const rows = await database.query<Row & { ordinal: number; ids: readonly ArticleId[] }>(RANKINGS_SQL, [
      sqlInstant(hourOf(now)),
      requestParameter(records),
    ]);
    return rows.toSorted((a, b) => a.ordinal - b.ordinal).map(({ ids }) => ids);
  },
});

const hourOf = (at: Instant): Instant => Math.floor(at / HOUR_MS) * HOUR_MS;

/** The first of `hours` whole hours that end with the running one. */
const firstHourOf = (hours: number, now: Instant): Instant => hourOf(now) - (hours - 1) * HOUR_MS;

const RECORD_SQL = `
WITH bucket AS (
  INSERT INTO engagement_hours AS e (article_id, hour, edition, views, shares)
  VALUES ($1, $2::timestamptz, $3, $4::integer, $5::integer)
  ON CONFLICT (article_id, hour) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares
)
INSERT INTO engagement_totals AS e (article_id, views, shares)
VALUES ($1, $4::integer, $5::integer)
ON CONFLICT (article_id) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares`;

const COUNTS_SQL = `
SELECT r.ordinal, coalesce(CASE WHEN r.since IS NULL
  THEN (SELECT CASE r.kind WHEN 'VIEW' THEN t.views ELSE t.shares END FROM engagement_totals t WHERE t.article_id = r.id)
  ELSE (SELECT sum(CASE r.kind WHEN 'VIEW' THEN h.views ELSE h.shares END) FROM engagement_hours h
    WHERE h.article_id = r.id AND h.hour BETWEEN r.since AND $1)
  END, 0) AS counted
FROM jsonb_to_recordset($2::jsonb) AS r (ordinal integer, id text, kind text, since timestamptz)`;

// Rounded, so that the order in which floats were added does not decide between equals.
const RANKINGS_SQL = `
SELECT r.ordinal, ARRAY(
  SELECT h.article_id
  FROM engagement_hours h
  WHERE h.edition = r.edition AND h.hour BETWEEN r.since AND $1
  GROUP BY h.article_id
  HAVING r.is_trending OR sum(h.views) > 0
  ORDER BY CASE WHEN r.is_trending
    THEN round(sum((h.views + ${VIEWS_PER_SHARE} * h.shares)
      * power(0.5::float8, extract(epoch FROM $1 - h.hour)::float8 / ${TRENDING_HALF_LIFE_HOURS * 3600}))::numeric, 6)
    ELSE sum(h.views) END DESC, h.article_id
  LIMIT r.row_limit
) AS ids
FROM jsonb_to_recordset($2::jsonb) AS r (
  ordinal integer, edition text, is_trending boolean, since timestamptz, row_limit integer)`;
