import { forgetProcess, loadStandings } from '../changes/leases.ts';
import type { Database } from '../database/database.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

const explainNothing = async (database: Database, name: string): Promise<string> => {
  const { leases } = await loadStandings(database);
  return leases.some(({ process, life }) => process === name || life === name)
    ? `${name} holds its lease: should it be dead, the next change waits its lease out, and names it then`
    : `No process that was cut off is called ${JSON.stringify(name)}: masthead log says who there is`;
};

/** Takes the operator's word that a process that was cut off answers nobody any more; failed when there is none. */
export const runForget = async (
  database: Database,
  name: string,
  { out }: Pick<Terminal, 'out'>,
): Promise<ExitStatus> => {
  const lives = await forgetProcess(database, name);
  if (lives.length === 0) throw new CommandError(await explainNothing(database, name), EXIT.failed);
  for (const life of lives) out(`${name} is forgotten (life ${life})`);
  out('Changes are acknowledged without it. If it still runs, cut off from the database, its readers may go on');
  out('seeing what was taken down, until its own degraded window ends: make sure that it has stopped');
  return EXIT.done;
};

/** `masthead forget PROCESS`: stops naming a process in acknowledgements. */
export const forgetCommand = async (name: string, terminal: Terminal): Promise<ExitStatus> =>
  await withDatabase(terminal, (database) => runForget(database, name, terminal));
