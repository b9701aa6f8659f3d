import type { Edition, EditionCode } from '../../content/edition.ts';
import { LineError } from '../line-error.ts';

/** `text` as a BCP 47 tag in its canonical form; undefined when it is none. `en_US` is read as it is meant. */
export const languageOf = (text: string): string | undefined => {
  try {
    return new Intl.Locale(text.trim().replaceAll('_', '-')).toString();
  } catch {
    return undefined;
  }
};

const primaryOf = (language: string): string => new Intl.Locale(language).language;

/** The editions that `language` may belong to: of exactly that tag, or else of its language wherever it is written. */
const editionsOf = (language: string, editions: readonly Edition[]): readonly Edition[] => {
  const exact = editions.filter((edition) => languageOf(edition.language) === language);
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
