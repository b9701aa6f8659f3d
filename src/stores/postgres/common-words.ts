/**
 * A word is common when as many of an edition's newest articles match, and of those before a month, half a year and a year: then
 * all are looked through from the newest on. A word of the day stands in the newest alone, and all others would be read for it.
 */
const SAMPLED_ROWS = 100;
const COMMON_ROWS = 5;
const SAMPLED_BEFORE_DAYS = [0, 30, 182, 365];

/** The newest articles of an edition at an instant, out of the index of its list. */
export const newestSql = (
  columns: string,
  instant = 'r.ranked_at',
): string => `SELECT ${columns} FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = r.target AND m.published_at <= ${instant}`;

/** Their order. */
export const NEWEST_FIRST = 'ORDER BY m.published_at DESC, m.article_id DESC';

/** Whether a word is common in a sample; one that is not full is of the beginning of an archive, and so says nothing. */
const isCommonBeforeSql = (days: number): string => `(
    SELECT count(*) FILTER (WHERE sample.search @@ r.query) >= ${COMMON_ROWS}${days === 0 ? '' : ` OR count(*) < ${SAMPLED_ROWS}`}
    FROM (${newestSql('a.search', `r.ranked_at - interval '${days} days'`)} ${NEWEST_FIRST} LIMIT ${SAMPLED_ROWS}) AS sample
  )`;

/**
 * SQL that is true where request `r` asks for words that are common in its edition. With a filter what is found may be few, and
 * stand anywhere. A sample is taken only where those before it say yes.
 */
export const isCommonSql = `CASE WHEN r.is_filtered THEN false
    ${SAMPLED_BEFORE_DAYS.map((days) => `WHEN NOT ${isCommonBeforeSql(days)} THEN false`).join('\n    ')}
    ELSE true END`;
