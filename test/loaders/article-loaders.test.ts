import { relatedTo } from '../../src/content/weigh-related.ts';
import { describe, expect, it } from 'vitest';
import type { Article, Section } from '../../src/content/entities.ts';
import { idOf, type SectionId } from '../../src/content/ids.ts';
import type { Listing, ListingQuery } from '../../src/content/listing.ts';
import type { Plan } from '../../src/content/plan.ts';
import type { Tombstones } from '../../src/content/tombstones.ts';
import type { Address } from '../../src/stores/article-store.ts';
import { createArticle } from '../content/create-article.ts';
import { createPlan } from '../content/create-plan.ts';
import { createGate } from '../support/gate.ts';
import { byIdsOf, createHandLoaders, createHandStores, type Call, type HandStores } from './hand-stores.ts';

const NOW = 1_000;
const [PAST, FUTURE] = [NOW - 1, NOW + 500];

const article = (slug: string, rest: Partial<Article> = {}): Article =>
  createArticle({ slug, path: `news/${slug}`, publishedAt: PAST, ...rest });
const rightsOf = (rights: Partial<Article['rights']>): Article['rights'] => ({ ...article('x').rights, ...rights });

const setUp = (articles: HandStores['articles'] = {}) => {
  const calls: Call[] = [];
  const stores = createHandStores({ articles }, calls);
  return { ...createHandLoaders(() => stores, { now: NOW }), calls };
};
const QUERY: ListingQuery = { edition: 'EN', scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_DESC' };
const LISTING: Listing = { ...QUERY, page: { direction: 'forward', limit: 20 } };

describe('articles.byId', () => {
  const seen = article('seen');
  const pending = article('pending', { publishedAt: FUTURE });
  const withdrawn = article('withdrawn', { withdrawnAt: PAST });
  const unknown = article('unknown').id;

  it('gives what may be seen, null otherwise, in one call', async () => {
    const { loaders, calls } = setUp({ byIds: byIdsOf([withdrawn, seen, pending]) });
    const ids = [seen.id, pending.id, withdrawn.id, unknown];
    expect(await loaders.articles.byId.loadMany(ids)).toEqual([seen, null, null, null]);
    expect(calls).toEqual([['articles.byIds', 4]]);
  });

  it('records every id before the read, missing ones too: who comes must end this answer', async () => {
    const gate = createGate();
    const { loaders, tags } = setUp({
      byIds: async () => {
        await gate.pass();
        return [];
      },
    });
    const loading = loaders.articles.byId.load(unknown);
    await gate.reached;
    expect(tags()).toEqual([`article:${unknown}`]);
    gate.open();
    expect(await loading).toBe(null);
  });

  it.each<[string, Article, number | null]>([
    ['is published later', pending, FUTURE],
    ['is under embargo', article('a', { rights: rightsOf({ embargoedUntil: FUTURE }) }), FUTURE],
    ['will expire', article('a', { rights: rightsOf({ expiresAt: FUTURE }) }), FUTURE],
    ['is breaking for a while', article('a', { breaking: true, breakingUntil: FUTURE }), FUTURE],
    ['stays as it is', seen, null],
    ['was withdrawn', withdrawn, null],
  ])('records when an article that %s changes by itself', async (_, one, at) => {
    const { loaders, recorder } = setUp({ byIds: byIdsOf([one]) });
    await loaders.articles.byId.load(one.id);
    expect(recorder.boundaryAt()).toBe(at);
  });

  it('records the next of several boundaries', async () => {
    const [soon, late] = [article('soon', { publishedAt: NOW + 10 }), article('late', { publishedAt: NOW + 20 })];
    const { loaders, recorder } = setUp({ byIds: byIdsOf([late, soon]) });
    await loaders.articles.byId.loadMany([late.id, soon.id]);
    expect(recorder.boundaryAt()).toBe(NOW + 10);
  });
});

describe('articles.standingAt', () => {
  const at = (form: Address['form'], value: string): Address => ({ edition: 'EN', form, value });

  it('says how what stands there stands, whether or not it may be seen', async () => {
    const [seen, gone] = [article('seen'), article('gone', { withdrawnAt: PAST })];
    const { loaders, calls } = setUp({
      byAddresses: async ([, second, first]) => [
        { address: first as Address, article: seen, isCurrent: true },
        { address: second as Address, article: gone, isCurrent: false },
      ],
    });
    expect(
      await loaders.articles.standingAt.loadMany([at('slug', 'nobody'), at('path', 'news/gone'), at('slug', 'seen')]),
    ).toEqual([
      null,
      { article: gone, visibility: 'gone', isCurrent: false },
      { article: seen, visibility: 'visible', isCurrent: true },
    ]);
    expect(calls).toEqual([['articles.byAddresses', 3]]);
  });

  it('records slug, url and what stands there: "not found" ends when that is published', async () => {
    const seen = article('seen', { publishedAt: FUTURE });
    const { loaders, tags, recorder } = setUp({
      byAddresses: async ([, second]) => [{ address: second as Address, article: seen, isCurrent: true }],
    });
    await loaders.articles.standingAt.loadMany([at('slug', 'nobody'), at('path', 'news/seen')]);
    // As many where nobody stands as where somebody does who is not to be seen.
    const nobody = idOf.article('EN', 'nobody at slug', 'nobody');
    expect(tags()).toEqual(
      [`article:${seen.id}`, `article:${nobody}`, 'slug:en:article:nobody', 'url:en:news/seen'].toSorted(),
    );
    expect(recorder.boundaryAt()).toBe(FUTURE);
  });
});

describe('what was taken down', () => {
  const gone = article('gone', { translationGroup: 'g', rights: rightsOf({ expiresAt: FUTURE }) });
  const other = article('other');
  const tombstones: Tombstones = {
    hidesId: (id) => id === gone.id,
    hidesSlug: (edition, slug) => edition === 'EN' && ['gone', 'before'].includes(slug),
    hidesPath: (edition, path) => edition === 'EN' && ['news/gone', 'news/before'].includes(path),
    of: (edition) => (edition === 'EN' ? [gone.id] : []),
    size: () => 1,
  };
  const setUpGone = (articles: NonNullable<HandStores['articles']>) =>
    createHandLoaders(() => createHandStores({ articles }), { now: NOW, tombstones });
  const list = async () => [{ articles: [gone, other], hasMore: false, boundaryAt: null, walk: 0 }];

  it('is hidden in whatever its store still returns it, and recorded, for it may come back', async () => {
    const match = (one: Article) => ({ article: one, score: 1, snippetHtml: null });
    const { loaders, tags, recorder } = setUpGone({
      byIds: byIdsOf([gone]),
      bodies: async () => [{ id: gone.id, blocks: [{ type: 'Paragraph', html: 'a', text: 'a' }] }],
      byTranslationGroups: async () => [gone],
      list,
      related: async () => [{ articles: [gone, other] }],
      search: async () => [{ matches: [match(gone), match(other)], hasMore: false, boundaryAt: null }],
    });
    const { articles } = loaders;
    expect(await articles.byId.load(gone.id)).toBe(null);
    expect(await articles.body.load(gone.id)).toEqual([]);
    expect(await articles.byGroup.load({ edition: 'EN', group: 'g' })).toBe(null);
    expect((await articles.page.load(LISTING)).articles).toEqual([other]);
    expect(await articles.related.load(relatedTo(other, 4))).toEqual([other]);
    const request = { edition: 'EN', text: 'x', filter: {}, limit: 10, rankedAt: NOW } as const;
    expect((await articles.search.load(request)).matches).toEqual([match(other)]);
    expect(tags()).toContain(`article:${gone.id}`);
    // What it would do by itself nobody sees.
    expect(recorder.boundaryAt()).toBe(null);
  });

  it.each<[string, Address['form'], string, readonly [Article, boolean] | null, string | null]>([
    ['its address', 'path', 'news/gone', [gone, true], 'gone'],
    ['its address, unknown to its store', 'path', 'news/gone', null, 'gone'],
    ['its slug, unknown to its store', 'slug', 'gone', null, 'gone'],
    ['its former address', 'path', 'news/before', [gone, false], 'gone'],
    ['its address, once another’s', 'path', 'news/gone', [other, false], 'gone'],
    ['an address another has taken over', 'path', 'news/before', [other, true], 'visible'],
    ['another’s former address', 'path', 'news/elsewhere', [other, false], 'visible'],
    ['an address nobody has', 'path', 'news/nobody', null, null],
  ])('at %s (%s %s)', async (_, form, value, held, visibility) => {
    const { loaders } = setUpGone({
      byAddresses: async ([address]) =>
        held === null ? [] : [{ address: address as Address, article: held[0], isCurrent: held[1] }],
    });
    const standing = await loaders.articles.standingAt.load({ edition: 'EN', form, value });
    expect(standing?.visibility ?? null).toBe(visibility);
  });
});

describe('articles.byGroup', () => {
  const group = (slug: string, rest: Partial<Article> = {}): Article =>
    article(slug, { translationGroup: 'g', ...rest });

  it('gives the version of the edition that was asked for, and records the group', async () => {
    const [english, spanish] = [group('en'), group('es', { edition: 'ES' })];
    const { loaders, tags, calls } = setUp({ byTranslationGroups: async () => [spanish, english] });
    const keys = [
      { edition: 'ES', group: 'g' },
      { edition: 'AR', group: 'g' },
    ] as const;
    expect(await loaders.articles.byGroup.loadMany(keys)).toEqual([spanish, null]);
    expect(calls).toEqual([['articles.byTranslationGroups', 1]]);
    // Not the English one: nobody asked for it.
    expect(tags()).toEqual([`article:${spanish.id}`, 'group:ar:g', 'group:es:g']);
  });

  it('gives the one that may be seen when an edition holds several, and records all of them', async () => {
    const withdrawn = group('withdrawn', { withdrawnAt: PAST });
    const pending = group('pending', { publishedAt: FUTURE });
    const seen = group('seen');
    for (const found of [
      [withdrawn, seen, pending],
      [pending, seen, withdrawn],
      [seen, withdrawn, pending],
    ]) {
      const { loaders, tags, recorder } = setUp({ byTranslationGroups: async () => found });
      expect(await loaders.articles.byGroup.load({ edition: 'EN', group: 'g' })).toEqual(seen);
      expect(tags()).toHaveLength(4);
      expect(recorder.boundaryAt()).toBe(FUTURE);
    }
  });

  it('gives the same one of several that may be seen, however the store orders them', async () => {
    const [a, b] = [group('a'), group('b')];
    const picked = await Promise.all(
      [
        [a, b],
        [b, a],
      ].map((found) =>
        setUp({ byTranslationGroups: async () => found }).loaders.articles.byGroup.load({ edition: 'EN', group: 'g' }),
      ),
    );
    expect(picked[0]).toEqual(picked[1]);
  });
});

describe('articles.page and articles.count', () => {
  it('read listings of one turn in one call, and one listing once, however it is written', async () => {
    const { loaders, calls } = setUp({
      list: async (listings) => listings.map(() => ({ articles: [], hasMore: false, boundaryAt: null, walk: 0 })),
    });
    await loaders.articles.page.loadMany([
      { ...LISTING, filter: { kinds: ['NEWS', 'BLOG'] } },
      { ...LISTING, filter: { kinds: ['BLOG', 'NEWS', 'NEWS'], tagSlugs: [] } },
      { ...LISTING, page: { direction: 'forward', limit: 5 } },
    ]);
    expect(calls).toEqual([['articles.list', 2]]);
  });

  it('records the list, its articles and its boundary, and leaves out what went meanwhile', async () => {
    const [seen, gone] = [article('seen'), article('gone', { withdrawnAt: PAST })];
    const { loaders, tags, recorder, calls } = setUp({
      list: async () => [{ articles: [gone, seen], hasMore: true, boundaryAt: FUTURE, walk: 3 }],
      byIds: async () => [],
    });
    expect(await loaders.articles.page.load(LISTING)).toEqual({
      articles: [seen],
      read: [gone, seen],
      hasMore: true,
      boundaryAt: FUTURE,
      walk: 3,
    });
    expect(tags()).toEqual([`article:${gone.id}`, `article:${seen.id}`, 'list:en:all', 'lists:en:all'].toSorted());
    expect(recorder.boundaryAt()).toBe(FUTURE);
    // What stood on the page need not be read again.
    expect(await loaders.articles.byId.load(seen.id)).toEqual(seen);
    expect(calls).toHaveLength(1);
  });

  it('records the list and the boundary of a count', async () => {
    const { loaders, tags, recorder } = setUp({ count: async () => [{ total: 7, boundaryAt: FUTURE }] });
    expect(
      await loaders.articles.count.load({ ...QUERY, scope: { of: 'tag', id: idOf.tag('EN', 't') } }),
    ).toMatchObject({ total: 7 });
    expect(tags()).toEqual([`list:${idOf.tag('EN', 't')}`, 'lists:en:all']);
    expect(recorder.boundaryAt()).toBe(FUTURE);
  });
});

describe('articles.related', () => {
  it('carries nothing but its articles, and leaves out what went meanwhile', async () => {
    const [seen, gone] = [article('seen'), article('gone', { withdrawnAt: PAST })];
    const { loaders, tags } = setUp({ related: async () => [{ articles: [gone, seen] }] });
    expect(await loaders.articles.related.load(relatedTo(article('x'), 4))).toEqual([seen]);
    expect(tags()).toEqual([`article:${gone.id}`, `article:${seen.id}`].toSorted());
  });
});

describe('articles.search and articles.searchCount', () => {
  const request = { edition: 'EN', text: 'talks', filter: {}, limit: 10, rankedAt: NOW } as const;

  it('record the edition’s search, its matches and boundaries', async () => {
    const [seen, gone] = [article('seen'), article('gone', { withdrawnAt: PAST })];
    const match = (one: Article) => ({ article: one, score: 1, snippetHtml: null });
    const { loaders, tags, recorder } = setUp({
      search: async () => [{ matches: [match(gone), match(seen)], hasMore: false, boundaryAt: FUTURE }],
      countSearch: async () => [{ total: 2, boundaryAt: NOW + 5 }],
    });
    expect((await loaders.articles.search.load(request)).matches).toEqual([match(seen)]);
    expect(tags()).toEqual([`article:${gone.id}`, `article:${seen.id}`, 'search:en'].toSorted());
    expect(recorder.boundaryAt()).toBe(FUTURE);
    expect(await loaders.articles.searchCount.load({ edition: 'EN', text: 'talks', filter: {} })).toMatchObject({
      total: 2,
    });
    expect(recorder.boundaryAt()).toBe(NOW + 5);
  });
});

describe('articles.body', () => {
  const told = [{ type: 'Paragraph' as const, html: 'a', text: 'a' }];
  const address = (value: string) => ({ edition: 'EN', form: 'slug', value, withText: true }) as const;

  it('is not read again where it came with what stands at an address', async () => {
    const [one, other] = [article('one'), article('other')];
    const { loaders, calls, tags } = setUp({
      byAddresses: async ([first, second]) => [
        { address: first as Address, article: one, body: { id: one.id, blocks: told }, isCurrent: true },
        { address: second as Address, article: other, isCurrent: true },
      ],
      bodies: async (ids) => ids.map((id) => ({ id, blocks: [] })),
    });
    await loaders.articles.standingAt.loadMany([address('one'), address('other')]);
    expect(await loaders.articles.body.loadMany([other.id, one.id])).toEqual([[], told]);
    expect(calls).toEqual([
      ['articles.byAddresses', 2],
      ['articles.bodies', 1],
    ]);
    expect(tags()).toContain(`article:${one.id}`);
  });

  it('is cut to an excerpt, and ends with what it was read from, wherever it was read', async () => {
    const held = article('held', { rights: rightsOf({ syndication: 'EXCERPT' }) });
    const { loaders, recorder } = setUp({
      byAddresses: async ([first]) => [
        {
          address: first as Address,
          article: held,
          body: { id: held.id, blocks: told, lookAgainAt: NOW + 7 },
          isCurrent: true,
        },
      ],
    });
    await loaders.articles.standingAt.load(address('held'));
    expect(await loaders.articles.body.load(held.id)).toEqual([{ type: 'Paragraph', html: '', text: 'a' }]);
    expect(recorder.boundaryAt()).toBe(NOW + 7);
  });

  it('records until when the store of a body may be behind', async () => {
    const { loaders, recorder } = setUp({
      byIds: byIdsOf([article('a')]),
      bodies: async () => [{ id: article('a').id, blocks: [], lookAgainAt: FUTURE }],
    });
    expect(await loaders.articles.body.load(article('a').id)).toEqual([]);
    expect(recorder.boundaryAt()).toBe(FUTURE);
  });

  it('gives the blocks, none for an article without, and records the article', async () => {
    const [one, none] = [article('one').id, article('none').id];
    const blocks = [{ type: 'Paragraph', html: 'a', text: 'a' }] as const;
    const { loaders, tags, calls } = setUp({
      byIds: byIdsOf([article('one'), article('none')]),
      bodies: async () => [{ id: one, blocks }],
    });
    expect(await loaders.articles.body.loadMany([none, one])).toEqual([[], blocks]);
    expect(tags()).toEqual([`article:${none}`, `article:${one}`].toSorted());
    expect(calls).toEqual([
      ['articles.bodies', 2],
      ['articles.byIds', 2],
    ]);
  });
});

describe('what a plan lets be seen', () => {
  const [excerpt, whole, none] = (['EXCERPT', 'FULL', 'NONE'] as const).map((syndication) =>
    article(syndication.toLowerCase(), { wordCount: 9, rights: rightsOf({ syndication }) }),
  ) as [Article, Article, Article];
  const body = [{ type: 'Paragraph', html: '<p>a</p>', text: 'a'.repeat(900) }] as const;
  const setUpPlan = (plan: Partial<Plan> | null, rest: HandStores = {}) => {
    const calls: Call[] = [];
    const stores = createHandStores(
      {
        articles: {
          byIds: byIdsOf([excerpt, whole, none]),
          bodies: async (ids) => ids.map((id) => ({ id, blocks: body })),
          list: async () => [{ articles: [excerpt, whole, none], hasMore: false, boundaryAt: null, walk: 0 }],
          search: async () => [
            {
              matches: [excerpt, whole].map((one) => ({ article: one, score: 1, snippetHtml: 'a passage' })),
              hasMore: false,
              boundaryAt: null,
            },
          ],
          ...rest.articles,
        },
        ...(rest.taxonomy === undefined ? {} : { taxonomy: rest.taxonomy }),
      },
      calls,
    );
    return { ...createHandLoaders(() => stores, { now: NOW, plan: plan && createPlan(plan) }), calls };
  };
  const request = { edition: 'EN', text: 'x', filter: {}, limit: 10, rankedAt: NOW } as const;

  it.each([
    ['everybody', null, ['EXCERPT', 'FULL']],
    ['a plan of everything', {}, ['FULL', 'FULL']],
    ['a plan of excerpts', { syndication: 'EXCERPT' }, ['EXCERPT', 'EXCERPT']],
  ] as const)('is cut out of what %s is given', async (_who, plan, expected) => {
    const { loaders, calls } = setUpPlan(plan);
    const { articles } = await loaders.articles.page.load(LISTING);
    expect(articles.map(({ rights }) => rights.syndication)).toEqual(expected);
    expect(articles.map(({ wordCount }) => wordCount)).toEqual(expected.map((right) => (right === 'FULL' ? 9 : 0)));
    const bodies = await Promise.all(articles.map(({ id }) => loaders.articles.body.load(id)));
    for (const [index, right] of expected.entries())
      expect(bodies[index]).toEqual(right === 'FULL' ? body : [{ type: 'Paragraph', html: '', text: 'a'.repeat(501) }]);
    expect(await loaders.articles.body.load(none.id)).toEqual([]);
    const { matches } = await loaders.articles.search.load(request);
    expect(matches.map(({ snippetHtml }) => snippetHtml)).toEqual(
      expected.map((right) => (right === 'FULL' ? 'a passage' : null)),
    );
    // What a list gave is not read again for its text.
    expect(calls.filter(([method]) => method === 'articles.byIds')).toEqual([['articles.byIds', 1]]);
  });

  it('is nothing outside its scope, and by its sections as the tree has them now', async () => {
    const section = (path: string, id = idOf.section('EN', path), parentId: SectionId | null = null): Section => ({
      id,
      edition: 'EN',
      kind: 'TOPIC',
      slug: path,
      path,
      name: path,
      description: null,
      parentId,
      position: 0,
      translationGroup: null,
    });
    // Born as `news`, of which it has kept the id alone; what is below it is of the plan too.
    const moved = section('moved', idOf.section('EN', 'news'));
    const below = section('moved/below', idOf.section('EN', 'below'), moved.id);
    const held = article('held', { sectionIds: [below.id] });
    const other = article('other', { sectionIds: [idOf.section('EN', 'sport')] });
    const { loaders, tags } = setUpPlan(
      { editions: ['EN'], sections: { EN: ['news'] } },
      {
        articles: { byIds: byIdsOf([held, other]) },
        taxonomy: { sections: async () => [moved, below, section('sport')] },
      },
    );
    expect(await loaders.articles.byId.loadMany([held.id, other.id])).toEqual([held, null]);
    // Whoever moves a section ends this.
    expect(tags()).toContain('edition:en');
  });
});
