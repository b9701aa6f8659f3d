import type { Environment } from '../config/schema.ts';
import { editionOfId } from '../content/ids.ts';
import { createEngagementDesk, type EngagementDesk } from '../engagement/engagement-desk.ts';
import { createRateLimit } from '../engagement/rate-limit.ts';
import type { PartState } from '../http/part-state.ts';
import { mapStores } from '../stores/federated/map-stores.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createSalts } from '../stores/postgres/engagement-salts.ts';
import { countInRedis, type CountInRedisOptions } from './count-in-redis.ts';

export interface CountEngagementOptions extends Omit<CountInRedisOptions, 'address'> {
  readonly environment: Pick<Environment, 'REDIS_URL' | 'ENGAGEMENT_MAX_PER_MINUTE'>;
}

/** What readers do, as this gateway counts it. */
export interface EngagementCounting {
  /** The stores, with engagement where it is counted. */
  readonly storesOf: StoresOf;
  readonly desk: EngagementDesk;
  /** How what counts besides the stores stands, by name. */
  states(): Readonly<Record<string, PartState>>;
  /** Resolves once that is known for the first time. */
  readonly settled: Promise<void>;
  /** Hands on what has not been counted yet. */
  close(): Promise<void>;
}

/** Counts in Redis where there is one, else in the database of each edition, which remembers in either case. */
export const countEngagement = async ({
  environment,
  ...options
}: CountEngagementOptions): Promise<EngagementCounting> => {
  const address = environment.REDIS_URL;
  const inRedis = address === undefined ? undefined : await countInRedis({ ...options, address });
  const storesOf =
    inRedis === undefined
      ? options.storesOf
      : mapStores(options.storesOf, (stores) => ({ ...stores, engagement: inRedis.engagementOf(stores) }));
  const desk = createEngagementDesk({
    saltOf: createSalts(options.database),
    limit: createRateLimit({ perMinute: environment.ENGAGEMENT_MAX_PER_MINUTE, shared: inRedis?.limits }),
    record: (event) => storesOf(editionOfId(event.id)).engagement.record([event]),
  });
  return {
    storesOf,
    desk,
    states: () => (inRedis === undefined ? {} : { redis: inRedis.isUp() ? 'ok' : 'failed' }),
    settled: inRedis?.settled ?? Promise.resolve(),
    close: async () => inRedis?.close(),
  };
};
