import { HEAD_WEIGHTS } from './search-query.ts';

/** What a month ago still weighs, and what an archive story keeps for ever, of the weight of its words. */
const HALF_LIFE_SECONDS = 30 * 86_400;
const ARCHIVE_WEIGHT = 0.25;
/** After as many nothing of it shows beside the archive's weight; after a thousand PostgreSQL refuses to halve. */
const HALF_LIVES = 60;
/** What the very word that was typed adds to the weight of its forms. */
const EXACT_WEIGHT = 0.5;

/** In numbers, for no interval reaches an infinite instant before PostgreSQL 17. */
const ageSecondsSql = "(date_part('epoch', r.ranked_at) - date_part('epoch', a.published_at))";

/** Of many words a rank says how often they stand there, not how near to each other. */
const rankSql = (words: string, vector: string): string =>
  `CASE WHEN r.ranked IS NULL THEN ts_rank_cd(${vector}, ${words}, 1) ELSE ts_rank(${vector}, ${words}, 1) END`;

/**
 * Of what was typed no more counts than of what was found: a text that repeats one of several words would outweigh a headline of
 * all of them. Each rank is worked out once.
 */
const wordsSql = (vector: string): string => `(SELECT words + ${EXACT_WEIGHT} * least(words, typed) FROM (
    SELECT ${rankSql('coalesce(r.ranked, r.query)', vector)} AS words, coalesce(${rankSql('r.exact', vector)}, 0) AS typed OFFSET 0
  ) AS ranks)`;

/** Of a body that is withheld a rank says nothing either: it is given out in cursors. */
const headSql = `ts_filter(a.search, '{${HEAD_WEIGHTS.join(',')}}')`;

/**
 * SQL for what a match `a` of request `r` is ranked by.
 *
 * @param hasBodies whether the words of its body are among those that are weighed.
 */
export const scoreSql = (
  hasBodies: boolean,
): string => `${wordsSql(hasBodies ? 'a.search' : headSql)} * (${ARCHIVE_WEIGHT} + ${1 - ARCHIVE_WEIGHT}
      * power(0.5::float8, least(greatest(${ageSecondsSql} / ${HALF_LIFE_SECONDS}, 0), ${HALF_LIVES})))`;
