import type { Instant } from '../clock.ts';

/** A renewal, on this machine's clock and the database's. */
export interface ClockReading {
  readonly databaseNow: Instant;
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
}
