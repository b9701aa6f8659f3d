/**
 * A word is common when one in twenty matches of an edition's articles before a month, half a year and a year. Where an archive does not
 * go back so far, of those it has and of the newest. A word of the day stands in the newest alone. A vector takes 20 µs to read, and three
 * samples that agree are seldom wrong.
 */
const SAMPLED_DAYS = [30, 182, 365] as const;
const SAMPLED_ROWS = 60;
const NEWEST_ROWS = 100;
const COMMON_SHARE = 0.05;

const OLDEST = `interval '${SAMPLED_DAYS.at(-1)} days'`;

/** The newest are not asked where all the older ones are full. */
const newestRowsSql = `CASE WHEN EXISTS (
      SELECT FROM memberships m WHERE m.target = r.target AND m.published_at <= r.ranked_at - ${OLDEST} OFFSET ${SAMPLED_ROWS - 1}
    ) THEN 0 ELSE ${NEWEST_ROWS} END`;

/** No sample says that they are not. One that is not full is of the beginning of an archive, and so says nothing; none is taken after one that says no. */
const areInSamplesSql = `NOT EXISTS (
    SELECT FROM (VALUES ${SAMPLED_DAYS.map((days) => `(${days}, ${SAMPLED_ROWS})`).join(', ')}, (0, ${newestRowsSql})) AS s (days, rows)
    CROSS JOIN LATERAL (
      SELECT count(*) AS read, count(*) FILTER (WHERE newest.search @@ r.query) AS matching
      FROM (
        SELECT a.search FROM memberships m JOIN articles a ON a.id = m.article_id
        WHERE m.target = r.target AND m.published_at <= r.ranked_at - s.days * interval '1 day'
        ORDER BY m.published_at DESC, m.article_id DESC
        LIMIT s.rows
      ) AS newest
    ) AS sample
    WHERE sample.matching < s.rows * ${COMMON_SHARE} AND (s.days = 0 OR sample.read = s.rows)
  )`;

/**
 * SQL that is true where request `r` asks for words that are common in its edition, or that more than `limit` articles have, of whatever
 * edition and age: words of the past. They are counted by their words alone, for the index does not know where a word stands: to see it,
 * vectors would be read. The limit is in the text: one that the planner does not know has it read the table, as if it were
 * at its end after a tenth.
 */
export const isCommonSql = (limit: number): string => `CASE WHEN ${areInSamplesSql} THEN true
    ELSE (
      SELECT count(*) FROM (
        SELECT FROM articles a WHERE a.search @@ r.words AND a.published_at <= r.ranked_at LIMIT ${limit + 1}
      ) AS few
    ) > ${limit} END`;
