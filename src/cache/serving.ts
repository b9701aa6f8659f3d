import type { Follower } from '../changes/follower.ts';
import type { MemoryTier } from './memory-tier.ts';
import type { CacheResult, CacheState } from './response-cache.ts';
import type { Kept, Validity } from './validity.ts';
import { isVouchedFor } from './vouch.ts';

export interface ServingOptions {
  readonly follower: Follower;
  readonly validity: Validity;
  readonly memory: MemoryTier;
  readonly staleWhileRevalidateSeconds: number;
  readonly staleIfErrorSeconds: number;
}

/** Where a result comes from. */
export interface Origin extends Pick<CacheResult, 'tier' | 'forwarded'> {
  readonly key: string;
}

/** Decides what may go out, and as what. Everything here is asked of the log at this tick, and waits for nothing. */
export interface Serving {
  /** As what `kept` may be served while a refill of it may run; undefined: not at all. */
  stateOf(kept: Kept): CacheState | undefined;
  /** Whether `kept` is of no more use, not even when a fill fails. */
  isSpent(kept: Kept): boolean;
  /** What is held in memory, in the state that `stateOf` gave. */
  held(key: string, kept: Kept, state: CacheState): CacheResult;
  /** What was kept somewhere, if it may go out as `state`. */
  offer(kept: Kept, state: CacheState, origin: Origin): CacheResult | undefined;
  /** What was made just now. */
  made(kept: Kept, state: CacheState, origin: Origin): CacheResult;
}

const MEMORY = { tier: 'memory', forwarded: null } as const;

/** The rules of what is sent: change protocol, rules 11 to 14. */
export const createServing = ({
  follower,
  validity,
  memory,
  staleWhileRevalidateSeconds,
  staleIfErrorSeconds,
}: ServingOptions): Serving => {
  const isStoredAt = (key: string, kept: Kept): boolean => memory.peek(key) === kept;

  const isAllowed = (state: CacheState): boolean =>
    state === 'degraded' ? isVouchedFor(follower) : follower.isTrusted();
  /** Whether what is kept may go out as `state`, now. */
  const isSendableAs = (kept: Kept, state: CacheState): boolean => {
    if (!isAllowed(state)) return false;
    if (state === 'soft') return validity.judge(kept) === 'soft';
    return validity.isSharable(kept) && (state !== 'stale' || validity.overAgeMs(kept) < staleIfErrorSeconds * 1000);
  };

  const stateOf = (kept: Kept): CacheState | undefined => {
    const verdict = validity.judge(kept);
    if (!follower.isTrusted()) {
      const isUsable = verdict === 'live' || (verdict === 'aged' && validity.overAgeMs(kept) < Infinity);
      return isUsable && isVouchedFor(follower) ? 'degraded' : undefined;
    }
    switch (verdict) {
      case 'live':
        return 'hit';
      case 'aged': {
        const window = validity.hasJustFailed(kept) ? staleIfErrorSeconds : staleWhileRevalidateSeconds;
        return validity.overAgeMs(kept) < window * 1000 ? 'stale' : undefined;
      }
      case 'soft':
        // During one refill: when that has failed, the excuse is used up.
        return kept.refillFailedAt === undefined ? 'soft' : undefined;
      case 'changed':
      case 'withdrawn':
      case 'boundary':
      case 'epoch':
        return undefined;
    }
  };

  const resultOf = (kept: Kept, state: CacheState, origin: Origin): CacheResult => {
    const isSendable = (): boolean => isSendableAs(kept, state);
    return {
      entry: kept.entry,
      notes: kept.notes,
      state,
      tier: origin.tier,
      forwarded: origin.forwarded,
      isStored: isStoredAt(origin.key, kept),
      isSendable,
      isKeepable: state === 'hit' ? isSendable : () => false,
    };
  };
  return {
    stateOf,
    isSpent(kept) {
      const verdict = validity.judge(kept);
      if (verdict === 'aged') return validity.overAgeMs(kept) >= staleIfErrorSeconds * 1000;
      return verdict !== 'live' && verdict !== 'soft';
    },
    held(key, kept, state) {
      if (state !== 'hit') return resultOf(kept, state, { key, ...MEMORY });
      // The same every time, and asked for most.
      return (kept.hit ??= resultOf(kept, state, { key, ...MEMORY }));
    },
    offer: (kept, state, origin) => (isSendableAs(kept, state) ? resultOf(kept, state, origin) : undefined),
    made: (kept, state, origin) => ({
      ...resultOf(kept, state, origin),
      isSendable: () => isAllowed(state) && !validity.isOver(kept.entry),
      isKeepable: () => state !== 'degraded' && follower.isTrusted() && validity.isSharable(kept),
    }),
  };
};
