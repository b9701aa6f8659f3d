import type { Clock } from '../clock.ts';
import type { Edition } from '../content/edition.ts';
import { idOf } from '../content/ids.ts';
import type { Database, Queryable } from '../database/database.ts';
import { importDocuments } from '../ingest/import-documents.ts';
import { lockEditions } from '../ingest/write/lock-editions.ts';
import { addEngagement } from '../stores/postgres/add-engagement.ts';
import { DEMO_SOURCE, loadDemoDocuments } from './demo-documents.ts';
import { loadDemoEngagement } from './demo-engagement.ts';

const HOUR_MS = 60 * 60_000;

/** Whoever waits here waits for another start that loads the demo, or for an import. */
const STATEMENT_TIMEOUT_MS = 60_000;

const isEmpty = async (database: Queryable): Promise<boolean> =>
  (await database.query('SELECT 1 FROM sections LIMIT 1')).length === 0;

async function* linesOf(now: number): AsyncGenerator<string, void, undefined> {
  for await (const document of loadDemoDocuments(now)) yield `${JSON.stringify(document)}\n`;
}

const writeDemo = async (database: Database, editions: readonly Edition[], clock: Clock): Promise<void> => {
  const now = clock.now();
  const { bad } = await importDocuments({ database, editions, clock }, linesOf(now), {
    source: DEMO_SOURCE,
    isStrict: true,
  });
  if (bad[0] !== undefined) throw new TypeError(`The demo newsroom does not import: ${bad[0].reason}`);
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const engagement = await loadDemoEngagement(now);
  await addEngagement(
    database,
    engagement.map(({ edition, sourceId, hoursAgo, views, shares }) => ({
      id: idOf.article(edition, DEMO_SOURCE, sourceId),
      edition,
      hour: hour - hoursAgo * HOUR_MS,
      views,
      shares,
    })),
  );
};

/**
 * Puts the demo newsroom into an empty database, its times relative to now; a database with anything in it is left
 * alone. Of processes that start together one loads it, and one that is ended on the way leaves nothing behind.
 *
 * @returns whether it was loaded.
 * @throws {TypeError} when a demo file does not import: that is our mistake, never the user's.
 */
export const loadDemo = async (database: Database, editions: readonly Edition[], clock: Clock): Promise<boolean> => {
  // Asked first without the lock: a start beside a long import has nothing to wait for.
  if (!(await isEmpty(database))) return false;
  return await database.transaction(
    async (transaction) => {
      const codes = editions.map(({ code }) => code);
      await lockEditions(transaction, codes);
      if (!(await isEmpty(transaction))) return false;
      // The import's own transaction becomes a part of this one.
      const within = { ...database, query: transaction.query, transaction: <T>(work: Work<T>) => work(transaction) };
      await writeDemo(within, editions, clock);
      return true;
    },
    { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
  );
};

type Work<T> = (transaction: Queryable) => Promise<T>;
