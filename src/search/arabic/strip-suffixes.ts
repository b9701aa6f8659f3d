/** Endings of words whose last letters only look like one. */
const WHOLE = new Set([
  'امراه',
  'حوالي',
  'بيروت',
  'كويت',
  'بحرين',
  'سوريا',
  'تركيا',
  'روسيا',
  'كوريا',
  'ليبيا',
  'الجزاير',
  'مسلم',
  'اتجاه',
  'انترنت',
]);

/**
 * Endings, each with the letters that must stay: pronouns; plurals and duals; the feminine, and its `ت` before a pronoun or
 * in a verb; nisba; the accusative.
 */
const ENDINGS: readonly RegExp[] = [
  /(?<=....)(?:هما|هم|نا)$/,
  /(?<=....)(?:ون|ين|ان)$/,
  /(?<=...)(?:ها|ات|وا)$/,
  /(?<=...)[هتيا]$/,
];

/** The noun of a longer verb by the verb: `انتخاب` by انتخب, `استخدام` by استخدم. A hamza after a long vowel is lost at the end. */
const asDeed = (stem: string): string =>
  stem
    .replace(/(?<=^(?:ا.[تطد].|ان..|است..))ا(?=.$)/, '')
    .replace(/(?<=^(?:ا.[تطد]|ان.|است.))(.)\1$/, '$1')
    .replace(/(?<=..ا)ء$/, '');

/** The stem of a folded word: its endings away, one after the other, while three letters stay. */
export const stripSuffixes = (word: string): string => {
  if (WHOLE.has(word)) return word;
  const ending = ENDINGS.find((pattern) => pattern.test(word));
  return ending === undefined ? asDeed(word) : stripSuffixes(word.replace(ending, ''));
};
