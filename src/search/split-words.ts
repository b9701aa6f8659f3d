import { cutLetters } from './cut-letters.ts';

/** A word as it stands in a text. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** True: it is bound to the next one by a hyphen. */
  readonly isBound: boolean;
}

/** Letters of a word that are looked at: what is longer is no word of ours, and a database refuses the longest. */
const MAX_LETTERS = 64;

/**
 * Numbers with their separators; initials with full stops; else letters and digits, with apostrophes between them. Marks,
 * and the signs that stand in words without being seen (soft hyphens, joiners, directions), belong to their letter.
 * No word begins with a tatweel, a modifier's apostrophe, or a vowel sign that is a form of its own: letters to Unicode, and
 * nothing to a reader.
 */
const TOKENS = new RegExp(
  [
    String.raw`\p{Nd}+(?:[.,٫٬]\p{Nd}+)*(?![\p{L}\p{N}\p{M}])`,
    String.raw`(?<![\p{L}\p{N}])\p{Lu}(?:\.\p{Lu}(?![\p{L}\p{N}]))+`,
    String.raw`(?![\u0640\u02BC\u06E5\u06E6\uFCF2-\uFCF4\uFE70-\uFE7F])[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD\u200B-\u200F\u2060\u061C]*(?:['’ʼ＇][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD\u200B-\u200F\u2060\u061C]*)*`,
  ].join('|'),
  'gu',
);

const HYPHEN = /^[-\u2010\u2011]$/;

/** The words of a text, in order. */
export const splitWords = (text: string): readonly Token[] => {
  const matches = [...text.matchAll(TOKENS)];
  return matches.map(({ 0: word, index }, number) => {
    const end = index + word.length;
    const next = matches[number + 1]?.index ?? -1;
    return {
      text: cutLetters(word, MAX_LETTERS),
      start: index,
      end,
      isBound: next === end + 1 && HYPHEN.test(text.charAt(end)),
    };
  });
};
