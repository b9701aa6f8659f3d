import { analyseWord, type SearchLanguage } from './analyse.ts';
import { splitWords } from './split-words.ts';

/** A word sought: any of `terms` is it. */
export interface SoughtWord {
  readonly terms: readonly string[];
  readonly exact: string;
  readonly isStopWord: boolean;
}

/** Words that are to stand one after the other; mostly one. */
export interface SoughtPhrase {
  readonly words: readonly SoughtWord[];
  /** The words written as one, where they are bound by hyphens: `re-election`, `reelection`. */
  readonly whole?: SoughtWord;
}

/** What a reader asks for. An article answers that has all of any of `choices` and none of `excluded`. */
export interface ParsedQuery {
  readonly choices: readonly (readonly SoughtPhrase[])[];
  readonly excluded: readonly SoughtPhrase[];
}

/** A part of a query: a quoted phrase, closed or not, or what stands between blanks; each after a minus or not. */
const PARTS = /(?<minus>(?<![^\s])[-\u2212\u2013])?(?:["“”„«»](?<quoted>[^"“”„«»]*)["“”„«»]?|(?<plain>[^\s"“”„«»]+))/gu;

const seek = (language: SearchLanguage, text: string): SoughtWord => {
  const { sought, exact, isStopWord } = analyseWord(language, text);
  return { terms: sought, exact, isStopWord };
};

const readQuoted = (language: SearchLanguage, text: string): readonly SoughtPhrase[] => {
  const words = splitWords(text).map((token) => seek(language, token.text));
  return words.length === 0 ? [] : [{ words }];
};

/** The phrases of what was written without blanks: one per word, but for words bound by hyphens, which are one. */
const readPlain = (language: SearchLanguage, text: string): readonly SoughtPhrase[] => {
  const phrases: { texts: string[] }[] = [];
  let isBound = false;
  for (const token of splitWords(text)) {
    if (isBound) phrases.at(-1)?.texts.push(token.text);
    else phrases.push({ texts: [token.text] });
    isBound = token.isBound;
  }
  return phrases.map(({ texts }) => ({
    words: texts.map((word) => seek(language, word)),
    ...(texts.length > 1 ? { whole: seek(language, texts.join('')) } : {}),
  }));
};

const isCommon = ({ words }: SoughtPhrase): boolean => words.every(({ isStopWord }) => isStopWord);

/** Whether all that is asked for, or all of one of the choices, is common words: nearly every article answers. */
export const asksForCommonWords = ({ choices }: ParsedQuery): boolean =>
  choices.some((phrases) => phrases.every(isCommon));

const phraseKey = ({ words, whole }: SoughtPhrase): string =>
  [...words.map(({ exact }) => exact), whole === undefined ? '' : '-'].join(' ');

/** Who repeats a word asks for no more. */
const distinct = (phrases: readonly SoughtPhrase[]): readonly SoughtPhrase[] => [
  ...new Map(phrases.map((phrase) => [phraseKey(phrase), phrase])).values(),
];

/** Common words are left out unless they are all there is, or stand in a quoted phrase with others. */
const weigh = (phrases: readonly SoughtPhrase[]): readonly SoughtPhrase[] => {
  const telling = phrases.filter((phrase) => !isCommon(phrase));
  return telling.length === 0 ? phrases : telling;
};

/**
 * What a query asks for: words, all of which must stand in the article; `"quoted phrases"`; `-words` and `-"phrases"` that
 * must not; OR, in capitals, between words of which either will do.
 */
export const parseQuery = (language: SearchLanguage, text: string): ParsedQuery => {
  const choices: SoughtPhrase[][] = [[]];
  const excluded: SoughtPhrase[] = [];
  for (const { groups = {} } of text.matchAll(PARTS)) {
    const { minus, quoted, plain = '' } = groups;
    if (plain === 'OR' && minus === undefined) {
      choices.push([]);
      continue;
    }
    const phrases = quoted === undefined ? readPlain(language, plain) : readQuoted(language, quoted);
    if (minus === undefined) choices.at(-1)?.push(...phrases);
    else excluded.push(...phrases.filter((phrase) => !isCommon(phrase)));
  }
  return {
    choices: choices.filter((choice) => choice.length > 0).map((phrases) => distinct(weigh(phrases))),
    excluded: distinct(excluded),
  };
};
