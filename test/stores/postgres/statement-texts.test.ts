import { relatedTo } from '../../../src/content/weigh-related.ts';
import { describe, expect, it } from 'vitest';
import type { Detail } from '../../../src/content/detail.ts';
import { idOf } from '../../../src/content/ids.ts';
import { ARTICLE_ORDERS, type Listing, publicView, type Viewpoint } from '../../../src/content/listing.ts';
import { createPlan } from '../../content/create-plan.ts';
import { createStatementNames } from '../../../src/database/statement-names.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';

const subject = relatedTo(
  { id: idOf.article('EN', 'a', 'b'), edition: 'EN', tagIds: [idOf.tag('EN', 'a')], sectionIds: [] },
  4,
);
const view = publicView(Date.parse('2026-11-23T12:00:00Z'));
/** Whoever may have one section, and excerpts of it: whose statements are the longest. */
const partner: Viewpoint = {
  now: view.now,
  plan: createPlan({ editions: ['EN'], sections: { EN: ['a'] }, syndication: 'EXCERPT' }),
  sections: new Map([['EN', { tops: [idOf.section('EN', 'a')], all: new Set([idOf.section('EN', 'a')]) }]]),
};

/** The text that `read` sends. */
const textOf = async (read: (stores: Stores) => Promise<unknown>): Promise<string> => {
  let sent = '';
  const unanswered = new Error('unanswered');
  const stores = createPostgresStores({
    query: (text) => {
      sent = text;
      return Promise.reject(unanswered);
    },
  });
  await expect(read(stores)).rejects.toBe(unanswered);
  return sent;
};

/** A listing of each shape there is. */
const listings: readonly Listing[] = ARTICLE_ORDERS.flatMap((order) =>
  (['forward', 'backward'] as const).flatMap((direction) =>
    [{}, { tagSlugs: ['a'] }, { breaking: true }, { tagSlugs: ['a'], breaking: true }].map((filter): Listing => ({
      edition: 'EN',
      scope: { of: 'edition' },
      filter,
      order,
      page: { direction, limit: 5 },
    })),
  ),
);
const pairs = listings.flatMap((one, index) => listings.slice(index + 1).map((other) => [one, other] as const));

describe('the statements of lists', () => {
  it('are one text for the same shapes, in whatever order they are asked for', async () => {
    for (const [one, other] of pairs) {
      const [text, turned] = [
        [one, other],
        [other, one],
      ].map((both) => textOf(({ articles }) => articles.list(both, view)));
      expect(await text).toBe(await turned);
      const [counts, turnedCounts] = [
        [one, other],
        [other, one],
      ].map((both) => textOf(({ articles }) => articles.count(both, view)));
      expect(await counts).toBe(await turnedCounts);
    }
  });

  it('name no column that nobody looks at', async () => {
    const [listing] = listings as readonly [Listing];
    const columnsOf = async (detail: Detail) => {
      const lists = await textOf(({ articles }) => articles.list([listing], { ...view, detail }));
      const related = await textOf(({ articles }) => articles.related([subject], { ...view, detail }));
      return ['headline', 'lead', 'seo', 'former_paths'].filter((name) =>
        [lists, related].every((text) => new RegExp(`\\b${name}\\b`).test(text)),
      );
    };
    expect(await columnsOf('plain')).toEqual(['headline']);
    expect(await columnsOf('card')).toEqual(['headline', 'lead']);
    expect(await columnsOf('whole')).toEqual(['headline', 'lead', 'seo', 'former_paths']);
    const unsaid = await textOf(({ articles }) => articles.list([listing], view));
    expect(unsaid).toBe(await textOf(({ articles }) => articles.list([listing], { ...view, detail: 'whole' })));
  });

  it('are so few that each shape is prepared', async () => {
    const names = createStatementNames();
    for (const asked of pairs) {
      names.of(await textOf(({ articles }) => articles.list(asked, view)));
      names.of(await textOf(({ articles }) => articles.count(asked, view)));
    }
    for (const listing of listings) {
      expect(names.of(await textOf(({ articles }) => articles.list([listing], view)))).toBeDefined();
      expect(names.of(await textOf(({ articles }) => articles.count([listing], view)))).toBeDefined();
    }
    const words = { edition: 'EN', text: 'grain', filter: {} } as const;
    const search = { ...words, limit: 10, rankedAt: view.now };
    for (const sight of [view, partner])
      expect(names.of(await textOf(({ articles }) => articles.search([search], sight)))).toBeDefined();
    expect(names.of(await textOf(({ articles }) => articles.countSearch([words], view)))).toBeDefined();
    expect(names.of(await textOf(({ articles }) => articles.related([subject], view)))).toBeDefined();
    const newest = { target: idOf.tag('EN', 'grain'), limit: 55 } as const;
    expect(
      names.of(await textOf(({ articles }) => articles.newest?.([newest], view.now) ?? Promise.resolve([]))),
    ).toBeDefined();
  });
});
