import { analyse, type SearchLanguage } from '../../src/search/analyse.ts';
import { isAnswer } from '../../src/search/find-matches.ts';
import { parseQuery } from '../../src/search/parse-query.ts';

/** Whether a query finds a text, as the database would say it. */
export const finds = (language: SearchLanguage, query: string, text: string): boolean =>
  isAnswer(analyse(language, text), parseQuery(language, query));
