import type { DeskFragment } from './operations.generated.ts';
import type { Forms } from './wording/wording.ts';

/** Dates, numbers and counted words as one edition writes them, in its desk's time zone. */
export interface Formats {
  number(value: number): string;
  /** E.g. `7 Oct 2022`. */
  day(instant: string): string;
  /** E.g. `7 October 2022 at 10:31`. */
  moment(instant: string): string;
  /** E.g. `Friday, 7 October 2022`. */
  longDay(instant: string): string;
  /** `2 hours ago` within a day of `now`; then as `day`. */
  sinceOrDay(instant: string, now: number): string;
  /** E.g. `8:47`; with hours when there are any. */
  duration(seconds: number): string;
  /** `a, b and c`. */
  list(names: readonly string[]): string;
  /** The form of a word that goes with `count`, `{n}` written as a number. */
  count(count: number, forms: Forms): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Clock times in 24 hours everywhere: the desks write them so. */
export const createFormats = ({ locale, timeZone }: Pick<DeskFragment, 'locale' | 'timeZone'>): Formats => {
  const numbers = new Intl.NumberFormat(locale);
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const longDays = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone });
  const moments = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const ages = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(locale);

  const day = (instant: string): string => days.format(new Date(instant));

  return {
    day,
    number: (value) => numbers.format(value),
    moment: (instant) => moments.format(new Date(instant)),
    longDay: (instant) => longDays.format(new Date(instant)),
    sinceOrDay: (instant, now) => {
      const age = now - Date.parse(instant);
      if (age >= 24 * HOUR_MS || age < 0) return day(instant);
      if (age >= HOUR_MS) return ages.format(-Math.floor(age / HOUR_MS), 'hour');
      return ages.format(-Math.max(1, Math.floor(age / MINUTE_MS)), 'minute');
    },
    duration: (seconds) => {
      const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      const steps = hours > 0 ? [numbers.format(hours), twoDigits.format(minutes)] : [numbers.format(minutes)];
      return [...steps, twoDigits.format(rest)].join(':');
    },
    list: (names) => lists.format(names),
    count: (count, forms) => (forms[plurals.select(count)] ?? forms.other).replaceAll('{n}', numbers.format(count)),
  };
};
