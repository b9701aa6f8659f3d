import type { Instant } from '../../clock.ts';

/** Hours east of Greenwich. RFC 822 knows the American ones; the others are what feeds of Europe and Russia write. */
const ZONE_HOURS =
  'Z 0 UT 0 UTC 0 GMT 0 WET 0 WEST 1 BST 1 CET 1 CEST 2 MEZ 1 MESZ 2 EET 2 EEST 3 MSK 3 ' +
  'EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10';
const ZONES: ReadonlyMap<string, number> = new Map(
  [...ZONE_HOURS.matchAll(/(\w+) (-?\d+)/g)].map(([, name = '', hours]) => [name, Number(hours) * 60]),
);

/** As the import document has it. */
const EARLIEST_YEAR = 1_000;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const RFC_822 =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{4}|\d\d)\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*)$/i;
const RFC_3339 = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[T\s]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(.*))?)?$/i;

/** Minutes east of Greenwich; `GMT+3` and `+03:00` are meant alike; undefined when nobody knows where it is. */
const offsetOf = (zone: string): number | undefined => {
  const name = zone.replace(/\s*\(.*\)$/, '').toUpperCase();
  const named = ZONES.get(name);
  if (named !== undefined) return named;
  const [, sign, hours, minutes = '0'] = /^(?:GMT|UTC|UT)?\s*([+-])(\d\d?):?(\d\d)?$/.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: string;
}

/** Whether `text` is what .NET writes where it has no date. */
export const isNoDate = (text: string): boolean => /^\s*0001-01-01(?!\d)/.test(text);

/** Two digits are of our time: https://www.rfc-editor.org/rfc/rfc5322#section-4.3 */
const fullYear = (year: string): number => {
  if (year.length === 4) return Number(year);
  return Number(year) + (Number(year) < 50 ? 2000 : 1900);
};

const readWritten = (text: string): Written | undefined => {
  const mail = RFC_822.exec(text);
  if (mail !== null) {
    const [, day = '', month = '', year = '', hour, minute, second = 0, zone = ''] = mail;
    const numbers = { day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second) };
    return { ...numbers, year: fullYear(year), month: MONTHS.indexOf(month.toLowerCase()) + 1, zone };
  }
  const iso = RFC_3339.exec(text);
  if (iso === null) return undefined;
  const [, year, month, day = '1', hour, minute = 0, second = 0, zone = ''] = iso;
  const numbers = { year: Number(year), month: Number(month), day: Number(day) };
  // A day alone is its first moment in Greenwich: the same wherever it is imported.
  if (hour === undefined) return { ...numbers, hour: 0, minute: 0, second: 0, zone: 'Z' };
  return { ...numbers, hour: Number(hour), minute: Number(minute), second: Number(second), zone };
};

/**
 * The instant that `text` names, in whole seconds: RFC 822 as feeds write it (no weekday, years of two digits, zones by
 * name), RFC 3339, or a day alone. Null when it names none: a time without a zone is nobody's instant.
 */
export const parseDate = (text: string): Instant | null => {
  const written = readWritten(text.slice(0, 100).trim().replace(/\s+/gu, ' '));
  const offset = written === undefined ? undefined : offsetOf(written.zone.trim());
  if (written === undefined || offset === undefined) return null;
  const { year, month, day, hour, minute, second } = written;
  // Date.UTC takes the first hundred years for those of our time.
  if (year < EARLIEST_YEAR) return null;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59)));
  // 30 February would be taken for 2 March.
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  return isReal && hour < 24 && minute < 60 && second < 61 ? local.getTime() - offset * 60_000 : null;
};

/** `instant` as an import line has it. */
export const writeDate = (instant: Instant): string => new Date(instant).toISOString();
