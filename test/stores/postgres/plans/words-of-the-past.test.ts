import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView } from '../../../../src/content/listing.ts';
import type { SearchRequest } from '../../../../src/content/search.ts';
import type { Database, Queryable } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import { archiveId, publishedAtOf } from '../../../support/archive/archive-places.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { explainStatement, PLAN_MODES } from './explain-statement.ts';
import { nodesOf, type PlanNode } from './plan-node.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 14_000;
/** The newest so many have not the word. */
const SINCE = 3_000;
/** What more articles have is common, and of common words so many are ranked. */
const FEW = 10_000;
const RANKED = 500;
const PAST = 'zanzibar';
/** The last that is ranked, and the first that is not: both in whose headlines it stands. */
const [LAST, NEXT] = [SINCE + RANKED - 1, SINCE + RANKED];
const view = publicView(NOW);

const request = (change: Partial<SearchRequest>): SearchRequest => ({
  edition: 'EN',
  text: PAST,
  filter: {},
  limit: 3,
  rankedAt: NOW,
  ...change,
});

/** Rows of articles that each scan of a plan reads, the largest first. */
const scansOf = (plan: PlanNode): readonly number[] =>
  nodesOf(plan)
    .filter((node) => node['Relation Name'] === 'articles')
    .map((node) => ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0))
    .toSorted((a, b) => b - a);

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Of the one edition. */
const WEEK = (7 * 24 * 60) / 4;
/** The newest, to see whether a word is common. */
const SAMPLE = 100;

describe('a search for what most of the older articles have, and none of the newest', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeArchive(database, { articles: ARTICLES, now: NOW, editions: ['EN'], paragraphs: 1 });
    const since = new Date(publishedAtOf(SINCE, NOW));
    await database.query('UPDATE articles SET search = search || $1::tsvector WHERE published_at <= $2::timestamptz', [
      `'${PAST}':1D`,
      since,
    ]);
    await database.query('UPDATE articles SET search = search || $1::tsvector WHERE id = ANY ($2::text[])', [
      `'${PAST}':1A`,
      [LAST, NEXT].map((number) => archiveId('art', number)),
    ]);
    await database.query('VACUUM (FULL, ANALYZE) articles');
  }, 120_000);
  afterAll(() => database.close());

  const search = async (change: Partial<SearchRequest>, over: Queryable = database) => {
    const [page] = await createPostgresStores(over).articles.search([request(change)], view);
    return page?.matches.map(({ article }) => article.id) ?? [];
  };

  /** The plan of the statement, for each way to make one. */
  const explain = async (change: Partial<SearchRequest>): Promise<readonly PlanNode[]> => {
    const plans: PlanNode[] = [];
    await search(change, {
      query: async (text, values = []) => {
        for (const mode of PLAN_MODES)
          plans.push(
            await database.transaction((transaction) => explainStatement(transaction, { text, values }, mode)),
          );
        return [];
      },
    });
    return plans;
  };

  it('ranks the newest five hundred', async () => {
    // By age alone the newest would come first: of what is older than two months, all weighs the same.
    const [first, ...others] = await search({});
    expect(first).toBe(archiveId('art', LAST));
    expect(others).not.toContain(archiveId('art', NEXT));
    const before = publishedAtOf(LAST, NOW);
    expect((await search({ filter: { publishedBefore: before } }))[0]).toBe(archiveId('art', NEXT));
  });

  it('counts what matches up to ten thousand, and reads the weeks that hold what is ranked', async () => {
    for (const plan of await explain({})) {
      const [counted, ...others] = scansOf(plan);
      expect(counted).toBe(FEW + 1);
      // Then each is read by its id, to be ranked.
      expect(sum(others)).toBeLessThanOrEqual(SAMPLE + 2 * WEEK + 2 * RANKED);
      expect(
        nodesOf(plan).filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'articles'),
      ).toEqual([]);
    }
  });

  it('begins at the instant that a filter names, and ends there', async () => {
    const [from, until] = [SINCE + 6_000, SINCE + 5_950];
    const filter = { publishedAfter: publishedAtOf(from, NOW), publishedBefore: publishedAtOf(until, NOW) };
    expect((await search({ filter, limit: 100 })).toSorted()).toEqual(
      Array.from({ length: from - until }, (_, place) => archiveId('art', until + 1 + place)).toSorted(),
    );
    for (const plan of await explain({ filter }))
      expect(sum(scansOf(plan).slice(1))).toBeLessThanOrEqual(SAMPLE + 2 * WEEK + 2 * (from - until));
  });
});
