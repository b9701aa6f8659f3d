import type { Edition, EditionCode } from '../../src/content/edition.ts';

/** A desk with nothing but its name, but for `rest`. */
export const createEdition = (code: EditionCode, rest: Partial<Edition> = {}): Edition => ({
  code,
  name: code,
  homeLabel: code,
  tagline: null,
  language: code.toLowerCase(),
  direction: 'LTR',
  locale: `${code.toLowerCase()}-u-nu-latn`,
  numberingSystem: 'latn',
  timeZone: 'UTC',
  url: `https://news.example/${code.toLowerCase()}`,
  links: [],
  navigation: [],
  ...rest,
});
