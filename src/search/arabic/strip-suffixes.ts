/** Endings of words whose last letters only look like one. */
const WHOLE = new Set(['امراه', 'حوالي', 'بيروت', 'كويت', 'بحرين', 'سوريا', 'مسلم', 'اتجاه', 'انترنت']);

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

/** The stem of a folded word: its endings away, one after the other, while three letters stay. */
export const stripSuffixes = (word: string): string => {
  if (WHOLE.has(word)) return word;
  const ending = ENDINGS.find((pattern) => pattern.test(word));
  return ending === undefined ? word : stripSuffixes(word.replace(ending, ''));
};
