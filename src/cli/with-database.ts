import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { CommandError } from './command-error.ts';
import { openConfigured, readConfig } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs `work` with the configured database, through the running server where that has it, and closes it.
 *
 * @throws {CommandError} when it cannot be reached, or refuses.
 */
export const withDatabase = async (
  terminal: Terminal,
  work: (database: Database, config: Config) => Promise<ExitStatus>,
): Promise<ExitStatus> => {
  const config = readConfig();
  const database = await openConfigured(config, 'command', terminal);
  try {
    return await work(database, config);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new CommandError(error.message, EXIT.failed, { cause: error });
  } finally {
    await database.close();
  }
};
