import type { Clock } from '../clock.ts';
import type { Environment } from '../config/schema.ts';
import { editionOfId } from '../content/ids.ts';
import type { Database } from '../database/database.ts';
import { createEngagementDesk, type EngagementDesk } from '../engagement/engagement-desk.ts';
import { createRateLimit } from '../engagement/rate-limit.ts';
import { createRedis } from '../redis/create-redis.ts';
import { addEngagement } from '../stores/postgres/add-engagement.ts';
import { createSalts } from '../stores/postgres/engagement-salts.ts';
import { readEngagementSpace } from '../stores/postgres/engagement-space.ts';
import { createEngagementStore } from '../stores/postgres/engagement-store.ts';
import { createCountedReader } from '../stores/postgres/read-counted.ts';
import { createCarryOver } from '../stores/redis/carry-over.ts';
import { createEngagementBuffer } from '../stores/redis/engagement-buffer.ts';
import { createRedisEngagementStore, rootOf } from '../stores/redis/engagement-store.ts';
import { createSharedEngagement } from '../stores/redis/shared-engagement.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Stores } from '../stores/stores.ts';
import { createEngagementMetrics } from '../telemetry/engagement-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RedisPatience } from './share-answers.ts';

export interface CountEngagementOptions {
  readonly environment: Environment;
  readonly database: Database;
  readonly storesOf: StoresOf;
  readonly clock: Clock;
  readonly patience: RedisPatience | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What readers do, as this gateway counts it. */
export interface EngagementCounting {
  /** The stores, with engagement where it is counted. */
  readonly storesOf: StoresOf;
  readonly desk: EngagementDesk;
  /** Hands on what has not been counted yet. */
  close(): Promise<void>;
}

/** A ranking keeps Redis busy for longer than an answer does; whoever counts has the time. */
const PATIENCE = { slowMs: 40, deadlineMs: 100 } as const;

/** Counters in Redis, with a connection of their own: what takes long there holds up no answer. */
const countInRedis = async (
  { database, clock, patience, logger, metrics }: CountEngagementOptions,
  address: NonNullable<Environment['REDIS_URL']>,
) => {
  const counted = createEngagementMetrics(metrics.registry);
  const { claimMs: _claimMs, ...deadlines } = patience ?? {};
  const redis = createRedis({
    address,
    ...PATIENCE,
    ...deadlines,
    observe: {
      called: counted.called,
      stateChanged(isUp, reason) {
        if (isUp) logger.info({}, 'redis answers: it counts what readers do');
        else
          logger.warn(
            { reason },
            'redis is away: counters are those of the database, what readers do is kept until it is back',
          );
      },
      writesChanged(isTaking, reason) {
        if (isTaking) logger.info({}, 'redis counts what readers do again');
        else logger.warn({ reason }, 'redis refuses to count what readers do: it is kept until it takes it');
      },
    },
  });
  const space = await readEngagementSpace(database);
  const sql = createEngagementStore(database);
  const read = createCountedReader(database);
  const carryOver = createCarryOver({
    redis,
    rootOf: (edition) => rootOf(space, edition),
    async *readCounted(...asked) {
      // What Redis has just lost and this process knows yet.
      await buffer.save();
      yield* read(...asked);
    },
    clock,
    failed: (error) =>
      logger.warn(
        { error },
        'counters could not be brought to redis: those of the database are shown, it is tried again',
      ),
  });
  const store = createRedisEngagementStore({ redis, startCarryOver: carryOver.start, space });
  const buffer = createEngagementBuffer({
    store,
    save: (hours, once) => addEngagement(database, hours, once),
    last: sql,
    observe: {
      dropped: counted.dropped,
      saveFailed: (error) => logger.warn({ error }, 'what was counted could not be saved: it is tried again'),
      lost(events) {
        counted.dropped(events);
        logger.error({ events }, 'what was counted could not be saved before the end: the database never learns of it');
      },
    },
  });
  counted.watchWaiting(buffer.size);
  return {
    engagement: createSharedEngagement({ redis: store, buffer, sql, clock }),
    shared: { redis, prefix: `masthead:engagement:{${space}}:limit` },
    async close() {
      carryOver.close();
      await buffer.close();
      redis.close();
    },
  };
};

/** Each of the stores with `engagement` in it: the same for the same. */
const withEngagement = (storesOf: StoresOf, engagement: Stores['engagement']): StoresOf => {
  const known = new Map<Stores, Stores>();
  return (edition) => {
    const stores = storesOf(edition);
    const found = known.get(stores) ?? { ...stores, engagement };
    known.set(stores, found);
    return found;
  };
};

/** Counts in Redis where there is one, else in the database. */
export const countEngagement = async (options: CountEngagementOptions): Promise<EngagementCounting> => {
  const { environment, database } = options;
  const address = environment.REDIS_URL;
  const inRedis = address === undefined ? undefined : await countInRedis(options, address);
  const storesOf = inRedis === undefined ? options.storesOf : withEngagement(options.storesOf, inRedis.engagement);
  const desk = createEngagementDesk({
    saltOf: createSalts(database),
    limit: createRateLimit({ perMinute: environment.ENGAGEMENT_MAX_PER_MINUTE, shared: inRedis?.shared }),
    record: (event) => storesOf(editionOfId(event.id)).engagement.record([event]),
  });
  return { storesOf, desk, close: async () => inRedis?.close() };
};
