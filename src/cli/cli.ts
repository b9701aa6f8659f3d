import { Command, CommanderError, Option } from 'commander';
import { readRelease } from '../config/read-release.ts';
import { FORMATS } from '../ingest/foreign/recognise.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { addPartnerCommands, type Run } from './partner-commands.ts';
import type { ImportRequest } from './open-import.ts';
import { addTakedownCommand } from './takedown-options.ts';
import type { StartRequest } from './start-command.ts';
import type { Terminal } from './terminal.ts';
import { addWebhookCommands } from './webhook-commands.ts';

/** Commands that say what changed, or ask who knows. */
const addChangeCommands = (program: Command, terminal: Terminal, run: Run): void => {
  program
    .command('purge')
    .description('end every answer that carries a tag, and wait until it has ended everywhere')
    .argument('<tags...>', 'such as list:en:all or slug:en:article:talks-resume, as docs/changes.md says')
    .option('--soft', 'let the old be served for a moment while the new is made; waits for nobody', false)
    .action((tags: readonly string[], options: { readonly soft: boolean }) =>
      run(async () => (await import('./purge-command.ts')).purgeCommand({ tags, ...options }, terminal))(),
    );
  addTakedownCommand(program, terminal, run);
  const log = program
    .command('log')
    .description('say how far the change log goes, who follows it and who is cut off')
    .action(run(async () => (await import('./log-command.ts')).logCommand(terminal)));
  log
    .command('new-epoch')
    .description('after a backup was restored: let nobody answer from what was kept before')
    .action(run(async () => (await import('./log-command.ts')).newEpochCommand(terminal)));
  program
    .command('forget')
    .description('stop naming a process that was cut off: it has stopped, and you know it')
    .argument('<process>', 'its name or its life, as masthead log says')
    .action((name: string) => run(async () => (await import('./forget-command.ts')).forgetCommand(name, terminal))());
};

const addImportCommand = (program: Command, terminal: Terminal, run: Run): void => {
  program
    .command('import')
    .description('load articles, and what they stand in, from a file of NDJSON, ninjs, RSS or Atom')
    .argument('<file>', 'as docs/import.md says; - for standard input')
    .option('--source <name>', 'the publishing system, for articles that do not name one', 'import')
    .option('--strict', 'import nothing when any line or item is bad', false)
    .addOption(new Option('--format <format>', 'what the file is; default: by what is in it').choices([...FORMATS]))
    .option('--edition <code>', 'of ninjs and feeds: whose desk they go to; default: the one in their language')
    .option('--section <path>', 'of ninjs and feeds: where articles go that have no section of ours; made when missing')
    .option('--report <file>', 'write what was mapped, dropped and bad as JSON')
    .action((file: string, options: Omit<ImportRequest, 'file'>) =>
      run(async () => (await import('./import-command.ts')).importCommand({ file, ...options }, terminal))(),
    );
};

/** A command is read when it is asked for: what a server needs takes half a second. */
const createProgram = (terminal: Terminal, run: Run): Command => {
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
    .option('--processes <number>', 'how many gateway processes share the port; default: PROCESSES, or 1')
    .action((options: StartRequest) =>
      run(async () => (await import('./start-command.ts')).startCommand(options, terminal))(),
    );
  addImportCommand(program, terminal, run);
  addChangeCommands(program, terminal, run);
  addPartnerCommands(program, terminal, run);
  addWebhookCommands(program, terminal, run);
  program
    .command('check')
    .description('say whether this configuration would serve, part by part')
    .action(run(async () => (await import('./check-command.ts')).checkCommand(terminal)));
  program
    .command('schema')
    .description('print the schema')
    .option('--config', 'the JSON Schema of the configuration file instead, for editors', false)
    .action((options: { readonly config: boolean }) =>
      run(async () => (await import('./schema-command.ts')).schemaCommand(options, terminal))(),
    );
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
