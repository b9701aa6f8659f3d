import { ENGAGEMENT_KINDS, WINDOW_HOURS, type Counter } from '../content/counter.ts';
import type { Hole } from '../content/holes.ts';

const isOneOf = (value: unknown, values: readonly string[]): boolean => values.some((one) => one === value);

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= least;

const isLocale = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && new Intl.Locale(value).baseName !== '';
  } catch {
    return false;
  }
};

const isCounter = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, window } = value as Partial<Record<keyof Counter, unknown>>;
  return (
    typeof id === 'string' &&
    isOneOf(kind, ENGAGEMENT_KINDS) &&
    (window === null || isOneOf(window, Object.keys(WINDOW_HOURS)))
  );
};

/** Whether `value` is holes in a body of `bodyBytes`, in its order, as they are written into a frame. */
export const areHoles = (value: unknown, bodyBytes: unknown): boolean => {
  if (!Array.isArray(value)) return false;
  let end = 0;
  return (value as readonly Partial<Record<keyof Hole, unknown>>[]).every((hole) => {
    const { at, length, counter, value: count, readAt, locale } = hole;
    if (!isWhole(at, end) || !isWhole(length, 1) || at + length > Number(bodyBytes)) return false;
    end = at + length;
    return isCounter(counter) && isWhole(count, 0) && isWhole(readAt, 0) && (locale === null || isLocale(locale));
  });
};
