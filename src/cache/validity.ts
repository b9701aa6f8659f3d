import type { Follower } from '../changes/follower.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Entry, EntryNotes } from '../content/answer.ts';
import type { CacheResult } from './response-cache.ts';

/** An entry of this process and what it remembers about it; only `entry` is ever seen by others. */
export interface Kept {
  readonly entry: Entry;
  readonly notes: EntryNotes;
  readonly keptAt: Instant;
  /** The entry's own, and the end of its age or its boundary, whichever comes first: beside each other, to be read at once. */
  readonly epoch: string;
  readonly liveUntil: Instant;
  /**
   * What the follower had applied when the entry was last found unchanged: nothing in memory changes while that stands
   * still, so a quiet log costs no walk over tags, however many there are.
   */
  unchangedAt: number;
  /** When its last refill failed; undefined: none did. */
  refillFailedAt: Instant | undefined;
  /** What everyone is given for whom it is a hit in memory; undefined: nobody was yet. */
  hit: CacheResult | undefined;
}

/**
 * What may be said of an entry at this very instant, trust aside. `live`: unchanged and young; `aged`: unchanged, older than
 * its age; `soft`: changed, by changes that excuse a short while; the rest is dead, and says of what.
 */
export type Verdict = 'live' | 'aged' | 'soft' | Death;
export type Death = 'changed' | 'withdrawn' | 'boundary' | 'epoch';

export interface ValidityOptions {
  readonly follower: Follower;
  readonly clock: Clock;
  /** The follower's own: milliseconds on a clock that never steps back. */
  readonly monotonic: () => number;
  readonly softSeconds: number;
}

export interface Validity {
  /** @param notes that others have of the same entry; default: none. */
  keep(entry: Entry, notes?: EntryNotes): Kept;
  judge(kept: Kept): Verdict;
  /** Whether nothing it read has changed and its boundary has not passed, however old it is. */
  isSharable(kept: Kept): boolean;
  /** Milliseconds past its age; negative: young. Infinity for what is kept for a moment only, once that is over. */
  overAgeMs(kept: Kept): number;
  /** Whether a refill of it failed a moment ago: another would too. */
  hasJustFailed(kept: Kept): boolean;
  /** Whether it was taken back since, or is of another log. */
  isTakenBack(entry: Entry): boolean;
  /** Whether it was taken back, or has changed by itself: an expiry is a withdrawal by the clock. */
  isOver(entry: Entry): boolean;
}

/** How long one failure of a store speaks for the next readers: rule 17. */
export const HOLD_SECONDS = 2;

/** Whether `entry` is an answer of store failures, kept for a moment against herds. */
export const isHeldFailure = ({ maxAgeSeconds, holdSeconds = 0 }: Entry): boolean =>
  maxAgeSeconds === 0 && holdSeconds > 0;

/** The first instant at which `entry` is no longer live by itself; always past for what is kept for a moment only. */
const endOf = ({ filledAt, maxAgeSeconds, boundaryAt }: Entry): Instant =>
  maxAgeSeconds > 0 ? Math.min(filledAt + maxAgeSeconds * 1000, boundaryAt ?? Infinity) : -Infinity;

/** Asks the change log and the clock about entries: change protocol, rules 11, 13, 15 and 17. Waits for nothing. */
export const createValidity = ({ follower, clock, monotonic, softSeconds }: ValidityOptions): Validity => {
  const isUnchanged = (kept: Kept): boolean => {
    const { entry } = kept;
    if (entry.epoch !== follower.epoch()) return false;
    const applied = follower.applied();
    if (kept.unchangedAt === applied) return true;
    // Nothing can have changed after a fence that nothing was applied after.
    if (applied <= entry.fence) {
      kept.unchangedAt = applied;
      return true;
    }
    if (entry.tags.some((tag) => follower.lastOf(tag) > entry.fence)) return false;
    kept.unchangedAt = applied;
    return true;
  };
  const isBeforeBoundary = ({ boundaryAt }: Entry): boolean => boundaryAt === null || clock.now() < boundaryAt;
  const isTakenBack = ({ epoch, tags, fence }: Entry): boolean =>
    epoch !== follower.epoch() || tags.some((tag) => follower.lastWithdrawalOf(tag) > fence);

  const overAgeMs = ({ entry, keptAt }: Kept): number => {
    const now = clock.now();
    if (entry.maxAgeSeconds > 0) return now - entry.filledAt - entry.maxAgeSeconds * 1000;
    // From its end on: a store that takes seconds to fail is the one to be spared. A clock set back ends it too.
    const age = now - keptAt;
    const holdMs = (entry.holdSeconds ?? 0) * 1000;
    return age >= 0 && age < holdMs ? age - holdMs : Infinity;
  };

  /** Whether whatever changed it did so softly and a short while ago. */
  const isExcused = ({ tags, fence }: Entry): boolean =>
    softSeconds > 0 &&
    tags.every((tag) => {
      if (follower.lastOf(tag) <= fence) return true;
      const run = follower.softOf(tag);
      return run !== undefined && fence >= run.before && monotonic() - run.sinceMs <= softSeconds * 1000;
    });

  return {
    keep: (entry, notes = {}) => ({
      entry,
      notes,
      keptAt: clock.now(),
      epoch: entry.epoch,
      liveUntil: endOf(entry),
      unchangedAt: -1,
      refillFailedAt: undefined,
      hit: undefined,
    }),
    judge(kept) {
      // What is asked for over and over is told by what lies beside each other here: each of thousands of entries, seldom
      // read, has to be fetched from far away.
      if (kept.unchangedAt === follower.applied() && kept.epoch === follower.epoch() && clock.now() < kept.liveUntil)
        return 'live';
      const { entry } = kept;
      if (isUnchanged(kept)) {
        if (!isBeforeBoundary(entry)) return 'boundary';
        return overAgeMs(kept) < 0 ? 'live' : 'aged';
      }
      if (entry.epoch !== follower.epoch()) return 'epoch';
      if (isTakenBack(entry)) return 'withdrawn';
      if (!isBeforeBoundary(entry)) return 'boundary';
      // Too old and changed, be it softly: two excuses make none.
      return entry.maxAgeSeconds > 0 && overAgeMs(kept) < 0 && isExcused(entry) ? 'soft' : 'changed';
    },
    isSharable: (kept) => isUnchanged(kept) && isBeforeBoundary(kept.entry),
    overAgeMs,
    hasJustFailed: ({ refillFailedAt }) =>
      refillFailedAt !== undefined && Math.abs(clock.now() - refillFailedAt) < HOLD_SECONDS * 1000,
    isTakenBack,
    // A boundary that had passed when it was begun is no boundary: it would be made again for ever.
    isOver: (entry) => isTakenBack(entry) || (!isBeforeBoundary(entry) && (entry.boundaryAt ?? 0) > entry.filledAt),
  };
};
