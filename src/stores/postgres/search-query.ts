import type { ParsedQuery, SoughtPhrase, SoughtWord } from '../../search/parse-query.ts';

/** What an article must match, and what lifts it among those that do, as text of a `tsquery`; null: nothing does. */
export interface SearchQueryTexts {
  readonly query: string | null;
  readonly exact: string | null;
}

/** A lexeme as `tsvector` and `tsquery` are written. */
export const quoteLexeme = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** What stands for the word itself beside what it is found by: no word has the sign. */
export const exactLexeme = (exact: string): string => `=${exact}`;

const writeWord = ({ terms }: SoughtWord): string => `(${terms.map(quoteLexeme).join('|')})`;

const writePhrase = ({ words, whole }: SoughtPhrase): string => {
  const phrase = words.map(writeWord).join('<->');
  return whole === undefined ? `(${phrase})` : `((${phrase})|${writeWord(whole)})`;
};

/** A parsed query as PostgreSQL asks it of what `writeSearchVector` wrote. */
export const writeSearchQuery = ({ choices, excluded }: ParsedQuery): SearchQueryTexts => {
  if (choices.length === 0) return { query: null, exact: null };
  const wanted = choices.map((phrases) => `(${phrases.map(writePhrase).join('&')})`).join('|');
  const unwanted = excluded.map((phrase) => `&!${writePhrase(phrase)}`).join('');
  const words = choices.flat().flatMap((phrase) => phrase.words.filter(({ isStopWord }) => !isStopWord));
  const exact = [...new Set(words.map((word) => quoteLexeme(exactLexeme(word.exact))))].join('|');
  return { query: `(${wanted})${unwanted}`, exact: exact === '' ? null : exact };
};
