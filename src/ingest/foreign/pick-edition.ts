import type { Edition, EditionCode } from '../../content/edition.ts';
import { LineError } from '../line-error.ts';

const parseTag = (text: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(text.trim().replaceAll('_', '-'));
  } catch {
    return undefined;
  }
};

/** Undetermined, several, none: https://www.rfc-editor.org/rfc/rfc5646#section-4.1 */
const SAYS_NONE = /^(?:und|mul|zxx)$/;

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Any word of up to eight letters could be the tag of a language: `Arabic` is none that anybody speaks. */
const isSpoken = (language: string): boolean =>
  /^[a-z]{2,3}$/.test(language) && languageNames.of(language) !== undefined;

/**
 * `text` as a BCP 47 tag of a language that is known, in its canonical form; undefined when it is none, or says that
 * there is none. `en_US` is read as it is meant.
 */
export const languageOf = (text: string): string | undefined => {
  const tag = parseTag(text);
  return tag !== undefined && !SAYS_NONE.test(tag.language) && isSpoken(tag.language) ? tag.toString() : undefined;
};

/** Whether `text` is meant to name a language and names none; false when it says that there is none to be named. */
export const isUnreadable = (text: string): boolean =>
  languageOf(text) === undefined && !SAYS_NONE.test(parseTag(text)?.language ?? '');

const primaryOf = (language: string): string => new Intl.Locale(language).language;

/** The editions that `language` may belong to: of exactly that tag, or else of its language wherever it is written. */
const editionsOf = (language: string, editions: readonly Edition[]): readonly Edition[] => {
  const exact = editions.filter((edition) => new Intl.Locale(edition.language).toString() === language);
  return exact.length > 0 ? exact : editions.filter((edition) => primaryOf(edition.language) === primaryOf(language));
};

/**
 * The edition whose desk an article of others goes to: `chosen` if one was, or the one edition in its language.
 *
 * @throws {LineError} when none is, or several are.
 */
export const pickEdition = (
  language: string | undefined,
  { editions, chosen }: { readonly editions: readonly Edition[]; readonly chosen: EditionCode | undefined },
): Edition => {
  const matching =
    chosen === undefined ? editionsOf(language ?? 'und', editions) : editions.filter(({ code }) => code === chosen);
  const [edition, ...others] = matching;
  if (edition !== undefined && others.length === 0) return edition;
  const choices = (others.length > 0 ? matching : editions).map(({ code }) => code.toLowerCase()).join(', ');
  const told = language === undefined ? 'names no language' : `is in "${language}"`;
  const count = others.length > 0 ? 'which several editions are in' : 'and no edition is told by that';
  throw new LineError(`${told}, ${count}: say whose it is with --edition (${choices})`);
};
