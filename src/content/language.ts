import type { TextDirection } from './edition.ts';

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
