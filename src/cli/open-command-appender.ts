import { createAppender, type Appender } from '../changes/appender.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';

/** What a command appends by; where a CDN is configured, it is waited for too. */
export const openCommandAppender = async (config: Config, database: Database): Promise<Appender> => {
  const appender = createAppender({ database, degradedSeconds: config.environment.DEGRADED_SECONDS });
  if (config.environment.CDN_PURGE_URL === undefined) return appender;
  // It knows how answers are made, which takes half a second to read.
  const { acknowledgeWithCdn } = await import('../wiring/purge-cdn.ts');
  const { acknowledge } = appender;
  return { ...appender, acknowledge: acknowledgeWithCdn(config, { database, clock: systemClock, acknowledge }) };
};
