import type { Appender } from '../changes/appender.ts';
import { createChangeLog } from '../changes/change-log.ts';
import { loadStandings } from '../changes/leases.ts';
import type { Database } from '../database/database.ts';
import { awaitEverywhere } from './await-everywhere.ts';
import type { ExitStatus } from './exit-status.ts';
import { EXIT } from './exit-status.ts';
import { openCommandAppender } from './open-command-appender.ts';
import { printTable } from './print-table.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Says which log this is, how far it goes, who has taken in how much of it, and who is cut off. */
export const runLog = async (database: Database, { out }: Pick<Terminal, 'out'>): Promise<ExitStatus> => {
  const { epoch, sequence } = await createChangeLog(database).head();
  const { leases, lapsed } = await loadStandings(database);
  out(`epoch  ${epoch}`);
  out(`head   ${sequence}`);
  out('');
  if (leases.length + lapsed.length === 0) out('No process follows it');
  else
    printTable(
      [
        ['process', 'life', 'standing'],
        ...leases.map(({ process, life, applied }) => [
          process,
          life,
          applied >= sequence ? 'follows' : `follows, ${sequence - applied} behind`,
        ]),
        ...lapsed.map(({ process, life, until }) => [
          process,
          life,
          `cut off, may answer from before until ${new Date(until).toISOString()}`,
        ]),
      ],
      out,
    );
  return EXIT.done;
};

/** `masthead log`: the change log and who follows it. */
export const logCommand = async (terminal: Terminal): Promise<ExitStatus> =>
  await withDatabase(terminal, (database) => runLog(database, terminal));

/** Begins the log anew: whatever was kept under the epoch before is worth nothing, in every process and tier. */
export const runNewEpoch = async (
  database: Database,
  appender: Pick<Appender, 'acknowledge'>,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const log = createChangeLog(database);
  const { epoch: old, sequence } = await log.head();
  const epoch = await log.replaceEpoch(old);
  terminal.out(`The epoch is ${epoch}; it was ${old}`);
  const subject = 'The log has begun anew';
  return await awaitEverywhere(appender, { sequence, epoch, subject }, terminal);
};

/** `masthead log new-epoch`: for after a backup was restored. */
export const newEpochCommand = async (terminal: Terminal): Promise<ExitStatus> =>
  await withDatabase(terminal, async (database, config) =>
    runNewEpoch(database, await openCommandAppender(config, database), terminal),
  );
