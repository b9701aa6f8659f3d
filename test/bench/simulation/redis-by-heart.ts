import { encodeEntry } from '../../../src/cache/entry-frame.ts';
import type { SharedTier } from '../../../src/cache/shared-tier.ts';
import type { Clock, Instant } from '../../../src/clock.ts';
import type { Entry } from '../../../src/content/answer.ts';

/** A shared tier without a Redis, and what one would hold. */
export interface RedisByHeart extends SharedTier {
  /** Of what has not run out; what changes have ended is among it until it does. */
  size(): Promise<{ readonly bytes: number; readonly entries: number }>;
}

/**
 * What Redis takes for a key of this length besides its value: `MEMORY USAGE` says 192 beside 1,000 bytes and, rounded up by its
 * allocator, 648 beside 20,000.
 */
const KEY_BYTES = 200;
/** As the gateway configures it: how long past its age an unchanged answer is still of use. */
const STALE_SECONDS = 600;

/** Keeps entries as long as Redis would, and knows how long they are there. */
export const createRedisByHeart = (clock: Clock): RedisByHeart => {
  const held = new Map<string, { readonly entry: Entry; readonly until: Instant }>();
  const lengths = new WeakMap<Buffer, number>();
  const bytesOf = async (key: string, entry: Entry): Promise<number> => {
    const known = lengths.get(entry.body);
    if (known !== undefined) return known;
    const frame = await encodeEntry(entry, { key, release: 'simulated' });
    const bytes = (frame?.length ?? 0) + KEY_BYTES;
    lengths.set(entry.body, bytes);
    return bytes;
  };
  return {
    claimMs: 1_000,
    get: async (key) => {
      const found = held.get(key);
      return found === undefined || found.until <= clock.now() ? undefined : { entry: found.entry, notes: {} };
    },
    set(key, entry) {
      const until = Math.min(
        entry.filledAt + (entry.maxAgeSeconds + STALE_SECONDS) * 1000,
        entry.boundaryAt ?? Infinity,
      );
      held.set(key, { entry, until });
    },
    claim: async () => ({ release: () => undefined }),
    async size() {
      let bytes = 0;
      for (const [key, { entry, until }] of held)
        if (until <= clock.now()) held.delete(key);
        else bytes += await bytesOf(key, entry);
      return { bytes, entries: held.size };
    },
  };
};
