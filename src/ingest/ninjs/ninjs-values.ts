import type { Instant } from '../../clock.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { isNoDate, parseDate } from '../foreign/parse-date.ts';
import { shorten } from '../foreign/words.ts';
import { LineError } from '../line-error.ts';

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
};

/**
 * The words of `field`; undefined when it is not there, null or empty.
 *
 * @throws {LineError} when it is something else than a text or a number: nobody knows what that was to say.
 */
export const readText = (field: JsonField): string | undefined => {
  const { key, value } = field;
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'number')
    return field.text();
  throw new LineError(`${key}: must be a text, and is ${typeOf(value)}`);
};

/**
 * The instant of `field`; undefined when there is none.
 *
 * @throws {LineError} when it holds something else.
 */
export const takeDate = (field: JsonField, target: string): Instant | undefined => {
  const text = readText(field);
  if (text === undefined || isNoDate(text)) return undefined;
  const instant = parseDate(text);
  if (instant === null) throw new LineError(`${field.key}: "${text.slice(0, 60)}" is no date with a zone`);
  field.take(target);
  return instant;
};

/** The words of `field` as one line of at most `limit` letters; a cut is part of what it is noted to have become. */
export const takeShortened = (field: JsonField, target: string, limit: number): string | undefined => {
  const text = field.text();
  if (text === undefined) return undefined;
  const short = shorten(text, limit);
  field.take(nameCut(text, short, target));
  return short;
};

/** What a text is noted to have become that was `text` and is `short`. */
export const nameCut = (text: string, short: string, target: string): string =>
  short.endsWith('…') && !text.trim().endsWith('…') ? `${target}, shortened` : target;
