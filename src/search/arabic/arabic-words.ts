import type { WordTerms } from '../word.ts';
import { brokenSingular, feminineStems } from './feminines.ts';
import { IRREGULAR_WORDS } from './irregular-words.ts';
import { foldArabic, tidyArabic } from './normalise-arabic.ts';
import { singularsOf } from './singulars.ts';
import { ARABIC_STOP_WORDS } from './stop-words.ts';
import { stripPrefixes } from './strip-prefixes.ts';
import { stripSuffixes } from './strip-suffixes.ts';

/** What follows a word without being of it: its owner, the accusative. */
const PRONOUN = /(?<=...)(?:ها|هم|ه|ا)$/;

/** The stems of a word that is no broken plural. */
const plainStems = (word: string): readonly string[] => {
  const feminine = feminineStems(word);
  if (feminine.length > 0) return feminine;
  const folded = foldArabic(word);
  // `خبراء` is no accusative of خبر; typed without its hamza it may be.
  if (/...اء$/.test(word)) return [folded];
  return /...ا$/.test(word) ? [stripSuffixes(folded), folded] : [stripSuffixes(folded)];
};

/** The stem of a folded singular, which has lost its ة to its shape. */
const singularStem = (singular: string): string => {
  const word = brokenSingular(singular);
  return word === singular ? stripSuffixes(word) : word;
};

/** `مينائها` and `خبراؤه` by what they are without their owner. */
const OWNED_HAMZA = /(?<=..ا)[ئؤ](?:هما|ها|هم|ه|نا|ي)$/;

const stemsOf = (written: string): readonly string[] => {
  const word = written.replace(OWNED_HAMZA, 'ء');
  const owned = word.replace(PRONOUN, '');
  const regular = IRREGULAR_WORDS.get(foldArabic(word)) ?? IRREGULAR_WORDS.get(foldArabic(owned));
  if (regular !== undefined) return regular.flatMap(plainStems);
  const singulars = [...singularsOf(word), ...(owned === word ? [] : singularsOf(owned))];
  return [...plainStems(word), ...singulars.map(singularStem)];
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
