import { Command, CommanderError } from 'commander';
import { readRelease } from '../config/read-release.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** A command is read when it is asked for: what a server needs takes half a second. */
const createProgram = (
  terminal: Terminal,
  run: (command: () => Promise<ExitStatus>) => () => Promise<void>,
): Command => {
  const program = new Command('masthead')
    .description('A GraphQL content federation gateway for newsrooms that publish in several languages.')
    .version(readRelease())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(masthead --help says what there is)');

  program
    .command('start')
    .description('serve the graph until SIGTERM')
    .action(run(async () => (await import('./start-command.ts')).startCommand(terminal)));
  program
    .command('import')
    .description('load sections, tags, authors and articles from a file of NDJSON')
    .argument('<file>', 'one document a line, as docs/import.md says; - for standard input')
    .option('--source <name>', 'the publishing system, for lines that do not name one', 'import')
    .option('--strict', 'import nothing when any line is bad', false)
    .action((file: string, options: { readonly source: string; readonly strict: boolean }) =>
      run(async () => (await import('./import-command.ts')).importCommand({ file, ...options }, terminal))(),
    );
  program
    .command('check')
    .description('say whether this configuration would serve, part by part')
    .action(run(async () => (await import('./check-command.ts')).checkCommand(terminal)));
  program
    .command('schema')
    .description('print the schema')
    .action(run(async () => (await import('./schema-command.ts')).schemaCommand(terminal)));
  return program;
};

/** Runs the command that `words` name, and gives how the process should end. */
export const runCli = async (words: readonly string[], terminal: Terminal): Promise<ExitStatus> => {
  let exitStatus: ExitStatus = EXIT.done;
  const program = createProgram(terminal, (command) => async () => {
    exitStatus = await command();
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badUsage;
    if (error instanceof CommandError) {
      terminal.err(error.message);
      return error.exitStatus;
    }
    terminal.err(`masthead failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failed;
  }
};
