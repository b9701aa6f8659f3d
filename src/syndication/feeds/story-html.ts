import type { Edition } from '../../content/edition.ts';
import type { Correction } from '../../content/entities.ts';
import { formatInZone } from '../../content/instant.ts';
import { wordingOf } from '../../content/wording/wording.ts';
import { escapeHtml } from './escape-html.ts';

/** In front of a correction, by language; in others its text and date speak for themselves. */
const CORRECTION: Readonly<Record<string, string>> = { en: 'Correction', ar: 'تصحيح', es: 'Corrección' };

export interface Spoken {
  readonly edition: Edition;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

/** `html` with the language and direction it is read in: readers show what says neither from left to right. */
export const spokenHtml = ({ language, direction }: Omit<Spoken, 'edition'>, html: string): string =>
  `<div lang="${escapeHtml(language)}" dir="${direction}">${html}</div>`;

const correctionHtml = ({ text, correctedAt }: Correction, { edition }: Spoken): string => {
  // The note is the desk's, in its own language, whatever the story is written in.
  const label = CORRECTION[new Intl.Locale(edition.language).language];
  const day = escapeHtml(wordingOf(edition).instant(correctedAt));
  const time = `<time datetime="${formatInZone(correctedAt, edition.timeZone)}">${day}</time>`;
  const head = label === undefined ? time : `<strong>${label}</strong>, ${time}`;
  return `<aside class="correction"><p>${head}: ${escapeHtml(text)}</p></aside>`;
};

/** What stands above a story that was corrected; empty for one that was not. */
export const correctionsHtml = (corrections: readonly Correction[], spoken: Spoken): string =>
  corrections.map((correction) => correctionHtml(correction, spoken)).join('\n');

/** A paragraph of plain text. */
export const paragraphHtml = (text: string): string => `<p>${escapeHtml(text)}</p>`;
