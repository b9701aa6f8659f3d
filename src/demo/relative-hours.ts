import type { Instant } from '../clock.ts';

const MINUTE_MS = 60_000;

/** How content files tell the time, and the field of an import line that each becomes. */
const FIELDS: ReadonlyMap<string, { readonly field: string; readonly sign: 1 | -1 }> = new Map([
  ['hoursAgo', { field: 'publishedAt', sign: -1 }],
  ['updatedHoursAgo', { field: 'updatedAt', sign: -1 }],
  ['correctedHoursAgo', { field: 'correctedAt', sign: -1 }],
  ['withdrawnHoursAgo', { field: 'withdrawnAt', sign: -1 }],
  ['startedHoursAgo', { field: 'startedAt', sign: -1 }],
  ['endedHoursAgo', { field: 'endedAt', sign: -1 }],
  ['expiredHoursAgo', { field: 'expiresAt', sign: -1 }],
  ['expiresInHours', { field: 'expiresAt', sign: 1 }],
  ['embargoedForHours', { field: 'embargoedUntil', sign: 1 }],
  ['breakingForHours', { field: 'breakingUntil', sign: 1 }],
]);

/** The RFC 3339 instant `hours` after `now`, on a whole minute. */
const instantAfter = (now: Instant, hours: number): string =>
  new Date((Math.floor(now / MINUTE_MS) + Math.round(hours * 60)) * MINUTE_MS).toISOString();

/**
 * `value` with every time relative to `now` made an instant, at any depth: `hoursAgo: 5.5` becomes `publishedAt`.
 *
 * @throws {TypeError} if such a field is no number.
 */
export const resolveHours = (value: unknown, now: Instant): unknown => {
  if (Array.isArray(value)) return value.map((inner) => resolveHours(inner, now));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const relative = FIELDS.get(key);
      if (relative === undefined) return [key, resolveHours(inner, now)];
      if (typeof inner !== 'number' || !Number.isFinite(inner)) throw new TypeError(`${key} must be a number of hours`);
      return [relative.field, instantAfter(now, relative.sign * inner)];
    }),
  );
};
