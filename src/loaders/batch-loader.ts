import DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import type { Stores } from '../stores/stores.ts';

/** What every loader of one request shares. */
export interface LoaderSetting {
  /** Who holds an edition; two editions in one store share its calls. */
  readonly storesOf: (edition: EditionCode) => Stores;
  /** Ends every later read when the operation has run out of time. */
  readonly signal: AbortSignal;
}

export interface BatchLoader<Key, Value> {
  readonly name: string;
  readonly editionOf: (key: Key) => EditionCode;
  /** Before the read: what is missing now and comes later must still end this answer. */
  readonly record: (key: Key) => void;
  /** One upstream call: a value per key, in their order. */
  readonly read: (stores: Stores, keys: readonly Key[]) => Promise<readonly Value[]>;
  /** What makes two keys one; default: the key itself. */
  readonly identityOf?: (key: Key) => unknown;
}

/** Interfaces promise stores batches of at most this many. */
const BATCH_LIMIT = 100;

/**
 * A DataLoader that makes one call per store and batch. A store that fails costs its own keys, and them only.
 */
export const createBatchLoader = <Key, Value>(
  { storesOf, signal }: LoaderSetting,
  { name, editionOf, record, read, identityOf = (key) => key }: BatchLoader<Key, Value>,
): DataLoader<Key, Value, unknown> =>
  new DataLoader<Key, Value, unknown>(
    async (keys) => {
      signal.throwIfAborted();
      for (const key of keys) record(key);
      const byStore = Map.groupBy(keys.keys(), (index) => storesOf(editionOf(keys[index] as Key)));
      const results = Array.from<Value | Error>({ length: keys.length });
      const readAll = async (stores: Stores, indexes: readonly number[]): Promise<readonly Value[] | Error> => {
        const asked = indexes.map((index) => keys[index] as Key);
        try {
          const values = await read(stores, asked);
          // A short answer would hand one key the value of another, or none without a word.
          return values.length === asked.length
            ? values
            : new TypeError(`${name}: ${asked.length} keys asked, ${values.length} values came`);
        } catch (error) {
          return error instanceof Error ? error : new Error('read failed', { cause: error });
        }
      };
      await Promise.all(
        [...byStore].map(async ([stores, indexes]) => {
          const values = await readAll(stores, indexes);
          indexes.forEach((index, position) => {
            results[index] = values instanceof Error ? values : (values[position] as Value);
          });
        }),
      );
      return results;
    },
    { name, maxBatchSize: BATCH_LIMIT, cacheKeyFn: identityOf },
  );

/** `found` in the order of `keys`, null where nothing was found. */
export const inOrderOf = <Key, Entity>(
  keys: readonly Key[],
  found: readonly Entity[],
  keyOf: (entity: Entity) => Key,
): readonly (Entity | null)[] => {
  const byKey = new Map(found.map((entity) => [keyOf(entity), entity]));
  return keys.map((key) => byKey.get(key) ?? null);
};
