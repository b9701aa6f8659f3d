import { randomUUID } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';

/** What readers did with one article in one hour, counted elsewhere. */
export interface HourlyEngagement {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  /** Start of the hour, UTC. */
  readonly hour: Instant;
  readonly views: number;
  readonly shares: number;
}

/**
 * Adds what was counted elsewhere to the hourly counters and to the totals, in one statement, and in one order: two
 * processes that meet wait for each other and never both.
 *
 * @param once names what is added: told again within ten minutes, since nobody heard that it was, nothing is added.
 */
export const addEngagement = async (
  database: Queryable,
  counted: readonly HourlyEngagement[],
  once: string = randomUUID(),
): Promise<void> => {
  await database.query(
    `WITH fresh AS (
       INSERT INTO engagement_once (key, told_at) VALUES ($6, now()) ON CONFLICT DO NOTHING RETURNING key
     ), counted AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::int[], $5::int[])
         AS c (article_id, edition, hour, views, shares)
       WHERE EXISTS (SELECT FROM fresh)
     ), hours AS (
       INSERT INTO engagement_hours (article_id, edition, hour, views, shares)
       SELECT article_id, edition, hour, views, shares FROM counted ORDER BY article_id, hour
       ON CONFLICT (article_id, hour) DO UPDATE
         SET views = engagement_hours.views + excluded.views, shares = engagement_hours.shares + excluded.shares
     )
     INSERT INTO engagement_totals (article_id, views, shares)
     SELECT article_id, sum(views), sum(shares) FROM counted GROUP BY article_id ORDER BY article_id
     ON CONFLICT (article_id) DO UPDATE
       SET views = engagement_totals.views + excluded.views, shares = engagement_totals.shares + excluded.shares`,
    [
      counted.map(({ id }) => id),
      counted.map(({ edition }) => edition),
      counted.map(({ hour }) => new Date(hour)),
      counted.map(({ views }) => views),
      counted.map(({ shares }) => shares),
      once,
    ],
  );
};
