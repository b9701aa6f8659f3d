import { InvalidArgumentError, type Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { AddRequest, RevokeRequest, RotateRequest, UsageRequest } from './partner-command.ts';
import type { Terminal } from './terminal.ts';

/** What a command does, as an action of the command line. */
export type Run = (command: () => Promise<ExitStatus>) => () => Promise<void>;

const readCount = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
};

/** Ten years: longer than anything is kept, and within what a calendar of four digits holds. */
const MAX_DAYS = 3_650;

const readDays = (text: string): number => {
  const days = readCount(text);
  if (days > MAX_DAYS) throw new InvalidArgumentError(`It must be at most ${MAX_DAYS}.`);
  return days;
};

const collect = (text: string, former: readonly string[]): readonly string[] => [...former, text];

const read = () => import('./partner-command.ts');

/** Commands about partner outlets: who they are, what opens the gateway to them, and what they asked. */
export const addPartnerCommands = (program: Command, terminal: Terminal, run: Run): void => {
  const partner = program
    .command('partner')
    .description('partner outlets: who may have what beyond everybody, and by which keys');
  partner
    .command('add')
    .description('add a partner and show its first key, once')
    .argument('<partner>', 'what it is called here: small letters, digits and hyphens')
    .requiredOption('--plan <plan>', 'what it may have: a plan of the configuration file')
    .option('--name <name>', 'as people call it; default: the same')
    .option('--expires <instant>', 'its keys open nothing from then on, e.g. 2027-01-01T00:00:00Z')
    .option('--address <network>', 'where it sends from, e.g. 203.0.113.0/24; may be given several times', collect, [])
    .action((id: string, options: Omit<AddRequest, 'id'>) =>
      run(async () => (await read()).addCommand({ id, ...options }, terminal))(),
    );
  partner
    .command('list')
    .description('say which partners there are')
    .action(run(async () => (await read()).listCommand(terminal)));
  partner
    .command('show')
    .description('say what a partner may have and which keys it holds')
    .argument('<partner>', 'as masthead partner list names it')
    .action((id: string) => run(async () => (await read()).showCommand(id, terminal))());
  partner
    .command('rotate')
    .description('make a partner a new key, show it once, and let its former ones end')
    .argument('<partner>', 'as masthead partner list names it')
    .option('--keep <hours>', 'how long the former keys go on', readCount, 24)
    .action((id: string, options: Omit<RotateRequest, 'id'>) =>
      run(async () => (await read()).rotateCommand({ id, ...options }, terminal))(),
    );
  partner
    .command('revoke')
    .description('end a key of a partner, or all of them, everywhere within seconds')
    .argument('<partner>', 'as masthead partner list names it')
    .option('--key <prefix>', 'which, as masthead partner show names it; default: all')
    .action((id: string, options: Omit<RevokeRequest, 'id'>) =>
      run(async () => (await read()).revokeCommand({ id, ...options }, terminal))(),
    );
  partner
    .command('usage')
    .description('say how many requests partners made, by day and key, and what they spent of their budgets')
    .argument('[partner]', 'as masthead partner list names it; default: all')
    .option('--days <number>', 'how far back', readDays, 30)
    .action((id: string | undefined, options: Omit<UsageRequest, 'id'>) =>
      run(async () => (await read()).usageCommand({ ...(id === undefined ? {} : { id }), ...options }, terminal))(),
    );
};
