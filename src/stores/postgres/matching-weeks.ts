/** Where weeks are counted from: a Monday. As the index `articles_by_search` has it (migration 0030), to the letter. */
const FIRST_WEEK = "timestamptz '2000-01-03 00:00:00+00'";
const WEEK_SECONDS = 604_800;

const weekSql = (instant: string): string =>
  `floor(extract(epoch FROM ${instant} - ${FIRST_WEEK}) / ${WEEK_SECONDS})::integer`;

/** The week of an article, as the index of words has it. */
const weekKeySql = (article: string): string => `(ARRAY[
          ${article}.edition || '/' || CASE WHEN isfinite(${article}.published_at) THEN (${weekSql(`${article}.published_at`)})::text END
        ])`;

/** The week of the newest article of request `r` before an instant. Weeks without any are passed over. */
const newestWeekSql = (until: string): string => `(
        SELECT ${weekSql('m.published_at')}
        FROM memberships m
        WHERE m.target = r.target AND m.published_at ${until} AND m.published_at >= r.published_from
        ORDER BY m.published_at DESC
        LIMIT 1
      )`;

/**
 * SQL that gives the ids of the newest `limit` articles `a` that satisfy `matches`, which holds a condition on `a.search`: week by
 * week, from the newest on, until there are enough. The index gives the articles of one edition and week that have a word, 0.1 ms
 * where there are none, and however many others have it. Of all that have it, it would give no order: each would be read. (OFFSET 0: a week that is used
 * twice is read twice otherwise.)
 */
export const newestByWeekSql = (matches: string, limit: number): string => `
      WITH RECURSIVE weeks AS (
        SELECT ${newestWeekSql('<= least(r.ranked_at, r.published_until)')} AS week, 0 AS before, '{}'::text[] COLLATE "C" AS ids
        UNION ALL
        SELECT ${newestWeekSql(`< ${FIRST_WEEK} + weeks.week * interval '${WEEK_SECONDS} seconds'`)},
          weeks.before + cardinality(found.ids), found.ids
        FROM weeks
        CROSS JOIN LATERAL (
          SELECT ARRAY(
            SELECT a.id FROM articles a
            WHERE ${matches} AND ${weekKeySql('a')} && ARRAY[r.edition || '/' || weeks.week::text]
            ORDER BY a.published_at DESC, a.id DESC
            LIMIT ${limit} - weeks.before
          ) AS ids
          OFFSET 0
        ) AS found
        WHERE weeks.week IS NOT NULL AND weeks.before < ${limit}
      )
      SELECT unnest(weeks.ids) AS id FROM weeks`;
