import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/clock.ts';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import {
  publicView,
  type ArticleOrder,
  type Listing,
  type ListingFilter,
  type Position,
} from '../../src/content/listing.ts';
import type { SearchRequest } from '../../src/content/search.ts';
import { relatedTo } from '../../src/content/weigh-related.ts';
import type { ArticleStore } from '../../src/stores/article-store.ts';
import { articleId, type ArticleRows } from '../support/content-rows.ts';

/** An empty store and the way content gets into it. */
export interface ArticleStoreUnderTest {
  readonly store: ArticleStore;
  readonly write: (articles: readonly ArticleRows[]) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Upstream calls so far. */
  readonly calls: () => number;
  /** Upstream calls that a batch takes at most. Default: 1. */
  readonly callsPerBatch?: number;
  readonly close: () => Promise<void>;
}

export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 60 * 60_000;
const hoursAgo = (hours: number): Instant => NOW - hours * HOUR;
const view = publicView(NOW);

/** The keys of articles written by these tests, which are their headlines' last words. */
const keysOf = (articles: readonly { readonly slug: string }[]): readonly string[] => articles.map(({ slug }) => slug);

const listing = (
  overrides: Partial<Omit<Listing, 'page'>> & { readonly page?: Partial<Listing['page']> } = {},
): Listing => ({
  edition: 'EN',
  scope: { of: 'edition' },
  filter: {},
  order: 'PUBLISHED_DESC',
  ...overrides,
  page: { direction: 'forward', limit: 20, ...overrides.page },
});

const searchFor = (text: string, overrides: Partial<SearchRequest> = {}): SearchRequest => ({
  edition: 'EN',
  text,
  filter: {},
  limit: 20,
  rankedAt: NOW,
  ...overrides,
});

/** What every `ArticleStore` does. */
export const articleStoreContract = (open: () => Promise<ArticleStoreUnderTest>): void => {
  let opened: Promise<ArticleStoreUnderTest> | undefined;
  const underTest = () => (opened ??= open());
  beforeEach(async () => (await underTest()).clear());
  afterAll(async () => (await opened)?.close());
  /** Whether `batches` were as few upstream calls as they may be, since `before`. */
  const areFewCalls = async (before: number, batches: number): Promise<boolean> => {
    const { calls, callsPerBatch = 1 } = await underTest();
    const made = calls() - before;
    return made >= batches && made <= batches * callsPerBatch;
  };
  const given = async (...articles: readonly ArticleRows[]): Promise<ArticleStore> => {
    const { store, write } = await underTest();
    await write(articles);
    return store;
  };
  const list = async (store: ArticleStore, ...listings: readonly Listing[]) =>
    (await store.list(listings, view)).map(({ articles }) => keysOf(articles));

  describe('byIds', () => {
    it('gives an article with everything that was written of it', async () => {
      const store = await given({
        key: 'talks-resume',
        kind: 'ANALYSIS',
        publishedAt: hoursAgo(5),
        updatedAt: hoursAgo(4),
        sections: ['news/politics', 'europe'],
        tags: ['moscow', 'berlin'],
        authors: ['rana', 'outlet'],
        kicker: 'Europe',
        headline: 'Talks resume',
        standfirst: 'After a year.',
        byline: 'Rana',
        language: 'en-GB',
        sources: [{ name: 'Agencies', kind: 'AGENCY', url: null }],
        corrections: [{ text: 'A name was wrong.', correctedAt: hoursAgo(4) }],
        breaking: true,
        breakingUntil: NOW + HOUR,
        syndication: 'EXCERPT',
        embargoedUntil: hoursAgo(5),
        expiresAt: NOW + 2 * HOUR,
        translationGroup: 'talks',
        text: 'one two three',
      });

      expect(await store.byIds([articleId('talks-resume')])).toEqual([
        {
          id: articleId('talks-resume'),
          edition: 'EN',
          kind: 'ANALYSIS',
          slug: 'talks-resume',
          path: 'news/politics/talks-resume',
          language: 'en-GB',
          kicker: 'Europe',
          headline: 'Talks resume',
          standfirst: 'After a year.',
          byline: 'Rana',
          authorIds: [idOf.author('EN', 'rana'), idOf.author('EN', 'outlet')],
          sectionIds: [idOf.section('EN', 'news/politics'), idOf.section('EN', 'europe')],
          tagIds: [idOf.tag('EN', 'moscow'), idOf.tag('EN', 'berlin')],
          sources: [{ name: 'Agencies', kind: 'AGENCY', url: null }],
          publishedAt: hoursAgo(5),
          updatedAt: hoursAgo(4),
          version: 1,
          breaking: true,
          breakingUntil: NOW + HOUR,
          lead: null,
          media: [],
          wordCount: 3,
          corrections: [{ text: 'A name was wrong.', correctedAt: hoursAgo(4) }],
          rights: {
            syndication: 'EXCERPT',
            holder: null,
            usageTerms: null,
            embargoedUntil: hoursAgo(5),
            expiresAt: NOW + 2 * HOUR,
          },
          formerPaths: [],
          seo: null,
          translationGroup: 'talks',
          withdrawnAt: null,
        },
      ]);
    });

    it('gives hidden articles too, and leaves unknown ids out', async () => {
      const store = await given({ key: 'gone', publishedAt: hoursAgo(1), withdrawnAt: hoursAgo(1) });
      const found = await store.byIds([articleId('gone'), articleId('never-written')]);
      expect(found.map(({ withdrawnAt }) => withdrawnAt)).toEqual([hoursAgo(1)]);
    });
  });

  describe('bodies', () => {
    it('gives the blocks in their order', async () => {
      const body = ['First.', 'Second.'].map((text) => ({ type: 'Paragraph' as const, html: `<p>${text}</p>`, text }));
      const store = await given({ key: 'long', publishedAt: hoursAgo(1), body });
      expect(await store.bodies([articleId('long'), articleId('unknown')])).toEqual([
        { id: articleId('long'), blocks: body },
      ]);
    });
  });

  describe('byAddresses', () => {
    it('finds an article by slug, by path and by the addresses it has left', async () => {
      const store = await given({ key: 'story', slug: 'old-name', publishedAt: hoursAgo(3) });
      await given({ key: 'story', slug: 'خبر-جديد', publishedAt: hoursAgo(3) });
      const found = await store.byAddresses([
        { edition: 'EN', form: 'slug', value: 'خبر-جديد' },
        { edition: 'EN', form: 'path', value: 'news/خبر-جديد' },
        { edition: 'EN', form: 'path', value: 'news/old-name' },
        { edition: 'EN', form: 'slug', value: 'nobody' },
      ]);
      expect(new Map(found.map(({ address, isCurrent }) => [address.value, isCurrent]))).toEqual(
        new Map([
          ['news/old-name', false],
          ['news/خبر-جديد', true],
          ['خبر-جديد', true],
        ]),
      );
      expect(new Set(found.map(({ article }) => article.id))).toEqual(new Set([articleId('story')]));
      expect(found[0]?.article.formerPaths).toEqual(['news/old-name']);
    });

    it('never answers with another edition’s article of the same slug', async () => {
      const store = await given(
        { key: 'en', edition: 'EN', slug: 'covid', publishedAt: hoursAgo(1) },
        { key: 'es', edition: 'ES', slug: 'covid', publishedAt: hoursAgo(1) },
      );
      const [found, ...more] = await store.byAddresses([{ edition: 'ES', form: 'slug', value: 'covid' }]);
      expect(found?.article.id).toBe(articleId('es', 'ES'));
      expect(more).toEqual([]);
      expect(await store.byAddresses([{ edition: 'AR', form: 'slug', value: 'covid' }])).toEqual([]);
    });

    it('gives the text of what stands there with it, to whoever will ask for it, or leaves it to be asked for', async () => {
      const body = [{ type: 'Paragraph' as const, html: '<p>Words.</p>', text: 'Words.' }];
      const store = await given(
        { key: 'told', publishedAt: hoursAgo(1), body },
        { key: 'silent', publishedAt: hoursAgo(1), body },
        { key: 'gone', publishedAt: hoursAgo(1), body, withdrawnAt: hoursAgo(1) },
      );
      const found = await store.byAddresses([
        { edition: 'EN', form: 'slug', value: 'told', withText: true },
        { edition: 'EN', form: 'slug', value: 'silent' },
        { edition: 'EN', form: 'slug', value: 'gone', withText: true },
      ]);
      const texts = new Map(found.map(({ article, body: text }) => [article.id, text]));
      expect(texts.size).toBe(3);
      expect(texts.get(articleId('silent'))).toBe(undefined);
      for (const id of [articleId('told'), articleId('gone')])
        expect([undefined, { id, blocks: body }]).toContainEqual(texts.get(id));
    });

    it('finds nothing at an address no database can hold', async () => {
      const store = await given();
      expect(await store.byAddresses([{ edition: 'EN', form: 'slug', value: 'a\0b\uD800' }])).toEqual([]);
    });
  });

  describe('byTranslationGroups', () => {
    it('gives every version of the stories, hidden ones too', async () => {
      const store = await given(
        { key: 'en', edition: 'EN', publishedAt: hoursAgo(1), translationGroup: 'g' },
        { key: 'ar', edition: 'AR', publishedAt: hoursAgo(1), translationGroup: 'g', withdrawnAt: hoursAgo(1) },
        { key: 'es', edition: 'ES', publishedAt: hoursAgo(1), translationGroup: 'other' },
      );
      expect(keysOf(await store.byTranslationGroups(['g', 'unknown'])).toSorted()).toEqual(['ar', 'en']);
    });
  });

  describe('list', () => {
    const four = [
      { key: 'a', publishedAt: hoursAgo(4), updatedAt: hoursAgo(1) },
      { key: 'b', publishedAt: hoursAgo(3), updatedAt: hoursAgo(3) },
      { key: 'c', publishedAt: hoursAgo(2), updatedAt: hoursAgo(2) },
      { key: 'd', publishedAt: hoursAgo(1), updatedAt: hoursAgo(1) + 1000 },
    ];

    it('keeps each order, whichever end a page is read from', async () => {
      const store = await given(...four);
      const orders: readonly ArticleOrder[] = ['PUBLISHED_DESC', 'PUBLISHED_ASC', 'UPDATED_DESC'];
      const listings = orders.flatMap((order) => [
        listing({ order, page: { limit: 3 } }),
        listing({ order, page: { limit: 3, direction: 'backward' } }),
      ]);
      const pages = await store.list(listings, view);
      expect(pages.map(({ articles }) => keysOf(articles).join(''))).toEqual([
        'dcb',
        'cba',
        'abc',
        'bcd',
        'dac',
        'acb',
      ]);
      expect(pages.map(({ hasMore }) => hasMore)).toEqual(pages.map(() => true));
    });

    it('goes on past a position in both directions, through articles of one instant', async () => {
      const store = await given(...['p', 'q', 'r', 's'].map((key) => ({ key, publishedAt: hoursAgo(1) })));
      const order = ['p', 'q', 'r', 's'].toSorted((x, y) => (articleId(x) > articleId(y) ? -1 : 1));
      const from: Position = { instant: hoursAgo(1), id: articleId(order[1] as string), walk: 0 };
      const [after, before] = await store.list(
        [listing({ page: { from, limit: 2 } }), listing({ page: { from, limit: 2, direction: 'backward' } })],
        view,
      );
      expect(keysOf(after?.articles ?? [])).toEqual(order.slice(2));
      expect(keysOf(before?.articles ?? [])).toEqual(order.slice(0, 1));
      expect([after?.hasMore, before?.hasMore]).toEqual([false, false]);
    });

    it('answers many listings of many shapes with one upstream call, in their order', async () => {
      const { calls } = await underTest();
      const store = await given(
        { key: 'pol', publishedAt: hoursAgo(1), sections: ['news/politics'], tags: ['moscow'], authors: ['rana'] },
        { key: 'eco', publishedAt: hoursAgo(2), sections: ['news/economy'] },
        { key: 'es', publishedAt: hoursAgo(2), edition: 'ES' },
      );
      const before = calls();
      const pages = await list(
        store,
        listing({ edition: 'AR' }),
        listing({ scope: { of: 'section', id: idOf.section('EN', 'news') } }),
        listing({ scope: { of: 'section', id: idOf.section('EN', 'news/economy') }, order: 'UPDATED_DESC' }),
        listing({ scope: { of: 'tag', id: idOf.tag('EN', 'moscow') }, order: 'PUBLISHED_ASC' }),
        listing({ scope: { of: 'author', id: idOf.author('EN', 'rana') }, filter: { sectionPaths: ['news'] } }),
        listing({ edition: 'ES' }),
        listing({ scope: { of: 'section', id: idOf.section('EN', 'news') } }),
      );
      expect(pages).toEqual([[], ['pol', 'eco'], ['eco'], ['pol'], ['pol'], ['es'], ['pol', 'eco']]);
      expect(await areFewCalls(before, 1)).toBe(true);
    });

    it('makes no upstream call for no listings', async () => {
      const { store, calls } = await underTest();
      const before = calls();
      expect(await store.list([], view)).toEqual([]);
      expect(calls() - before).toBe(0);
    });

    it('shows what is visible at the instant it is asked for, and when that changes', async () => {
      const store = await given(
        { key: 'shown', publishedAt: hoursAgo(1) },
        { key: 'at-this-instant', publishedAt: NOW },
        { key: 'scheduled', publishedAt: NOW + 3 * HOUR },
        { key: 'embargoed', publishedAt: hoursAgo(1), embargoedUntil: NOW + 2 * HOUR },
        { key: 'expired', publishedAt: hoursAgo(3), expiresAt: NOW },
        { key: 'withdrawn', publishedAt: hoursAgo(1), withdrawnAt: hoursAgo(1) },
        { key: 'not-ours', publishedAt: hoursAgo(1), syndication: 'NONE' },
        { key: 'excerpt', publishedAt: hoursAgo(2), syndication: 'EXCERPT', expiresAt: NOW + HOUR },
      );
      const [page] = await store.list([listing()], view);
      expect(keysOf(page?.articles ?? [])).toEqual(['at-this-instant', 'shown', 'excerpt']);
      expect(page?.boundaryAt).toBe(NOW + HOUR);
      const [later] = await store.list([listing()], publicView(NOW + 3 * HOUR));
      expect(keysOf(later?.articles ?? []).toSorted()).toEqual(['at-this-instant', 'embargoed', 'scheduled', 'shown']);
      expect(later?.boundaryAt).toBeNull();
    });

    const filtered: readonly (readonly [string, ListingFilter, string])[] = [
      ['kinds: one of them', { kinds: ['OPINION', 'VIDEO'] }, 'bc'],
      ['sections with their descendants, each article once', { sectionPaths: ['news', 'news/politics'] }, 'ab'],
      ['sections that are siblings', { sectionPaths: ['news/politics', 'news/economy'] }, 'ab'],
      ['tags: one of them', { tagSlugs: ['moscow', 'berlin'] }, 'acd'],
      ['authors: one of them', { authorSlugs: ['omar'] }, 'd'],
      ['fields together', { tagSlugs: ['moscow'], sectionPaths: ['sport'], authorSlugs: ['rana', 'omar'] }, 'd'],
      ['publishedAfter, inclusive', { publishedAfter: hoursAgo(2) }, 'cd'],
      ['publishedBefore, exclusive', { publishedBefore: hoursAgo(2) }, 'ab'],
      ['updatedAfter, inclusive', { updatedAfter: hoursAgo(1) }, 'ad'],
      ['breaking, while it lasts', { breaking: true }, 'bd'],
      ['not breaking, or no longer', { breaking: false }, 'ac'],
      ['breaking in a section', { breaking: true, sectionPaths: ['sport'] }, 'd'],
      ['empty lists, which restrict nothing', { kinds: [], tagSlugs: [], sectionPaths: [], authorSlugs: [] }, 'abcd'],
      ['an unknown section, which finds nothing', { sectionPaths: ['nowhere'] }, ''],
      ['an unknown tag among known ones', { tagSlugs: ['nowhere', 'berlin'] }, 'c'],
      ['an unknown author, which finds nothing', { authorSlugs: ['nobody\0'] }, ''],
      ['instants before and after all time', { publishedAfter: -8e15, publishedBefore: 8e15 }, 'abcd'],
    ];

    it.each(filtered)('filters by %s', async (_name, filter, expected) => {
      const [a, b, c, d] = four as [ArticleRows, ArticleRows, ArticleRows, ArticleRows];
      const store = await given(
        { ...a, sections: ['news/politics'], tags: ['moscow'], breaking: true, breakingUntil: NOW },
        { ...b, sections: ['news/economy'], kind: 'OPINION', breaking: true },
        { ...c, sections: ['sport'], kind: 'VIDEO', tags: ['berlin'], authors: ['rana'] },
        {
          ...d,
          sections: ['sport'],
          tags: ['moscow'],
          authors: ['rana', 'omar'],
          breaking: true,
          breakingUntil: NOW + 1_000,
        },
      );
      const asked = (['PUBLISHED_ASC', 'UPDATED_DESC'] as const).flatMap((order) => [
        listing({ filter, order }),
        listing({ filter, order, page: { direction: 'backward' } }),
      ]);
      const found = (await list(store, ...asked)).map((keys) => keys.toSorted().join(''));
      expect(found).toEqual(asked.map(() => expected));
      expect(await store.count([listing({ filter })], view)).toMatchObject([{ total: expected.length }]);
    });

    it('filters a section’s list by tag, and a tag’s list by section', async () => {
      const store = await given(
        { key: 'both', publishedAt: hoursAgo(1), sections: ['sport'], tags: ['moscow'] },
        { key: 'tag-only', publishedAt: hoursAgo(1), sections: ['news'], tags: ['moscow'] },
        { key: 'section-only', publishedAt: hoursAgo(1), sections: ['sport'] },
      );
      const inSport = listing({
        scope: { of: 'section', id: idOf.section('EN', 'sport') },
        filter: { tagSlugs: ['moscow'] },
      });
      const inMoscow = listing({
        scope: { of: 'tag', id: idOf.tag('EN', 'moscow') },
        filter: { sectionPaths: ['sport'] },
      });
      expect(await list(store, inSport, inMoscow)).toEqual([['both'], ['both']]);
      expect((await store.count([inSport, inMoscow], view)).map(({ total }) => total)).toEqual([1, 1]);
    });

    it('does not meet an article again that was re-dated after the walk began', async () => {
      const store = await given(...four);
      const [first] = await store.list([listing({ page: { limit: 2 } })], view);
      const from = { instant: hoursAgo(2), id: articleId('c'), walk: first?.walk ?? NaN };
      await given({ key: 'd', publishedAt: hoursAgo(4) - 1000 });
      expect(await list(store, listing({ page: { from } }), listing())).toEqual([
        ['b', 'a'],
        ['c', 'b', 'a', 'd'],
      ]);
    });

    it('shows what was re-dated before the walk began', async () => {
      const store = await given(...four);
      await given({ key: 'd', publishedAt: hoursAgo(4) - 1000 });
      const [first] = await store.list([listing({ page: { limit: 2 } })], view);
      const from = { instant: hoursAgo(3), id: articleId('b'), walk: first?.walk ?? NaN };
      expect(await list(store, listing({ page: { from } }))).toEqual([['a', 'd']]);
    });

    it('keeps one walk until the list ends, where another begins', async () => {
      const store = await given(...four);
      const [first] = await store.list([listing({ page: { limit: 1 } })], view);
      await given({ key: 'a', publishedAt: hoursAgo(5) });
      const from = { instant: hoursAgo(1), id: articleId('d'), walk: first?.walk ?? NaN };
      const [middle, last] = await store.list(
        [listing({ page: { from, limit: 1 } }), listing({ page: { from } })],
        view,
      );
      expect(middle?.walk).toBe(first?.walk);
      expect(last?.walk).toBeGreaterThan(first?.walk ?? NaN);
    });
  });

  describe('count', () => {
    it('counts visible articles of every list in one upstream call', async () => {
      const { calls } = await underTest();
      const store = await given(
        { key: 'one', publishedAt: hoursAgo(1), sections: ['news/politics'] },
        { key: 'two', publishedAt: hoursAgo(1), sections: ['sport'] },
        { key: 'later', publishedAt: NOW + HOUR, sections: ['sport'] },
      );
      const before = calls();
      const counts = await store.count(
        [
          listing(),
          listing({ filter: { sectionPaths: ['news', 'sport', 'news/politics'] } }),
          listing({ scope: { of: 'section', id: idOf.section('EN', 'sport') } }),
          listing({ edition: 'AR' }),
        ],
        view,
      );
      expect(counts).toEqual([
        { total: 2, boundaryAt: NOW + HOUR },
        { total: 2, boundaryAt: NOW + HOUR },
        { total: 1, boundaryAt: NOW + HOUR },
        { total: 0, boundaryAt: null },
      ]);
      expect(await areFewCalls(before, 1)).toBe(true);
    });
  });

  it('leaves out of counts whatever is named, where it would be counted', async () => {
    const store = await given(
      { key: 'one', headline: 'Harbour one', publishedAt: hoursAgo(1), sections: ['news/politics'], tags: ['sea'] },
      { key: 'two', headline: 'Harbour two', publishedAt: hoursAgo(1), sections: ['sport'], tags: ['sea'] },
      { key: 'later', headline: 'Harbour later', publishedAt: NOW + HOUR, sections: ['sport'] },
    );
    const named = [articleId('one'), articleId('later')];
    const queries = [
      listing(),
      listing({ filter: { tagSlugs: ['sea'] } }),
      listing({ filter: { sectionPaths: ['sport'] } }),
    ];
    const totals = async (without?: readonly ArticleId[]) =>
      (await store.count(queries, view, without)).map(({ total }) => total);
    expect([await totals(), await totals(named), await totals([])]).toEqual([
      [2, 2, 1],
      [1, 1, 1],
      [2, 2, 1],
    ]);
    const matching = async (without?: readonly ArticleId[]) =>
      (await store.countSearch([{ edition: 'EN', text: 'harbour', filter: {} }], view, without))[0]?.total;
    expect([await matching(), await matching(named), await matching([])]).toEqual([2, 1, 2]);
  });

  describe('related', () => {
    it('puts shared tags first, then the same primary section, then the newest', async () => {
      const subject = { key: 'subject', publishedAt: hoursAgo(2), sections: ['news/politics'], tags: ['x', 'y', 'z'] };
      const store = await given(
        subject,
        { key: 'two-tags', publishedAt: hoursAgo(90), sections: ['sport'], tags: ['x', 'y'] },
        { key: 'one-tag', publishedAt: hoursAgo(9), sections: ['sport'], tags: ['z'] },
        { key: 'one-tag-here', publishedAt: hoursAgo(80), sections: ['news/politics'], tags: ['x'] },
        { key: 'section-new', publishedAt: hoursAgo(1), sections: ['news/politics'] },
        { key: 'section-old', publishedAt: hoursAgo(70), sections: ['news/politics', 'sport'] },
        { key: 'elsewhere', publishedAt: hoursAgo(1), sections: ['sport'], tags: ['q'] },
        { key: 'hidden', publishedAt: hoursAgo(1), tags: ['x', 'y', 'z'], withdrawnAt: NOW },
      );
      const shown = await store.byIds([articleId('subject')]);
      const twoTags = await store.byIds([articleId('two-tags')]);
      const unknown = {
        id: articleId('unknown'),
        edition: 'EN',
        tagIds: [idOf.tag('EN', 'none')],
        sectionIds: [],
      } as const;
      const pages = await store.related(
        [...shown.map((one) => relatedTo(one, 10)), relatedTo(unknown, 4), ...twoTags.map((one) => relatedTo(one, 1))],
        view,
      );
      expect(pages.map(({ articles }) => keysOf(articles))).toEqual([
        ['two-tags', 'one-tag-here', 'one-tag', 'section-new', 'section-old'],
        [],
        ['subject'],
      ]);
    });
  });

  describe('search', () => {
    const keysFor = async (store: ArticleStore, ...requests: readonly SearchRequest[]) =>
      (await store.search(requests, view)).map(({ matches }) => keysOf(matches.map(({ article }) => article)));

    it('finds words of each language in their forms', async () => {
      const store = await given(
        {
          key: 'en',
          publishedAt: hoursAgo(1),
          headline: 'Negotiations resumed',
          text: 'The ministers were negotiating.',
        },
        {
          key: 'es',
          edition: 'ES',
          publishedAt: hoursAgo(1),
          headline: 'Las elecciones',
          text: 'Los votantes esperaban.',
        },
        {
          key: 'ar',
          edition: 'AR',
          publishedAt: hoursAgo(1),
          headline: 'المفاوضات تستأنف',
          text: 'عاد وزراء إلى مدينة',
        },
      );
      expect(
        await keysFor(
          store,
          searchFor('negotiate'),
          searchFor('elección', { edition: 'ES' }),
          searchFor('المدينة وزراء', { edition: 'AR' }),
          searchFor('negotiate', { edition: 'ES' }),
        ),
      ).toEqual([['en'], ['es'], ['ar'], []]);
    });

    it('puts a headline before a body, and the newer of two alike first', async () => {
      const words = { headline: 'Harbour', text: 'Nothing else.' };
      const store = await given(
        { key: 'old', publishedAt: hoursAgo(24 * 60), ...words },
        { key: 'new', publishedAt: hoursAgo(2), ...words },
        { key: 'body', publishedAt: hoursAgo(2), headline: 'Ships', text: 'They left the harbour at dawn.' },
      );
      expect(await keysFor(store, searchFor('harbour'))).toEqual([['new', 'old', 'body']]);
    });

    it('finds what an archive keeps from long ago, by the weight of its words', async () => {
      const store = await given(
        { key: 'recent', publishedAt: hoursAgo(2), headline: 'Harbour' },
        {
          key: 'first',
          publishedAt: Date.parse('1000-01-01T00:00:00Z'),
          text: 'Ships left the harbour. They came back.',
        },
        { key: 'titanic', publishedAt: Date.parse('1912-04-15T00:00:00Z'), headline: 'Harbour' },
        { key: 'moon', publishedAt: Date.parse('1969-07-20T00:00:00Z'), text: 'Ships left the harbour.' },
      );
      const ranked = ['recent', 'titanic', 'moon', 'first'];
      expect(await keysFor(store, searchFor('harbour'))).toEqual([ranked]);
      // Now it is a common word, looked for week by week.
      const others = ['1999-12-31', '2000-01-02', '2000-01-03'].map((day) => ({
        key: day,
        publishedAt: Date.parse(`${day}T00:00:00Z`),
        text: 'A harbour. And so on. And on.',
      }));
      await given(...others);
      const [keys = []] = await keysFor(store, searchFor('harbour'));
      expect(keys.filter((key) => ranked.includes(key))).toEqual(ranked);
      expect(keys.toSorted()).toEqual([...ranked, ...others.map(({ key }) => key)].toSorted());
    });

    it.each([
      ['centuries ahead', Date.parse('9999-12-31T00:00:00Z'), ['headline', 'body']],
      ['after all time', 8e15, ['headline', 'body']],
      ['before all time', -8e15, []],
    ] as const)('ranks as of an instant %s, without an error', async (_when, rankedAt, expected) => {
      const store = await given(
        { key: 'body', publishedAt: hoursAgo(1), text: 'Ships left the harbour.' },
        { key: 'headline', publishedAt: hoursAgo(2), headline: 'Harbour' },
      );
      expect(await keysFor(store, searchFor('harbour', { rankedAt }))).toEqual([expected]);
    });

    it('pages through a ranking without repeats or gaps, however late the next page is asked for', async () => {
      const articles = Array.from({ length: 7 }, (_, i) => ({
        key: `n${i}`,
        publishedAt: hoursAgo(Math.floor(i / 2) * 7.3),
        text: 'harbour '.repeat(1 + (i % 2)),
      }));
      const store = await given(...articles);
      const whole = (await keysFor(store, searchFor('harbour', { limit: 100 })))[0];
      const seen: string[] = [];
      let request = searchFor('harbour', { limit: 2 });
      for (let hasMore = true; hasMore;) {
        const now = NOW + seen.length * 1000 * HOUR;
        const [page] = await store.search([request], publicView(now));
        seen.push(...keysOf(page?.matches.map(({ article }) => article) ?? []));
        const last = page?.matches.at(-1);
        if (last !== undefined)
          request = { ...request, after: JSON.parse(JSON.stringify({ score: last.score, id: last.article.id })) };
        hasMore = page?.hasMore ?? false;
        await given({ key: `late${seen.length}`, publishedAt: NOW + 1000, text: 'harbour harbour' });
      }
      expect(seen).toEqual(whole);
      expect(seen).toHaveLength(7);
    });

    it('puts the very word that was typed before its other forms', async () => {
      const store = await given(
        { key: 'form', publishedAt: hoursAgo(1), headline: 'Elected', text: 'One.' },
        { key: 'word', publishedAt: hoursAgo(2), headline: 'Elections', text: 'One.' },
        { key: 'papa', edition: 'ES', publishedAt: hoursAgo(1), headline: 'El papa' },
        { key: 'papá', edition: 'ES', publishedAt: hoursAgo(2), headline: 'El papá' },
      );
      expect(
        await keysFor(
          store,
          searchFor('elections'),
          searchFor('elected'),
          searchFor('papá', { edition: 'ES' }),
          searchFor('papa', { edition: 'ES' }),
        ),
      ).toEqual([
        ['word', 'form'],
        ['form', 'word'],
        ['papá', 'papa'],
        ['papa', 'papá'],
      ]);
    });

    it('puts a headline of all the words before a text that says one of them over and over', async () => {
      const store = await given(
        { key: 'headline', publishedAt: hoursAgo(2), headline: 'Grains talk', text: 'One.' },
        { key: 'typed', publishedAt: hoursAgo(2), headline: 'Grain talks', text: 'One.' },
        { key: 'over', publishedAt: hoursAgo(1), text: `${'grain '.repeat(40)}${'other '.repeat(50)}talks` },
      );
      expect(await keysFor(store, searchFor('grain talks'))).toEqual([['typed', 'headline', 'over']]);
    });

    it('finds by all words of the longest query, a headline of them before a text', async () => {
      const words = 'abcdefghijklmnopqrstuvwxyz'.split('').map((letter) => `${letter}x`);
      const all = words.join(' ');
      const store = await given(
        { key: 'text', publishedAt: hoursAgo(2), headline: 'Ships', text: `${all} ${'zx '.repeat(20)}` },
        { key: 'headline', publishedAt: hoursAgo(2), headline: all, text: 'One.' },
        { key: 'most', publishedAt: hoursAgo(1), headline: words.slice(1).join(' '), text: 'One.' },
        { key: 'reversed', publishedAt: hoursAgo(1), headline: words.toReversed().join(' '), text: 'One.' },
      );
      expect(
        await keysFor(
          store,
          searchFor(`${all} ${all}`),
          searchFor(`"${all}"`),
          searchFor(words.join(' OR ')),
          searchFor(`${all} -ships`),
        ),
      ).toEqual([
        ['reversed', 'headline', 'text'],
        ['headline', 'text'],
        ['reversed', 'headline', 'most', 'text'],
        ['reversed', 'headline'],
      ]);
    });

    it('takes quoted phrases and words that must not stand there', async () => {
      const store = await given(
        { key: 'corridor', publishedAt: hoursAgo(1), text: 'The grain corridor reopened.' },
        { key: 'corridors', publishedAt: hoursAgo(2), text: 'Corridors for grain and wheat reopened.' },
      );
      expect(
        await keysFor(
          store,
          searchFor('corridor grain'),
          searchFor('"grain corridor"'),
          searchFor('grain -wheat'),
          searchFor('grain -"grain corridor"'),
          searchFor('-wheat'),
        ),
      ).toEqual([['corridor', 'corridors'], ['corridor'], ['corridor'], ['corridors'], []]);
    });

    it('filters what it finds', async () => {
      const store = await given(
        { key: 'a', publishedAt: hoursAgo(1), headline: 'Harbour', sections: ['news/politics'], tags: ['moscow'] },
        { key: 'b', publishedAt: hoursAgo(1), headline: 'Harbour', sections: ['sport'], kind: 'VIDEO' },
      );
      const filters: readonly ListingFilter[] = [
        { sectionPaths: ['news'] },
        { kinds: ['VIDEO'] },
        { tagSlugs: ['moscow'], sectionPaths: ['sport'] },
      ];
      expect(await keysFor(store, ...filters.map((filter) => searchFor('harbour', { filter })))).toEqual([
        ['a'],
        ['b'],
        [],
      ]);
      expect(
        (await store.countSearch([{ edition: 'EN', text: 'harbour', filter: {} }], view)).map(({ total }) => total),
      ).toEqual([2]);
    });

    it('marks matches in escaped text and nothing else', async () => {
      const store = await given({
        key: 'a',
        publishedAt: hoursAgo(1),
        text: 'Ships & boats \uE000left\uE001 the "harbour" while 1 > 0, <mark>said</mark> a captain.',
      });
      const [page] = await store.search([searchFor('harbour')], view);
      const snippet = page?.matches[0]?.snippetHtml ?? '';
      expect(snippet).toContain('<mark>harbour</mark>');
      expect(snippet).toContain('Ships &amp; boats left the &quot;');
      expect(snippet.replaceAll('<mark>harbour</mark>', '')).not.toMatch(
        /[<>"\uE000\uE001]|&(?!(amp|lt|gt|quot|#39);)/,
      );
    });

    it('passes on nothing of a text whose rights are for less than all of it', async () => {
      const text = 'The harbour closed at dawn.';
      const store = await given(
        { key: 'full', publishedAt: hoursAgo(1), text, standfirst: 'Ferries wait outside the harbour.' },
        {
          key: 'excerpt',
          publishedAt: hoursAgo(2),
          text,
          standfirst: 'Ferries wait outside the harbour.',
          syndication: 'EXCERPT',
        },
        { key: 'no-standfirst', publishedAt: hoursAgo(3), text, syndication: 'EXCERPT' },
      );
      const [page] = await store.search([searchFor('harbour')], view);
      const snippetOf = new Map(page?.matches.map(({ article, snippetHtml }) => [article.slug, snippetHtml]));
      expect(snippetOf.get('full')).toContain('<mark>harbour</mark> closed at dawn');
      expect(snippetOf.get('excerpt')).toContain('wait outside the <mark>harbour</mark>');
      expect(snippetOf.get('excerpt')).not.toMatch(/closed|dawn/);
      expect(snippetOf.get('no-standfirst')).toBeNull();
    });

    it('finds nothing by words that are withheld', async () => {
      const text = `Harbour ${'and so on '.repeat(60)} lighthouse`;
      const store = await given(
        { key: 'full', publishedAt: hoursAgo(1), text },
        { key: 'excerpt', publishedAt: hoursAgo(2), text, syndication: 'EXCERPT' },
      );
      const [byHead, byRest] = await keysFor(store, searchFor('harbour'), searchFor('lighthouse'));
      expect([byHead?.toSorted(), byRest]).toEqual([['excerpt', 'full'], ['full']]);
    });

    it.each([['the of and'], ['!!! ??? ((( &'], ['"'], ['-'], ['a\0b\uDC00'], ['%_\\']])(
      'finds nothing for %j, without an error',
      async (text) => {
        const store = await given({ key: 'a', publishedAt: hoursAgo(1), headline: 'Harbour' });
        expect(await keysFor(store, searchFor(text))).toEqual([[]]);
        expect(await store.countSearch([{ edition: 'EN', text, filter: {} }], view)).toMatchObject([{ total: 0 }]);
      },
    );

    it('leaves out what cannot be seen and says when that changes', async () => {
      const store = await given(
        { key: 'shown', publishedAt: hoursAgo(1), headline: 'Harbour' },
        { key: 'withdrawn', publishedAt: hoursAgo(1), headline: 'Harbour', withdrawnAt: NOW },
        { key: 'scheduled', publishedAt: NOW + HOUR, headline: 'Harbour' },
      );
      const [page] = await store.search([searchFor('harbour')], view);
      expect(keysOf(page?.matches.map(({ article }) => article) ?? [])).toEqual(['shown']);
      expect(page?.boundaryAt).toBe(NOW + HOUR);
    });
  });

  it('makes one upstream call for any batch of ids', async () => {
    const { store, calls } = await underTest();
    const before = calls();
    const ids: readonly ArticleId[] = Array.from({ length: 100 }, (_, i) => articleId(`n${i}`));
    await store.byIds(ids);
    await store.related(
      ids.map((id) => relatedTo({ id, edition: 'EN', tagIds: [idOf.tag('EN', 'none')], sectionIds: [] }, 4)),
      view,
    );
    await store.search(
      ids.map((id) => searchFor(id)),
      view,
    );
    expect(await areFewCalls(before, 3)).toBe(true);
  });
};
