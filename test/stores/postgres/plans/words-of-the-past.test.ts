import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView, type ListingFilter } from '../../../../src/content/listing.ts';
import type { SearchRequest } from '../../../../src/content/search.ts';
import type { Database, Row } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import { archiveId, publishedAtOf } from '../../../support/archive/archive-places.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { explainStores } from './explain-stores.ts';
import { rowsRead, nodesOf, type PlanNode } from './plan-node.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 14_000;
/** The newest so many have not the word. */
const SINCE = 3_000;
/** What more articles have is common, and of common words so many are ranked. */
const FEW = 10_000;
const RANKED = 500;
const PAST = 'zanzibar';
/** In every fifteenth article, the newest too: common, and so few that 500 of it are three weeks'. */
const SPARSE = 'yeti';
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

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Of the one edition. */
const WEEK = (7 * 24 * 60) / 4;
/** The newest and those before a month, to see whether a word is common. */
const SAMPLE = 160;

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
    await database.query(`UPDATE articles SET search = search || $1::tsvector WHERE right(id, 20)::integer % 15 = 0`, [
      `'${SPARSE}':1D`,
    ]);
    await database.query('UPDATE articles SET search = search || $1::tsvector WHERE id = ANY ($2::text[])', [
      `'${PAST}':1A`,
      [LAST, NEXT].map((number) => archiveId('art', number)),
    ]);
    await database.query('VACUUM (FULL, ANALYZE) articles');
  }, 120_000);
  afterAll(() => database.close());

  const search = async (change: Partial<SearchRequest>, stores = createPostgresStores(database)) => {
    const [page] = await stores.articles.search([request(change)], view);
    return page?.matches.map(({ article }) => article.id) ?? [];
  };

  const explain = (change: Partial<SearchRequest>): Promise<readonly PlanNode[]> =>
    explainStores(database, (stores) => search(change, stores));

  it('ranks the newest five hundred', async () => {
    // By age alone the newest would come first.
    const [first, ...others] = await search({});
    expect(first).toBe(archiveId('art', LAST));
    expect(others).not.toContain(archiveId('art', NEXT));
    const before = publishedAtOf(LAST, NOW);
    expect((await search({ filter: { publishedBefore: before } }))[0]).toBe(archiveId('art', NEXT));
  });

  it('counts what matches up to ten thousand, and reads the weeks that hold what is ranked', async () => {
    for (const plan of await explain({})) {
      const [counted, ...others] = rowsRead(plan, 'articles');
      expect(counted).toBe(FEW + 1);
      // Then each is read by its id, to be ranked.
      expect(sum(others)).toBeLessThanOrEqual(SAMPLE + 2 * WEEK + 2 * RANKED);
      expect(
        nodesOf(plan).filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'articles'),
      ).toEqual([]);
    }
  });

  const everything = 1_000_000;
  it.each<readonly [string, number, number, ListingFilter]>([
    ['all', 0, everything, {}],
    ['from the middle of a week', 1_234, everything, {}],
    ['up to the middle of a week', 0, 4_321, {}],
    ['from one week into the next', 150, 250, {}],
    ['from the first hour of a week', 180, 3_000, {}],
    ['up to the first hour of a week', 0, 180, {}],
    ['within a week', 1_000, 1_100, {}],
    ['nothing', 1_001, 1_002, {}],
    ['few of each week, several at a time', 0, everything, { kinds: ['VIDEO'] }],
    ['fewer', 100, 9_000, { sectionPaths: ['s2'] }],
    ['of an author', 0, everything, { authorSlugs: ['a7'] }],
    ['of a tag', 500, everything, { tagSlugs: ['t3'] }],
    ['of a tag that many have', 500, everything, { tagSlugs: ['t0'] }],
    ['of a tag that there is not', 0, everything, { tagSlugs: ['none'] }],
  ])('finds what the table has by a common word: %s', async (_what, newest, oldest, narrowing) => {
    const filter = {
      ...narrowing,
      publishedBefore: publishedAtOf(newest, NOW) + 1,
      publishedAfter: publishedAtOf(Math.min(oldest, ARTICLES), NOW),
    };
    const lists = [
      ...(narrowing.sectionPaths ?? []).map(() => archiveId('sec', 2)),
      ...(narrowing.authorSlugs ?? []).map(() => archiveId('aut', 7)),
      ...(narrowing.tagSlugs ?? []).map((slug) => (slug === 'none' ? 'none' : archiveId('tag', Number(slug.slice(1))))),
    ];
    const found = await database.query<Row & { readonly id: string }>(
      `SELECT id FROM articles WHERE search::text LIKE '%''${SPARSE}''%'
           AND published_at >= $1::timestamptz AND published_at < $2::timestamptz AND ($3::text[] IS NULL OR kind = ANY ($3::text[]))
           AND section_ids || author_ids || tag_ids @> $4::text[]
         ORDER BY published_at DESC, id DESC LIMIT ${RANKED}`,
      [new Date(filter.publishedAfter), new Date(filter.publishedBefore), narrowing.kinds ?? null, lists],
    );
    const plans = await explain({ text: SPARSE, filter });
    expect(plans.map((plan) => rowsRead(plan, 'articles')[0])).not.toContain(FEW + 1);
    expect((await search({ text: SPARSE, filter, limit: 1_000 })).toSorted()).toEqual(
      found.map(({ id }) => id).toSorted(),
    );
  });

  it('counts a phrase by its words, without reading where they stand', async () => {
    for (const plan of await explain({ text: `"${PAST} ${PAST}"` }))
      expect(rowsRead(plan, 'articles')).toContain(FEW + 1);
  });
});
