import type { Instant } from '../../clock.ts';
import { HOUR_MS, WINDOW_HOURS } from '../../content/counter.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { CarriedCount } from '../redis/carry-over.ts';
import { sqlInstant } from './request-parameter.ts';

const PIECE = 500;

type TotalRow = Row & { readonly id: ArticleId; readonly views: string; readonly shares: string };
type HourRow = TotalRow & { readonly hour: Date };

/** Everything counted for `edition` that a window can still reach at `now`, all time first, then hour by hour. */
export const createCountedReader = (database: Queryable) =>
  async function* readCounted(edition: EditionCode, now: Instant): AsyncGenerator<readonly CarriedCount[]> {
    const prefix = `art_${edition.toLowerCase()}_`;
    let last = prefix;
    for (;;) {
      const rows = await database.query<TotalRow>(TOTALS_SQL, [last, `${prefix}~`]);
      yield rows.map(({ id, views, shares }) => ({ id, hour: null, views: Number(views), shares: Number(shares) }));
      if (rows.length < PIECE) break;
      last = rows.at(-1)?.id ?? last;
    }
    // Times are told to the database by name, and come back as numbers of the clock they were taken from.
    let [hour, id] = [now - WINDOW_HOURS.MONTH * HOUR_MS, ''];
    for (;;) {
      const rows = await database.query<HourRow>(HOURS_SQL, [edition, sqlInstant(hour), id]);
      yield rows.map((row) => ({
        id: row.id,
        hour: row.hour.getTime(),
        views: Number(row.views),
        shares: Number(row.shares),
      }));
      const end = rows.at(-1);
      if (end === undefined || rows.length < PIECE) return;
      [hour, id] = [end.hour.getTime(), end.id];
    }
  };

const TOTALS_SQL = `
SELECT article_id AS id, views, shares FROM engagement_totals
WHERE article_id > $1 AND article_id < $2 ORDER BY article_id LIMIT ${PIECE}`;

const HOURS_SQL = `
SELECT article_id AS id, hour, views, shares FROM engagement_hours
WHERE edition = $1 AND (hour, article_id) > ($2::timestamptz, $3::text) ORDER BY hour, article_id LIMIT ${PIECE}`;
