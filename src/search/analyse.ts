import type { EditionCode } from '../content/edition.ts';
import { analyseArabicWord } from './arabic/arabic-words.ts';
import { analyseEnglishWord } from './english/english-words.ts';
import { cutLetters } from './cut-letters.ts';
import { foldAccents, tidyLatin } from './fold-latin.ts';
import { normaliseNumber } from './normalise-number.ts';
import { analysePlainWord } from './plain-words.ts';
import { analyseSpanishWord } from './spanish/spanish-words.ts';
import { splitWords } from './split-words.ts';
import type { PlacedWord, WordTerms } from './word.ts';

/** A language that search reads; `plain`: any other, its words as they are written. */
export type SearchLanguage = 'en' | 'ar' | 'es' | 'plain';

/**
 * Of the analysers together, and of what is written with them: whoever changes what any of them gives, or which texts are
 * searched, raises it, and what is stored is analysed anew.
 */
export const ANALYSER_VERSION = 4;

/** The language an edition is searched in; one that is not here is searched plainly. */
const SEARCH_LANGUAGES: Readonly<Partial<Record<EditionCode, SearchLanguage>>> = { EN: 'en', AR: 'ar', ES: 'es' };

/** How the words of an edition are read. */
export const searchLanguageOf = (edition: EditionCode): SearchLanguage => SEARCH_LANGUAGES[edition] ?? 'plain';

const DECIMALS = { en: '.', ar: '.', es: ',', plain: '.' } as const satisfies Record<SearchLanguage, string>;

const analyseForeignWord = (word: string): WordTerms => {
  const exact = tidyLatin(word);
  const terms = [foldAccents(exact)];
  return { terms, sought: terms, exact, isStopWord: false };
};

const ANALYSERS = {
  en: analyseEnglishWord,
  ar: analyseForeignWord,
  es: analyseSpanishWord,
  plain: analysePlainWord,
} as const satisfies Record<SearchLanguage, (word: string) => WordTerms>;

const analyseAnew = (language: SearchLanguage, word: string): WordTerms => {
  const number = normaliseNumber(word, DECIMALS[language]);
  if (number !== null) return { terms: [number], sought: [number], exact: number, isStopWord: false };
  // By its script: an Arabic name in an English article is Arabic.
  return /\p{Script=Arabic}/u.test(word) ? analyseArabicWord(word) : ANALYSERS[language](word);
};

/**
 * Letters of what a word is found by: one sign may stand for a whole formula (U+FDFA for eighteen letters), and PostgreSQL refuses a
 * lexeme of more than 2,046 bytes.
 */
const MAX_TERM_LETTERS = 140;

const bound = (term: string): string => cutLetters(term, MAX_TERM_LETTERS);
const boundWord = ({ terms, sought, exact, isStopWord }: WordTerms): WordTerms => ({
  terms: terms.map(bound),
  sought: sought.map(bound),
  exact: bound(exact),
  isStopWord,
});

/** Words of a newspaper repeat: nine in ten were met before. */
const REMEMBERED_WORDS = 20_000;
const remembered: Readonly<Record<SearchLanguage, Map<string, WordTerms>>> = {
  en: new Map(),
  ar: new Map(),
  es: new Map(),
  plain: new Map(),
};

/** How a word of a text in `language` is found. */
export const analyseWord = (language: SearchLanguage, word: string): WordTerms => {
  const known = remembered[language].get(word);
  if (known !== undefined) return known;
  // A word cut out of a text holds on to the text for as long as it is remembered: this one is by itself.
  const own = Buffer.from(word).toString();
  const found = boundWord(analyseAnew(language, own));
  if (remembered[language].size >= REMEMBERED_WORDS) remembered[language].clear();
  remembered[language].set(own, found);
  return found;
};

/**
 * The words of a text with what they are found by, in order. Parts bound by a hyphen are words of their own, and the first
 * is found by the whole too: `co-operation` by `cooperation`.
 */
export const analyse = (language: SearchLanguage, text: string): readonly PlacedWord[] => {
  const tokens = splitWords(text);
  return tokens.map((token, index) => {
    const { terms, sought, exact, isStopWord } = analyseWord(language, token.text);
    const place = { position: index + 1, start: token.start, end: token.end };
    const next = tokens[index + 1];
    if (!token.isBound || next === undefined) return { terms, sought, exact, isStopWord, ...place };
    const whole = analyseWord(language, `${token.text}${next.text}`);
    return { terms: [...new Set([...terms, ...whole.terms])], sought, exact, isStopWord, ...place };
  });
};
