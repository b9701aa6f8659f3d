import { createApp, type App } from '../app.ts';
import { readDatabaseClock } from '../changes/read-database-clock.ts';
import type { Config } from '../config/load.ts';
import { processNameOf } from '../config/process-name-of.ts';
import type { Database } from '../database/database.ts';
import { demoPicturesDirectory } from '../demo/demo-files.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import type { Parts } from '../wiring/parts.ts';
import { openConfigured, openForLog } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import { explainListenFailure } from './explain-listen-failure.ts';
import { paceCollector } from './pace-collector.ts';
import { outliveWatcher } from './outlive-watcher.ts';
import { untilAsked } from './until-asked.ts';
import { welcome } from './welcome.ts';

/** After the bound on open requests, what is left may take this much longer: four steps wait 7 s in all for stores that hang. */
const CLOSE_GRACE_MS = 8_000;

/** Lets go of everything in reverse, or of the process when that takes too long. */
const stop = async (
  app: App,
  databases: readonly (Database | undefined)[],
  shutdownSeconds: number,
  logger: Logger,
): Promise<void> => {
  const bound = setTimeout(
    () => {
      logger.error({}, 'stopped before everything was let go of');
      process.exit(EXIT.failed);
    },
    shutdownSeconds * 1000 + CLOSE_GRACE_MS,
  );
  await app.close();
  for (const database of databases) await database?.close();
  clearTimeout(bound);
};

/**
 * Serves in this process until SIGTERM or SIGINT.
 *
 * @param swap parts in place of those that the configuration chooses.
 */
export const serve = async (config: Config, terminal: Terminal, swap: Partial<Parts> = {}): Promise<ExitStatus> => {
  const { environment } = config;
  const stopPacing = paceCollector({
    keptMegabytes: environment.MEMORY_TIER_MEGABYTES + environment.ENTITY_TIER_MEGABYTES,
  });
  let isServing = false;
  const asked = untilAsked({ isServing: () => isServing });
  outliveWatcher();
  const logger = createLogger(environment.LOG_LEVEL, processNameOf(environment));
  const metrics = createMetrics();
  for (const name of config.unreadVariables)
    logger.warn({ variable: name }, `${name} is set, and this version does not read it`);

  const waiting = { err: (line: string) => logger.warn({}, line) };
  const database = await openConfigured(config, 'serve', waiting, () => metrics.statements.inc());
  const logDatabase = openForLog(config);
  try {
    if (config.isDemo) await loadDemo(database, config.editions, await readDatabaseClock(database));
    const app = await createApp(config, database, {
      logger,
      metrics,
      ...(logDatabase === undefined ? {} : { logDatabase }),
      ...(config.isDemo ? { mediaDirectory: demoPicturesDirectory } : {}),
      ...swap,
    });
    const port = await app.start().catch(async (error: unknown) => {
      await app.close();
      throw explainListenFailure(error, environment);
    });
    isServing = true;
    terminal.out(welcome(config));
    logger.info({ port, database: database.kind, editions: config.editions.map(({ code }) => code) }, 'serving');

    const signal = await asked;
    logger.info({ signal }, 'stopping: no new requests are taken, open ones are finished');
    await stop(app, [logDatabase, database], environment.SHUTDOWN_SECONDS, logger);
  } finally {
    stopPacing();
    await logDatabase?.close();
    await database.close();
  }
  logger.info({}, 'stopped');
  return EXIT.done;
};
