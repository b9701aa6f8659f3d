import type { Clock } from '../clock.ts';
import type { Environment } from '../config/schema.ts';
import type { EditionCode } from '../content/edition.ts';
import { editionOfId } from '../content/ids.ts';
import type { Database, Queryable } from '../database/database.ts';
import { createRedis } from '../redis/create-redis.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { countScripts } from '../stores/guarded/count-calls.ts';
import { addEngagement } from '../stores/postgres/add-engagement.ts';
import { readEngagementSpace } from '../stores/postgres/engagement-space.ts';
import { createCountedReader } from '../stores/postgres/read-counted.ts';
import { createCarryOver } from '../stores/redis/carry-over.ts';
import { createEngagementBuffer } from '../stores/redis/engagement-buffer.ts';
import { createRedisEngagementStore, rootOf } from '../stores/redis/engagement-store.ts';
import { createSharedEngagement } from '../stores/redis/shared-engagement.ts';
import type { Stores } from '../stores/stores.ts';
import { createEngagementMetrics, type EngagementMetrics } from '../telemetry/engagement-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { UpstreamCalls } from '../telemetry/upstream-calls.ts';
import type { RedisPatience } from './share-answers.ts';

export interface CountInRedisOptions {
  readonly address: NonNullable<Environment['REDIS_URL']>;
  /** The gateway's own: it gives the counters their name. */
  readonly database: Database;
  /** Guarded and counted: asked while Redis is away. */
  readonly storesOf: StoresOf;
  /** Where the counters of an edition are kept for good, what is asked of it beside the requests. */
  readonly databaseOf: (edition: EditionCode) => Queryable;
  readonly upstream: UpstreamCalls;
  readonly clock: Clock;
  readonly patience: RedisPatience | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Counters in Redis, which their databases remember. */
export interface CountingInRedis extends Pick<RedisLink, 'isUp' | 'settled'> {
  /** The same, of one store of content. */
  engagementOf(stores: Stores): Stores['engagement'];
  /** Where processes count together what clients tell. */
  readonly limits: { readonly redis: Pick<RedisLink, 'run'>; readonly prefix: string };
  close(): Promise<void>;
}

/** In errors, /readyz and `extensions.upstream`. */
const NAME = 'redis';

/** A ranking keeps Redis busy for longer than an answer does; whoever counts has the time. */
const PATIENCE = { slowMs: 40, deadlineMs: 100 } as const;

const openLink = ({ address, patience, logger }: CountInRedisOptions, { called }: EngagementMetrics): RedisLink => {
  const { claimMs: _claimMs, ...deadlines } = patience ?? {};
  return createRedis({
    address,
    ...PATIENCE,
    ...deadlines,
    observe: {
      called,
      stateChanged(isUp, reason) {
        if (isUp) logger.info({}, 'redis answers: it counts what readers do');
        else
          logger.warn(
            { reason },
            'redis is away: counters are those of the databases, what readers do is kept until it is back',
          );
      },
      writesChanged(isTaking, reason) {
        if (isTaking) logger.info({}, 'redis counts what readers do again');
        else logger.warn({ reason }, 'redis refuses to count what readers do: it is kept until it takes it');
      },
    },
  });
};

/** Counters in Redis, with a connection of their own: what takes long there holds up no answer. */
export const countInRedis = async (options: CountInRedisOptions): Promise<CountingInRedis> => {
  const { database, storesOf, databaseOf, upstream, clock, logger, metrics } = options;
  const space = await readEngagementSpace(database);
  const counted = createEngagementMetrics(metrics.registry);
  const redis = openLink(options, counted);
  const carryOver = createCarryOver({
    redis,
    rootOf: (edition) => rootOf(space, edition),
    async *readCounted(edition, now) {
      // What Redis has just lost and this process knows yet.
      await buffer.save(edition);
      yield* createCountedReader(databaseOf(edition))(edition, now);
    },
    clock,
    failed: (error) =>
      logger.warn(
        { error },
        'counters could not be brought to redis: those of the database are shown, it is tried again',
      ),
  });
  // What is brought over is nobody's request.
  const asked = countScripts(redis, () => upstream.begin(NAME));
  const store = createRedisEngagementStore({ redis: asked, startCarryOver: carryOver.start, space });
  const buffer = createEngagementBuffer({
    store,
    save: (edition, hours, once) => addEngagement(databaseOf(edition), hours, once),
    last: {
      async record(events) {
        const [first] = events;
        return first === undefined ? [] : storesOf(editionOfId(first.id)).engagement.record(events);
      },
    },
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
    engagementOf: ({ engagement }) => createSharedEngagement({ redis: store, buffer, sql: engagement, clock }),
    limits: { redis: asked, prefix: `masthead:engagement:{${space}}:limit` },
    isUp: redis.isUp,
    settled: redis.settled,
    async close() {
      carryOver.close();
      await buffer.close();
      redis.close();
    },
  };
};
