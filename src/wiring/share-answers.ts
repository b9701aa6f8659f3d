import { cacheKey } from '../cache/cache-key.ts';
import { createRedisTier } from '../cache/redis-tier.ts';
import type { SharedTier } from '../cache/shared-tier.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import { createRedis, type CreateRedisOptions } from '../redis/create-redis.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { createRedisMetrics } from '../telemetry/redis-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** How long a gateway waits where answers are shared. */
export interface RedisPatience extends Pick<CreateRedisOptions, 'slowMs' | 'deadlineMs' | 'silenceMs'> {
  /** For what another process makes. */
  readonly claimMs?: number;
}

export interface ShareAnswersOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** From `keyPartsOf`. */
  readonly keyParts: readonly string[];
  readonly patience: RedisPatience | undefined;
  /** Bound of what is remembered of answers that lie there. */
  readonly headsLimitBytes: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Where processes of one release share their answers. */
export interface SharedAnswers extends Pick<RedisLink, 'isUp' | 'settled' | 'close'> {
  readonly tier: SharedTier;
}

/** As long past its age as the cache lets an unchanged answer stand in for a fill that failed. */
const STALE_SECONDS = 600;

/** Redis as configured; undefined: this process keeps its answers to itself. What becomes of it is logged once each time. */
export const shareAnswers = (options: ShareAnswersOptions): SharedAnswers | undefined => {
  const { config, clock, keyParts, headsLimitBytes, logger, metrics } = options;
  const { claimMs, ...deadlines } = options.patience ?? {};
  const address = config.environment.REDIS_URL;
  if (address === undefined) return undefined;
  const counted = createRedisMetrics(metrics.registry);
  const redis = createRedis({
    address,
    ...deadlines,
    observe: {
      called: counted.called,
      stateChanged(isUp, reason) {
        counted.stateChanged(isUp);
        if (isUp) logger.info({}, 'redis answers: answers are shared');
        else logger.warn({ reason }, 'redis is away: every read of it is a miss until it answers again');
      },
      writesChanged(isTaking, reason) {
        counted.writesChanged(isTaking);
        if (isTaking) logger.info({}, 'redis takes what is written to it again');
        else logger.warn({ reason }, 'redis refuses what is written to it: what it holds is still read');
      },
    },
  });
  const tier = createRedisTier({
    redis,
    release: cacheKey(keyParts),
    clock,
    staleSeconds: STALE_SECONDS,
    headsLimitBytes,
    ...(claimMs === undefined ? {} : { claimMs }),
    onRefused: counted.refusedEntry,
  });
  return { tier, isUp: redis.isUp, settled: redis.settled, close: redis.close };
};
