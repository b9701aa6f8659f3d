import { Registry } from 'prom-client';
import { createPurger, type Purger, type PurgerOptions } from '../../src/cdn/purger.ts';
import { createChangeLog } from '../../src/changes/change-log.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import type { Database } from '../../src/database/database.ts';
import { createHttpClient } from '../../src/outbound/http-client.ts';
import { createCdnMetrics } from '../../src/telemetry/cdn-metrics.ts';
import { putIntoOutbox } from '../changes/outbox.ts';
import type { FakeCdn } from './fake-cdn.ts';

/** Two passes without a delay: what a test waits for is what it holds up itself. */
export const QUICK_PASSES = [
  { name: 'first', delayMs: 0, isAcknowledged: false },
  { name: 'confirm', delayMs: 0, isAcknowledged: true },
];

/** A purger of one process, not started, and what it said. */
export interface RiggedPurger extends Purger {
  readonly failures: unknown[];
  /** How long it waited before each new try, in milliseconds; no time passes. */
  readonly waits: number[];
  readonly registry: Registry;
}

/** A purger over `database` that purges `cdn`, and tries again at once. */
export const rigPurger = (database: Database, cdn: FakeCdn, rest: Partial<PurgerOptions> = {}): RiggedPurger => {
  const failures: unknown[] = [];
  const waits: number[] = [];
  const registry = new Registry();
  const purger = createPurger({
    database,
    log: createChangeLog(database),
    acknowledge: async () => undefined,
    http: createHttpClient(),
    url: cdn.purgeUrl,
    keysPerRequest: 256,
    maxAgeSeconds: 300,
    build: 'build-1',
    clock: { now: () => 1_000 },
    metrics: createCdnMetrics(registry),
    onFailure: (error) => failures.push(error),
    onPurged: () => undefined,
    passes: QUICK_PASSES,
    pollMs: 20,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      await new Promise(setImmediate);
    },
    ...rest,
  });
  return { ...purger, failures, waits, registry };
};

/** Appends one change of `tags`; gives its place in the log. */
export const change = async (database: Database, ...tags: readonly CacheTag[]) => {
  const log = createChangeLog(database);
  await putIntoOutbox(database, tags);
  await log.relay(100);
  return await log.head();
};

/** Everything that was recorded so far has been purged, by every pass. */
export const settle = async (database: Database): Promise<void> => {
  for (;;) {
    const [row] = await database.query<{ due: boolean }>(
      `SELECT count(*) = 0 OR bool_or(p.epoch IS DISTINCT FROM h.epoch OR p.sequence < h.sequence OR p.all_done < p.all_asked
              OR p.owner IS NOT NULL) AS due
         FROM cdn_purges p, change_log_head h`,
    );
    if (row?.due === false) return;
    await new Promise(setImmediate);
  }
};
