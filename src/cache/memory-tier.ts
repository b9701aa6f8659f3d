import { LRUCache } from 'lru-cache';
import type { Entry } from '../content/answer.ts';
import { ownBytes } from '../content/own-bytes.ts';
import type { EvictionCause } from './cache-observer.ts';
import { lettersBytes } from './letters-bytes.ts';
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

/** A tag's share of the bound besides its letters: a string, its slot, and what it is rounded up by. */
const TAG_BYTES = 32;

/** A body's share: itself, and its packed forms, which live as long as it does; a page packs to a fifth or so. */
const PACKED_SHARE = 1.5;

/** What tags take, by their length: one may hold a slug that a client made up, as long as a request may be. */
export const tagsBytes = (tags: readonly string[]): number =>
  tags.reduce((bytes, tag) => bytes + TAG_BYTES + lettersBytes(tag), 0);

/** One with counters in it lies there as it was made, as it goes out now, and as it went out before. */
const HOLED_SHARE = 3;

const bodyShare = ({ entry: { body, holes } }: Kept): number =>
  Math.ceil((holes === undefined ? 1 : HOLED_SHARE) * PACKED_SHARE * body.length);

/** What an article takes in the manifest of an answer: its id, a slot each, and the array around them. */
const MANIFEST_ENTRY_BYTES = 128;

/** What the manifest of an entry takes. */
export const manifestBytes = ({ manifest }: Pick<Entry, 'manifest'>): number =>
  (manifest?.entries.length ?? 0) * MANIFEST_ENTRY_BYTES;

const sizeOf = (kept: Kept, key: string): number =>
  tagsBytes(kept.entry.tags) + bodyShare(kept) + manifestBytes(kept.entry) + key.length + 256;

/** `kept` under a body that is no part of anything larger. */
export const detach = (kept: Kept): Kept => ({
  ...kept,
  entry: { ...kept.entry, body: ownBytes(kept.entry.body) },
  notes: {},
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
  const fits = (key: string, kept: Kept): boolean => {
    const leftBytes = limitBytes - held.calculatedSize;
    // Every answer out of the shared tier is offered: its tags are counted only where its body has room.
    return bodyShare(kept) <= leftBytes && sizeOf(kept, key) <= leftBytes;
  };
  const isWelcome = (key: string, kept: Kept): boolean => held.has(key) || fits(key, kept) || refused.isSecond(key);

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
