import { randomUUID } from 'node:crypto';
import type { Appended, Appender } from '../changes/appender.ts';
import type { NewChange } from '../changes/change.ts';
import { createChangeLog } from '../changes/change-log.ts';
import type { Instant } from '../clock.ts';
import type { ArticleId } from '../content/ids.ts';
import type { Database } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

const RELAY_LIMIT = 500;
const RELAY_BUDGET_MS = 1_000;

/** Where the log stands once everything that was committed about `articleId` is in it; takedowns overtake what else waits. */
export const settleOutbox = async (database: Database, articleId: ArticleId): Promise<Appended> => {
  const log = createChangeLog(database);
  const waits = async (): Promise<boolean> =>
    (await database.query('SELECT FROM outbox WHERE article_id = $1 LIMIT 1', [articleId])).length > 0;
  while (await waits()) await log.relay(RELAY_LIMIT, true);
  // And the rest, as far as that is soon done: an import that is under way announces itself.
  const end = performance.now() + RELAY_BUDGET_MS;
  while ((await log.relay(RELAY_LIMIT, true)) > 0 && performance.now() < end);
  const { sequence, epoch } = await log.head();
  return { sequence, epoch };
};

/** Appends `changes`; sent again by hand they are recorded twice, which costs a few answers and harms nobody. */
export const appendByHand = async (
  { append }: Pick<Appender, 'append'>,
  changes: readonly NewChange[],
  now: Instant,
): Promise<Appended> => {
  try {
    return await append(`masthead-cli-${randomUUID()}`, changes, now);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new CommandError('The change is not known to be recorded: run the command again', EXIT.failed, {
      cause: error,
    });
  }
};

/**
 * Waits until nobody answers from before `appended`, and says so; failed, with their names, while somebody may.
 *
 * @param appended.subject what it is about. Default: its number in the log.
 * @throws {CommandError} when nobody can tell.
 */
export const awaitEverywhere = async (
  { acknowledge }: Pick<Appender, 'acknowledge'>,
  { subject, ...appended }: Appended & { readonly subject?: string },
  { out, err }: Terminal,
): Promise<ExitStatus> => {
  const what = subject ?? `Recorded as change ${appended.sequence}`;
  const begun = performance.now();
  const { pending } = await acknowledge(appended).catch((error: unknown) => {
    if (!(error instanceof GatewayError)) throw error;
    throw new CommandError(
      `${what}, but whether every process has taken it in cannot be told: run the command again`,
      EXIT.failed,
      { cause: error },
    );
  });
  const waitedMs = Math.round(performance.now() - begun);
  if (pending.length === 0) {
    out(`${what}: nobody answers from before it any more, after ${waitedMs} ms`);
    return EXIT.done;
  }
  out(what);
  for (const { process, until } of pending)
    err(`${process} may answer from before until ${new Date(until).toISOString()}`);
  return EXIT.failed;
};
