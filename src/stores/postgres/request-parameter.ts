import type { Instant } from '../../clock.ts';

/** A batch of requests as one JSON parameter, each with its `ordinal`: read by `jsonb_to_recordset`. */
export const requestParameter = (requests: readonly object[]): string =>
  JSON.stringify(
    requests.map((request, ordinal) => ({ ordinal, ...request })),
    (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value),
  );

/** PostgreSQL has no text with NUL or half a letter in it, so no row can match one: the replacement finds nothing too. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

const FIRST_INSTANT: Instant = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT: Instant = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant as PostgreSQL reads it in every time zone; beyond the years 1 to 9999 it is infinite. */
export const sqlInstant = (instant: Instant): string => {
  if (instant < FIRST_INSTANT) return '-infinity';
  return instant > LAST_INSTANT ? 'infinity' : new Date(instant).toISOString();
};

/** The order of the parts of a statement, whatever order their requests came in: one text is prepared once. */
export const byShape = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
