import type { Follower } from '../../src/changes/follower.ts';
import type { SoftRun } from '../../src/changes/tag-memory.ts';
import type { Standing } from '../../src/changes/trust.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** A follower whose every word the test decides. */
export interface HandFollower extends Follower {
  /** Applies one change of `tags`. */
  change(...tags: readonly CacheTag[]): void;
  /** Applies one change of `tags` whose sender lets what was made before be served for a short while. */
  soften(...tags: readonly CacheTag[]): void;
  /** Applies one change that takes `tags` back. */
  withdraw(...tags: readonly CacheTag[]): void;
  /** Degraded is what an untrusted one is unless told otherwise. */
  trust(isTrusted: boolean): void;
  /** Whoever waits while it is recovering goes on when it is something else. */
  stand(standing: Standing): void;
  /** Remembers of no tag any more when it changed, only that it was up to here. */
  forget(): void;
  /** Joins another log, at its sequence. */
  joinEpoch(epoch: string, sequence: number): void;
}

/** A trusted follower of an empty log; soft changes begin at the milliseconds that `monotonic` shows. */
export const createHandFollower = (monotonic: () => number = () => 0): HandFollower => {
  let epoch = 'epoch-1';
  let applied = 0;
  let floor = 0;
  let standing: Standing = 'trusted';
  let recovery = Promise.withResolvers<void>();
  const lastOf = new Map<CacheTag, number>();
  const lastWithdrawalOf = new Map<CacheTag, number>();
  const softOf = new Map<CacheTag, SoftRun>();
  const readLast = (tag: CacheTag): number => lastOf.get(tag) ?? floor;
  const apply = (tags: readonly CacheTag[], isSoft: boolean): void => {
    applied += 1;
    for (const tag of tags) {
      if (!isSoft) softOf.delete(tag);
      else if (!softOf.has(tag)) softOf.set(tag, { before: readLast(tag), sinceMs: monotonic() });
      lastOf.set(tag, applied);
    }
  };
  const stand = (value: Standing): void => {
    standing = value;
    if (value === 'recovering') return;
    recovery.resolve();
    recovery = Promise.withResolvers();
  };
  return {
    epoch: () => epoch,
    applied: () => applied,
    isTrusted: () => standing === 'trusted',
    isLogRead: () => standing === 'trusted',
    standing: () => standing,
    settled: () => (standing === 'recovering' ? recovery.promise : Promise.resolve()),
    lastOf: readLast,
    lastWithdrawalOf: (tag) => lastWithdrawalOf.get(tag) ?? floor,
    softOf: (tag) => softOf.get(tag),
    tombstones: { hidesId: () => false, hidesSlug: () => false, hidesPath: () => false, of: () => [], size: () => 0 },
    memory: () => ({ tags: lastOf.size, floor }),
    change: (...tags) => apply(tags, false),
    soften: (...tags) => apply(tags, true),
    withdraw: (...tags) => {
      apply(tags, false);
      for (const tag of tags) lastWithdrawalOf.set(tag, applied);
    },
    trust: (isTrusted) => stand(isTrusted ? 'trusted' : 'degraded'),
    stand,
    forget: () => {
      floor = applied;
      lastOf.clear();
    },
    joinEpoch: (name, sequence) => {
      epoch = name;
      applied = sequence;
      floor = sequence;
      lastOf.clear();
      lastWithdrawalOf.clear();
      softOf.clear();
    },
  };
};
