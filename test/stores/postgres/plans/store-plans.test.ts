import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SectionId } from '../../../../src/content/ids.ts';
import { createPlan } from '../../../content/create-plan.ts';
import { publicView, type Listing, type Viewpoint } from '../../../../src/content/listing.ts';
import type { SearchRequest } from '../../../../src/content/search.ts';
import type { Database, Row } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../../src/stores/stores.ts';
import {
  ARCHIVE,
  archiveId,
  archivePath,
  archiveSlug,
  publishedAtOf,
} from '../../../support/archive/archive-places.ts';
import { RARE_WORD } from '../../../support/archive/archive-words.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { explainStatement, PLAN_MODES } from './explain-statement.ts';
import { GROWING_TABLES } from './find-plan-faults.ts';
import { blocksOf, nodesOf, rowsReadBy, type PlanNode } from './plan-node.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 20_000;
const view = publicView(NOW);
/** Of the largest tag of its edition, and two others. */
const SUBJECT = {
  id: archiveId('art', 500),
  edition: 'EN',
  tagIds: [0, 3, 40].map((number) => archiveId('tag', number)),
  sectionId: archiveId('sec', 2),
  limit: 4,
} as const;
/** Whoever may have two sections, early. */
const sections = [archiveId('sec', 2), archiveId('sec', 3)] as readonly SectionId[];
const partner: Viewpoint = {
  now: NOW,
  plan: createPlan({ editions: ['EN'], sections: { EN: ['a', 'b'] }, embargoed: true }),
  sections: new Map([['EN', { tops: sections, all: new Set(sections) }]]),
};
/** The archive's authors are few, an outlet's are not. */
const LONG_TABLES = [...GROWING_TABLES, 'authors'];
/** The way down an index and to the row; and a little for what finds nothing. */
const BLOCKS_PER_ROW = 5;
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
const WORD_OF_THE_DAY = 'zanzibar';
/** Taken down, say. */
const FIVE = [1, 2, 500, 9_000, 19_000].map((n) => archiveId('art', n));
/** As many names as a page has, from all over their table. */
const SIXTY = Array.from({ length: 60 }, (_, n) => n * 30);
const slugOf = (letter: string) => (n: number) => ({ edition: 'EN' as const, slug: `${letter}${n}` });
const deep = { instant: publishedAtOf(10_000, NOW), id: archiveId('art', 10_000), walk: 0 };
const tag = (number: number) => ({ of: 'tag' as const, id: archiveId('tag', number) });

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
          ...Array.from({ length: ARCHIVE.sections }, (_, i) =>
            listing({ scope: { of: 'section', id: archiveId('sec', i) }, page: { limit: 5 } }),
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
        [listing({ filter: { publishedAfter: NOW - 3e9, publishedBefore: NOW - 2e9, updatedAfter: NOW - 3e9 } })],
        view,
      ),
  ],
  [
    'before an instant long ago',
    100,
    ({ articles }) => articles.list([listing({ filter: { publishedBefore: publishedAtOf(19_000, NOW) } })], view),
  ],
  [
    'after an instant of late, the oldest first',
    100,
    ({ articles }) =>
      articles.list([listing({ order: 'PUBLISHED_ASC', filter: { publishedAfter: publishedAtOf(1_000, NOW) } })], view),
  ],
  ['one tag', 100, ({ articles }) => articles.list([listing({ scope: tag(900) })], view)],
  ['breaking news', 200, ({ articles }) => articles.list([listing({ filter: { breaking: true } })], view)],
  [
    'the articles of a rare tag in an edition',
    1_500,
    ({ articles }) => articles.list([listing({ filter: { tagSlugs: ['t900'] } })], view),
  ],
  [
    'the articles of a rare author under a common tag',
    6_000,
    ({ articles }) => articles.list([listing({ scope: tag(0), filter: { authorSlugs: ['a7'] } })], view),
  ],
  // The shorter of what is asked for and what may be seen is found out by looking at a thousand of each.
  ['the newest for a partner', 2_600, ({ articles }) => articles.list([listing()], partner)],
  [
    'a page from the middle for a partner',
    2_600,
    ({ articles }) => articles.list([listing({ page: { from: deep } })], partner),
  ],
  ['one tag for a partner', 2_600, ({ articles }) => articles.list([listing({ scope: tag(900) })], partner)],
  ['a count', 10_100, ({ articles }) => articles.count([listing()], view)],
  ['a count without five articles', 10_200, ({ articles }) => articles.count([listing()], view, FIVE)],
  [
    'a count of a tag for a partner without five articles',
    2_600,
    ({ articles }) => articles.count([listing({ filter: { tagSlugs: ['t900'] } })], partner, FIVE),
  ],
  ['a count of breaking news', 100, ({ articles }) => articles.count([listing({ filter: { breaking: true } })], view)],
  [
    'addresses',
    30,
    ({ articles }) =>
      articles.byAddresses(
        [1, 2, 3].flatMap((n) => [
          { edition: 'EN' as const, form: 'slug' as const, value: archiveSlug(n) },
          { edition: 'EN' as const, form: 'path' as const, value: archivePath(n) },
        ]),
      ),
  ],
  [
    'articles by id',
    100,
    ({ articles }) => articles.byIds(Array.from({ length: 50 }, (_, i) => archiveId('art', i * 100))),
  ],
  [
    'what is related to an article with a tag that a third of the archive has',
    700,
    ({ articles }) => articles.related([SUBJECT], view),
  ],
  [
    'the newest of a section and of a tag that a third of the archive has',
    230,
    async ({ articles }) =>
      await articles.newest?.(
        [SUBJECT.sectionId, ...SUBJECT.tagIds].map((target) => ({ target, limit: 55 })),
        NOW,
      ),
  ],
  ['articles of a story', 10, ({ articles }) => articles.byTranslationGroups(['a', 'b'])],
  [
    'a rare word',
    400,
    ({ articles }) =>
      articles.search([{ edition: 'EN', text: RARE_WORD.EN, filter: {}, limit: 10, rankedAt: NOW }], view),
  ],
  [
    'a word of every second article',
    10_000,
    ({ articles }) =>
      articles.search([{ edition: 'EN', text: 'government', filter: {}, limit: 10, rankedAt: NOW }], view),
  ],
  [
    'a word of the day: in the newest articles, and nowhere else',
    1_000,
    ({ articles }) =>
      articles.search([{ edition: 'EN', text: WORD_OF_THE_DAY, filter: {}, limit: 10, rankedAt: NOW }], view),
  ],
  ['tags by id', 60, ({ taxonomy }) => taxonomy.tagsByIds(SIXTY.map((n) => archiveId('tag', n)))],
  ['tags by slug', 60, ({ taxonomy }) => taxonomy.tagsBySlugs(SIXTY.map(slugOf('t')))],
  ['tags by group', 60, ({ taxonomy }) => taxonomy.tagsByTranslationGroups(SIXTY.map((n) => `t${n}`))],
  ['tags by name', 50, ({ taxonomy }) => taxonomy.listTags([{ edition: 'EN', limit: 20 }])],
  ['authors by id', 60, ({ taxonomy }) => taxonomy.authorsByIds(SIXTY.map((n) => archiveId('aut', n)))],
  ['authors by slug', 60, ({ taxonomy }) => taxonomy.authorsBySlugs(SIXTY.map(slugOf('a')))],
  ['authors by group', 60, ({ taxonomy }) => taxonomy.authorsByTranslationGroups(SIXTY.map((n) => `a${n}`))],
  ['authors by name', 50, ({ taxonomy }) => taxonomy.listAuthors([{ edition: 'EN', limit: 20 }])],
];

describe('plans over 20,000 articles', () => {
  let database: Database;
  let stores: Stores;
  let plans: readonly PlanNode[];
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeArchive(database, { articles: ARTICLES, now: NOW, editions: ['EN'], paragraphs: 3 });
    await database.query(
      `UPDATE articles SET search = search || $1::tsvector WHERE id IN (
         SELECT id FROM articles WHERE published_at <= $2::timestamptz ORDER BY published_at DESC LIMIT 20)`,
      [`'${WORD_OF_THE_DAY}':1A '=${WORD_OF_THE_DAY}':1A`, new Date(NOW)],
    );
    // The archive has sixty authors, and no translation groups. (VACUUM: an update leaves what it replaced to be read past.)
    await database.query(
      `INSERT INTO authors (id, edition, kind, slug, name)
       SELECT 'aut_en_' || lpad(n::text, 20, '0'), 'EN', 'PERSON', 'a' || n, 'Author ' || n
       FROM generate_series($1::integer, 1999) AS n`,
      [ARCHIVE.authors],
    );
    for (const table of ['tags', 'authors']) {
      await database.query(`UPDATE ${table} SET translation_group = slug`);
      await database.query(`VACUUM ANALYZE ${table}`);
    }
    stores = createPostgresStores({
      query: async (text, values) => {
        plans = await database.transaction(async (transaction) => {
          const made: PlanNode[] = [];
          for (const mode of PLAN_MODES)
            made.push(await explainStatement(transaction, { text, values: values ?? [] }, mode));
          return made;
        });
        return await database.query(text, values);
      },
    });
  }, 120_000);
  afterAll(() => database.close());

  it.each(reads)('%s: reads ranges of indexes, at most %i rows', async (_name, limit, readFrom) => {
    await readFrom(stores);
    for (const plan of plans) {
      const scans = nodesOf(plan).filter((node) => LONG_TABLES.includes(node['Relation Name'] ?? ''));
      expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      const rows = scans.map(rowsReadBy).reduce((sum, count) => sum + count, 0);
      expect(rows).toBeLessThanOrEqual(limit);
      // What a scan skips in its index is no row of it, and is read all the same.
      expect(blocksOf(plan)).toBeLessThanOrEqual(BLOCKS_PER_ROW * rows + 10);
    }
  });

  it('ranks the newest five hundred that have a common word, page by page', async () => {
    const common: SearchRequest = { edition: 'EN', text: 'government', filter: {}, limit: 10, rankedAt: NOW };
    const newest = await database.query<Row & { readonly id: string }>(
      'SELECT id FROM articles WHERE search @@ $1::tsquery ORDER BY published_at DESC, id DESC LIMIT 500',
      [`'=government'`],
    );
    const [whole] = await stores.articles.search([{ ...common, limit: 1_000 }], view);
    const ranked = whole?.matches.map(({ article }) => article.id) ?? [];
    expect(ranked.toSorted()).toEqual(newest.map(({ id }) => id).toSorted());
    const [first] = await stores.articles.search([common], view);
    const last = first?.matches.at(-1);
    if (last === undefined) throw new Error('an empty page');
    const after = { score: last.score, id: last.article.id };
    const [second] = await stores.articles.search([{ ...common, after }], view);
    expect([first, second].flatMap((page) => page?.matches.map(({ article }) => article.id))).toEqual(
      ranked.slice(0, 20),
    );
  });

  it('counts ten thousand exactly, and gives no count above', async () => {
    const lists = [listing(), listing({ scope: tag(0) }), listing({ filter: { kinds: ['VIDEO'] } })];
    const counts = await stores.articles.count(lists, view);
    const [tagged] = await database.query('SELECT count(*)::integer AS total FROM articles WHERE tag_ids[1] = $1', [
      archiveId('tag', 0),
    ]);
    expect(counts.map(({ total }) => total)).toEqual([null, tagged?.['total'], ARTICLES / 50]);
    const searches = ['government', RARE_WORD.EN].map((text) => ({ edition: 'EN' as const, text, filter: {} }));
    const found = await stores.articles.countSearch(searches, view);
    expect(found.map(({ total }) => total)).toEqual([null, 1]);
  });
});
