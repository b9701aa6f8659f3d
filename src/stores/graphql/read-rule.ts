import type { Rule } from '../../config/graphql-mapping.ts';
import type { Instant } from '../../clock.ts';
import { GraphqlFailure } from './graphql-failure.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `path` under `at`; through a list, a list of what stands there under each. Null: nothing. */
export const valueAt = (at: unknown, path: string): unknown => {
  let found: unknown = at;
  for (const [index, step] of path.split('.').entries()) {
    if (Array.isArray(found)) {
      const rest = path.split('.').slice(index).join('.');
      return found.flatMap((one: unknown) => valueAt(one, rest) ?? []);
    }
    found = isObject(found) && Object.hasOwn(found, step) ? found[step] : null;
  }
  return found ?? null;
};

/**
 * The objects of the list at `path`; nulls in it, where something is not there, are left out.
 *
 * @throws {GraphqlFailure} when no list is there: nothing is an empty list, not the lack of one.
 */
export const listAt = (at: unknown, path: string): readonly unknown[] => {
  const found = valueAt(at, path);
  if (!Array.isArray(found)) throw new GraphqlFailure('shape', `no list stands at ${path}`);
  return found.filter((one) => one !== null);
};

/** As `listAt`, of what a story may have none of. */
export const listOrNoneAt = (at: unknown, path: string): readonly unknown[] =>
  valueAt(at, path) === null ? [] : listAt(at, path);

/** A word of theirs that the mapping does not name. */
const UNKNOWN = Symbol('unknown');

const translate = (value: unknown, { map }: Rule): unknown => {
  if (map === undefined || value === null) return value;
  const word =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return Object.hasOwn(map, word) ? map[word] : UNKNOWN;
};

/** What is found by rules under `at`, each as the kind of value it has to be. */
export interface RuleReader {
  /** Plain, NFC; blank is null. */
  text(rule: Rule | undefined): string | null;
  /** As it is, blank or not. */
  rawText(rule: Rule | undefined): string | null;
  requiredText(rule: Rule): string;
  /** A text or a number. */
  id(rule: Rule): string;
  texts(rule: Rule | undefined): readonly string[];
  instant(rule: Rule | undefined): Instant | null;
  requiredInstant(rule: Rule): Instant;
  /** Null: it is not there, or is none. */
  readableInstant(rule: Rule): Instant | null;
  /** Positive. */
  length(rule: Rule | undefined): number | null;
  whole(rule: Rule | undefined): number | null;
  /** What is neither, and what is not there, is false. */
  isTrue(rule: Rule | undefined): boolean;
  /** One of `words`; `absent` where nothing is, `unknown` for a word that is none. */
  word<Word extends string>(
    rule: Rule | undefined,
    words: readonly Word[],
    others: { readonly absent: Word; readonly unknown: Word },
  ): Word;
}

const nameOf = ({ path, value }: Rule): string => path ?? `the constant ${JSON.stringify(value)}`;

const bad = (rule: Rule, what: string): GraphqlFailure => new GraphqlFailure('shape', `${nameOf(rule)} ${what}`);

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

const asText = (value: unknown, rule: Rule): string => {
  if (typeof value === 'string') return value;
  throw bad(rule, 'is no text');
};

/** Reads by rules what stands under `at`. @throws {GraphqlFailure} naming the place, for a value of another kind. */
export const createRuleReader = (at: unknown): RuleReader => {
  const find = (rule: Rule): unknown => {
    if (rule.value !== undefined) return rule.value;
    const found = translate(valueAt(at, rule.path ?? ''), rule);
    return found ?? rule.default ?? null;
  };
  const known = (rule: Rule | undefined): unknown => {
    if (rule === undefined) return null;
    const found = find(rule);
    return found === UNKNOWN ? (rule.default ?? null) : found;
  };
  const rawText = (rule: Rule | undefined): string | null => {
    const found = known(rule);
    return found === null || rule === undefined ? null : asText(found, rule).normalize('NFC');
  };
  const text = (rule: Rule | undefined): string | null => rawText(rule)?.trim() || null;
  const parse = (found: unknown): number =>
    typeof found === 'string' && RFC_3339.test(found) ? Date.parse(found) : NaN;
  const instant = (rule: Rule | undefined): Instant | null => {
    const found = text(rule);
    if (found === null || rule === undefined) return null;
    const parsed = parse(found);
    if (Number.isNaN(parsed)) throw bad(rule, 'is no instant as of RFC 3339 with an offset');
    return parsed;
  };
  const required = <T>(value: T | null, rule: Rule): T => {
    if (value === null) throw bad(rule, 'is not there');
    return value;
  };
  const whole = (rule: Rule | undefined): number | null => {
    const found = known(rule);
    if (found === null || rule === undefined) return null;
    if (typeof found !== 'number' || !Number.isSafeInteger(found)) throw bad(rule, 'is no whole number');
    return found;
  };
  return {
    text,
    rawText,
    requiredText: (rule) => required(text(rule), rule),
    id: (rule) => {
      const found = known(rule);
      return typeof found === 'number' && Number.isSafeInteger(found) ? String(found) : required(text(rule), rule);
    },
    texts: (rule) => {
      if (rule === undefined) return [];
      const found = valueOfEach(at, rule);
      return found.map((one) => asText(one, rule).normalize('NFC').trim()).filter((one) => one !== '');
    },
    instant,
    requiredInstant: (rule) => required(instant(rule), rule),
    readableInstant: (rule) => {
      const found = known(rule);
      const parsed = parse(typeof found === 'string' ? found.trim() : found);
      return Number.isNaN(parsed) ? null : parsed;
    },
    whole,
    length: (rule) => {
      const found = whole(rule);
      return found !== null && found > 0 ? found : null;
    },
    isTrue: (rule) => known(rule) === true,
    word: (rule, words, { absent, unknown }) => {
      if (rule === undefined) return absent;
      const found = find(rule);
      if (found === null) return absent;
      return words.find((word) => word === found) ?? unknown;
    },
  };
};

const valueOfEach = (at: unknown, rule: Rule): readonly unknown[] => {
  const found = rule.value ?? valueAt(at, rule.path ?? '');
  const all: readonly unknown[] = Array.isArray(found) ? found : found === null ? [] : [found];
  const translated = all.map((one) => translate(one, rule)).filter((one) => one !== UNKNOWN && one !== null);
  return translated.length === 0 && rule.default !== undefined ? [rule.default] : translated;
};
