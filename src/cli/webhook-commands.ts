import { InvalidArgumentError, type Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import type { AddWebhookRequest, WebhookDependencies } from './webhook-command.ts';
import type { ReplayRequest } from './webhook-upkeep.ts';

type Run = (command: () => Promise<ExitStatus>) => () => Promise<void>;
type Work = (dependencies: WebhookDependencies) => Promise<ExitStatus>;

const ENDPOINT = ['<endpoint>', 'as masthead webhook list names it'] as const;

const collect = (text: string, former: readonly string[]): readonly string[] => [...former, text];
const readHours = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of hours, 0 or more.');
  return Number(text);
};
const register = () => import('./webhook-command.ts');
const upkeep = () => import('./webhook-upkeep.ts');

/** Commands about where partners are told of changes. */
export const addWebhookCommands = (program: Command, terminal: Terminal, run: Run): void => {
  const webhook = program.command('webhook').description('where partners are told of changes as they happen');
  const doing = (work: () => Promise<Work>): Promise<void> =>
    run(async () => (await register()).webhookCommand(terminal, await work()))();
  webhook
    .command('add')
    .description('add an endpoint of a partner and show its signing secret, once')
    .argument('<partner>', 'as masthead partner list names it')
    .argument('<url>', 'https address that messages are posted to')
    .option('--edition <code>', 'of this edition only; may be given several times', collect, [])
    .option('--all', 'begin with everything there is, and not with what happens from now on', false)
    .action((partner: string, url: string, options: Pick<AddWebhookRequest, 'edition' | 'all'>) =>
      doing(async () => {
        const { runAddWebhook } = await register();
        return (dependencies) => runAddWebhook(dependencies, { partner, url, ...options }, terminal);
      }),
    );
  webhook
    .command('list')
    .description('say which endpoints there are and how they do')
    .argument('[partner]', 'of this partner only')
    .action((partner: string | undefined) =>
      doing(async () => {
        const { runListWebhooks } = await register();
        return (dependencies) => runListWebhooks(dependencies, partner, terminal);
      }),
    );
  webhook
    .command('test')
    .description('send a test message now and show the answer')
    .argument(...ENDPOINT)
    .action((id: string) =>
      doing(async () => {
        const { runTestWebhook } = await register();
        return (dependencies) => runTestWebhook(dependencies, id, terminal);
      }),
    );
  webhook
    .command('rotate')
    .description('make a new signing secret, show it once, and let the former one end')
    .argument(...ENDPOINT)
    .option('--keep <hours>', 'how long the former one signs beside it', readHours, 24)
    .action((id: string, { keep }: { readonly keep: number }) =>
      doing(async () => {
        const { runRotateWebhook } = await register();
        return (dependencies) => runRotateWebhook(dependencies, { id, keepHours: keep }, terminal);
      }),
    );
  webhook
    .command('replay')
    .description('tell an endpoint again')
    .argument(...ENDPOINT)
    .option('--since <instant>', 'what it was told that happened from then on, e.g. 2026-11-29T06:00:00Z')
    .option('--until <instant>', 'with --since: and before; default: now')
    .option('--after <cursor>', 'everything after a cursor of the deltas')
    .option('--all', 'everything there is', false)
    .action((id: string, options: ReplayRequest) =>
      doing(async () => {
        const { runReplayWebhook } = await upkeep();
        return (dependencies) => runReplayWebhook(dependencies, { id, ...options }, terminal);
      }),
    );
  for (const [name, description, pick] of [
    ['disable', 'stop telling an endpoint; what waits for it stays', async () => (await upkeep()).runDisableWebhook],
    ['enable', 'let an endpoint go on where it stood', async () => (await upkeep()).runEnableWebhook],
    ['remove', 'forget an endpoint, its secrets and what it was told', async () => (await upkeep()).runRemoveWebhook],
  ] as const)
    webhook
      .command(name)
      .description(description)
      .argument(...ENDPOINT)
      .action((id: string) =>
        doing(async () => {
          const work = await pick();
          return (dependencies) => work(dependencies, id, terminal);
        }),
      );
};
