import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../../../src/app.ts';
import { EDITION_CODES, type EditionCode } from '../../../../src/content/edition.ts';
import { createPostgresDatabase } from '../../../../src/database/create-postgres-database.ts';
import type { Database } from '../../../../src/database/database.ts';
import { cold, OPERATIONS, readOperation, type OperationName } from '../../../journeys/operations.ts';
import { archiveId, archiveSlug } from '../../../support/archive/archive-places.ts';
import { COMMON_WORD, RARE_WORD } from '../../../support/archive/archive-words.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { runQuery } from '../../../support/run-query.ts';
import { createTestConfig } from '../../../support/test-app.ts';
import { createPostgresTestUrl } from '../../../support/test-database.ts';
import { explainStatement, PLAN_MODES, type Statement } from './explain-statement.ts';
import { findPlanFaults, GROWING_TABLES, type PlanLimits } from './find-plan-faults.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const BELIEVED_ARTICLES = 1_000_000;
/** `npm run test:plans -- 1000000` writes them all; otherwise the planner is told that there are so many. */
const ARTICLES = Number(process.env['PLANS_ARTICLES'] ?? 20_000);

/** What the statements of each operation may cost: a page and one to see whether there are more; what is related; 500 matches that are ranked. */
const LIMITS: Readonly<Record<OperationName, PlanLimits>> = {
  'front-page': { sortedRows: 101, filteredRows: 500, blocks: 1_500 },
  'article-page': { sortedRows: 400, filteredRows: 1_000, blocks: 3_000 },
  'section-listing': { sortedRows: 101, filteredRows: 500, blocks: 1_000 },
  search: { sortedRows: 1_000, filteredRows: 5_000, blocks: 30_000 },
};

/** Every question of each operation that is asked over the archive: an article, a first and a second page, words of both kinds. */
const questionsOf = (edition: EditionCode, place: number): Readonly<Record<OperationName, readonly object[]>> => ({
  'front-page': [{ edition, perSection: 5 }],
  'article-page': [300, 15_000].map((number) => ({ edition, slug: archiveSlug(number + place) })),
  'section-listing': [20, 100].map((first) => ({ edition, path: 's1', first })),
  search: [COMMON_WORD[edition], RARE_WORD[edition]].map((query) => ({ edition, query, first: 10 })),
});

/** Those of `GROWING_TABLES` that grow with every article: the archive has as many tags of any size. */
const BELIEVED_TABLES = GROWING_TABLES.filter((table) => table !== 'tags');

/** Has the planner take tables and indexes of `ARTICLES` articles for those of `BELIEVED_ARTICLES`. */
const BELIEVE_SQL = `UPDATE pg_class SET reltuples = reltuples * ${BELIEVED_ARTICLES / ARTICLES}
  WHERE relnamespace = 'public'::regnamespace AND reltuples > 0
  AND oid IN (SELECT unnest(ARRAY[indexrelid, indrelid]) FROM pg_index WHERE indrelid::regclass::text = ANY ($1::text[]))`;

const ROLLED_BACK = new Error('only tried');

describe(`the plans of the operations over ${ARTICLES} articles, as of ${BELIEVED_ARTICLES}`, () => {
  let database: Database;
  let app: App;
  let drop: () => Promise<void>;
  let sent: Statement[] = [];
  beforeAll(async () => {
    const created = await createPostgresTestUrl();
    drop = created.drop;
    database = createPostgresDatabase({ url: created.url, statementTimeoutMs: 60_000 });
    await writeArchive(database, { articles: ARTICLES, now: NOW });
    await database.query(BELIEVE_SQL, [BELIEVED_TABLES]);
    const recording: Database = {
      ...database,
      query: (text, values) => {
        sent.push({ text, values: values ?? [] });
        return database.query(text, values);
      },
    };
    // What is kept of the database would not be asked of it again.
    const config = createTestConfig({ ENTITY_TIER_MEGABYTES: '0' });
    app = await createApp(config, recording, { clock: { now: () => NOW }, logDatabase: database });
    await app.changes.start();
    await app.server.ready();
  }, 1_200_000);
  afterAll(async () => {
    await app.close();
    await database.close();
    await drop();
  });

  /** What `name` sends of the archive's content when it is asked `variables`, and the page behind the one it gives. */
  const statementsOf = async (name: OperationName, variables: object): Promise<readonly Statement[]> => {
    sent = [];
    const { data, errors } = await runQuery(app, cold(readOperation(name)), { ...variables });
    expect(errors).toEqual([]);
    const after = (data.edition.section?.articles ?? data.edition.search)?.pageInfo.endCursor;
    if (after !== undefined && after !== null)
      expect((await runQuery(app, cold(readOperation(name)), { ...variables, after })).errors).toEqual([]);
    return sent.filter(({ text }) => GROWING_TABLES.some((table) => text.includes(table)));
  };
  /** The faults of every plan of `statement`, while `before` is so. */
  const faultsOf = async (statement: Statement, limits: PlanLimits, before?: string): Promise<readonly string[]> => {
    const faults: string[] = [];
    const explained = database.transaction(async (transaction) => {
      if (before !== undefined) await transaction.query(before);
      for (const mode of PLAN_MODES)
        faults.push(...findPlanFaults(await explainStatement(transaction, statement, mode), limits));
      throw ROLLED_BACK;
    });
    await expect(explained).rejects.toBe(ROLLED_BACK);
    return faults;
  };

  it.each(OPERATIONS)(
    '%s: every statement reads ranges of indexes, planned for its values and once for all',
    async (name) => {
      for (const [place, edition] of EDITION_CODES.entries()) {
        for (const variables of questionsOf(edition, place)[name]) {
          const statements = await statementsOf(name, variables);
          expect(statements.length).toBeGreaterThan(0);
          for (const statement of statements)
            expect({ text: statement.text, faults: await faultsOf(statement, LIMITS[name]) }).toMatchObject({
              faults: [],
            });
        }
      }
    },
    120_000,
  );

  it.each([
    ['section-listing', 'DROP INDEX memberships_by_published'],
    ['front-page', 'DROP INDEX memberships_by_published'],
    ['section-listing', `UPDATE memberships SET is_plain = false WHERE target = '${archiveId('sec', 1)}'`],
    ['article-page', 'DROP INDEX addresses_by_spelling'],
    ['article-page', 'ALTER TABLE memberships DROP CONSTRAINT memberships_pkey; DROP INDEX memberships_by_published'],
    ['search', 'DROP INDEX articles_by_search'],
  ] as const)(
    '%s would be noticed after %s',
    async (name, broken) => {
      const [variables = {}] = questionsOf('EN', 0)[name].toReversed();
      const faults: string[] = [];
      for (const statement of await statementsOf(name, variables))
        faults.push(...(await faultsOf(statement, LIMITS[name], broken)));
      expect(faults).not.toEqual([]);
    },
    120_000,
  );
});
