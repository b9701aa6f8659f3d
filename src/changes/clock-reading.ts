import type { Instant } from '../clock.ts';

/** A renewal: what the database's clock said, and how long the asking took. */
export interface ClockReading {
  readonly databaseNow: Instant;
  /** Milliseconds on this machine's clock that never steps back, as `receivedAt`. */
  readonly sentAt: number;
  readonly receivedAt: number;
}
