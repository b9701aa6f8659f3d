/** Signs that stand in a word and are not seen. */
const UNSEEN = /[\u00AD\u200B-\u200F\u2060\u061C]/g;

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** A word in lower case and one spelling of Unicode, without apostrophes and full stops; accents stay. */
export const tidyLatin = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(UNSEEN, '')
    .replaceAll(/['’ʼ.]/g, '')
    .normalize('NFC');

/** A tidy word without accents. */
export const foldAccents = (word: string): string =>
  word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .replaceAll(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? letter);
