import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView, type ListingFilter, type Viewpoint } from '../../../../src/content/listing.ts';
import type { SearchRequest } from '../../../../src/content/search.ts';
import type { Database, Row } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import { archiveId, publishedAtOf } from '../../../support/archive/archive-places.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { createPlan } from '../../../content/create-plan.ts';
import { explainStores } from './explain-stores.ts';
import { rowsRead, type PlanNode } from './plan-node.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 14_000;
/** In every second article, and so common. */
const COMMON = 'zanzibar';
/** In every thousandth. */
const RARE = 'yeti';
/** To see whether a word is common, such an archive, of two months, has the newest and those before a month looked at. */
const SAMPLES = 160;
const LONGEST_SHORT_LIST = 2_000;
const view = publicView(NOW);

interface Narrowing {
  readonly what: string;
  readonly filter: ListingFilter;
  /** The articles that `filter` lets through. */
  readonly where: string;
}

const has = (column: string, ...ids: readonly string[]): string =>
  `${column} && '{${ids.join(',')}}'::text[] COLLATE "C"`;
const day = { publishedAfter: publishedAtOf(9_000, NOW), publishedBefore: publishedAtOf(8_700, NOW) };

const SHORT: readonly Narrowing[] = [
  { what: 'an author', filter: { authorSlugs: ['a7'] }, where: has('author_ids', archiveId('aut', 7)) },
  {
    what: 'two authors, who wrote some together',
    filter: { authorSlugs: ['a7', 'a8'] },
    where: has('author_ids', archiveId('aut', 7), archiveId('aut', 8)),
  },
  {
    what: 'a section and a tag',
    filter: { sectionPaths: ['s2'], tagSlugs: ['t1'] },
    where: `${has('section_ids', archiveId('sec', 2))} AND ${has('tag_ids', archiveId('tag', 1))}`,
  },
  {
    what: 'a tag and a dozen authors, whom many have, and few both',
    filter: { tagSlugs: ['t0'], authorSlugs: Array.from({ length: 12 }, (_, number) => `a${number}`) },
    where: `${has('tag_ids', archiveId('tag', 0))} AND ${has('author_ids', ...Array.from({ length: 12 }, (_, number) => archiveId('aut', number)))}`,
  },
  {
    what: 'a tag that many have, and a day',
    filter: { tagSlugs: ['t0'], ...day },
    where: `${has('tag_ids', archiveId('tag', 0))} AND published_at >= '${new Date(day.publishedAfter).toISOString()}' AND published_at < '${new Date(day.publishedBefore).toISOString()}'`,
  },
  { what: 'breaking news', filter: { breaking: true }, where: 'breaking' },
  {
    what: 'videos of an author',
    filter: { authorSlugs: ['a7'], kinds: ['VIDEO'] },
    where: `${has('author_ids', archiveId('aut', 7))} AND kind = 'VIDEO'`,
  },
  { what: 'a tag that there is not', filter: { tagSlugs: ['none'] }, where: 'false' },
];

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const readIn = (plan: PlanNode): number => sum(rowsRead(plan, 'articles'));

const request = (change: Partial<SearchRequest>): SearchRequest => ({
  edition: 'EN',
  text: COMMON,
  filter: {},
  limit: 5_000,
  rankedAt: NOW,
  ...change,
});

describe('a search for a common word among few articles', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeArchive(database, { articles: ARTICLES, now: NOW, editions: ['EN'], paragraphs: 1 });
    // Not of the numbers that sections, tags and kinds are dealt by.
    await database.query(
      `UPDATE articles SET search = search
         || CASE WHEN hashtext(id) % 2 = 0 THEN '''${COMMON}'':1D'::tsvector ELSE '' END
         || CASE WHEN hashtext(id) % 1000 = 0 THEN '''${RARE}'':1D'::tsvector ELSE '' END`,
    );
    await database.query('VACUUM (FULL, ANALYZE) articles');
  }, 120_000);
  afterAll(() => database.close());

  const found = async (change: Partial<SearchRequest>): Promise<readonly string[]> => {
    const [page] = await createPostgresStores(database).articles.search([request(change)], view);
    return page?.matches.map(({ article }) => article.id).toSorted() ?? [];
  };
  const counted = async (filter: ListingFilter): Promise<number | null | undefined> =>
    (await createPostgresStores(database).articles.countSearch([{ edition: 'EN', text: COMMON, filter }], view))[0]
      ?.total;

  const idsWhere = async (where: string): Promise<readonly string[]> =>
    (
      await database.query<Row & { readonly id: string }>(
        `SELECT id FROM articles WHERE ${where} ORDER BY id COLLATE "C"`,
      )
    ).map(({ id }) => id);

  it.each(SHORT)('finds what the table has: $what', async ({ filter, where }) => {
    const expected = await idsWhere(`hashtext(id) % 2 = 0 AND ${where}`);
    expect(await found({ filter })).toEqual(expected);
    expect(await counted(filter)).toBe(expected.length);
  });

  it.each(SHORT)('reads those articles, and no others: $what', async ({ filter, where }) => {
    const few = (await idsWhere(where)).length;
    expect(few).toBeLessThan(LONGEST_SHORT_LIST);
    const plans = await explainStores(database, async ({ articles }) => {
      await articles.search([request({ filter })], view);
      await articles.countSearch([{ edition: 'EN', text: COMMON, filter }], view);
    });
    // Of two lists some stand in both; what is found is read again to be ranked, and again to be shown.
    for (const plan of plans) expect(readIn(plan)).toBeLessThanOrEqual(SAMPLES + 4 * few);
  });

  it('takes the sections of a partner for a list', async () => {
    const tops = [archiveId('sec', 2)];
    const partner: Viewpoint = {
      now: NOW,
      plan: createPlan({ editions: ['EN'], sections: { EN: ['s2'] }, syndication: 'FULL' }),
      sections: new Map([['EN', { tops, all: new Set(tops) }]]),
    };
    const few = await idsWhere(has('section_ids', ...tops));
    const matching = await idsWhere(`hashtext(id) % 2 = 0 AND ${has('section_ids', ...tops)}`);
    const [page] = await createPostgresStores(database).articles.search([request({})], partner);
    expect(page?.matches.map(({ article }) => article.id).toSorted()).toEqual(matching);
    const plans = await explainStores(database, ({ articles }) => articles.search([request({})], partner));
    for (const plan of plans) expect(readIn(plan)).toBeLessThanOrEqual(SAMPLES + 4 * few.length);
  });

  it('goes through the shortest list, once', async () => {
    const [section, tag] = [has('section_ids', archiveId('sec', 2)), has('tag_ids', archiveId('tag', 1))];
    const [short, long] = [(await idsWhere(section)).length, (await idsWhere(tag)).length];
    expect(long).toBeGreaterThan(2 * short);
    const plans = await explainStores(database, ({ articles }) =>
      articles.search([request({ filter: { sectionPaths: ['s2'], tagSlugs: ['t1'] } })], view),
    );
    // Both are counted. Of each that is gone through it is looked whether it stands in either, in nine lists at most.
    for (const plan of plans)
      expect(sum(rowsRead(plan, 'memberships'))).toBeLessThanOrEqual(SAMPLES + short + long + short * (1 + 2 * 9));
  });

  it('takes no list of two thousand', async () => {
    const filter = { tagSlugs: ['t0'] };
    expect((await idsWhere(has('tag_ids', archiveId('tag', 0)))).length).toBeGreaterThan(LONGEST_SHORT_LIST);
    // The newest five hundred: all would be ranked of a short one.
    expect((await found({ filter })).length).toBe(500);
  });

  it('reads what has a rare word, however short the list', async () => {
    const plans = await explainStores(database, async ({ articles }) => {
      const filter = { authorSlugs: ['a7'] };
      await articles.search([request({ text: RARE, filter })], view);
      await articles.countSearch([{ edition: 'EN', text: RARE, filter }], view);
    });
    const withIt = (await idsWhere('hashtext(id) % 1000 = 0')).length;
    for (const plan of plans) expect(readIn(plan)).toBeLessThanOrEqual(SAMPLES + 4 * withIt);
  });
});
