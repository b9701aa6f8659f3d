import { cacheKey } from '../cache/cache-key.ts';
import { awaitPurge } from '../cdn/await-purge.ts';
import { createCdnHeaders, type CdnHeadersOf } from '../cdn/cdn-headers.ts';
import { createPurger, type Purger } from '../cdn/purger.ts';
import type { Changes } from '../changes/changes.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { createHttpClient } from '../outbound/http-client.ts';
import { createCdnMetrics } from '../telemetry/cdn-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface PurgeCdnOptions {
  readonly config: Config;
  /** Not behind readers: what a takedown ended is to be gone from the CDN too. */
  readonly database: Database;
  readonly changes: Changes;
  readonly clock: Clock;
  /** From `keyPartsOf`. */
  readonly keyParts: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A CDN in front of the gateway. */
export interface Cdn extends Pick<Purger, 'start' | 'close'> {
  readonly headersOf: CdnHeadersOf;
  /** As of `Changes`, the CDN among those that may still answer from before. */
  readonly acknowledge: Changes['acknowledge'];
}

/** The CDN as configured; undefined: none that can be purged. That it cannot be, and that it can again, is logged once. */
export const purgeCdn = (options: PurgeCdnOptions): Cdn | undefined => {
  const { config, database, changes, clock, keyParts, logger, metrics } = options;
  const { CDN_PURGE_URL, CDN_PURGE_TOKEN, CDN_PURGE_KEYS, CDN_MAX_AGE_SECONDS } = config.environment;
  if (CDN_PURGE_URL === undefined) return undefined;
  let isPurging = true;
  const purger = createPurger({
    database,
    log: changes.log,
    acknowledge: changes.acknowledge,
    http: createHttpClient(),
    url: CDN_PURGE_URL,
    token: CDN_PURGE_TOKEN,
    keysPerRequest: CDN_PURGE_KEYS,
    maxAgeSeconds: CDN_MAX_AGE_SECONDS,
    build: cacheKey(keyParts),
    clock,
    metrics: createCdnMetrics(metrics.registry),
    onFailure: (error) => {
      if (isPurging) logger.error({ error }, 'the CDN cannot be purged: it is tried again');
      isPurging = false;
    },
    onPurged: () => {
      if (!isPurging) logger.info('the CDN is purged again');
      isPurging = true;
    },
  });
  return {
    start: purger.start,
    close: purger.close,
    headersOf: createCdnHeaders({
      follower: changes.follower,
      keepsUp: purger.keepsUp,
      maxAgeSeconds: CDN_MAX_AGE_SECONDS,
    }),
    async acknowledge(appended) {
      const [{ pending }, cdn] = await Promise.all([changes.acknowledge(appended), purger.waitFor(appended)]);
      return { pending: cdn === 'purged' ? pending : [...pending, cdn] };
    },
  };
};

/** `acknowledge` for a command that appends and does not purge itself: it waits for the CDN too, where there is one. */
export const acknowledgeWithCdn = (
  { environment }: Config,
  { database, clock, acknowledge }: Pick<PurgeCdnOptions, 'database' | 'clock'> & Pick<Changes, 'acknowledge'>,
): Changes['acknowledge'] => {
  const { CDN_PURGE_URL: url, CDN_MAX_AGE_SECONDS: maxAgeSeconds } = environment;
  if (url === undefined) return acknowledge;
  return async (appended) => {
    const [{ pending }, cdn] = await Promise.all([
      acknowledge(appended),
      awaitPurge({ database, url, maxAgeSeconds, clock }, appended),
    ]);
    return { pending: cdn === 'purged' ? pending : [...pending, cdn] };
  };
};
