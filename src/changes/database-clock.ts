import type { Clock, Instant } from '../clock.ts';
import type { ClockReading } from './clock-reading.ts';

/** The database's clock as this process knows it: the one clock all processes share. */
export interface DatabaseClock extends Clock {
  /**
   * The database's time or a little less, never more, as long as its clock is not set back; whole milliseconds. It
   * never goes back, and the machine's own clock does not move it. Until the first reading: the machine's own clock.
   */
  now(): Instant;
  /** Takes in a reading, at once: of `sentAt` and `receivedAt` only the time between them counts. */
  observe(reading: ClockReading): void;
  /** By how many milliseconds the machine's own clock was ahead of the database's at the last reading; 0 before. */
  skewMs(): number;
  /** By how many milliseconds `now` and the database's clock may differ. Infinity before the first reading. */
  uncertaintyMs(): number;
}

export interface DatabaseClockOptions {
  /** The machine's own clock. */
  readonly wall?: () => Instant;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
}

/**
 * How much faster this machine's monotonic clock may run than the database's, as a share: time servers steer clocks by
 * up to 500 in a million, either way. Between two readings a clock is late by so much rather than early.
 */
export const DRIFT = 1e-3;

/** What a reading may have lost to a driver that gives whole milliseconds, and `now` loses to being whole. */
const WHOLE_MS = 1;

/** A line through one reading: what the database's clock shows at least, at any later monotonic instant. */
interface Line {
  readonly from: number;
  readonly instant: Instant;
  /** How far below the truth it may have begun. */
  readonly behindMs: number;
}

/** A database clock without a reading. */
export const createDatabaseClock = ({
  wall = () => Date.now(),
  monotonic = () => performance.now(),
}: DatabaseClockOptions = {}): DatabaseClock => {
  let line: Line | undefined;
  let shown = -Infinity;
  let skewMs = 0;

  const at = ({ from, instant }: Line, when: number): Instant => instant + (when - from) * (1 - DRIFT);
  const behindAt = ({ from, behindMs }: Line, when: number): number => behindMs + (when - from) * 2 * DRIFT;

  return {
    now() {
      if (line === undefined) return Math.floor(wall());
      shown = Math.max(shown, Math.floor(at(line, monotonic())));
      return shown;
    },

    observe({ databaseNow, sentAt, receivedAt }) {
      const from = monotonic();
      // Read after the question was sent and before its answer came: no later than the one, no earlier than the other.
      const underwayMs = Math.max(0, receivedAt - sentAt);
      const latest = databaseNow + WHOLE_MS + underwayMs * (1 + DRIFT);
      const kept = line === undefined ? -Infinity : at(line, from);
      // Every reading gives a time that has been reached, so the latest of them is the best, be it an old one: a slow
      // answer does not set the clock back. Unless the old one is past what the database can possibly show: then it
      // was set back, or another server took over, and `now` stands still until it is there again.
      if (line === undefined || kept <= databaseNow || kept > latest)
        line = { from, instant: databaseNow, behindMs: underwayMs };
      // The other way round a reading may bound the old line more tightly than its age does.
      else line = { from, instant: kept, behindMs: Math.min(behindAt(line, from), latest - kept) };
      skewMs = wall() - line.instant;
    },

    skewMs: () => skewMs,
    uncertaintyMs: () => {
      if (line === undefined) return Infinity;
      const when = monotonic();
      // Standing still above the line: a reading was ahead of its time, or the database was set back.
      return Math.max(behindAt(line, when), shown - at(line, when)) + 2 * WHOLE_MS;
    },
  };
};
