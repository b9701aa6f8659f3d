import type { Appended, Appender } from '../changes/appender.ts';
import { readDatabaseClock } from '../changes/read-database-clock.ts';
import type { Instant } from '../clock.ts';
import type { Edition } from '../content/edition.ts';
import { parseId, type ArticleId } from '../content/ids.ts';
import type { Database } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { createIntake } from '../ingest/intake.ts';
import { saveOrder } from '../ingest/takedown-orders.ts';
import { findArticle, liftTakedown, takeDown } from '../ingest/takedown.ts';
import { appendByHand, awaitEverywhere, settleOutbox } from './await-everywhere.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { openCommandAppender } from './open-command-appender.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** What `masthead takedown` was told. */
export interface TakedownRequest {
  /** An article's id, its address, or `edition:slug`. */
  readonly article: string;
  /** Whether the order is to be lifted. */
  readonly lift: boolean;
  /** Why: kept with the order, told to nobody outside. Absent: nobody says. */
  readonly reason?: string | undefined;
}

export interface TakedownDependencies {
  readonly database: Database;
  readonly appender: Appender;
  readonly editions: readonly Edition[];
  readonly now: Instant;
}

const codeOf = (error: unknown): string | undefined => (error instanceof GatewayError ? error.code : undefined);

/** An id that names an article of an edition served here, whether or not it is in our own store. */
const foreignId = (locator: string, editions: readonly Edition[]): ArticleId | undefined => {
  if (!locator.startsWith('art_')) return undefined;
  const { id, edition } = parseId(locator);
  return editions.some(({ code }) => code === edition) ? (id as ArticleId) : undefined;
};

/** Lays or lifts the tombstone alone: no row is touched, so nothing that holds one is waited for. */
const orderTombstone = async (
  { database, appender, editions, now }: TakedownDependencies,
  articleId: ArticleId,
  { lift, reason = null }: Pick<TakedownRequest, 'lift'> & { readonly reason?: string | null | undefined },
): Promise<Appended> => {
  const edition = editions.find(({ code }) => code === parseId(articleId).edition);
  if (edition === undefined) throw new CommandError('The article is of no edition that is served here', EXIT.failed);
  const report = { kind: lift ? 'PUBLISH' : 'KILL', articleId, edition: edition.code } as const;
  const changes = await createIntake(database).mapReports([report]);
  const appended = await appendByHand(appender, changes, now);
  await saveOrder(database, { articleId, kind: lift ? 'lift' : 'lay', reason, orderedAt: now });
  return appended;
};

/** What could be done where the article's row could not be written. */
const doWithout = async (
  dependencies: TakedownDependencies,
  request: TakedownRequest,
  failure: unknown,
  { out, err }: Terminal,
): Promise<{ readonly appended: Appended; readonly isWhole: boolean }> => {
  const { database, editions } = dependencies;
  const { article, lift } = request;
  if (codeOf(failure) === 'NOT_FOUND') {
    const id = foreignId(article, editions);
    if (id === undefined) throw failure;
    out(
      `${id} is not in the gateway’s own store: it is ${lift ? 'no longer hidden' : 'hidden'} whatever its store says`,
    );
    return { appended: await orderTombstone(dependencies, id, request), isWhole: true };
  }
  const id = lift || codeOf(failure) !== 'STORE_TIMEOUT' ? undefined : await findArticle(database, article, editions);
  if (id === undefined) throw failure;
  err(`An import holds ${id}: it is hidden, but its row is as it was. Run the command again when the import has ended`);
  return { appended: await orderTombstone(dependencies, id, request), isWhole: false };
};

const carryOut = async (
  dependencies: TakedownDependencies,
  request: TakedownRequest,
  terminal: Terminal,
): Promise<{ readonly appended: Appended; readonly isWhole: boolean }> => {
  const { database, editions, now } = dependencies;
  const { article, lift, reason = null } = request;
  try {
    const done = await (lift ? liftTakedown : takeDown)(database, article, { editions, now, reason });
    const state = lift ? 'is no longer taken down' : 'is taken down';
    const again = done.isChanged ? '' : ', as it was before';
    terminal.out(`${done.articleId} "${done.headline}" ${state}${again}`);
    if (lift && done.isWithdrawnBySource) terminal.out('It stays gone: its publishing system has withdrawn it');
    return { appended: await settleOutbox(database, done.articleId), isWhole: true };
  } catch (error) {
    if (codeOf(error) === 'BAD_USER_INPUT')
      throw new CommandError((error as GatewayError).message, EXIT.badUsage, { cause: error });
    return await doWithout(dependencies, request, error, terminal);
  }
};

/** Takes an article down, or lifts that, waits until it is so everywhere, and says so. */
export const runTakedown = async (
  dependencies: TakedownDependencies,
  request: TakedownRequest,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const { appended, isWhole } = await carryOut(dependencies, request, terminal);
  const status = await awaitEverywhere(dependencies.appender, appended, terminal);
  return isWhole ? status : EXIT.failed;
};

/** What `masthead takedown` was told on the command line. */
export interface TakedownCommandRequest extends TakedownRequest {
  /** Whether the receipt of an order that lies is all that is wanted. */
  readonly receipt: boolean;
  /** Whether it is not wanted at all. */
  readonly brief: boolean;
  readonly json: boolean;
  readonly follow?: number | undefined;
  readonly url: readonly string[];
}

/** The id of the article that `locator` names. */
const resolveId = async (
  { database, editions }: Pick<TakedownDependencies, 'database' | 'editions'>,
  locator: string,
): Promise<ArticleId> => {
  const id = await findArticle(database, locator, editions).catch((error: unknown) => {
    if (codeOf(error) !== 'BAD_USER_INPUT') throw error;
    throw new CommandError((error as GatewayError).message, EXIT.badUsage, { cause: error });
  });
  if (id === undefined) throw new CommandError(`No article is found by "${locator.slice(0, 300)}"`, EXIT.failed);
  return id;
};

/** What was ordered is so, whatever its receipt came to. */
const withoutReceipt = (error: unknown): never => {
  if (!(error instanceof GatewayError)) throw error;
  const said = `It is taken down, but its receipt cannot be made now: ${error.message}. Ask for it by --receipt`;
  throw new CommandError(said, EXIT.failed, { cause: error });
};

/** `masthead takedown ARTICLE`: hides an article everywhere, whatever its store says, and says what became of it where. */
export const takedownCommand = async (request: TakedownCommandRequest, terminal: Terminal): Promise<ExitStatus> =>
  await withDatabase(terminal, async (database, config) => {
    const appender = await openCommandAppender(config, database);
    const { editions } = config;
    // What a program reads is the receipt alone.
    const told = request.json ? { ...terminal, out: terminal.err } : terminal;
    const order = { database, appender, editions, now: (await readDatabaseClock(database)).now() };
    const status = request.receipt ? EXIT.done : await runTakedown(order, request, told);
    if (request.lift || request.brief) return status;
    const { runReceipt } = await import('./recall/receipt-command.ts');
    const { json, follow: followSeconds = 0, url: urls } = request;
    const id = await resolveId({ database, editions }, request.article);
    const receipt = runReceipt({ config, database, appender }, { id, json, followSeconds, urls }, terminal);
    const seen = await (request.receipt ? receipt : receipt.catch(withoutReceipt));
    return status === EXIT.done ? seen : status;
  });
