import DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import type { Tombstones } from '../content/tombstones.ts';
import type { Counters } from '../stores/counters.ts';
import { askEachStore } from '../stores/federated/ask-each-store.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Stores } from '../stores/stores.ts';
import type { Deadline } from './within-time.ts';

/** What every loader of one request shares. */
export interface LoaderSetting {
  /** Who holds an edition; two editions in one store share its calls. */
  readonly storesOf: StoresOf;
  /** Taken down: hidden whatever a store says. */
  readonly tombstones: Tombstones;
  /** What was last known of each. */
  readonly counters: Counters;
  /** Ends every later read when the operation has run out of time. */
  readonly signal: Deadline;
}

export interface BatchLoader<Key, Value> {
  readonly name: string;
  readonly editionOf: (key: Key) => EditionCode;
  /** Before the read: what is missing now and comes later must still end this answer. */
  readonly record: (key: Key) => void;
  /** One upstream call: a value per key, in their order, or the failure of that one. */
  readonly read: (stores: Stores, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>;
  /** What makes two keys one; default: the key itself. */
  readonly identityOf?: (key: Key) => unknown;
}

/**
 * A DataLoader that makes one call per store and batch, however long the batch: the number of calls of an operation
 * depends on its shape, never on how many rows come back. A store that fails costs its own keys, and them only.
 */
export const createBatchLoader = <Key, Value>(
  { storesOf, signal }: Pick<LoaderSetting, 'storesOf' | 'signal'>,
  { name, editionOf, record, read, identityOf = (key) => key }: BatchLoader<Key, Value>,
): DataLoader<Key, Value, unknown> =>
  new DataLoader<Key, Value, unknown>(
    async (keys) => {
      signal.throwIfAborted();
      for (const key of keys) record(key);
      return askEachStore(storesOf, { requests: keys, editionOf, read });
    },
    { name, cacheKeyFn: identityOf },
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
