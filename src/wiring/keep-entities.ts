import { createEntityTier } from '../cache/entity-tier.ts';
import { keepInTier } from '../cache/resident-stores.ts';
import type { Follower } from '../changes/follower.ts';
import type { Environment } from '../config/schema.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createEntityMetrics } from '../telemetry/entity-metrics.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface KeepEntitiesOptions {
  readonly storesOf: StoresOf;
  readonly follower: Follower;
  readonly environment: Pick<Environment, 'ENTITY_TIER_MEGABYTES'>;
  readonly metrics: Metrics;
}

/** The stores with what the change log tells of kept in memory, counted; as they are where nothing is to be kept. */
export const keepEntities = ({ storesOf, follower, environment, metrics }: KeepEntitiesOptions): StoresOf => {
  const limitBytes = environment.ENTITY_TIER_MEGABYTES * 1024 * 1024;
  if (limitBytes === 0) return storesOf;
  const counted = createEntityMetrics(metrics.registry);
  const tier = createEntityTier({ follower, limitBytes, observe: counted });
  counted.watchSize(tier.size);
  return keepInTier(storesOf, tier);
};
