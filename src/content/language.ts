import type { Edition, TextDirection } from './edition.ts';

/** Scripts written from right to left, by their codes in ISO 15924: those newspapers are set in. */
const RIGHT_TO_LEFT_SCRIPTS: ReadonlySet<string> = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Nkoo',
  'Rohg',
  'Syrc',
  'Thaa',
]);

/** How text in `language`, a BCP 47 tag, runs by its usual script. */
export const directionOf = (language: string): TextDirection =>
  RIGHT_TO_LEFT_SCRIPTS.has(new Intl.Locale(language).maximize().script ?? '') ? 'RTL' : 'LTR';

/** `languages` in the editions' display order, those of no edition behind them: an answer says the same however it was made. */
export const orderLanguages = (
  languages: Iterable<string>,
  editions: readonly Pick<Edition, 'language'>[],
): readonly string[] => {
  const placeOf = (language: string): number => {
    const place = editions.findIndex((edition) => edition.language === language);
    return place < 0 ? editions.length : place;
  };
  return [...new Set(languages)].toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
};
