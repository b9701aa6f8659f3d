import { createResponseCache, type ResponseCache, type ResponseCacheOptions } from '../cache/response-cache.ts';
import type { Environment } from '../config/schema.ts';
import { createCacheMetrics } from '../telemetry/cache-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface KeepAnswersOptions extends Pick<ResponseCacheOptions, 'follower' | 'clock' | 'shared'> {
  /** Default: as `environment` says. */
  readonly limitBytes?: number | undefined;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** The response cache as this gateway keeps it, counted and logged. */
export const keepAnswers = ({
  environment,
  limitBytes = environment.MEMORY_TIER_MEGABYTES * 1024 * 1024,
  logger,
  metrics,
  ...options
}: KeepAnswersOptions): ResponseCache => {
  const counted = createCacheMetrics(metrics.registry);
  const cache = createResponseCache({
    ...options,
    limitBytes,
    softSeconds: environment.SOFT_SECONDS,
    observe: {
      ...counted,
      refillFailed: (error) => logger.warn({ error }, 'an answer could not be made anew'),
    },
  });
  metrics.watchCache(cache.size);
  counted.watchJobs(cache.jobs);
  return cache;
};
