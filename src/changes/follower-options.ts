import type { ChangeLog } from './change-log.ts';
import type { ClockReading } from './clock-reading.ts';
import type { Leases } from './leases.ts';
import type { LyingTombstones } from './tombstone-table.ts';

/** What a follower follows, by which clocks, and whom it tells. */
export interface FollowerOptions {
  readonly log: ChangeLog;
  readonly leases: Leases;
  readonly loadTombstones: () => Promise<LyingTombstones>;
  readonly tagLimit?: number;
  readonly leaseMs?: number;
  readonly degradedSeconds?: number;
  readonly softSeconds?: number;
  /** How far back a join reads: the longest life of what other processes have kept. */
  readonly replaySeconds?: number;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
  readonly wall?: () => number;
  readonly onApplied?: (sequence: number) => void;
  readonly onClock?: (reading: ClockReading) => void;
  /** Told when others had declared this process dead, or the log was replaced: it joins again. */
  readonly onRejoin?: () => void;
  /** Told when trust was found to have ended. */
  readonly onDoubt?: () => void;
}
