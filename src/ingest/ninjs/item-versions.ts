import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import { LineError } from '../line-error.ts';
import { sourceIdOf } from '../foreign/words.ts';

/** One item as far as it tells which version of a story it is. */
export interface ItemVersion {
  /** Which it is in its file, from 1. */
  readonly number: number;
  readonly id: string;
  /** Its `version`; undefined: it has none that is a number. */
  readonly version: number | undefined;
  readonly versionCreated: Instant | undefined;
  readonly isWithdrawn: boolean;
}

/** Remembers the stories of one file. */
export interface ItemVersions {
  /**
   * The item of this file that `item` follows as a newer version, in `edition`; undefined: it is the first.
   *
   * @throws {LineError} when it is no newer than that, and no withdrawal.
   */
  precedingOf(edition: EditionCode, item: ItemVersion): ItemVersion | undefined;
  /** Remembers `item` as the last of its story. */
  add(edition: EditionCode, item: ItemVersion): void;
}

/** Above 0: `item` is newer than `earlier`. Their numbers decide, and where they do not, their dates. */
const compare = (item: ItemVersion, earlier: ItemVersion): number => {
  const byNumber = (item.version ?? 0) - (earlier.version ?? 0);
  if (item.version !== undefined && earlier.version !== undefined && byNumber !== 0) return byNumber;
  if (item.versionCreated === undefined || earlier.versionCreated === undefined) return 0;
  return item.versionCreated - earlier.versionCreated;
};

/** The higher of two that may be unknown. */
const highest = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);

/** Versions of no story yet. */
export const createItemVersions = (): ItemVersions => {
  const last = new Map<string, ItemVersion>();
  const keyOf = (edition: EditionCode, id: string): string => `${edition} ${sourceIdOf(id)}`;
  return {
    precedingOf(edition, item) {
      const earlier = last.get(keyOf(edition, item.id));
      if (earlier === undefined || item.isWithdrawn || compare(item, earlier) > 0) return earlier;
      const name = `its id "${item.id.slice(0, 100)}" is that of item ${earlier.number}`;
      if (earlier.isWithdrawn) throw new LineError(`${name}, which withdraws it, and this is no newer version`);
      const isOlder = compare(item, earlier) < 0;
      throw new LineError(`${name}, which was taken: ${isOlder ? 'this is an older version' : 'a repetition'}`);
    },
    add(edition, item) {
      const earlier = last.get(keyOf(edition, item.id));
      // A withdrawal may say little; what it follows is no newer than it.
      const version = item.isWithdrawn ? highest(item.version, earlier?.version) : item.version;
      const versionCreated = item.isWithdrawn
        ? highest(item.versionCreated, earlier?.versionCreated)
        : item.versionCreated;
      last.set(keyOf(edition, item.id), { ...item, version, versionCreated });
    },
  };
};
