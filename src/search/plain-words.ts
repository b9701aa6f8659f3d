import { foldAccents, tidyLatin } from './fold-latin.ts';
import type { WordTerms } from './word.ts';

const APOSTROPHES = /['’ʼ＇]/;
/** What is joined to a word by an apostrophe, and is none that anybody looks for: `l’eau`, `qu’une`, `dell’acqua`. */
const MIN_PART_LETTERS = 2;

/**
 * How a word is found of whose language nothing is known: as it is written, but for case, accents and apostrophes. What
 * stands behind an apostrophe is found by itself too.
 */
export const analysePlainWord = (word: string): WordTerms => {
  const exact = tidyLatin(word);
  const last = tidyLatin(word.split(APOSTROPHES).at(-1) ?? '');
  const parts = last.length >= MIN_PART_LETTERS ? [exact, last] : [exact];
  const terms = [...new Set(parts.map(foldAccents))];
  return { terms, sought: terms, exact, isStopWord: false };
};
