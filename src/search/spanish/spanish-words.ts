import { foldAccents, tidyLatin } from '../fold-latin.ts';
import type { WordTerms } from '../word.ts';
import { CHANGING, COUNTRIES, IRREGULAR_WORDS } from './irregular-words.ts';
import { stemSpanish } from './stem-spanish.ts';
import { SPANISH_STOP_WORDS } from './stop-words.ts';
import { WHOLE_WORDS } from './whole-words.ts';

const LONGEST_STEM = 8;

/** Nouns that only their accent keeps from being a form of a verb; typed without it they may be either. */
const ACCENTED = /^beb[eé]s?$/;

/** Its accents away, but not the tilde of ñ, which is a letter of its own. */
const fold = (word: string): string =>
  word
    .split('ñ')
    .map((part) => foldAccents(part))
    .join('ñ');

const unchanged = (word: string): string => {
  for (let length = Math.min(LONGEST_STEM, word.length - 1); length > 2; length -= 1) {
    const stem = CHANGING.get(word.slice(0, length));
    if (stem !== undefined) return `${stem}${word.slice(length)}`;
  }
  return word;
};

const stemsOf = (word: string, accented: string): readonly string[] => {
  if (ACCENTED.test(accented)) return accented.includes('é') ? ['bebé'] : ['beb', 'bebé'];
  const base = word.replace(/(?<=...a)mente$/, '').replace(/a$/, 'o');
  const regular =
    IRREGULAR_WORDS.get(word) ?? (word.endsWith('amente') ? IRREGULAR_WORDS.get(base) : undefined) ?? word;
  const whole = WHOLE_WORDS.get(regular);
  if (whole !== undefined) return [whole];
  const stems = regular === word ? stemSpanish(unchanged(word), accented) : stemSpanish(regular);
  return stems.map((stem) => COUNTRIES.get(stem) ?? stem);
};

/**
 * How a Spanish word is found: by its stem, with or without its accents. A word with ñ is found by n too, for keyboards
 * without it; who types ñ means it.
 */
export const analyseSpanishWord = (word: string): WordTerms => {
  const exact = tidyLatin(word);
  const folded = fold(exact);
  const sought = stemsOf(folded, exact);
  const terms = folded.includes('ñ') ? [...sought, ...stemsOf(folded.replaceAll('ñ', 'n'), exact)] : sought;
  return { terms, sought, exact, isStopWord: SPANISH_STOP_WORDS.has(folded) };
};
