import type { CacheTag } from '../content/tags.ts';
import { WITHDRAWALS, type Change } from './change.ts';

/** A tag's latest changes while all of them are soft. */
export interface SoftRun {
  /** Sequence of the change before the first of them: what was read before that is dead. */
  readonly before: number;
  /** When the first of them was taken in, in milliseconds of the clock that never steps back. */
  readonly sinceMs: number;
}

/** When each tag last changed, within a bound; an unknown tag counts as changed at the floor, never as unchanged. */
export interface TagMemory {
  apply(change: Change): void;
  lastOf(tag: CacheTag): number;
  lastWithdrawalOf(tag: CacheTag): number;
  softOf(tag: CacheTag): SoftRun | undefined;
  /** Forgets everything: whatever was made before `floor` counts as changed. */
  restart(floor: number): void;
  size(): number;
  floor(): number;
}

export interface TagMemoryOptions {
  /** Tags remembered at most; past it the oldest are forgotten and the floor rises. */
  readonly tagLimit: number;
  /** How long a run of soft changes may excuse what they changed. */
  readonly softMs: number;
  readonly monotonic: () => number;
}

/** An empty memory with its floor at 0. */
export const createTagMemory = ({ tagLimit, softMs, monotonic }: TagMemoryOptions): TagMemory => {
  let floor = 0;
  let withdrawalFloor = 0;
  // Maps keep insertion order: a tag that changes is moved to the end, so the first is the one unchanged for longest.
  const changes = new Map<CacheTag, number>();
  const withdrawals = new Map<CacheTag, number>();
  const softRuns = new Map<CacheTag, SoftRun>();

  const lastOf = (tag: CacheTag): number => changes.get(tag) ?? floor;
  const remember = (map: Map<CacheTag, number>, tag: CacheTag, sequence: number): void => {
    map.delete(tag);
    map.set(tag, sequence);
  };
  /** Makes room; gives the sequence of the last change that is remembered no more. */
  const forgetOldest = (map: Map<CacheTag, number>, before: number): number => {
    let forgotten = before;
    for (const [tag, sequence] of map) {
      if (map.size <= tagLimit) break;
      map.delete(tag);
      forgotten = sequence;
    }
    return forgotten;
  };
  const rememberSoft = (tag: CacheTag): void => {
    const run = softRuns.get(tag);
    const now = monotonic();
    if (run === undefined || now - run.sinceMs > softMs) softRuns.set(tag, { before: lastOf(tag), sinceMs: now });
    // Without a run what changed is dead at once, which is always right.
    if (softRuns.size > tagLimit) softRuns.clear();
  };

  return {
    apply({ sequence, kind, tags, isSoft }) {
      const isWithdrawal = WITHDRAWALS.has(kind);
      for (const tag of tags) {
        if (isSoft && !isWithdrawal) rememberSoft(tag);
        else softRuns.delete(tag);
        remember(changes, tag, sequence);
        if (isWithdrawal) remember(withdrawals, tag, sequence);
      }
      floor = forgetOldest(changes, floor);
      // Kept apart: withdrawals are few, and a long import that raises the floor must not end every fill that runs.
      withdrawalFloor = forgetOldest(withdrawals, withdrawalFloor);
    },
    lastOf,
    lastWithdrawalOf: (tag) => withdrawals.get(tag) ?? withdrawalFloor,
    softOf: (tag) => softRuns.get(tag),
    restart(from) {
      floor = from;
      withdrawalFloor = from;
      changes.clear();
      withdrawals.clear();
      softRuns.clear();
    },
    size: () => changes.size,
    floor: () => floor,
  };
};
