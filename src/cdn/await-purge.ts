import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createPurgeCursors, targetOf } from './purge-cursors.ts';
import { CONFIRMING, PATIENCE_MS } from './purger.ts';
import type { PendingCdn, Recorded } from './receipts.ts';

export interface AwaitPurgeOptions {
  readonly database: Database;
  readonly url: string;
  readonly maxAgeSeconds: number;
  readonly clock: Clock;
  readonly patienceMs?: number;
  /** Waits before the cursor is looked at again. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

const LOOK_EVERY_MS = 50;

/**
 * Whether the CDN has dropped what a change ended, for a process that does not purge itself, such as a command: it looks
 * how far the gateways have come. Pending when none runs; the next one that starts goes on.
 */
export const awaitPurge = async (
  { database, url, maxAgeSeconds, clock, patienceMs = PATIENCE_MS, wait = (ms) => pause(ms) }: AwaitPurgeOptions,
  { epoch, sequence }: Recorded,
): Promise<'purged' | PendingCdn> => {
  const cursors = createPurgeCursors(database, targetOf(url));
  for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += LOOK_EVERY_MS) {
    const confirming = (await cursors.look()).find(({ pass }) => pass === CONFIRMING);
    if (confirming?.cursor.epoch === epoch && confirming.cursor.sequence >= sequence) return 'purged';
    await wait(LOOK_EVERY_MS);
  }
  return { process: 'cdn', until: clock.now() + maxAgeSeconds * 1000 };
};
