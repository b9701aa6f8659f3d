import type { Clock, Instant } from '../clock.ts';
import type { CdnMetrics } from '../telemetry/cdn-metrics.ts';
import type { PurgeCursor } from './purge-cursors.ts';

/** The CDN as a receipt names it while it may still hold something from before. */
export interface PendingCdn {
  readonly process: 'cdn';
  /** What it holds from before has then reached the end of its life, purged or not. */
  readonly until: Instant;
}

/** Place of a change in the log, as appending it gave it. */
export interface Recorded {
  readonly epoch: string;
  readonly sequence: number;
}

/** Receipts that wait for the CDN. */
export interface Receipts {
  /** Whether the CDN has dropped what a change ended; waits for that `patienceMs` at most. */
  waitFor(recorded: Recorded, patienceMs: number): Promise<'purged' | PendingCdn>;
  /** Everything up to `cursor` is gone. */
  confirm(cursor: PurgeCursor): void;
}

export interface ReceiptsOptions {
  readonly clock: Clock;
  readonly maxAgeSeconds: number;
  readonly metrics: CdnMetrics;
}

/** Nothing confirmed yet. */
export const createReceipts = ({ clock, maxAgeSeconds, metrics }: ReceiptsOptions): Receipts => {
  let confirmed: PurgeCursor = { epoch: null, sequence: 0, allDone: 0 };
  const waiting = new Set<() => void>();
  return {
    async waitFor({ epoch, sequence }, patienceMs) {
      const isPurged = (): boolean => confirmed.epoch === epoch && confirmed.sequence >= sequence;
      const stopTimer = metrics.confirmSeconds.startTimer();
      const ended = Promise.withResolvers<void>();
      const ask = (): void => {
        if (isPurged()) ended.resolve();
      };
      const bound = setTimeout(ended.resolve, patienceMs);
      waiting.add(ask);
      ask();
      await ended.promise;
      clearTimeout(bound);
      waiting.delete(ask);
      stopTimer();
      return isPurged() ? 'purged' : { process: 'cdn', until: clock.now() + maxAgeSeconds * 1000 };
    },
    confirm(cursor) {
      confirmed = cursor;
      for (const ask of waiting) ask();
    },
  };
};
