/**
 * A word is common when one in twenty of an edition's newest articles matches, and of those before a month, half a year and a year: then
 * all are looked through from the newest on. A word of the day stands in the newest alone, and all others would be read for it.
 * The older samples are smaller: a vector takes 20 µs to read, and three that agree are seldom wrong.
 */
const SAMPLES = [
  { days: 0, rows: 100 },
  { days: 30, rows: 40 },
  { days: 182, rows: 40 },
  { days: 365, rows: 40 },
] as const;
const COMMON_SHARE = 0.05;

/** The newest articles of an edition at an instant, out of the index of its list. */
export const newestSql = (
  columns: string,
  instant = 'r.ranked_at',
): string => `SELECT ${columns} FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = r.target AND m.published_at <= ${instant}`;

/** Their order. */
export const NEWEST_FIRST = 'ORDER BY m.published_at DESC, m.article_id DESC';

/** Whether a word is common in a sample; one that is not full is of the beginning of an archive, and so says nothing. */
const isCommonBeforeSql = ({ days, rows }: (typeof SAMPLES)[number]): string => `(
    SELECT count(*) FILTER (WHERE sample.search @@ r.query) >= ${rows * COMMON_SHARE}${days === 0 ? '' : ` OR count(*) < ${rows}`}
    FROM (${newestSql('a.search', `r.ranked_at - interval '${days} days'`)} ${NEWEST_FIRST} LIMIT ${rows}) AS sample
  )`;

/**
 * SQL that is true where request `r` asks for words that are common in its edition. With a filter what is found may be few, and
 * stand anywhere. A sample is taken only where those before it say yes.
 */
export const isCommonSql = `CASE WHEN r.is_filtered THEN false
    ${SAMPLES.map((sample) => `WHEN NOT ${isCommonBeforeSql(sample)} THEN false`).join('\n    ')}
    ELSE true END`;
