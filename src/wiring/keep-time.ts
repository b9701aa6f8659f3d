import { createDatabaseClock } from '../changes/database-clock.ts';
import type { ClockReading } from '../changes/clock-reading.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { markMemberships } from '../ingest/mark-memberships.ts';
import { keepHouse } from '../ingest/schedule/keep-house.ts';
import { createScheduler, type Scheduler } from '../ingest/schedule/scheduler.ts';
import { foldDeliveries, type FoldedDeliveries } from '../partners/deliveries/fold-deliveries.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createScheduleMetrics, type ScheduleMetrics } from '../telemetry/schedule-metrics.ts';
import { workBeside } from './work-beside.ts';

export interface KeepTimeOptions {
  readonly database: Database;
  /** Used as it is; undefined: the database's, which all processes share. */
  readonly clock: Clock | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What time it is, and what happens because of it. */
export interface TimeKeeping {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Whoever reads the database's clock says so. */
  readonly onClock: (reading: ClockReading) => void;
}

const TABLES = {
  changes: 'change_log',
  requests: 'change_requests',
  boundaries: 'boundaries',
  engagementHours: 'engagement_hours',
  deltas: 'deltas',
  engagementOnce: 'engagement_once',
  engagementSalts: 'engagement_salts',
  deliveries: 'deliveries',
  manifests: 'manifests',
  heldVersions: 'held_versions',
} as const;

/** The schedule has nothing to do with it, and goes on. */
const foldQuietly = async ({ database, logger }: KeepTimeOptions, now: Instant): Promise<FoldedDeliveries> => {
  try {
    return await foldDeliveries(database, now);
  } catch (error) {
    logger.error({ error }, 'what partners were given cannot be put together: it is kept, and tried again in an hour');
    return { deliveries: 0, manifests: 0, heldVersions: 0 };
  }
};

const followSchedule = (
  clock: Clock,
  options: KeepTimeOptions,
  { announced, lateSeconds, failures, removed }: ScheduleMetrics,
): Scheduler => {
  const { database, logger } = options;
  // An archive takes minutes after the release that began it, and what is due comes due meanwhile.
  const marking = workBeside({
    work: (signal) => markMemberships(database, { signal }),
    onFailure: (error) =>
      logger.error({ error }, 'lists cannot say what their articles are weighed by: it is looked up'),
  });
  const scheduler = createScheduler({
    database,
    clock,
    keepHouse: async () => {
      const house = await keepHouse({ database, clock });
      if (house === null) {
        marking.goOn();
        return;
      }
      marking.ask();
      const kept = { ...house, ...(await foldQuietly(options, clock.now())) };
      for (const [name, table] of Object.entries(TABLES)) removed.inc({ table }, kept[name as keyof typeof TABLES]);
      logger.info({ ...kept }, 'removed what nobody can ask for any more');
    },
    onAnnounced: ({ changes }, now) => {
      for (const { kind, at } of changes) {
        announced.inc({ kind });
        lateSeconds.observe(Math.max(0, now - at) / 1000);
      }
    },
    onFailure: (error) => {
      failures.inc();
      logger.error({ error }, 'the schedule cannot be read: embargoes end on time, nobody is told');
    },
    onRecovery: () => logger.info({}, 'the schedule is read again'),
  });
  return {
    ...scheduler,
    start() {
      marking.ask();
      scheduler.start();
    },
    async close() {
      await Promise.all([marking.close(), scheduler.close()]);
    },
  };
};

/** The gateway's clock and its schedule. */
export const keepTime = (options: KeepTimeOptions): TimeKeeping => {
  const metrics = createScheduleMetrics(options.metrics.registry);
  if (options.clock !== undefined)
    return {
      clock: options.clock,
      scheduler: followSchedule(options.clock, options, metrics),
      onClock: () => undefined,
    };
  const clock = createDatabaseClock();
  metrics.watchClock(clock);
  return { clock, scheduler: followSchedule(clock, options, metrics), onClock: clock.observe };
};
