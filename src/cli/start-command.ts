import type { Config } from '../config/load.ts';
import type { Parts } from '../wiring/parts.ts';
import { readConfig } from './configure.ts';
import { explainListenFailure } from './explain-listen-failure.ts';
import type { ExitStatus } from './exit-status.ts';
import { pickFreePort } from './pick-free-port.ts';
import type { Terminal } from './terminal.ts';

export interface StartRequest {
  /** Stands in for `PROCESSES`. */
  readonly processes?: string;
}

/** The configuration to serve with: every address in it names the port that will be listened on. */
const readServedConfig = async (settings: StartRequest): Promise<Config> => {
  const config = readConfig(settings);
  const { PORT, HOST } = config.environment;
  if (PORT !== 0) return config;
  const port = await pickFreePort(HOST).catch((error: unknown) => {
    throw explainListenFailure(error, config.environment);
  });
  return readConfig({ ...settings, port });
};

/**
 * `masthead start`: serves until SIGTERM or SIGINT, in this process or in several that this one watches.
 *
 * @param swap parts in place of those that the configuration chooses, in this process alone.
 */
export const startCommand = async (
  request: StartRequest,
  terminal: Terminal,
  swap: Partial<Parts> = {},
): Promise<ExitStatus> => {
  const config = await readServedConfig(request);
  // Read when it is known which: a process that only watches has no use for a gateway.
  if (config.environment.PROCESSES > 1) return (await import('./watch-processes.ts')).watchProcesses(config, terminal);
  return (await import('./serve.ts')).serve(config, terminal, swap);
};
