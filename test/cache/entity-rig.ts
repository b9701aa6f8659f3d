import { createEntityTier } from '../../src/cache/entity-tier.ts';
import type { Shelf } from '../../src/cache/entity-shelf.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { createHandFollower } from './hand-follower.ts';

/** Entities that are texts, found by their first letter. */
export type EntityShelf = Shelf<string, string>;

export interface EntityRigOptions {
  readonly limitBytes?: number;
  /** Where the store waits before it reads what it has. */
  readonly pass?: () => Promise<void>;
  readonly isTold?: () => boolean;
}

/** A tier over a store of numbered texts, whose log the test moves. */
export const createEntityRig = ({
  limitBytes = 100_000,
  pass = () => Promise.resolve(),
  isTold = () => true,
}: EntityRigOptions = {}) => {
  const clock = createWoundClock(0);
  const follower = createHandFollower(clock.now);
  const seen: string[] = [];
  const reads: (readonly string[])[] = [];
  const stored = new Map<string, number>();
  let failure: Error | undefined;
  const tier = createEntityTier({
    follower,
    limitBytes,
    monotonic: clock.now,
    observe: {
      asked: (shelf, outcome) => void seen.push(`${shelf} ${outcome}`),
      evicted: () => void seen.push('evicted'),
    },
  });
  const shelf: EntityShelf = {
    name: 'article',
    keyOf: (key) => key,
    homeOf: (text) => text.split(' ')[0] ?? '',
    tagsOf: (key) => [`article:${key}`],
    async read(keys) {
      reads.push(keys);
      // What is there when the statement begins.
      const found = keys.flatMap((key) => (stored.has(key) ? [`${key} ${stored.get(key)}`] : []));
      await pass();
      if (failure !== undefined) throw failure;
      return found;
    },
    isTold,
  };
  const keep = tier.keep(shelf);
  return {
    clock,
    follower,
    tier,
    seen,
    reads,
    write: (key: string, version: number) => void stored.set(key, version),
    fail: (error: Error | undefined) => void (failure = error),
    ask: (...keys: readonly string[]) => keep(keys),
    held: (key: string) => keep.held(key)?.found,
    heldTags: (key: string) => keep.held(key)?.tags,
  };
};
