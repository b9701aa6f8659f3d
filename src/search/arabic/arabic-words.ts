import type { WordTerms } from '../word.ts';
import { IRREGULAR_WORDS } from './irregular-words.ts';
import { foldArabic, tidyArabic } from './normalise-arabic.ts';
import { singularsOf } from './singulars.ts';
import { ARABIC_STOP_WORDS } from './stop-words.ts';
import { stripPrefixes } from './strip-prefixes.ts';
import { stripSuffixes } from './strip-suffixes.ts';

/** What follows a word without being of it: its owner, the accusative. */
const PRONOUN = /(?<=...)(?:ها|هم|ه|ا)$/;

const stemsOf = (word: string): readonly string[] => {
  const folded = foldArabic(word);
  const owned = word.replace(PRONOUN, '');
  const regular = IRREGULAR_WORDS.get(folded) ?? IRREGULAR_WORDS.get(foldArabic(owned));
  if (regular !== undefined) return regular.map(stripSuffixes);
  return [folded, ...singularsOf(word), ...(owned === word ? [] : singularsOf(owned))].map(stripSuffixes);
};

/**
 * How an Arabic word is found: by its light stem, by that of each word it may be with و, ف, ب, ل, ك or the article before
 * it, and by that of the singulars it may be a broken plural of.
 */
export const analyseArabicWord = (word: string): WordTerms => {
  const tidy = tidyArabic(word);
  const folded = foldArabic(tidy);
  const terms = [...new Set(stripPrefixes(tidy).flatMap(stemsOf))];
  return { terms, sought: terms, exact: tidy, isStopWord: ARABIC_STOP_WORDS.has(folded) };
};
