import { describe, expect, it } from 'vitest';
import { createFollower } from '../../src/changes/follower.ts';
import { createGate } from '../support/gate.ts';
import { createHandLeases } from './hand-leases.ts';
import { createHandLog } from './hand-log.ts';

const setUp = (options: { readonly tagLimit?: number; readonly leaseMs?: number } = {}) => {
  const log = createHandLog();
  const leases = createHandLeases();
  const time = { ms: 0 };
  const told: number[] = [];
  const { follower, catchUp } = createFollower({
    log,
    leases,
    loadTombstones: async () => ({ sequence: 0, lying: [] }),
    wall: () => time.ms,
    monotonic: () => time.ms,
    onApplied: (sequence) => told.push(sequence),
    ...options,
  });
  return { log, leases, follower, catchUp, time, told };
};

describe('catchUp', () => {
  it('joins by reading what was recorded lately; what was before counts as changed there', async () => {
    const { log, follower, catchUp, told } = setUp();
    log.append(['article:forgotten']);
    log.append(['article:a']);
    log.trim(1);
    expect([follower.isTrusted(), follower.epoch()]).toEqual([false, '']);

    await catchUp();
    expect([follower.isTrusted(), follower.epoch(), follower.applied()]).toEqual([true, 'epoch-1', 2]);
    expect([follower.lastOf('article:a'), follower.lastOf('article:forgotten')]).toEqual([2, 1]);
    expect(told).toEqual([2]);
  });

  it('applies changes in order and remembers the last of each tag', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.append(['article:a', 'list:en:all']);
    log.append(['article:b', 'list:en:all']);
    log.append(['article:a']);
    await catchUp();
    expect(follower.applied()).toBe(3);
    expect((['article:a', 'article:b', 'list:en:all', 'article:c'] as const).map(follower.lastOf)).toEqual([
      3, 2, 2, 0,
    ]);
  });

  it.each(['KILL', 'RIGHTS_CHANGE'] as const)('remembers what a %s took back, apart from edits', async (kind) => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.append(['article:a'], kind);
    log.append(['article:a', 'article:b'], 'UPDATE');
    await catchUp();
    expect((['article:a', 'article:b'] as const).map(follower.lastWithdrawalOf)).toEqual([1, 0]);
    expect(follower.lastOf('article:a')).toBe(2);
  });

  it('reads to the end of a log longer than one reading', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    for (let number = 0; number < 2_500; number += 1) log.append([`article:${number}`]);
    await catchUp();
    expect(follower.applied()).toBe(2_500);
    expect(follower.lastOf('article:2499')).toBe(2_500);
    expect(log.reads()).toBe(4);
  });

  it('is trusted for what it has taken in of a long log whose rest cannot be read: its row says how far that is', async () => {
    const { log, follower, catchUp, time } = setUp({ leaseMs: 2_000 });
    await catchUp();
    for (let number = 0; number < 1_500; number += 1) log.append([`article:${number}`]);
    time.ms = 3_000;
    let readings = 0;
    log.beforeRead = async () => {
      readings += 1;
      if (readings > 1) throw new Error('gone');
    };
    await expect(catchUp()).rejects.toThrow('gone');
    expect([follower.applied(), follower.isTrusted()]).toEqual([1_000, true]);
  });
});

describe('lastOf, past the limit of tags', () => {
  it('forgets the tag unchanged for longest, and counts everything forgotten as changed then', async () => {
    const { log, follower, catchUp } = setUp({ tagLimit: 2 });
    await catchUp();
    log.append(['article:a']);
    log.append(['article:b']);
    log.append(['article:a']);
    log.append(['article:c']);
    await catchUp();
    // b, of change 2, was forgotten: whatever is not remembered may have changed up to then.
    expect((['article:a', 'article:b', 'article:c', 'article:d'] as const).map(follower.lastOf)).toEqual([3, 2, 4, 2]);
  });

  it('never lets the floor sink', async () => {
    const { log, follower, catchUp } = setUp({ tagLimit: 1 });
    log.replace('epoch-1', 10);
    await catchUp();
    log.append(['article:a', 'article:b']);
    log.append(['article:c']);
    await catchUp();
    expect([follower.lastOf('article:a'), follower.lastOf('article:c')]).toEqual([11, 12]);
  });

  it('still knows of a withdrawal when a long import made it forget the tag', async () => {
    const { log, follower, catchUp } = setUp({ tagLimit: 3 });
    await catchUp();
    const fence = follower.applied();
    log.append(['article:a'], 'KILL');
    for (let number = 0; number < 10; number += 1) log.append([`article:${number}`]);
    await catchUp();
    expect(follower.lastWithdrawalOf('article:a')).toBeGreaterThan(fence);
    // And the import took nothing back.
    expect(follower.lastWithdrawalOf('article:1')).toBe(0);
  });

  it('counts a withdrawal it had to forget against every tag', async () => {
    const { log, follower, catchUp } = setUp({ tagLimit: 1 });
    await catchUp();
    log.append(['article:a'], 'KILL');
    log.append(['article:b'], 'KILL');
    await catchUp();
    expect((['article:a', 'article:b', 'article:c'] as const).map(follower.lastWithdrawalOf)).toEqual([1, 2, 1]);
  });
});

describe('isTrusted', () => {
  it('ends when the log was last read too long ago', async () => {
    const { follower, catchUp, time } = setUp({ leaseMs: 2_000 });
    await catchUp();
    time.ms = 2_000;
    expect(follower.isTrusted()).toBe(true);
    time.ms = 2_001;
    expect(follower.isTrusted()).toBe(false);
    await catchUp();
    expect(follower.isTrusted()).toBe(true);
  });

  it('counts from before the renewal was sent: it may be granted late', async () => {
    const { leases, follower, catchUp, time } = setUp({ leaseMs: 2_000 });
    await catchUp();
    const gate = createGate();
    leases.beforeRenewal = gate.pass;
    time.ms = 1_000;
    const reading = catchUp();
    await gate.reached;
    time.ms = 2_900;
    gate.open();
    await reading;
    time.ms = 3_000;
    expect(follower.isTrusted()).toBe(true);
    time.ms = 3_001;
    expect(follower.isTrusted()).toBe(false);
  });

  it('is not prolonged by a reading that failed', async () => {
    const { log, follower, catchUp, time } = setUp({ leaseMs: 2_000 });
    await catchUp();
    log.beforeRead = () => Promise.reject(new Error('away'));
    time.ms = 1_500;
    await expect(catchUp()).rejects.toThrow('away');
    expect(follower.isTrusted()).toBe(true);
    time.ms = 2_001;
    expect(follower.isTrusted()).toBe(false);
  });
});

describe('epoch', () => {
  it('follows a log that was replaced: joins it at its head and forgets the old one', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.append(['article:a'], 'KILL');
    await catchUp();
    log.replace('epoch-2', 7);
    await catchUp();
    expect([follower.epoch(), follower.applied(), follower.isTrusted()]).toEqual(['epoch-2', 7, true]);
    expect([follower.lastOf('article:a'), follower.lastWithdrawalOf('article:a')]).toEqual([7, 7]);
  });

  it('trusts nothing between seeing another log and having joined it', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.replace('epoch-2', 7);
    let readings = 0;
    const gate = createGate();
    log.beforeRead = async () => {
      readings += 1;
      if (readings === 2) await gate.pass();
    };
    const rejoining = catchUp();
    await gate.reached;
    expect(follower.isTrusted()).toBe(false);
    gate.open();
    await rejoining;
    expect(follower.isTrusted()).toBe(true);
  });

  it('does not take changes of another log for its own', async () => {
    const { log, follower, catchUp } = setUp();
    await catchUp();
    log.replace('epoch-2', 0);
    log.append(['article:b']);
    await catchUp();
    expect([follower.epoch(), follower.applied()]).toEqual(['epoch-2', 1]);
  });
});
