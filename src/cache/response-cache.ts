import { setTimeout } from 'node:timers/promises';
import type { Follower } from '../changes/follower.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Answer, Entry, EntryNotes } from '../content/answer.ts';
import { blindObserver, type CacheObserver } from './cache-observer.ts';
import { createFindShared } from './find-shared.ts';
import { createFillJobs, type Job, type Made } from './fill-jobs.ts';
import { createMemoryTier } from './memory-tier.ts';
import { overtaken, REFILL_LIMIT } from './overtaken.ts';
import { createSeek } from './seek-shared.ts';
import { createServing } from './serving.ts';
import type { SharedTier } from './shared-tier.ts';
import { createValidity, isHeldFailure } from './validity.ts';
import { vouch } from './vouch.ts';

/**
 * How an answer came about. `hit`: kept and live; `stale`: kept, unchanged, too old; `soft`: kept, changed by changes that
 * excuse a short while; `joined`: made for another request meanwhile; `filled`: made for this one; `degraded`: kept or
 * made while nobody can say what has changed, to be kept by nobody.
 */
export type CacheState = 'hit' | 'stale' | 'soft' | 'joined' | 'filled' | 'degraded';

/** Where a kept answer was found. */
export type CacheTier = 'memory' | 'shared';

export interface CacheResult {
  readonly entry: Entry;
  readonly notes: EntryNotes;
  readonly state: CacheState;
  /** Where it had been kept; null: it was made for this request or one that ran. */
  readonly tier: CacheTier | null;
  /** Why a fill was begun or joined; null: none was. `stale`: what was kept had changed, or grown too old. */
  readonly forwarded: 'miss' | 'stale' | null;
  /** Whether the entry is kept for the next reader. */
  readonly isStored: boolean;
  /**
   * Whether the entry may still go out: asked, without waiting for anything, in the tick that hands it to the socket.
   * What was kept must be unchanged; what was made for this request may be overtaken by an edit, never by a withdrawal.
   */
  readonly isSendable: () => boolean;
  /** Whether others further out may keep it for a while, asked in the same tick: it is trusted, unchanged, and not stale. */
  readonly isKeepable: () => boolean;
}

/** Makes an answer as of `now`, the one instant of everything it reads. */
export type Fill = (now: Instant) => Promise<Answer>;

export interface ResponseCache {
  /**
   * The stored answer for `key` if nothing it read has changed, else the answer of `fill`.
   *
   * Concurrent misses share fills, across processes where there is a shared tier: who came before a fill began takes its
   * result; who came while it ran takes it if it is still true, otherwise all of them share one next fill. The fence is
   * taken before a fill starts, so an answer whose data changed while it was being made is sent to the one who began it
   * and never kept; overtaken by a withdrawal, it is sent to nobody.
   *
   * @param key from `cacheKey`: covers everything that can alter the bytes.
   * @throws whatever `fill` throws, to everyone who shared it; the next request starts anew. INTERNAL when
   *   withdrawals overtook every attempt; STORE_FAILED (503) when nobody can say any more what has changed.
   */
  through(key: string, fill: Fill): Promise<CacheResult>;
  /** The live answer for `key` in this process's memory, waiting for nothing; undefined: ask `through`. */
  peek(key: string): CacheResult | undefined;
  /** Whether `through` would answer `key` out of this process's memory: for whoever has to say first what it may cost. */
  holds(key: string): boolean;
  /**
   * The live answer for `key` that other processes share; undefined: ask `through`. Nothing is made, and nothing waited
   * for but the shared tier. Absent without one.
   */
  readonly find?: ((key: string) => Promise<CacheResult | undefined>) | undefined;
  /** Whether an answer made past the cache may be sent to nobody any more: it was taken back, or has changed by itself. */
  isOver(entry: Entry): boolean;
  /** Bytes and entries held, for metrics. */
  size(): { readonly bytes: number; readonly entries: number };
  /** Fills that run. */
  jobs(): number;
}

export interface ResponseCacheOptions {
  readonly follower: Follower;
  readonly clock: Clock;
  readonly limitBytes: number;
  /** What processes share; absent: memory only. */
  readonly shared?: SharedTier;
  /** How long what changed softly only may be served while it is made anew. */
  readonly softSeconds?: number;
  /** How long past its age an unchanged answer is served while it is made anew. */
  readonly staleWhileRevalidateSeconds?: number;
  /** How long past its age an unchanged answer stands in for a fill that failed. */
  readonly staleIfErrorSeconds?: number;
  readonly observe?: CacheObserver;
  /** The follower's own clock: milliseconds, never stepping back. */
  readonly monotonic?: () => number;
  /** Waits between two looks at what another process makes. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Answers kept in memory, over a tier that processes may share; true by the change log at the instant they are sent. */
export const createResponseCache = ({
  follower,
  clock,
  limitBytes,
  shared,
  softSeconds = 10,
  staleWhileRevalidateSeconds = 30,
  staleIfErrorSeconds = 600,
  observe = blindObserver,
  monotonic = () => performance.now(),
  pause = setTimeout,
}: ResponseCacheOptions): ResponseCache => {
  const validity = createValidity({ follower, clock, monotonic, softSeconds });
  const memory = createMemoryTier({ limitBytes, judge: validity.judge, onEvicted: observe.evicted });
  const seek = shared === undefined ? undefined : createSeek({ shared, follower, validity, pause });
  const findShared = shared && createFindShared({ shared, follower, validity, memory });
  const jobs = createFillJobs({ follower, clock, validity, memory, shared, seek, observe, staleIfErrorSeconds });
  const serving = createServing({ follower, validity, memory, staleWhileRevalidateSeconds, staleIfErrorSeconds });

  /** What `made` is to someone who came at `cameAt`; undefined: nothing, it has changed since. */
  const take = (key: string, made: Made, { forwarded }: Job, turn: { cameAt: number; isLeader: boolean }) => {
    const { kept, source, begunAt, isDegraded } = made;
    if (source === 'stale') return serving.offer(kept, 'stale', { key, tier: 'memory', forwarded });
    const isTrusted = follower.isTrusted();
    if (source === 'shared') {
      // Taken while age did not matter, it may be too old now that it does.
      if (isTrusted && validity.judge(kept) !== 'live') return undefined;
      return serving.offer(kept, isTrusted ? 'hit' : 'degraded', { key, tier: 'shared', forwarded: null });
    }
    const isTheirs = begunAt > turn.cameAt ? !validity.isOver(kept.entry) : validity.isSharable(kept);
    if (!isTheirs) return undefined;
    return serving.made(kept, isDegraded || !isTrusted ? 'degraded' : turn.isLeader ? 'filled' : 'joined', {
      key,
      tier: null,
      forwarded,
    });
  };

  const answer = async (key: string, fill: Fill): Promise<CacheResult> => {
    const cameAt = jobs.turn();
    for (let attempt = 0; attempt <= REFILL_LIMIT; attempt += 1) {
      if (!follower.isTrusted()) await vouch(follower);
      const kept = memory.get(key);
      if (kept !== undefined) {
        const state = serving.stateOf(kept);
        if (state === 'stale' || state === 'soft') jobs.refill(key, fill, kept);
        if (state !== undefined) return serving.held(key, kept, state);
        if (follower.isTrusted() && serving.isSpent(kept)) memory.drop(key);
      }
      const { job, isLeader } = jobs.join(key, fill, kept);
      const made = await job.made;
      if (!follower.isTrusted()) await vouch(follower);
      const taken = take(key, made, job, { cameAt, isLeader });
      if (taken !== undefined) return taken;
    }
    throw overtaken();
  };

  return {
    async through(key, fill) {
      const result = await answer(key, fill);
      observe.served(result.state, result.tier);
      return result;
    },
    peek(key) {
      const kept = memory.get(key);
      if (kept === undefined || serving.stateOf(kept) !== 'hit' || isHeldFailure(kept.entry)) return undefined;
      observe.served('hit', 'memory');
      return serving.held(key, kept, 'hit');
    },
    holds(key) {
      const kept = memory.get(key);
      return kept !== undefined && serving.stateOf(kept) !== undefined;
    },
    find:
      findShared &&
      (async (key) => {
        const kept = await findShared(key);
        const result = kept && serving.offer(kept, 'hit', { key, tier: 'shared', forwarded: null });
        if (result !== undefined) observe.served(result.state, result.tier);
        return result;
      }),
    isOver: validity.isOver,
    size: memory.size,
    jobs: jobs.size,
  };
};
