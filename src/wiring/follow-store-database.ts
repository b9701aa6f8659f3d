import { createStoreFollower } from '../changes/follow-store-log.ts';
import { untilOr, type Clock } from '../clock.ts';
import type { Environment } from '../config/schema.ts';
import type { PostgresStore } from '../config/stores.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { analyseAnew } from '../ingest/analyse-anew.ts';
import { markMemberships } from '../ingest/mark-memberships.ts';
import { keepHouse } from '../ingest/schedule/keep-house.ts';
import { createScheduler } from '../ingest/schedule/scheduler.ts';
import { migrationsDirectory } from '../stores/postgres/migrations-directory.ts';
import type { Logger } from '../telemetry/logger.ts';
import { workBeside } from './work-beside.ts';

export interface FollowStoreDatabaseOptions {
  readonly store: PostgresStore;
  /** Of the store, not behind readers. Closed by whoever opened it. */
  readonly from: Database;
  /** The gateway's own, not behind readers. */
  readonly to: Database;
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'DEGRADED_SECONDS'>;
  readonly logger: Logger;
}

/** What is done for a PostgreSQL that is a store: its tables, its schedule, and its changes in the gateway's log. */
export interface StoreDatabaseKeeping {
  /** Resolves once what happened there is in the gateway's log, or when the store has not let it within a moment. */
  start(): Promise<void>;
  /** Whether its changes are read: not before they first were. */
  isWell(): boolean;
  /** Whether the gateway's log holds what happened there up to a moment ago. */
  isCurrent(): boolean;
  /** Stops what it does, and waits a moment for that: what hangs there is cut off with its connections. */
  close(): Promise<void>;
}

/** A store that is away must not keep a gateway of other editions from starting. */
const FIRST_STEP_MS = 5_000;
/** Nor one from stopping. */
const LAST_STEP_MS = 2_000;

/** Keeps up with `store`; nothing is asked of it before it is started. */
export const followStoreDatabase = ({
  store,
  from,
  to,
  clock,
  environment,
  logger,
}: FollowStoreDatabaseOptions): StoreDatabaseKeeping => {
  const { name, editions } = store;
  // An archive takes minutes, and whoever waits for them hears of no takedown: neither changes nor the schedule do.
  const analysis = workBeside({
    work: async (signal) => {
      try {
        await analyseAnew(from, { clock, signal });
      } finally {
        // Whatever keeps the other from its end.
        await markMemberships(from, { signal });
      }
    },
    onFailure: (error) =>
      logger.error({ store: name, error }, 'the articles of a store cannot be prepared for search and for lists'),
  });
  const follower = createStoreFollower({
    store: name,
    editions,
    from,
    to,
    degradedSeconds: environment.DEGRADED_SECONDS,
    prepare: async () => {
      await migrate(from, migrationsDirectory);
      analysis.ask();
    },
    onFailure: (error) =>
      logger.error({ store: name, error }, 'the changes of a store cannot be read: answers end by their age alone'),
    onRecovery: () => logger.info({ store: name }, 'the changes of a store are read again'),
  });
  const scheduler = createScheduler({
    database: from,
    clock,
    keepHouse: async () => {
      const kept = await keepHouse({ database: from, clock, analyse: async () => 0 });
      if (kept === null) analysis.goOn();
      else analysis.ask();
    },
    onFailure: (error) => logger.error({ store: name, error }, 'the schedule of a store cannot be read'),
    onRecovery: () => logger.info({ store: name }, 'the schedule of a store is read again'),
  });
  return {
    async start() {
      // What was kept elsewhere by a process before this one may have changed meanwhile. That it fails is told by the next.
      await untilOr(
        follower.step().catch(() => undefined),
        FIRST_STEP_MS,
      );
      follower.start();
      scheduler.start();
    },
    isWell: follower.isWell,
    isCurrent: follower.isCurrent,
    close: () => untilOr(Promise.all([analysis.close(), scheduler.close(), follower.close()]), LAST_STEP_MS),
  };
};
