import type { Instant } from '../../clock.ts';
import type { Edition } from '../edition.ts';
import { PHRASES, type Counted } from './phrases.ts';

/** Text of the gateway's own for the readers of one edition: its language, digits and time zone. Plain, no bidi controls. */
export interface Wording {
  /** A day in full and the time: `7 October 2022 at 10:31`. */
  instant(at: Instant): string;
  /** `5 minutes`, `دقيقتان`. Null: there are no words for it in the edition's language. */
  count(counted: Counted, value: number): string | null;
  /** `Rana, Karim and Salma`. Null for no names. */
  names(names: readonly string[]): string | null;
}

type Settings = Pick<Edition, 'locale' | 'timeZone'>;

const wordings = new Map<string, Wording>();

/** The wording of an edition; formatters are costly to make, and one of each serves all answers. */
export const wordingOf = ({ locale, timeZone }: Settings): Wording => {
  const key = `${locale} ${timeZone}`;
  let wording = wordings.get(key);
  if (wording === undefined) {
    wording = createWording({ locale, timeZone });
    wordings.set(key, wording);
  }
  return wording;
};

/** Some locales write them around numbers; a page sets the direction of what it shows itself. */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

const plain = (text: string): string => text.replaceAll(BIDI_CONTROLS, '');

const createWording = ({ locale, timeZone }: Settings): Wording => {
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const numbers = new Intl.NumberFormat(locale);
  const minutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  const plurals = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const phrases = PHRASES[new Intl.Locale(locale).language];
  return {
    instant: (at) => plain(dates.format(at)),
    count(counted, value) {
      const phrase = phrases?.[counted];
      // Of a language without phrases here, Unicode knows units of time and no more.
      if (phrase === undefined) return counted === 'minutes' ? plain(minutes.format(value)) : null;
      const form = phrase[plurals.select(value)] ?? phrase.other;
      return form.replace('#', plain(numbers.format(value)));
    },
    names: (names) => (names.length === 0 ? null : lists.format(names)),
  };
};
