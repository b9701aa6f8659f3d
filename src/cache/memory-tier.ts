import { LRUCache } from 'lru-cache';
import type { EvictionCause } from './cache-observer.ts';
import { createSecondChance } from './second-chance.ts';
import type { Kept, Verdict } from './validity.ts';

/** What this process keeps, within a bound of bytes; the longest unread goes first. */
export interface MemoryTier {
  get(key: string): Kept | undefined;
  /** As `get`, but no reading of it. */
  peek(key: string): Kept | undefined;
  /** Keeps what was made here. */
  set(key: string, kept: Kept): void;
  /**
   * Keeps what can be had again from elsewhere, if it drives nothing out or is asked for over and over. Its body may be a
   * part of a larger piece.
   *
   * @returns what was kept, under a body of its own; `kept` itself when it was not.
   */
  offer(key: string, kept: Kept): Kept;
  drop(key: string): void;
  size(): { readonly bytes: number; readonly entries: number };
}

export interface MemoryTierOptions {
  readonly limitBytes: number;
  readonly judge: (kept: Kept) => Verdict;
  readonly onEvicted: (cause: EvictionCause) => void;
}

/** A tag's share of the bound besides its letters, two bytes each: a string and its slot. */
const TAG_BYTES = 48;

/** A body's share: itself, and its packed forms, which live as long as it does; a page packs to a fifth or so. */
const PACKED_SHARE = 1.5;

/** Tags by their length: one may hold a slug that a client made up, as long as a request may be. */
const sizeOf = ({ entry: { body, tags } }: Kept, key: string): number =>
  tags.reduce(
    (bytes, tag) => bytes + TAG_BYTES + 2 * tag.length,
    Math.ceil(PACKED_SHARE * body.length) + key.length + 256,
  );

/** `kept` under a body that is no part of anything larger. */
export const detach = (kept: Kept): Kept => ({
  ...kept,
  entry: { ...kept.entry, body: Buffer.from(kept.entry.body) },
  hit: undefined,
});

/** An empty memory tier. It asks nothing about what it holds: who takes something from it does. */
export const createMemoryTier = ({ limitBytes, judge, onEvicted }: MemoryTierOptions): MemoryTier => {
  const held = new LRUCache<string, Kept>({
    maxSize: limitBytes,
    sizeCalculation: sizeOf,
    dispose: (kept, _key, reason) => {
      if (reason === 'evict') return onEvicted('space');
      const verdict = judge(kept);
      // A live one gives way to another of its key: nothing was lost.
      if (verdict !== 'live') onEvicted(verdict === 'soft' ? 'changed' : verdict);
    },
  });
  const refused = createSecondChance(() => held.size);
  const isWelcome = (key: string, kept: Kept): boolean =>
    held.has(key) || held.calculatedSize + sizeOf(kept, key) <= limitBytes || refused.isSecond(key);

  return {
    get: (key) => held.get(key),
    peek: (key) => held.peek(key),
    set: (key, kept) => void held.set(key, kept),
    offer(key, kept) {
      if (!isWelcome(key, kept)) return kept;
      const own = detach(kept);
      held.set(key, own);
      return own;
    },
    drop: (key) => void held.delete(key),
    size: () => ({ bytes: held.calculatedSize, entries: held.size }),
  };
};
