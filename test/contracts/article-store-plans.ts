import { relatedTo } from '../../src/content/weigh-related.ts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import type { Listing, ListingFilter, Viewpoint } from '../../src/content/listing.ts';
import type { Plan } from '../../src/content/plan.ts';
import { createPlan } from '../content/create-plan.ts';
import { articleId, type ArticleRows } from '../support/content-rows.ts';
import { NOW, type ArticleStoreUnderTest } from './article-store.ts';

const politics = idOf.section('EN', 'news/politics');
const news = idOf.section('EN', 'news');

const listing = (filter: ListingFilter = {}): Listing => ({
  edition: 'EN',
  scope: { of: 'edition' },
  filter,
  order: 'PUBLISHED_DESC',
  page: { direction: 'forward', limit: 20 },
});

/** Newest first. */
const ROWS: readonly ArticleRows[] = [
  { key: 'politics', sections: ['news/politics'], kind: 'NEWS' },
  { key: 'video', sections: ['news/politics'], kind: 'VIDEO' },
  { key: 'both', sections: ['sport', 'news/politics'], kind: 'NEWS' },
  { key: 'sport', sections: ['sport'], kind: 'NEWS' },
  { key: 'embargoed', sections: ['news'], kind: 'NEWS', embargoedUntil: NOW + 1000 },
  { key: 'withheld', sections: ['news'], kind: 'NEWS', syndication: 'NONE' },
].map((row, index) => ({
  ...row,
  publishedAt: NOW - 1000 * (index + 1),
  headline: 'Harbour',
  text: 'behind words lies lighthouse',
  tags: ['sea'],
})) as readonly ArticleRows[];

/** What every `ArticleStore` does for the holder of a plan. */
export const articleStorePlansContract = (open: () => Promise<ArticleStoreUnderTest>): void => {
  let opened: Promise<ArticleStoreUnderTest> | undefined;
  const underTest = () => (opened ??= open());
  beforeEach(async () => {
    const { clear, write } = await underTest();
    await clear();
    await write(ROWS);
  });
  afterAll(async () => (await opened)?.close());

  const by = (plan: Partial<Plan>): Viewpoint => ({
    now: NOW,
    plan: createPlan(plan),
    sections: new Map([['EN', { tops: [news], all: new Set([news, politics]) }]]),
  });

  describe('for the holder of a plan', () => {
    it.each<readonly [string, Partial<Plan>, ListingFilter, readonly string[]]>([
      ['of everything', {}, {}, ['politics', 'video', 'both', 'sport']],
      ['of what is embargoed', { embargoed: true }, {}, ['politics', 'video', 'both', 'sport', 'embargoed']],
      ['of kinds', { kinds: ['VIDEO'] }, {}, ['video']],
      ['of kinds, asked for others', { kinds: ['VIDEO'] }, { kinds: ['NEWS'] }, []],
      ['of kinds, asked for one of them', { kinds: ['VIDEO', 'NEWS'] }, { kinds: ['VIDEO'] }, ['video']],
      ['of sections', { sections: { EN: ['news'] } }, {}, ['politics', 'video', 'both']],
      ['of sections, asked for another', { sections: { EN: ['news'] } }, { sectionPaths: ['sport'] }, ['both']],
      ['of sections of another edition', { sections: { AR: ['news'] } }, {}, ['politics', 'video', 'both', 'sport']],
      [
        'of sections, early',
        { sections: { EN: ['news'] }, embargoed: true, kinds: ['NEWS'] },
        {},
        ['politics', 'both', 'embargoed'],
      ],
      ['of another edition', { editions: ['AR'] }, {}, []],
      ['that is suspended', { syndication: 'NONE' }, {}, []],
    ])('%s, lists, counts and searches agree', async (_what, plan, filter, keys) => {
      const { store } = await underTest();
      const view = by(plan);
      const [page] = await store.list([listing(filter)], view);
      expect(page?.articles.map(({ slug }) => slug)).toEqual(keys);
      expect(await store.count([listing(filter)], view)).toMatchObject([{ total: keys.length }]);
      const query = { edition: 'EN', text: 'harbour', filter } as const;
      const [found] = await store.search([{ ...query, limit: 20, rankedAt: NOW }], view);
      expect(found?.matches.map(({ article }) => article.slug).toSorted()).toEqual(keys.toSorted());
      expect(await store.countSearch([query], view)).toMatchObject([{ total: keys.length }]);
      if (keys.length === 0 || filter.kinds !== undefined || filter.sectionPaths !== undefined) return;
      const subjects = await store.byIds([articleId(keys[0] ?? '')]);
      const [related] = await store.related(
        subjects.map((subject) => relatedTo(subject, 20)),
        view,
      );
      expect(related?.articles.map(({ slug }) => slug).toSorted()).toEqual(keys.slice(1).toSorted());
    });

    it('of sections that nobody looked up sees nothing', async () => {
      const { store } = await underTest();
      const view = { now: NOW, plan: createPlan({ sections: { EN: ['news'] } }) };
      expect((await store.list([listing()], view))[0]?.articles).toEqual([]);
      expect(await store.count([listing()], view)).toMatchObject([{ total: 0 }]);
    });

    it('of excerpts no word of a body is found, and no rank tells of one', async () => {
      const { store } = await underTest();
      const search = async (text: string, plan: Partial<Plan>) =>
        (await store.search([{ edition: 'EN', text, filter: {}, limit: 20, rankedAt: NOW }], by(plan)))[0]?.matches ??
        [];
      expect(await search('lighthouse', {})).toHaveLength(4);
      expect(await search('lighthouse', { syndication: 'EXCERPT' })).toEqual([]);
      // Whoever excludes a word learns of it as well.
      expect(await search('harbour -lighthouse', { syndication: 'EXCERPT' })).toHaveLength(4);
      expect(await search('harbour -lighthouse', {})).toEqual([]);
      expect(
        await store.countSearch([{ edition: 'EN', text: 'lighthouse', filter: {} }], by({ syndication: 'EXCERPT' })),
      ).toMatchObject([{ total: 0 }]);
    });
  });
};
