import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor, parseCursor, positionOf } from '../../../src/content/cursor.ts';
import type { Article } from '../../../src/content/entities.ts';
import {
  ARTICLE_ORDERS,
  type ArticlePage,
  type Listing,
  type ListingQuery,
  type PageRequest,
  publicView,
} from '../../../src/content/listing.ts';
import type { ArticleStore } from '../../../src/stores/article-store.ts';
import { articleId } from '../../support/content-rows.ts';
import { openStores, type StoresUnderTest } from '../../support/stores-under-test.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const view = publicView(NOW);
/** Few instants, so that articles share them. */
const instant = fc.integer({ min: 1, max: 4 }).map((hours) => NOW - hours * 3_600_000);
const story = fc.record({ publishedAt: instant, updatedAt: instant });
/** Which article, of those there are. */
const pick = fc.nat(99);

/** What a desk does while somebody reads on. */
const edit = fc.oneof(
  story.map((written) => ({ type: 'publish' as const, ...written })),
  fc.record({ type: fc.constant('date' as const), pick, publishedAt: instant }),
  fc.record({ type: fc.constant('update' as const), pick, updatedAt: instant }),
  fc.record({ type: fc.constant('withdraw' as const), pick }),
);

const walk = fc.record({
  stories: fc.array(story, { minLength: 2, maxLength: 8 }),
  order: fc.constantFrom(...ARTICLE_ORDERS),
  direction: fc.constantFrom('forward' as const, 'backward' as const),
  limit: fc.integer({ min: 1, max: 3 }),
  /** After each page. */
  edits: fc.array(fc.array(edit, { maxLength: 2 }), { minLength: 1, maxLength: 6 }),
});
type Walk = typeof walk extends fc.Arbitrary<infer Value> ? Value : never;

/** How a reader gets from a page to the next: the articles of it, or undefined after the last. */
type Pager = (
  store: ArticleStore,
  listing: Listing,
  before: { readonly page: ArticlePage; readonly seen: number } | undefined,
) => Promise<ArticlePage>;

const read = async (store: ArticleStore, listing: Listing): Promise<ArticlePage> => {
  const [page] = await store.list([listing], view);
  if (page === undefined) throw new Error('no page');
  return page;
};

/** The article at the end of a page that a reader goes on from. */
const endOf = ({ articles }: ArticlePage, { direction }: PageRequest): Article | undefined =>
  direction === 'forward' ? articles.at(-1) : articles[0];

const goOnFrom =
  (place: (query: ListingQuery, article: Article, page: ArticlePage) => PageRequest['from']): Pager =>
  (store, listing, before) => {
    const end = before && endOf(before.page, listing.page);
    const from = before && end && place(listing, end, before.page);
    return read(store, { ...listing, page: { ...listing.page, ...(from && { from }) } });
  };

const ours = goOnFrom((query, article, page) => {
  const list = { of: 'articles' as const, query };
  return parseCursor(list, encodeCursor(list, positionOf(article, query.order, page.walk)));
});

/** Pagers that others ship: each must be caught, or the check is worth nothing. */
const knownBad: readonly (readonly [string, Pager])[] = [
  [
    'an offset',
    async (store, listing, before) => {
      const { limit, direction } = listing.page;
      const seen = before?.seen ?? 0;
      const whole = await read(store, { ...listing, page: { direction, limit: seen + limit } });
      const articles =
        direction === 'forward' ? whole.articles.slice(seen) : whole.articles.slice(0, -seen || undefined);
      return { ...whole, articles };
    },
  ],
  [
    'the instant alone',
    goOnFrom((query, article, page) => ({ ...positionOf(article, query.order, page.walk), id: '' })),
  ],
  [
    'instant and id without the walk',
    goOnFrom((query, article) => positionOf(article, query.order, Number.MAX_SAFE_INTEGER)),
  ],
  [
    'another tie-break',
    goOnFrom((query, article, page) => ({ ...positionOf(article, query.order, page.walk), id: 'z' })),
  ],
];

describe('list, while the desk goes on working', () => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores('postgres');
  });
  afterAll(() => opened.close());

  /** Walks through the whole list with `pager` and says what went wrong. */
  const faultsOf = async (
    pager: Pager,
    { stories, order, direction, limit, edits }: Walk,
  ): Promise<readonly string[]> => {
    const { clear, write, stores } = opened;
    await clear();
    const written = stories.map((row, i) => ({ key: `n${i}`, ...row }));
    await write(written);
    const steady = new Set(written.map(({ key }) => key));

    const apply = async (change: Walk['edits'][number][number]): Promise<void> => {
      if (change.type === 'publish') {
        const { publishedAt, updatedAt } = change;
        written.push({ key: `n${written.length}`, publishedAt, updatedAt });
        return await write(written.slice(-1));
      }
      const index = change.pick % written.length;
      const row = written[index];
      if (row === undefined) return;
      const { type, pick: _pick, ...moved } = change;
      const next = { ...row, ...moved };
      const sortsBy = order === 'UPDATED_DESC' ? 'updatedAt' : 'publishedAt';
      if (type === 'withdraw' || next[sortsBy] !== row[sortsBy]) steady.delete(row.key);
      written[index] = next;
      await write([type === 'withdraw' ? { ...next, withdrawnAt: NOW } : next]);
    };

    const listing: Listing = { edition: 'EN', scope: { of: 'edition' }, filter: {}, order, page: { direction, limit } };
    const seen: string[] = [];
    let before: { page: ArticlePage; seen: number } | undefined;
    for (let pages = 0; pages < 100; pages += 1) {
      const page = await pager(stores.articles, listing, before);
      seen.push(...page.articles.map(({ id }) => id));
      if (!page.hasMore) break;
      before = { page, seen: seen.length };
      for (const change of edits[pages] ?? []) await apply(change);
    }
    return [
      ...seen.filter((id, i) => seen.indexOf(id) !== i).map((id) => `${id} twice`),
      ...[...steady].filter((key) => !seen.includes(articleId(key))).map((key) => `${key} skipped`),
    ];
  };

  const property = (pager: Pager) =>
    fc.asyncProperty(walk, async (given) => {
      expect(await faultsOf(pager, given)).toEqual([]);
    });

  it('meets no article twice, and every one that keeps its place', async () => {
    const outcome = await fc.check(property(ours), { numRuns: 300 });
    expect(fc.defaultReportMessage(outcome)).toBeUndefined();
  }, 300_000);

  it.each(knownBad)('would notice a reader that goes on by %s', async (_name, pager) => {
    const { failed } = await fc.check(property(pager), { numRuns: 200, endOnFailure: true, seed: 1 });
    expect(failed).toBe(true);
  });
});
