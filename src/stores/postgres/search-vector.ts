import type { EditionCode } from '../../content/edition.ts';

/** PostgreSQL's text search configuration of each edition: writing and asking must use the same. */
export const SEARCH_CONFIGURATIONS = {
  EN: 'english',
  AR: 'arabic',
  ES: 'spanish',
} as const satisfies Record<EditionCode, string>;

/**
 * Letters of a body that search sees. A tsvector holds at most 1 MB and places up to the 16,383rd word: 100,000 letters
 * are about 16,000 words, and at most half of that megabyte whatever the script.
 */
export const SEARCHED_BODY_LETTERS = 100_000;

/** SQL expressions, one per part of an article; they may be null. */
export interface SearchedColumns {
  readonly edition: string;
  readonly headline: string;
  readonly standfirst: string;
  readonly kicker: string;
  /** Names of its tags, joined by blanks. */
  readonly tagNames: string;
  readonly bodyText: string;
}

/** SQL that gives the `regconfig` of the edition that the SQL expression `edition` gives. */
export const searchConfigurationSql = (edition: string): string => {
  const branches = Object.entries(SEARCH_CONFIGURATIONS).map(([code, name]) => `WHEN '${code}' THEN '${name}'`);
  return `(CASE ${edition} ${branches.join(' ')} ELSE 'simple' END)::regconfig`;
};

/** SQL that gives an article's `tsvector`: A the headline, B standfirst, kicker and tags, C the body. */
export const searchVectorSql = (columns: SearchedColumns): string => {
  const configuration = searchConfigurationSql(columns.edition);
  const weighted = (weight: 'A' | 'B' | 'C', text: string): string =>
    `setweight(to_tsvector(${configuration}, ${text}), '${weight}')`;
  return [
    weighted('A', `coalesce(${columns.headline}, '')`),
    weighted('B', `concat_ws(' ', ${columns.standfirst}, ${columns.kicker}, ${columns.tagNames})`),
    weighted('C', `left(coalesce(${columns.bodyText}, ''), ${SEARCHED_BODY_LETTERS})`),
  ].join(' || ');
};
