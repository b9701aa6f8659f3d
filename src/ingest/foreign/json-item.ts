import { LineError } from '../line-error.ts';
import type { FieldLog } from './field-log.ts';

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

/** Deeper ones are refused: nobody writes them, and whoever walks them walks recursively. */
const MAX_DEPTH = 64;

interface Leaf {
  readonly pointer: string;
  readonly shape: string;
}

/** A step of a pointer, so that no key can pass for several: https://www.rfc-editor.org/rfc/rfc6901#section-3 */
const stepOf = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const collectLeaves = (value: unknown, leaf: Leaf, depth: number, leaves: Leaf[]): void => {
  if (!isObject(value)) return void leaves.push(leaf);
  if (depth > MAX_DEPTH) throw new LineError(`nests deeper than ${MAX_DEPTH}`);
  for (const [key, inner] of Object.entries(value)) {
    const dot = leaf.shape === '' ? key : `${leaf.shape}.${key}`;
    const shape = Array.isArray(value) ? `${leaf.shape}[]` : dot;
    collectLeaves(inner, { pointer: `${leaf.pointer}/${stepOf(key)}`, shape }, depth + 1, leaves);
  }
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/**
 * Follows what is taken from `value`, so that nothing of it is lost without a word.
 *
 * @param above what the paths of its fields begin with, e.g. `items[]`.
 * @throws {LineError} when it nests too deep.
 */
export const createJsonItem = (value: unknown, log: FieldLog, above = ''): JsonItem => {
  const leaves: Leaf[] = [];
  collectLeaves(value, { pointer: '', shape: above }, 0, leaves);
  const targets = new Map<string, string>();

  const targetOf = (pointer: string): string | undefined => {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      const target = targets.get(pointer.slice(0, end));
      if (target !== undefined) return target;
    }
    return targets.get('');
  };

  const note = (pointer: string, target: string): void => {
    const before = targets.get(pointer);
    if (before === undefined) targets.set(pointer, target);
    else if (!before.split(', ').includes(target)) targets.set(pointer, `${before}, ${target}`);
  };

  const field = (inner: unknown, key: string, pointer: string): JsonField => {
    const under = (name: string): JsonField =>
      field(
        isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined,
        name,
        `${pointer}/${stepOf(name)}`,
      );
    return {
      key,
      value: inner,
      get: (name) => (isObject(inner) && !Object.hasOwn(inner, name) ? under(name.toLowerCase()) : under(name)),
      members: () => (isObject(inner) ? Object.keys(inner).map(under) : []),
      text: () => textOf(inner),
      take(target) {
        const text = textOf(inner);
        if (text !== undefined) note(pointer, target);
        return text;
      },
      note: (target) => note(pointer, target),
    };
  };

  return {
    root: field(value, '', ''),
    finish() {
      for (const { pointer, shape } of leaves) log.add(shape, targetOf(pointer));
    },
    abandon() {
      for (const { shape } of leaves) log.leaveOut(shape);
    },
  };
};
