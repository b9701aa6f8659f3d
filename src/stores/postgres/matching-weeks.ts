/** Where weeks are counted from: a Monday. As the index `articles_by_search` has it (migration 0030), to the letter. */
const FIRST_WEEK = "timestamptz '2000-01-03 00:00:00+00'";
const WEEK_SECONDS = 604_800;

/** Of so few found, twice as many weeks are asked for at once; of more, half as many. */
const FEW = 25;
/** What is found after long is all read, and sorted. */
const MOST_WEEKS = 16;

const weekSql = (instant: string): string =>
  `floor(extract(epoch FROM ${instant} - ${FIRST_WEEK}) / ${WEEK_SECONDS})::integer`;

/** The week of an article, as the index of words has it. */
const weekKeySql = (article: string): string => `(ARRAY[(
          ${article}.edition || '/' || CASE WHEN isfinite(${article}.published_at) THEN (${weekSql(`${article}.published_at`)})::text END
        ) COLLATE "C"])`;

/** The week of the newest article of request `r` before an instant: weeks without any are passed over. */
const newestWeekSql = (until: string): string => `(
        SELECT ${weekSql('m.published_at')}
        FROM memberships m
        WHERE m.target = r.target AND m.published_at ${until}
          AND m.published_at >= r.published_from AND m.published_at > '-infinity'
        ORDER BY m.published_at DESC
        LIMIT 1
      )`;

/**
 * SQL that gives the ids of the newest `limit` articles `a` that satisfy `matches`, which holds a condition on `a.search`: week by
 * week, from the newest on, until there are enough; several at a time where few are found. The index gives the articles of one edition and
 * week that have a word in 0.1 to 0.3 ms, however many others have it. Of all that have it, it would give no order: each would be
 * read. (OFFSET 0: what a step finds is used twice, and would be looked for twice.)
 */
export const newestByWeekSql = (matches: string, limit: number): string => `
      WITH RECURSIVE steps AS (
        SELECT ${newestWeekSql('<= least(r.ranked_at, r.published_until)')} AS week, 1 AS weeks, 0 AS before,
          '{}'::text[] COLLATE "C" AS ids
        UNION ALL
        SELECT ${newestWeekSql(`< ${FIRST_WEEK} + (step.week - step.weeks + 1) * interval '${WEEK_SECONDS} seconds'`)},
          CASE WHEN cardinality(found.ids) < ${FEW} THEN least(step.weeks * 2, ${MOST_WEEKS}) ELSE greatest(step.weeks / 2, 1) END,
          step.before + cardinality(found.ids), found.ids
        FROM steps AS step
        CROSS JOIN LATERAL (
          SELECT ARRAY(
            SELECT a.id FROM articles a
            WHERE ${matches} AND ${weekKeySql('a')}
              && ARRAY(SELECT (r.edition || '/' || week) COLLATE "C" FROM generate_series(step.week - step.weeks + 1, step.week) AS week)
            ORDER BY a.published_at DESC, a.id DESC
            LIMIT ${limit} - step.before
          ) AS ids
          OFFSET 0
        ) AS found
        WHERE step.week IS NOT NULL AND step.before < ${limit}
      )
      SELECT unnest(steps.ids) AS id FROM steps`;
