import type { CacheTag } from '../content/tags.ts';
import { WITHDRAWALS, type Change } from './change.ts';
import type { ChangeLog } from './change-log.ts';

/** What this process knows of the log; every question is answered in memory. */
export interface Follower {
  /** Which log was applied; answers of two epochs never compare. */
  epoch(): string;
  /** Sequence of the last change taken in: the fence of whatever is read from now on. */
  applied(): number;
  /** Whether what is held may be trusted: the log was read, to its end, a short while ago. */
  isTrusted(): boolean;
  /** Sequence of the last change of `tag`; the floor when none is remembered. */
  lastOf(tag: CacheTag): number;
  /** Sequence of the last change that took `tag` back; when none is remembered, that of the last one forgotten. */
  lastWithdrawalOf(tag: CacheTag): number;
}

export interface FollowerOptions {
  readonly log: ChangeLog;
  /** Tags remembered at most; past it the oldest are forgotten and the floor rises. */
  readonly tagLimit?: number;
  /** Age of the last reading, in milliseconds, past which nothing held is trusted. */
  readonly trustMs?: number;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
  readonly onApplied?: (sequence: number) => void;
}

const READ_LIMIT = 1_000;

/** A follower and the step that moves it: `catchUp` reads the log to its end; the first call joins at its head. */
export const createFollower = ({
  log,
  tagLimit = 1_000_000,
  trustMs = 2_000,
  monotonic = () => performance.now(),
  onApplied = () => undefined,
}: FollowerOptions): { readonly follower: Follower; readonly catchUp: () => Promise<void> } => {
  let epoch = '';
  let applied = 0;
  let floor = 0;
  let withdrawalFloor = 0;
  let trustedUntil = -Infinity;
  // Maps keep insertion order: a tag that changes is moved to the end, so the first is the one unchanged for longest.
  const lastOf = new Map<CacheTag, number>();
  const lastWithdrawalOf = new Map<CacheTag, number>();

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
  const apply = ({ sequence, kind, tags }: Change): void => {
    for (const tag of tags) {
      remember(lastOf, tag, sequence);
      if (WITHDRAWALS.has(kind)) remember(lastWithdrawalOf, tag, sequence);
    }
    applied = sequence;
    floor = forgetOldest(lastOf, floor);
    // Kept apart: withdrawals are few, and a long import that raises the floor must not end every fill that runs.
    withdrawalFloor = forgetOldest(lastWithdrawalOf, withdrawalFloor);
  };
  const join = async (): Promise<void> => {
    const head = await log.head();
    ({ epoch } = head);
    applied = head.sequence;
    // What changed before is unknown here, so everything made before this reading counts as changed.
    floor = head.sequence;
    withdrawalFloor = head.sequence;
    lastOf.clear();
    lastWithdrawalOf.clear();
  };

  const readToTheEnd = async (): Promise<void> => {
    for (;;) {
      const before = monotonic();
      if (epoch === '') await join();
      const read = await log.after(applied, READ_LIMIT);
      if (read.epoch !== epoch) {
        epoch = '';
        trustedUntil = -Infinity;
        continue;
      }
      for (const change of read.changes) apply(change);
      if (read.changes.length === READ_LIMIT) continue;
      // From before the reading was sent: what changed while it was on its way is not in it.
      trustedUntil = before + trustMs;
      onApplied(applied);
      return;
    }
  };

  return {
    follower: {
      epoch: () => epoch,
      applied: () => applied,
      isTrusted: () => monotonic() <= trustedUntil,
      lastOf: (tag) => lastOf.get(tag) ?? floor,
      lastWithdrawalOf: (tag) => lastWithdrawalOf.get(tag) ?? withdrawalFloor,
    },
    catchUp: readToTheEnd,
  };
};
