import { analyse, type SearchLanguage } from '../../src/search/analyse.ts';
import { parseQuery, type SoughtPhrase, type SoughtWord } from '../../src/search/parse-query.ts';
import type { PlacedWord } from '../../src/search/word.ts';

const isAt = (words: readonly PlacedWord[], index: number, { terms }: SoughtWord): boolean =>
  words[index]?.terms.some((term) => terms.includes(term)) ?? false;

const stands = (words: readonly PlacedWord[], { words: sought, whole }: SoughtPhrase): boolean =>
  words.some(
    (_word, index) =>
      sought.every((each, offset) => isAt(words, index + offset, each)) ||
      (whole !== undefined && isAt(words, index, whole)),
  );

/** Whether a query finds a text, as the database would say it. */
export const finds = (language: SearchLanguage, query: string, text: string): boolean => {
  const words = analyse(language, text);
  const { choices, excluded } = parseQuery(language, query);
  return (
    choices.some((phrases) => phrases.every((phrase) => stands(words, phrase))) &&
    !excluded.some((phrase) => stands(words, phrase))
  );
};
