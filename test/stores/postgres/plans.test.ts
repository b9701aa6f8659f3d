import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listing } from '../../../src/content/listing.ts';
import type { SearchPage, SearchRequest } from '../../../src/content/search.ts';
import type { Database, Row } from '../../../src/database/database.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { MANY, manyId, writeManyArticles } from '../../support/many-articles.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 20_000;
const view = { now: NOW };
/** The way down an index and to the row; and a little for what finds nothing. */
const BLOCKS_PER_ROW = 5;
/** Tables that grow with the archive: reading one whole is a defect however fast it is today. */
const GROWING = ['articles', 'memberships', 'boundaries', 'addresses', 'tags'];

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

interface ExplainRow extends Row {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const listing = (
  change: Partial<Omit<Listing, 'page'>> & { readonly page?: Partial<Listing['page']> } = {},
): Listing => ({
  edition: 'EN',
  scope: { of: 'edition' },
  filter: {},
  order: 'PUBLISHED_DESC',
  ...change,
  page: { direction: 'forward', limit: 20, ...change.page },
});
const deep = { instant: NOW - 10_000 * 600_000, id: manyId('art', 10_000), walk: 0 };
const tag = (number: number) => ({ of: 'tag' as const, id: manyId('tag', number) });

/** Each with the number of rows of growing tables it may touch. */
const reads: readonly (readonly [string, number, (stores: Stores) => Promise<unknown>])[] = [
  ['the newest of an edition', 100, ({ articles }) => articles.list([listing()], view)],
  [
    'a front page: the newest and five of each section',
    600,
    ({ articles }) =>
      articles.list(
        [
          listing(),
          ...Array.from({ length: MANY.sections }, (_, i) =>
            listing({ scope: { of: 'section', id: manyId('sec', i) }, page: { limit: 5 } }),
          ),
        ],
        view,
      ),
  ],
  ['a page from the middle', 100, ({ articles }) => articles.list([listing({ page: { from: deep } })], view)],
  [
    'the page before one in the middle',
    100,
    ({ articles }) => articles.list([listing({ page: { from: deep, direction: 'backward' } })], view),
  ],
  ['the oldest first', 100, ({ articles }) => articles.list([listing({ order: 'PUBLISHED_ASC' })], view)],
  [
    'by update, from the middle',
    100,
    ({ articles }) => articles.list([listing({ order: 'UPDATED_DESC', page: { from: deep } })], view),
  ],
  [
    'by update, backwards',
    100,
    ({ articles }) =>
      articles.list([listing({ order: 'UPDATED_DESC', page: { from: deep, direction: 'backward' } })], view),
  ],
  [
    'between two instants',
    100,
    ({ articles }) =>
      articles.list(
        [listing({ filter: { publishedAfter: NOW - 9e9, publishedBefore: NOW - 6e9, updatedAfter: NOW - 9e9 } })],
        view,
      ),
  ],
  [
    'before an instant long ago',
    100,
    ({ articles }) => articles.list([listing({ filter: { publishedBefore: NOW - 19_000 * 600_000 } })], view),
  ],
  [
    'after an instant of late, the oldest first',
    100,
    ({ articles }) =>
      articles.list([listing({ order: 'PUBLISHED_ASC', filter: { publishedAfter: NOW - 1_000 * 600_000 } })], view),
  ],
  ['one tag', 100, ({ articles }) => articles.list([listing({ scope: tag(7) })], view)],
  ['breaking news', 200, ({ articles }) => articles.list([listing({ filter: { breaking: true } })], view)],
  [
    'the articles of a rare tag in an edition',
    1_500,
    ({ articles }) => articles.list([listing({ filter: { tagSlugs: ['t7'] } })], view),
  ],
  [
    'the articles of a rare author under a common tag',
    6_000,
    ({ articles }) => articles.list([listing({ scope: tag(0), filter: { authorSlugs: ['a7'] } })], view),
  ],
  ['a count', 10_100, ({ articles }) => articles.count([listing()], view)],
  ['a count of breaking news', 100, ({ articles }) => articles.count([listing({ filter: { breaking: true } })], view)],
  [
    'addresses',
    30,
    ({ articles }) =>
      articles.byAddresses(
        [1, 2, 3].flatMap((n) => [
          { edition: 'EN' as const, form: 'slug' as const, value: `story-${n}` },
          { edition: 'EN' as const, form: 'path' as const, value: `s/story-${n}` },
        ]),
      ),
  ],
  [
    'articles by id',
    100,
    ({ articles }) => articles.byIds(Array.from({ length: 50 }, (_, i) => manyId('art', i * 100))),
  ],
  [
    'what is related to an article with a tag that half the archive has',
    700,
    ({ articles }) => articles.related([{ id: manyId('art', 500), edition: 'EN', limit: 4 }], view),
  ],
  ['articles of a story', 10, ({ articles }) => articles.byTranslationGroups(['a', 'b'])],
  [
    'a rare word',
    400,
    ({ articles }) => articles.search([{ edition: 'EN', text: 'word77', filter: {}, limit: 10, rankedAt: NOW }], view),
  ],
  [
    'a word of every article',
    7_000,
    ({ articles }) => articles.search([{ edition: 'EN', text: 'harbour', filter: {}, limit: 10, rankedAt: NOW }], view),
  ],
  ['tags by name', 50, ({ taxonomy }) => taxonomy.listTags([{ edition: 'EN', limit: 20 }])],
];

describe('plans over 20,000 articles', () => {
  let database: Database;
  let stores: Stores;
  let plan: PlanNode;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeManyArticles(database, ARTICLES, NOW);
    stores = createPostgresStores({
      query: async (text, values) => {
        const [row] = await database.query<ExplainRow>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values);
        if (row === undefined) throw new Error('no plan');
        plan = row['QUERY PLAN'][0].Plan;
        return await database.query(text, values);
      },
    });
  }, 120_000);
  afterAll(() => database.close());

  it.each(reads)('%s: reads ranges of indexes, at most %i rows', async (_name, limit, readFrom) => {
    await readFrom(stores);
    const scans = nodesOf(plan).filter((node) => GROWING.includes(node['Relation Name'] ?? ''));
    expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    const rows = scans
      .map((node) => ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0))
      .reduce((sum, count) => sum + count, 0);
    expect(rows).toBeLessThanOrEqual(limit);
    // What a scan skips in its index is no row of it, and is read all the same.
    const blocks = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
    expect(blocks).toBeLessThanOrEqual(BLOCKS_PER_ROW * rows + 10);
  });

  it('finds by a common word what it finds when it looks through all that match', async () => {
    const common: SearchRequest = { edition: 'EN', text: 'harbour', filter: {}, limit: 10, rankedAt: NOW };
    const after = (page: SearchPage | undefined) => {
      const last = page?.matches.at(-1);
      if (last === undefined) throw new Error('an empty page');
      return { score: last.score, id: last.article.id };
    };
    // A filter that all pass: then the index of words is asked.
    const filter = { publishedAfter: 0 };
    const [first] = await stores.articles.search([common], view);
    const [filtered] = await stores.articles.search([{ ...common, filter }], view);
    expect(first).toEqual(filtered);
    const [second] = await stores.articles.search([{ ...common, after: after(first) }], view);
    const [filteredSecond] = await stores.articles.search([{ ...common, filter, after: after(first) }], view);
    expect(second).toEqual(filteredSecond);
    expect(second).not.toEqual(first);
  });

  it('counts ten thousand exactly, and gives no count above', async () => {
    const lists = [listing(), listing({ scope: tag(0) }), listing({ filter: { kinds: ['VIDEO'] } })];
    const counts = await stores.articles.count(lists, view);
    expect(counts.map(({ total }) => total)).toEqual([null, ARTICLES / 2, ARTICLES / 50]);
    const searches = ['harbour', 'word77'].map((text) => ({ edition: 'EN' as const, text, filter: {} }));
    const found = await stores.articles.countSearch(searches, view);
    expect(found.map(({ total }) => total)).toEqual([null, ARTICLES / 500]);
  });
});
