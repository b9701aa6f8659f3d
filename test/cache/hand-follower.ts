import type { Follower } from '../../src/changes/follower.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** A follower whose every word the test decides. */
export interface HandFollower extends Follower {
  /** Applies one change of `tags`. */
  change(...tags: readonly CacheTag[]): void;
  /** Applies one change that takes `tags` back. */
  withdraw(...tags: readonly CacheTag[]): void;
  trust(isTrusted: boolean): void;
  /** Joins another log, at its sequence. */
  joinEpoch(epoch: string, sequence: number): void;
}

/** A trusted follower of an empty log. */
export const createHandFollower = (): HandFollower => {
  let epoch = 'epoch-1';
  let applied = 0;
  let floor = 0;
  let isTrusted = true;
  const lastOf = new Map<CacheTag, number>();
  const lastWithdrawalOf = new Map<CacheTag, number>();
  const apply = (tags: readonly CacheTag[]): void => {
    applied += 1;
    for (const tag of tags) lastOf.set(tag, applied);
  };
  return {
    epoch: () => epoch,
    applied: () => applied,
    isTrusted: () => isTrusted,
    lastOf: (tag) => lastOf.get(tag) ?? floor,
    lastWithdrawalOf: (tag) => lastWithdrawalOf.get(tag) ?? floor,
    change: (...tags) => apply(tags),
    withdraw: (...tags) => {
      apply(tags);
      for (const tag of tags) lastWithdrawalOf.set(tag, applied);
    },
    trust: (value) => {
      isTrusted = value;
    },
    joinEpoch: (name, sequence) => {
      epoch = name;
      applied = sequence;
      floor = sequence;
      lastOf.clear();
      lastWithdrawalOf.clear();
    },
  };
};
