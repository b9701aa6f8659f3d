import { LineError } from '../line-error.ts';
import type { FieldLog } from './field-log.ts';
import { checkJson } from './check-json.ts';

/** A value somewhere in an item of JSON; one that is not there too. */
export interface JsonField {
  /** The key it stands under. */
  readonly key: string;
  readonly value: unknown;
  /** What stands under `key`, in this spelling or all in small letters, as ninjs 2 has it. */
  get(key: string): JsonField;
  /** The members of an array, or what stands under the keys of an object. */
  members(): readonly JsonField[];
  /** The words of a text, a number in digits; undefined when there are none. */
  text(): string | undefined;
  /** As `text`; notes that it became `target`. */
  take(target: string): string | undefined;
  /** Notes that everything in it became `target`. */
  note(target: string): void;
}

/** One item, and what has become of its values. */
export interface JsonItem {
  readonly root: JsonField;
  /** Logs every value: where it went, or that it was dropped. */
  finish(): void;
  /** Logs every value as left out with the item. */
  abandon(): void;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Letters of a path that are kept: more are not listed. */
const MAX_SHAPE_LETTERS = 201;

/** `shape` and the key under it, cut before they are joined: a key may have millions of letters. */
const joinShape = (shape: string, key: string): string =>
  `${shape}${shape === '' ? '' : '.'}${key.slice(0, MAX_SHAPE_LETTERS)}`.slice(0, MAX_SHAPE_LETTERS);

/** What was noted of a value, and of those in it. */
interface Noted {
  target: string | undefined;
  readonly inner: Map<string, Noted>;
}

const createNoted = (): Noted => ({ target: undefined, inner: new Map() });

const under = (noted: Noted, key: string): Noted => {
  const known = noted.inner.get(key);
  if (known !== undefined) return known;
  const made = createNoted();
  noted.inner.set(key, made);
  return made;
};

const addTarget = (noted: Noted, target: string): void => {
  if (noted.target === undefined) noted.target = target;
  else if (!noted.target.split(', ').includes(target)) noted.target = `${noted.target}, ${target}`;
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** A value, and where what is noted of it is kept: it is made only when something is. */
interface Place {
  readonly key: string;
  readonly value: unknown;
  readonly noted: () => Noted;
}

const createField = ({ key, value, noted }: Place): JsonField => {
  const member = (name: string): JsonField =>
    createField({
      key: name,
      value: isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined,
      noted: () => under(noted(), name),
    });
  return {
    key,
    value,
    get: (name) => (isObject(value) && !Object.hasOwn(value, name) ? member(name.toLowerCase()) : member(name)),
    members: () => (isObject(value) ? Object.keys(value).map(member) : []),
    text: () => textOf(value),
    take(target) {
      const text = textOf(value);
      if (text !== undefined) addTarget(noted(), target);
      return text;
    },
    note: (target) => addTarget(noted(), target),
  };
};

/** A value with its path, and what was noted of it or, nearest, of what it stands in. */
interface Walked {
  readonly value: unknown;
  readonly shape: string;
  readonly noted: Noted | undefined;
  readonly target: string | undefined;
}

const walk = (
  { value, shape, noted, target }: Walked,
  tell: (shape: string, target: string | undefined) => void,
): void => {
  const own = noted?.target ?? target;
  if (!isObject(value)) return tell(shape, own);
  const list = Array.isArray(value) ? `${shape}[]`.slice(0, MAX_SHAPE_LETTERS) : undefined;
  for (const [key, inner] of Object.entries(value))
    walk({ value: inner, shape: list ?? joinShape(shape, key), noted: noted?.inner.get(key), target: own }, tell);
};

/**
 * Follows what is taken from `value`, so that nothing of it is lost without a word.
 *
 * @param above what the paths of its fields begin with, e.g. `items[]`.
 * @throws {LineError} when it nests too deep or has too many values.
 */
export const createJsonItem = (value: unknown, log: FieldLog, above = ''): JsonItem => {
  const { values, depth } = checkJson(value);
  const fault = values ?? depth;
  if (fault !== undefined) throw new LineError(fault);
  const noted = createNoted();
  const whole: Walked = { value, shape: above, noted, target: undefined };
  return {
    root: createField({ key: '', value, noted: () => noted }),
    finish: () => walk(whole, (shape, target) => log.add(shape, target)),
    abandon: () => walk(whole, (shape) => log.leaveOut(shape)),
  };
};
