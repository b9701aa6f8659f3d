import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { CacheTag } from '../content/tags.ts';
import type { Tombstones } from '../content/tombstones.ts';
import type { Change } from './change.ts';
import type { FollowerOptions } from './follower-options.ts';
import { createTagMemory, type SoftRun } from './tag-memory.ts';
import { createTombstoneRegister } from './tombstone-register.ts';
import { createTrust, type Standing } from './trust.ts';

/** What this process knows of the log; every question is answered in memory. */
export interface Follower {
  /** Which log was applied; answers of two epochs never compare. */
  epoch(): string;
  /** Sequence of the last change taken in: the fence of whatever is read from now on. */
  applied(): number;
  /** Whether what is held may be trusted: this process holds a lease. */
  isTrusted(): boolean;
  standing(): Standing;
  /** Whether the log could be read when that was last tried: known before the lease ends. */
  isLogRead(): boolean;
  /** While recovering: resolves when that is over, within a quarter of a second. */
  settled(): Promise<void>;
  /** Sequence of the last change of `tag`; the floor when none is remembered. */
  lastOf(tag: CacheTag): number;
  /** Sequence of the last change that took `tag` back; when none is remembered, that of the last one forgotten. */
  lastWithdrawalOf(tag: CacheTag): number;
  /** The run of soft changes that `tag` is in; undefined: its last change was no soft one. */
  softOf(tag: CacheTag): SoftRun | undefined;
  readonly tombstones: Tombstones;
  /** Figures of the bounded memory. */
  memory(): { readonly tags: number; readonly floor: number };
}

export interface MovedFollower {
  readonly follower: Follower;
  /** Reads the log to its end and renews the lease; joins first where that is needed. Never two at once. */
  readonly catchUp: () => Promise<void>;
  /** A clean stop. */
  readonly leave: () => Promise<void>;
}

/** Length of a lease: how long an acknowledgement waits for a process that is hung. */
export const LEASE_MS = 2_000;
const READ_LIMIT = 1_000;
/** An hour, in seconds: longer than any answer is kept. */
const REPLAY_SECONDS = 3_600;

/** Lives of failed joins that are remembered; what an older one left behind is waited out. */
const FORMER_LIMIT = 100;

/** The follower every process runs: rules 5 to 7 of the change protocol. */
export const createFollower = ({
  log,
  leases,
  loadTombstones,
  tagLimit = 1_000_000,
  leaseMs = LEASE_MS,
  degradedSeconds = 300,
  softSeconds = 10,
  replaySeconds = REPLAY_SECONDS,
  monotonic = () => performance.now(),
  wall = () => Date.now(),
  onApplied = () => undefined,
  onClock = () => undefined,
  onDoubt = () => undefined,
  onRejoin = () => undefined,
}: FollowerOptions): MovedFollower => {
  const memory = createTagMemory({ tagLimit, softMs: softSeconds * 1000, monotonic });
  const tombstones = createTombstoneRegister();
  const trust = createTrust({ leaseMs, degradedMs: degradedSeconds * 1000, monotonic, wall, onDoubt });
  let epoch = '';
  let applied = 0;
  /** The life whose lease is held or asked for; undefined: join first. */
  let life: string | undefined;
  /** Lives of this process that others may still be waiting for. */
  let former: string[] = [];
  /** Tombstone orders up to here were carried out before the register was read. */
  let laidUpTo = 0;
  /** Whether this life has read the log to its end: before that it may be missing what was acknowledged without it. */
  let hasArrived = false;

  const apply = (change: Change): void => {
    if (change.tombstone !== null && change.sequence > laidUpTo) tombstones.carryOut(change.tombstone);
    memory.apply(change);
    applied = change.sequence;
  };

  const abandonLife = (): void => {
    trust.end();
    if (life !== undefined) former.push(life);
    life = undefined;
    hasArrived = false;
    onRejoin();
  };

  /** The lease row first, durable; then the log, in a new snapshot: what is appended from now on waits for this life. */
  const join = async (): Promise<void> => {
    const next = randomUUID();
    // Whether or not its row came to be: if it did, somebody may be waiting for it.
    former.push(next);
    if (former.length > FORMER_LIMIT) former.shift();
    await leases.join(next, former);
    former = former.filter((other) => other !== next);
    life = next;
    let head = await log.head();
    // Restored while this process was not looking: its epoch is not what it was, though it has the same name.
    if (head.isMoved || (head.epoch === epoch && head.sequence < applied)) {
      await log.replaceEpoch(head.epoch, degradedSeconds);
      head = await log.head();
    }
    const isContinued = head.epoch === epoch && head.trimmedTo <= applied && applied <= head.sequence;
    const from = isContinued
      ? applied
      : Math.max(head.trimmedTo, Math.min(head.sequence, await log.sequenceBefore(replaySeconds)));
    const { sequence, lying } = await loadTombstones();
    if (!isContinued) {
      epoch = head.epoch;
      applied = from;
      // What changed before is unknown here, so everything made before counts as changed.
      memory.restart(from);
    }
    laidUpTo = sequence;
    tombstones.replace(lying);
  };

  /** Takes in what is new. @returns whether the end was reached; false also when another log stands there. */
  const readOn = async (): Promise<boolean> => {
    const read = await log.after(applied, READ_LIMIT);
    if (read.epoch !== epoch || read.trimmedTo > applied) {
      abandonLife();
      return false;
    }
    if (read.isMoved || read.sequence < applied) {
      abandonLife();
      await log.replaceEpoch(epoch, degradedSeconds);
      return false;
    }
    for (const change of read.changes) apply(change);
    return read.changes.length < READ_LIMIT;
  };

  const renew = async (holder: string): Promise<boolean> => {
    // From before the renewal is sent: waiting on its row it may be granted after an appender has seen the lease end.
    const from = trust.instant();
    const databaseNow = await leases.renew(holder, epoch, applied);
    if (databaseNow === undefined) {
      abandonLife();
      return false;
    }
    if (hasArrived) trust.grant(from);
    onClock({ databaseNow, sentAt: from.monotonicMs, receivedAt: monotonic() });
    return true;
  };

  const catchUp = async (): Promise<void> => {
    for (;;) {
      if (life === undefined) await join();
      const isAtEnd = await readOn();
      if (life === undefined) continue;
      hasArrived ||= isAtEnd;
      // Between two pages too: who reads a long log is not hung.
      if (!(await renew(life)) || !isAtEnd) continue;
      onApplied(applied);
      if (former.length > 0) {
        await leases.forgive(former);
        former = [];
      }
      return;
    }
  };

  return {
    follower: {
      epoch: () => epoch,
      applied: () => applied,
      isTrusted: trust.isTrusted,
      standing: trust.standing,
      isLogRead: () => !trust.hasFailed(),
      settled: trust.settled,
      lastOf: memory.lastOf,
      lastWithdrawalOf: memory.lastWithdrawalOf,
      softOf: memory.softOf,
      tombstones,
      memory: () => ({ tags: memory.size(), floor: memory.floor() }),
    },
    catchUp: () =>
      catchUp().catch((error: unknown) => {
        trust.failed();
        throw error;
      }),
    async leave() {
      trust.end();
      if (life !== undefined) await leases.leave(life);
      life = undefined;
    },
  };
};
