import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config/load.ts';
import { processNameOf } from '../config/process-name-of.ts';
import type { Environment } from '../config/schema.ts';
import { createLogger } from '../telemetry/logger.ts';
import { endLostConnection } from './end-lost-connection.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { keepProcess, StartError, type KeptProcess } from './keep-process.ts';
import type { Terminal } from './terminal.ts';
import { untilAsked } from './until-asked.ts';
import { welcome } from './welcome.ts';

/** A process ends by itself within `SHUTDOWN_SECONDS` and some; one that hangs does not. */
const STOP_GRACE_MS = 10_000;

const isExitStatus = (status: number): status is ExitStatus => Object.values<number>(EXIT).includes(status);

/** What process `number` of several is told otherwise than this one was: it is a whole gateway, alone as far as it knows. */
export const variablesOf = (environment: Environment, number: number): Readonly<Record<string, string>> => {
  const { PORT, METRICS_PORT } = environment;
  return {
    PORT: String(PORT),
    PROCESSES: '1',
    PROCESS_NAME: `${processNameOf(environment)}-${number}`,
    // 0 is any free one for each.
    ...(METRICS_PORT === undefined ? {} : { METRICS_PORT: String(METRICS_PORT === 0 ? 0 : METRICS_PORT + number - 1) }),
  };
};

const fork = (variables: Readonly<Record<string, string>>): Worker => {
  const worker = cluster.fork(variables);
  endLostConnection(worker);
  return worker;
};

/**
 * Serves in `PROCESSES` processes behind one port, and starts again those that die, until SIGTERM or SIGINT. This process
 * hands connections on and reads nothing of them; decision 34 says why connections are dealt out and not taken.
 */
export const watchProcesses = async (config: Config, terminal: Terminal): Promise<ExitStatus> => {
  const { environment } = config;
  const logger = createLogger(environment.LOG_LEVEL, processNameOf(environment));
  const asked = untilAsked({ isServing: () => true });
  cluster.schedulingPolicy = cluster.SCHED_RR;
  // Of what they say on standard output this one says all there is to say.
  cluster.setupPrimary({ args: ['start'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

  const kept: KeptProcess[] = [];
  const keep = (number: number): Promise<void> => {
    const variables = variablesOf(environment, number);
    const one = keepProcess({
      name: variables['PROCESS_NAME'] ?? '',
      start: () => fork(variables),
      stopLimitMs: environment.SHUTDOWN_SECONDS * 1000 + STOP_GRACE_MS,
      logger,
    });
    kept.push(one);
    return one.serves;
  };
  const startAll = async (): Promise<void> => {
    // One first: it migrates, and what keeps it from serving would keep all, and is said once.
    await keep(1);
    await Promise.all(Array.from({ length: environment.PROCESSES - 1 }, (_, index) => keep(index + 2)));
    terminal.out(welcome(config));
    logger.info({ port: environment.PORT, processes: environment.PROCESSES }, 'every process serves');
  };
  const stopAll = async (): Promise<boolean> =>
    (await Promise.all(kept.map((one) => one.stop()))).every((isInOrder) => isInOrder);

  try {
    const signal = await Promise.race([startAll().then(() => asked), asked]);
    logger.info({ signal }, 'stopping: every process finishes its open requests');
    const isInOrder = await stopAll();
    logger.info({}, 'stopped');
    return isInOrder ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    logger.error({}, 'a process cannot start: the others are stopped');
    await stopAll();
    return isExitStatus(error.exitStatus) ? error.exitStatus : EXIT.failed;
  }
};
