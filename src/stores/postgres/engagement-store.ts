import type { Instant } from '../../clock.ts';
import { HOUR_MS, WINDOW_HOURS } from '../../content/counter.ts';
import { parseId, type ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { RANKING_SPARE, type EngagementStore } from '../engagement-store.ts';
import { TRENDING_HALF_LIFE_HOURS, TRENDING_HOURS, VIEWS_PER_SHARE } from '../engagement-weights.ts';
import { requestParameter, sqlInstant } from './request-parameter.ts';

/** Engagement in a PostgreSQL database, one statement per call. Hours are those of UTC, whatever the session's zone. */
export const createEngagementStore = (database: Queryable): EngagementStore => ({
  async record(events) {
    if (events.length === 0) return [];
    const records = events.map(({ id, kind, at, once }) => ({
      id,
      edition: parseId(id).edition,
      hour: sqlInstant(hourOf(at)),
      told_at: sqlInstant(at),
      views: kind === 'VIEW' ? 1 : 0,
      shares: kind === 'SHARE' ? 1 : 0,
      once: once ?? null,
    }));
    const rows = await database.query<Row & { ordinal: number }>(RECORD_SQL, [requestParameter(records)]);
    const counted = new Set(rows.map(({ ordinal }) => ordinal));
    return events.map((_, ordinal) => counted.has(ordinal));
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

// In one order, so that two batches that meet wait for each other and never both.
const RECORD_SQL = `
WITH told AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (ordinal integer, id text, edition text, hour timestamptz,
    told_at timestamptz, views integer, shares integer, once text)
), fresh AS (
  INSERT INTO engagement_once (key, told_at)
  SELECT once, min(told_at) FROM told WHERE once IS NOT NULL GROUP BY once ORDER BY once
  ON CONFLICT DO NOTHING RETURNING key
), each AS (
  SELECT DISTINCT ON (coalesce(once, ordinal::text)) * FROM told
  WHERE edition IS NOT NULL AND (once IS NULL OR once IN (SELECT key FROM fresh))
  ORDER BY coalesce(once, ordinal::text), ordinal
), counted AS (
  SELECT id, edition, hour, sum(views)::integer AS views, sum(shares)::integer AS shares FROM each GROUP BY id, edition, hour
), bucket AS (
  INSERT INTO engagement_hours AS e (article_id, hour, edition, views, shares)
  SELECT id, hour, edition, views, shares FROM counted ORDER BY id, hour
  ON CONFLICT (article_id, hour) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares
), total AS (
  INSERT INTO engagement_totals AS e (article_id, views, shares)
  SELECT id, sum(views), sum(shares) FROM counted GROUP BY id ORDER BY id
  ON CONFLICT (article_id) DO UPDATE SET views = e.views + excluded.views, shares = e.shares + excluded.shares
)
SELECT ordinal FROM each`;

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
