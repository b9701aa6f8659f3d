import type { Instant } from '../clock.ts';

const zones = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = zones.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    zones.set(timeZone, format);
  }
  return format;
};

const MINUTE_MS = 60_000;

/** Minutes east of Greenwich in `timeZone` at `at`, looked up. */
const readOffset = (at: Instant, timeZone: string): number => {
  const name = formatOf(timeZone)
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** Days of one zone whose offset is kept: a hundred years. */
const DAYS_LIMIT = 36_525;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** By zone and day: the one offset of the whole day; null: it changes in the course of it. */
const offsetsOfDays = new Map<string, Map<number, number | null>>();

const daysOf = (timeZone: string): Map<number, number | null> => {
  let days = offsetsOfDays.get(timeZone);
  if (days === undefined || days.size >= DAYS_LIMIT) offsetsOfDays.set(timeZone, (days = new Map()));
  return days;
};

/** Minutes east of Greenwich in `timeZone` at `at`. A look-up takes as long as the rest of an article's card: days have one. */
const offsetMinutes = (at: Instant, timeZone: string): number => {
  const days = daysOf(timeZone);
  const day = Math.floor(at / DAY_MS);
  let offset = days.get(day);
  if (offset === undefined) {
    const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - 1];
    const begins = readOffset(first, timeZone);
    offset = begins === readOffset(last, timeZone) ? begins : null;
    days.set(day, offset);
  }
  return offset ?? readOffset(at, timeZone);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** By minutes east of Greenwich, of which there are few. */
const offsetTexts = new Map<number, string>();

const textOfOffset = (offset: number): string => {
  let text = offsetTexts.get(offset);
  if (text === undefined) {
    const size = Math.abs(offset);
    text = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    offsetTexts.set(offset, text);
  }
  return text;
};

/** RFC 3339 in `timeZone`'s offset at that instant, whole seconds: `2022-10-07T10:31:00+03:00`. */
export const formatInZone = (at: Instant, timeZone: string): string => {
  const offset = offsetMinutes(at, timeZone);
  return new Date(at + offset * MINUTE_MS).toISOString().slice(0, 19) + textOfOffset(offset);
};

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * The instant `text` names, fractions of a second dropped; null when it is no RFC 3339 instant with an offset, or the
 * sixtieth second of a minute: machines' clocks have none.
 */
export const parseInstant = (text: string): Instant | null => {
  const at = RFC_3339.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  if (Number.isNaN(at)) return null;
  // `Date.parse` takes 30 February and moves it to March: the day must come back as it was written.
  const [, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  const offset = /([+-])(\d\d):(\d\d)$/.exec(text);
  const east = offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  const written = new Date(at + east * MINUTE_MS);
  const isRealDay = written.getUTCMonth() + 1 === month && written.getUTCDate() === day;
  return isRealDay ? Math.floor(at / 1000) * 1000 : null;
};
