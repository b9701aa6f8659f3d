import type { Edition } from '../../src/content/edition.ts';
import { EDITION_CODES } from '../../src/content/edition.ts';

/** Three desks under one host, as the demo has them. */
export const testEditions: readonly Edition[] = EDITION_CODES.map((code) => ({
  code,
  name: `Desk ${code}`,
  homeLabel: 'Home',
  tagline: null,
  language: code.toLowerCase(),
  direction: code === 'AR' ? 'RTL' : 'LTR',
  locale: `${code.toLowerCase()}-u-nu-latn`,
  numberingSystem: 'latn',
  timeZone: 'UTC',
  url: `https://news.example/${code.toLowerCase()}`,
  links: [],
  navigation: [],
}));

/** `documents` as an import file holds them, one per line, in one piece. */
export async function* linesOf(documents: readonly unknown[]): AsyncGenerator<string> {
  for (const document of documents) yield `${typeof document === 'string' ? document : JSON.stringify(document)}\n`;
}
