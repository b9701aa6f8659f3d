import type { Follower } from '../changes/follower.ts';
import { createPassing } from '../content/passing.ts';
import type { MemoryTier } from './memory-tier.ts';
import type { SharedTier } from './shared-tier.ts';
import type { Kept, Validity } from './validity.ts';

/** What another process keeps for a key, if it is live; offered to memory here. */
export type FindShared = (key: string) => Promise<Kept | undefined>;

export interface FindSharedOptions {
  readonly shared: SharedTier;
  readonly follower: Follower;
  readonly validity: Validity;
  readonly memory: MemoryTier;
}

/** One question to the shared tier per key and time, and nothing made: who gets nothing asks for a fill, and waits there. */
export const createFindShared = ({ shared, follower, validity, memory }: FindSharedOptions): FindShared => {
  const running = createPassing<Promise<Kept | undefined>>();

  const look = async (key: string): Promise<Kept | undefined> => {
    const found = await shared.get(key, follower.epoch());
    running.delete(key);
    if (found === undefined || !follower.isTrusted()) return undefined;
    const kept = validity.keep(found.entry, found.notes);
    // Kept by what another process had applied: this one may have applied more.
    if (validity.judge(kept) !== 'live') return undefined;
    return memory.offer(key, kept);
  };

  return (key) => {
    let found = running.get(key);
    if (found === undefined) {
      found = look(key);
      running.set(key, found);
    }
    return found;
  };
};
