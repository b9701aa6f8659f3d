import { createApp, readRelease } from '../app.ts';
import type { Config } from '../config/load.ts';
import { systemClock } from '../clock.ts';
import { demoPicturesDirectory } from '../demo/demo-files.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { CommandError, openConfigured, readConfig, type Terminal } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';

/** Where to look and one thing to type, for whoever just started a gateway. */
const welcome = ({ editions }: Config, url: string): string =>
  [
    `Masthead ${readRelease()} serves ${editions.map(({ name }) => name).join(', ')}`,
    '',
    `  Playground  ${url}/`,
    `  Endpoint    ${url}/graphql`,
    `  Try         curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ editions { code name url } }"}'`,
    '',
  ].join('\n');

/** After the bound on open requests, what is left may take this much longer. */
const CLOSE_GRACE_MS = 5_000;

/** Resolves when the process is asked to end; a second time ends it at once. */
const untilAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(EXIT.failed));
        resolve(signal);
      });
    }
  });

/** `masthead start`: serves until SIGTERM or SIGINT. */
export const startCommand = async (terminal: Terminal): Promise<ExitStatus> => {
  const config = readConfig();
  const { environment } = config;
  const logger = createLogger(environment.LOG_LEVEL);
  const metrics = createMetrics();
  for (const name of config.unreadVariables)
    logger.warn({ variable: name }, `${name} is set, and this version does not read it`);

  const database = await openConfigured(config, 'serve', terminal, () => metrics.statements.inc());
  try {
    if (config.isDemo) await loadDemo(database, config.editions, systemClock);
    const app = await createApp(config, database, {
      logger,
      metrics,
      ...(config.isDemo ? { mediaDirectory: demoPicturesDirectory } : {}),
    });
    const asked = untilAsked();
    const port = await app.start().catch(async (error: NodeJS.ErrnoException) => {
      await app.close();
      if (error.code === 'EADDRINUSE')
        throw new CommandError(`Port ${environment.PORT} is in use: set PORT to another`, EXIT.failed, {
          cause: error,
        });
      throw error;
    });
    // A port of 0 was chosen by the system: only then does the public address not say it.
    terminal.out(welcome(config, environment.PORT === 0 ? `http://localhost:${port}` : config.publicUrl));
    logger.info({ port, database: database.kind, editions: config.editions.map(({ code }) => code) }, 'serving');

    const signal = await asked;
    logger.info({ signal }, 'stopping: no new requests are taken, open ones are finished');
    const bound = setTimeout(
      () => {
        logger.error({}, 'stopped before everything was let go of');
        process.exit(EXIT.failed);
      },
      environment.SHUTDOWN_SECONDS * 1000 + CLOSE_GRACE_MS,
    );
    await app.close();
    clearTimeout(bound);
  } finally {
    await database.close();
  }
  logger.info({}, 'stopped');
  return EXIT.done;
};
