import { foldArabic } from './normalise-arabic.ts';
import { WHOLE_WORDS } from './whole-words.ts';

/** The article, with what may be written before it: و ف, then ب ك, or ل that swallows its alef. Its alef has no hamza. */
const ARTICLE = /^[وف]?(?:[بك]?ال|لل)(?=..)/;

/** `التزام` begins as if it had an article, and `الالتزام` has one: both are found without. */
const withoutSeeming = (word: string): readonly string[] =>
  /^[اأإ]ل...$|^[اأإ]ل..../.test(word) ? [word, word.slice(2)] : [word];

const isWhole = (word: string): boolean => WHOLE_WORDS.has(foldArabic(word).replace(/(?<=...)(?:ها|ات|ه|ا|ي)$/, ''));

/** Three letters after a preposition are too few to tell, but for what news is made of. */
const SHORT_PLACE = /^[بلك](?:مصر|قطر|دبي|حلب|غزة|عدن|[حق]صة|خطة|قمة|مدة|[دشر]قة|شدة|قوة|صحة|سنة|جهة|ثقة|صفة|لغة|أمة)$/;

const withoutPreposition = (word: string): readonly string[] =>
  (/^[بلك]..../.test(word) || SHORT_PLACE.test(word)) && !isWhole(word)
    ? [word, ...withoutSeeming(word.slice(1))]
    : withoutSeeming(word);

/** A verb of the present by its past: `يعلن` by علن and اعلن, `يؤكد` by أكد. */
const pasts = (word: string): readonly string[] => {
  const present = word.replace(/^س(?=ي...)/, '');
  if (!/^ي.../.test(present) || isWhole(present)) return [];
  if (/^يؤ../.test(present)) return [present, `أ${present.slice(2)}`];
  // يستقيل، استقال
  const weak = /^يست(.)ي(.)/.exec(present);
  if (weak) return [present, `است${weak[1]}ا${present.slice(5)}`];
  return [present, present.slice(1), `ا${present.slice(1)}`];
};

const withoutConjunction = (word: string): readonly string[] => {
  const rest = /^و...|^ف..../.test(word) && !isWhole(word) ? [word.slice(1)] : [];
  return [word, ...rest].flatMap((each) => [...withoutPreposition(each), ...pasts(each)]);
};

/**
 * A tidy word without the article and the words of one letter that are written with it. What may be a letter of its own
 * gives two readings: `وسام` is a name, or `سام` after "and".
 */
export const stripPrefixes = (word: string): readonly string[] => {
  const article = isWhole(word) ? null : ARTICLE.exec(word);
  return [...new Set(article === null ? withoutConjunction(word) : withoutSeeming(word.slice(article[0].length)))];
};
