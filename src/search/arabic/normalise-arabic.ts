import { foldDigits } from '../normalise-number.ts';

/** Marks above and below letters, the dagger alef, signs of the Quran, tatweel, and signs that are not seen. */
const UNTYPED =
  /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u08D3-\u08FF\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\u061C]/g;

/** Letters of other languages and other keyboards, by the Arabic ones that stand for them. */
const LETTERS: Readonly<Record<string, string>> = {
  ک: 'ك',
  ڪ: 'ك',
  گ: 'ك',
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ۀ: 'ه',
  ۃ: 'ة',
  ڤ: 'ف',
  پ: 'ب',
  چ: 'ج',
  ژ: 'ج',
  ٱ: 'ا',
};

/** An Arabic word as it is commonly typed: no marks, one form of each letter; its hamza and its ta marbuta stay. */
export const tidyArabic = (word: string): string =>
  foldDigits(word.normalize('NFKC'))
    .replaceAll(UNTYPED, '')
    .replaceAll(/[کڪگیېےہھەۀۃڤپچژٱ]/g, (letter) => LETTERS[letter] ?? letter)
    .toLowerCase();

/**
 * A tidy word without what writers differ in: the seats of hamza, alef maqsura, ta marbuta. `مسئول` and `مسؤول` become
 * one, `شئ` and `شيء` too.
 */
export const foldArabic = (word: string): string =>
  word
    .replaceAll(/[أإآ]/g, 'ا')
    .replace(/ئ$/, 'يء')
    .replaceAll(/[ئء](?=و)|ؤ/g, 'و')
    .replaceAll('ئ', 'ي')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replace(/(?<=...)ء$/, '');
