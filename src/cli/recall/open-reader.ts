import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../../app.ts';
import type { Config } from '../../config/load.ts';
import { ANONYMOUS, type Caller } from '../../content/caller.ts';
import type { Database } from '../../database/database.ts';
import type { Deliveries } from '../../partners/deliveries/delivery.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { createLogger } from '../../telemetry/logger.ts';
import type { AskGateway } from './re-read.ts';

/** A gateway of this command's own, that nobody else can reach. */
export interface Reader {
  /** Asks as `caller`, who pays nothing for it and of whom nothing is recorded. */
  readonly as: (caller: Caller) => AskGateway;
  /** Whether it reads what processes share; undefined: they share nothing. */
  readonly isRedisRead: boolean | undefined;
  close(): Promise<void>;
}

const CALLER_HEADER = 'x-masthead-reader';
const REDIS_PATIENCE_MS = 1_000;
const LOOK_EVERY_MS = 20;

/** What a reader pays is nothing; what it sees is the same. */
const withoutBudget = (caller: Caller): Caller =>
  caller.plan === null ? caller : { ...caller, plan: { ...caller.plan, budget: null } };

const BLIND: Deliveries = { given: () => undefined, followed: () => undefined };

/**
 * A whole gateway that has just started: it follows the log, its memory is empty, and what it finds kept is what other processes
 * keep in Redis. It does not listen, announces nothing and sends no webhooks; while it is open it holds a lease like any other.
 */
export const openReader = async (config: Config, database: Database): Promise<Reader> => {
  const callers = new Map<string, Caller>();
  const environment = {
    ...config.environment,
    PROCESS_NAME: `masthead takedown (${process.pid})`,
    DEGRADED_SECONDS: 0,
    PROBE_SECONDS: 0,
    ACCESS_LOG_SAMPLE: 0,
    METRICS_PORT: undefined,
    CDN_PURGE_URL: undefined,
  };
  const metrics = createMetrics();
  const app = await createApp({ ...config, environment }, database, {
    logger: createLogger('silent', environment.PROCESS_NAME),
    metrics,
    deliveries: () => BLIND,
    callerOf: async ({ headers }) => callers.get(String(headers[CALLER_HEADER])) ?? ANONYMOUS,
  });
  await app.changes.start();
  await app.server.ready();
  const isUp = async (): Promise<boolean> => /^masthead_redis_up 1$/m.test(await metrics.registry.metrics());
  let isRedisRead: boolean | undefined;
  if (environment.REDIS_URL !== undefined)
    for (let waitedMs = 0; !(isRedisRead = await isUp()) && waitedMs < REDIS_PATIENCE_MS; waitedMs += LOOK_EVERY_MS)
      await pause(LOOK_EVERY_MS);
  return {
    isRedisRead,
    as(caller) {
      const name = caller.partner?.id ?? '';
      callers.set(name, withoutBudget(caller));
      return async (url) => {
        const { statusCode: status, body } = await app.server.inject({ url, headers: { [CALLER_HEADER]: name } });
        return { status, body };
      };
    },
    close: app.close,
  };
};
