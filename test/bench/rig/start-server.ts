import { pickFreePort } from '../../../src/cli/pick-free-port.ts';
import { waitUntilOpen } from './ports.ts';
import { startNode, type Program } from './processes.ts';

/** A process under measurement that listens. */
export interface Server extends Program {
  readonly port: number;
}

/** What every server under measurement is started with: what is loaded in production, and PATH. */
const ENVIRONMENT = {
  PATH: process.env['PATH'],
  // To look closer: NODE_OPTIONS='--cpu-prof --cpu-prof-dir=profiles'.
  NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
};

/** Starts `node` with `args` on the servers' core and waits until it listens on the port it is given as `PORT`. */
export const startServer = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  const port = await pickFreePort();
  const program = startNode(args, { ...ENVIRONMENT, PORT: String(port), ...environment });
  const died = program.ended.then(() => {
    throw new TypeError(`${args.join(' ')} ended before it listened`);
  });
  await Promise.race([waitUntilOpen(port), died]);
  // From here on its end is no news.
  died.catch(() => undefined);
  return { ...program, port };
};

/** Ends every one of `servers`. */
export const stopAll = async (servers: readonly Pick<Program, 'stop'>[]): Promise<void> => {
  for (const server of servers) await server.stop();
};
