import type { Instant } from '../../clock.ts';

/** A stretch of time that a part of a sitemap is of; UTC, so that no offset moves what stands in it. */
export interface Window {
  /** Empty: all of it; else `2026`, `2026-11`, `2026-11-28`, `2026-11-28T14`, `2026-11-28T14-05`. */
  readonly name: string;
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

const NAME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?:-(\d\d))?)?)?)?$/;

/** Year, month from 0, day from 1, hour, minute: the first of what is not given. */
type Fields = readonly [year: number, month: number, day: number, hour: number, minute: number];

const two = (value: number): string => String(value).padStart(2, '0');

/** The name of the first `depth` of `fields`. */
const nameOf = ([year, month, day, hour, minute]: Fields, depth: number): string => {
  const [date, time] = [
    [String(year).padStart(4, '0'), two(month + 1), two(day)],
    [two(hour), two(minute)],
  ];
  const written = date.slice(0, Math.min(depth, 3)).join('-');
  return depth <= 3 ? written : `${written}T${time.slice(0, depth - 3).join('-')}`;
};

const windowOf = (fields: Fields, depth: number): Window => {
  const next = fields.map((value, place) => (place === depth - 1 ? value + 1 : value)) as unknown as Fields;
  return { name: nameOf(fields, depth), from: Date.UTC(...fields), to: Date.UTC(...next) };
};

const FINEST = 5;

/** The window called `name`; undefined when there is none. */
export const parseWindow = (name: string): Window | undefined => {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const given = match.slice(1).filter((part) => part !== undefined);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = given.map(Number);
  const window = windowOf([year, month - 1, day, hour, minute], given.length);
  // `Date.UTC` takes a thirteenth month and a year before 100 for others: the name must come back as it was.
  return new Date(window.from)
    .toISOString()
    .replace(/T(\d\d):/, 'T$1-')
    .startsWith(name)
    ? window
    : undefined;
};

/** The windows that `window` falls into, one step finer, oldest first; none: it is the finest. */
export const splitWindow = ({ name, from, to }: Window): readonly Window[] => {
  const depth = name === '' ? 0 : name.split(/[-T]/).length;
  if (depth === FINEST) return [];
  const windows: Window[] = [];
  for (let at = from; at < to;) {
    const date = new Date(at);
    const fields: Fields = [
      date.getUTCFullYear(),
      date.getUTCMonth(),
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
    ];
    const window = windowOf(
      fields.map((value, place) => (place <= depth ? value : place === 2 ? 1 : 0)) as unknown as Fields,
      depth + 1,
    );
    windows.push(window);
    at = window.to;
  }
  return windows;
};
