import type { Follower } from '../changes/follower.ts';
import type { Clock } from '../clock.ts';
import { isSameBesidesCounters } from '../content/holes.ts';
import { createPassing } from '../content/passing.ts';
import type { CacheObserver } from './cache-observer.ts';
import { detach, type MemoryTier } from './memory-tier.ts';
import { overtaken, REFILL_LIMIT } from './overtaken.ts';
import type { Fill } from './response-cache.ts';
import type { Seek, Sought } from './seek-shared.ts';
import type { SharedTier } from './shared-tier.ts';
import { isHeldFailure, type Kept, type Validity } from './validity.ts';
import { vouch } from './vouch.ts';

/** What a job came to. Nothing about it has been asked since: whoever waited asks. */
export interface Made {
  readonly kept: Kept;
  /** `filled`: by this process, just now; `shared`: found in the shared tier; `stale`: kept before, as the fill failed. */
  readonly source: 'filled' | 'shared' | 'stale';
  /** The turn at which the fill began: whoever came earlier may have its result, whatever was edited meanwhile. */
  readonly begunAt: number;
  /** Begun while nobody could say what had changed: it is kept by nobody. */
  readonly isDegraded: boolean;
}

export interface Job {
  readonly made: Promise<Made>;
  /** Whether something kept had to be made anew; `miss`: nothing was there. */
  readonly forwarded: 'miss' | 'stale';
}

export interface FillJobs {
  /** The next turn: a point in the order in which requests came and fills began. */
  turn(): number;
  /**
   * The one job of `key` that runs, begun now if there is none. It is gone before anyone hears what it came to.
   *
   * @param former what was kept and has to be made anew.
   */
  join(key: string, fill: Fill, former: Kept | undefined): { readonly job: Job; readonly isLeader: boolean };
  /** Begins a job that nobody waits for, unless one runs, the last one has just failed, or too many such run. */
  refill(key: string, fill: Fill, kept: Kept): void;
  /** How many run. */
  size(): number;
}

export interface FillJobsOptions {
  readonly follower: Follower;
  readonly clock: Clock;
  readonly validity: Validity;
  readonly memory: MemoryTier;
  readonly shared: SharedTier | undefined;
  /** Absent as the shared tier is. */
  readonly seek: Seek | undefined;
  readonly observe: CacheObserver;
  readonly staleIfErrorSeconds: number;
}

/** Refills that nobody waits for, at once: many pages age together, and their readers have an answer already. */
export const BACKGROUND_LIMIT = 32;

/** The fills of this process: at most one per key at a time. Change protocol, rules 10, 12, 14 and 17. */
export const createFillJobs = ({
  follower,
  clock,
  validity,
  memory,
  shared,
  seek,
  observe,
  staleIfErrorSeconds,
}: FillJobsOptions): FillJobs => {
  const jobs = createPassing<Job>();
  let turns = 0;
  let background = 0;
  const turn = (): number => (turns += 1);

  const fillOnce = async (fill: Fill): Promise<Made> => {
    for (let attempt = 1; ; attempt += 1) {
      if (!follower.isTrusted()) await vouch(follower);
      // Nothing between these and the fill may wait: what is read is read after the fence.
      const isTrusted = follower.isTrusted();
      const begunAt = turn();
      const [fence, epoch, filledAt] = [follower.applied(), follower.epoch(), clock.now()];
      const kept = validity.keep({ ...(await fill(filledAt)), fence, epoch, filledAt });
      // Stopped meanwhile, this process does not know yet what it missed.
      if (!follower.isTrusted()) await vouch(follower);
      if (!validity.isOver(kept.entry)) return { kept, source: 'filled', begunAt, isDegraded: !isTrusted };
      observe.filled('overtaken');
      if (attempt > REFILL_LIMIT) throw overtaken();
    }
  };

  /** What was kept, where it may stand in for a fill that failed. */
  const standIn = (kept: Kept | undefined): Made | undefined => {
    if (kept === undefined) return undefined;
    kept.refillFailedAt = clock.now();
    const isAllowed =
      follower.isTrusted() && validity.judge(kept) === 'aged' && validity.overAgeMs(kept) < staleIfErrorSeconds * 1000;
    return isAllowed ? { kept, source: 'stale', begunAt: 0, isDegraded: false } : undefined;
  };

  const keep = (key: string, { kept, isDegraded }: Made): boolean => {
    if (isDegraded || !follower.isTrusted() || validity.judge(kept) !== 'live') return false;
    memory.set(key, kept);
    if (!isHeldFailure(kept.entry)) shared?.set(key, kept.entry);
    return true;
  };

  /** Whether a change that ended `former` was needed shows only now: bytes that come back the same were ended for nothing. */
  const tellRemade = (former: Kept | undefined, { kept }: Made): void => {
    if (former === undefined || isHeldFailure(kept.entry) || isHeldFailure(former.entry)) return;
    if (validity.judge(former) === 'changed') observe.remade(isSameBesidesCounters(former.entry, kept.entry));
  };

  const work = async (key: string, fill: Fill, former: Kept | undefined): Promise<Made> => {
    const { found, aged, claim }: Sought = seek === undefined ? {} : await seek(key);
    try {
      if (found !== undefined) {
        return { kept: memory.offer(key, found), source: 'shared', begunAt: 0, isDegraded: false };
      }
      if (aged !== undefined && memory.peek(key) === undefined) memory.set(key, detach(aged));
      const made = await fillOnce(fill);
      tellRemade(former, made);
      const isFailure = isHeldFailure(made.kept.entry);
      const instead = isFailure ? standIn(memory.peek(key)) : undefined;
      const isKept = instead === undefined && keep(key, made);
      observe.filled(isFailure ? 'failed' : isKept ? 'kept' : 'unkept');
      return instead ?? made;
    } catch (error) {
      observe.filled('failed');
      const instead = standIn(memory.peek(key));
      if (instead === undefined) throw error;
      observe.refillFailed(error);
      return instead;
    } finally {
      claim?.release();
    }
  };

  const start = (key: string, fill: Fill, former: Kept | undefined): Job => {
    const made = work(key, fill, former).finally(() => jobs.delete(key));
    const job: Job = { made, forwarded: former === undefined ? 'miss' : 'stale' };
    jobs.set(key, job);
    return job;
  };

  return {
    turn,
    join(key, fill, former) {
      const running = jobs.get(key);
      return running === undefined
        ? { job: start(key, fill, former), isLeader: true }
        : { job: running, isLeader: false };
    },
    refill(key, fill, kept) {
      if (jobs.get(key) !== undefined || validity.hasJustFailed(kept) || background >= BACKGROUND_LIMIT) return;
      background += 1;
      void start(key, fill, kept)
        .made.catch(observe.refillFailed)
        .finally(() => {
          background -= 1;
        });
    },
    size: jobs.size,
  };
};
