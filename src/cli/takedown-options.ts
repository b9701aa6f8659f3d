import { InvalidArgumentError, type Command } from 'commander';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';
import type { Run } from './partner-commands.ts';
import type { TakedownCommandRequest } from './takedown-command.ts';
import type { Terminal } from './terminal.ts';

const REASON_LIMIT = 1_000;
/** A day: nobody watches longer, and the receipt can be asked for again. */
const FOLLOW_LIMIT_SECONDS = 86_400;
const FOLLOW_SECONDS = 600;

const collect = (text: string, former: readonly string[]): readonly string[] => {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new InvalidArgumentError('It must be an http or https address.');
  return [...former, text];
};

const readReason = (text: string): string => {
  const reason = text.trim();
  if (reason === '' || reason.length > REASON_LIMIT)
    throw new InvalidArgumentError(`It must have 1 to ${REASON_LIMIT} characters.`);
  return reason;
};

const readSeconds = (text: string): number => {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > FOLLOW_LIMIT_SECONDS)
    throw new InvalidArgumentError(`It must be a whole number of seconds from 1 to ${FOLLOW_LIMIT_SECONDS}.`);
  return seconds;
};

/** What was said on the command line: `--follow` alone is ten minutes. */
interface Options extends Omit<TakedownCommandRequest, 'article' | 'follow'> {
  readonly follow?: number | true;
}

const check = ({ lift, receipt, brief, reason }: Options): void => {
  const problem =
    lift && receipt
      ? '--receipt is of an article that is taken down, and --lift puts it back'
      : receipt && reason !== undefined
        ? '--reason belongs to an order, and --receipt lays none'
        : brief && receipt
          ? '--brief leaves the receipt out'
          : undefined;
  if (problem !== undefined) throw new CommandError(problem, EXIT.badUsage);
};

/** `masthead takedown`: the command that takes an article back. */
export const addTakedownCommand = (program: Command, terminal: Terminal, run: Run): void => {
  program
    .command('takedown')
    .description('hide an article everywhere, whatever its store says, and say where it is gone and who has it')
    .argument('<article>', 'its id, its address, or edition:slug')
    .option('--reason <text>', 'why: kept with the order and shown in its receipt, told to nobody outside', readReason)
    .option('--lift', 'undo that: the article is what its publishing system says again', false)
    .option('--receipt', 'order nothing: print the receipt of an article that is taken back, as it is now', false)
    .option('--brief', 'stop once nobody answers from before: no receipt', false)
    .option('--follow [seconds]', 'wait for partners that have it to show that they know; default: 600', readSeconds)
    .option(
      '--url <address>',
      'a gateway to read again from; may be given several times; default: this one',
      collect,
      [],
    )
    .option('--json', 'the receipt as JSON', false)
    .action((article: string, options: Options) =>
      run(async () => {
        check(options);
        const follow = options.follow === true ? FOLLOW_SECONDS : options.follow;
        const { takedownCommand } = await import('./takedown-command.ts');
        return takedownCommand({ ...options, follow, article }, terminal);
      })(),
    );
};
