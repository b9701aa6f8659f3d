import type { ParsedQuery, SoughtPhrase, SoughtWord } from '../../search/parse-query.ts';

/** What an article must match, and what lifts it among those that do, as text of a `tsquery`; null: nothing does. */
export interface SearchQueryTexts {
  readonly query: string | null;
  /** What an article has that matches, and others: its words, wherever they stand. An index by itself tells who has them. */
  readonly words: string | null;
  readonly exact: string | null;
  /** What ranks in place of `query` where that has too many words: any of them; null: `query` ranks. */
  readonly ranked: string | null;
}

/**
 * Words of a query, and what they are found by, of which it is weighed how near they stand to each other. The time that takes
 * grows with their square: for 99 in a text that has them all 0.8 to 1.4 s.
 */
const NEARBY_WORDS = 12;
const NEARBY_TERMS = 48;

/** A lexeme as `tsvector` and `tsquery` are written. */
export const quoteLexeme = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** What stands for the word itself beside what it is found by: no word has the sign. */
export const exactLexeme = (exact: string): string => `=${exact}`;

/** Where words are sought: all over, or beside the body alone, whose words are then nothing to who asks. */
export type SoughtIn = 'everything' | 'head';

/** The weights of `writeSearchVector` that are not of a body. */
export const HEAD_WEIGHTS = ['A', 'B'] as const;

const writeTerm = (lexeme: string, soughtIn: SoughtIn): string =>
  soughtIn === 'head' ? `${quoteLexeme(lexeme)}:${HEAD_WEIGHTS.join('')}` : quoteLexeme(lexeme);

const writeWord = ({ terms }: SoughtWord, soughtIn: SoughtIn): string =>
  `(${terms.map((term) => writeTerm(term, soughtIn)).join('|')})`;

const writePhrase = ({ words, whole }: SoughtPhrase, soughtIn: SoughtIn, between = '<->'): string => {
  const phrase = words.map((word) => writeWord(word, soughtIn)).join(between);
  return whole === undefined ? `(${phrase})` : `((${phrase})|${writeWord(whole, soughtIn)})`;
};

/** A parsed query as PostgreSQL asks it of what `writeSearchVector` wrote. */
export const writeSearchQuery = (
  { choices, excluded }: ParsedQuery,
  soughtIn: SoughtIn = 'everything',
): SearchQueryTexts => {
  const write = (phrase: SoughtPhrase): string => writePhrase(phrase, soughtIn);
  const writeWords = (phrase: SoughtPhrase): string => writePhrase(phrase, 'everything', '&');
  const writeWanted = (writeOne: typeof write): string =>
    choices.map((phrases) => `(${phrases.map(writeOne).join('&')})`).join('|');
  if (choices.length === 0) return { query: null, words: null, exact: null, ranked: null };
  const unwanted = excluded.map((phrase) => `&!${write(phrase)}`).join('');
  const telling = choices.flat().flatMap((phrase) => phrase.words.filter(({ isStopWord }) => !isStopWord));
  const exact = [...new Set(telling.map((word) => quoteLexeme(exactLexeme(word.exact))))].join('|');
  return {
    query: `(${writeWanted(write)})${unwanted}`,
    words: writeWanted(writeWords),
    exact: exact === '' ? null : exact,
    ranked: writeRanked(choices),
  };
};

const writeRanked = (choices: ParsedQuery['choices']): string | null => {
  const words = choices.flat().flatMap((phrase) => (phrase.whole ? [...phrase.words, phrase.whole] : phrase.words));
  const terms = words.flatMap((word) => word.terms);
  if (words.length <= NEARBY_WORDS && terms.length <= NEARBY_TERMS) return null;
  return [...new Set(terms)].map(quoteLexeme).join('|');
};
