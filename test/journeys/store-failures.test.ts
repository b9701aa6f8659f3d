import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { DESK_START } from './desk.ts';
import { createFailingStores, readingMethods, type StoreMethod } from './failing-stores.ts';
import { jsonWithout, lostPaths, placeOf } from './lost-paths.ts';
import { cold, DEMO_VARIABLES, OPERATIONS, readOperation } from './operations.ts';

/** What the example operations leave out, so that every reading method is failed at least once. */
const REST = `query Rest {
  edition(code: EN) {
    name
    tag(slug: "grain") { name translations { name } }
    tags(first: 3) { nodes { name } }
    author(slug: "meridian-english") { name translations { name } articles(first: 1) { nodes { headline } } }
    authors(first: 3) { nodes { name } }
    articles(first: 2) { totalCount nodes { headline translation(edition: AR) { headline } excerpt } }
    section(path: "news") { name translations { name } }
  }
  article(id: "$ID") { headline }
  articleByUrl(url: "https://news.example/en/news/politics/grain-corridor-talks-resume") { headline }
  route(url: "https://news.example/en/tags/grain") { status }
}`;

/** The places of each answer that are null when a method fails; every other method costs it nothing. */
const LOSSES: Readonly<Record<string, Readonly<Record<StoreMethod, readonly string[]>>>> = {
  'article-page': {
    'articles.byIds': ['edition.trending', 'edition.mostRead'],
    'articles.byAddresses': ['edition.article'],
    'articles.byTranslationGroups': ['edition.article.translations[]'],
    'articles.related': ['edition.article.related'],
    'taxonomy.sections': [
      'edition.navigation[].url',
      'edition.navigation[].section',
      'edition.navigation[].children[].section',
      'edition.navigation[].children[].url',
      'edition.article.breadcrumbs',
      'edition.article.section',
      'edition.trending[].section',
      'edition.mostRead[].section',
      'edition.article.related[].section',
    ],
    // An entry of the menu that stands for the stream cannot say whether it is lit, and it may not be null.
    'taxonomy.liveStreams': ['edition.live', 'edition.navigation'],
    'taxonomy.tagsByIds': ['edition.article.tags'],
    'taxonomy.authorsByIds': ['edition.article.authors'],
    // What was last known stands in.
    'engagement.counts': [],
    'engagement.rankings': ['edition.trending', 'edition.mostRead'],
  },
  'front-page': {
    'articles.byIds': ['edition.trending', 'edition.mostRead'],
    'articles.list': ['edition.articles', 'edition.sections[].articles'],
    'taxonomy.sections': [
      'edition.navigation[].url',
      'edition.sections',
      'edition.navigation[].children[].url',
      'edition.articles.nodes[].section',
    ],
    'taxonomy.liveStreams': ['edition.navigation'],
    'taxonomy.tagsByIds': ['edition.articles.nodes[].tags'],
    'taxonomy.authorsByIds': ['edition.articles.nodes[].authors', 'edition.sections[].articles.nodes[].authors'],
    'engagement.rankings': ['edition.trending', 'edition.mostRead'],
  },
  'section-listing': {
    'articles.list': ['edition.section.articles'],
    'articles.count': ['edition.section.articles.totalCount'],
    'taxonomy.sections': ['edition.section'],
    'taxonomy.tagsByIds': ['edition.section.articles.edges[].node.tags'],
    'taxonomy.authorsByIds': ['edition.section.articles.edges[].node.authors'],
  },
  search: {
    'articles.search': ['edition.search'],
    'articles.countSearch': ['edition.search.totalCount'],
    'taxonomy.sections': ['edition.search.edges[].node.section'],
  },
  rest: {
    'articles.byIds': ['article'],
    'articles.bodies': ['edition.articles.nodes[].excerpt'],
    'articles.byAddresses': ['articleByUrl'],
    'articles.byTranslationGroups': ['edition.articles.nodes[].translation'],
    'articles.list': ['edition.author.articles', 'edition.articles'],
    'articles.count': ['edition.articles.totalCount'],
    'taxonomy.sections': ['edition.section'],
    'taxonomy.tagsBySlugs': ['edition.tag', 'route'],
    'taxonomy.tagsByTranslationGroups': ['edition.tag.translations[]'],
    'taxonomy.listTags': ['edition.tags'],
    'taxonomy.authorsBySlugs': ['edition.author'],
    'taxonomy.authorsByTranslationGroups': ['edition.author.translations[]'],
    'taxonomy.listAuthors': ['edition.authors'],
  },
};

describe('an answer when one store call fails', () => {
  const failing = createFailingStores();
  const clock = createWoundClock(DESK_START);
  let app: TestApp;
  let methods: readonly StoreMethod[];
  let id: string;
  beforeAll(async () => {
    app = await createTestApp({ clock, swap: { storesOf: failing.storesOf } });
    const stores = createPostgresStores(app.database);
    failing.stand(stores);
    methods = readingMethods(stores);
    const { data } = await runQuery(app, '{ edition(code: EN) { articles(last: 1) { nodes { id } } } }');
    id = data.edition.articles.nodes[0].id;
  });
  afterAll(() => app.close());

  const questionOf = (
    name: string,
  ): { readonly text: string; readonly variables: Readonly<Record<string, unknown>> } => {
    const known = OPERATIONS.find((operation) => operation === name);
    return known === undefined
      ? { text: REST.replace('$ID', id), variables: {} }
      : { text: readOperation(known), variables: DEMO_VARIABLES.EN[known] };
  };

  describe.each(Object.entries(LOSSES))('%s', (name, losses) => {
    it('loses the fields that needed it, and nothing else', async () => {
      const { text, variables } = questionOf(name);
      const whole = await runQuery(app, cold(text), variables);
      expect(whole.errors).toEqual([]);
      const found: Record<StoreMethod, readonly string[]> = {};
      for (const method of methods) {
        failing.fail(method, new StoreError('postgres', 'STORE_FAILED', { cause: new Error('secret') }));
        const query = cold(text);
        const cut = await runQuery(app, query, variables);
        failing.heal();
        const lost = lostPaths(cut);

        expect(cut.status).toBe(200);
        expect(cut.data.edition.name).toBe(whole.data.edition.name);
        expect({ method, data: JSON.stringify(cut.data) }).toEqual({ method, data: jsonWithout(whole.data, lost) });
        for (const { message, extensions } of cut.errors) {
          expect(extensions).toEqual({ code: 'STORE_FAILED', store: 'postgres' });
          expect(message).toBe('postgres failed');
        }
        // What was cut is not kept for longer than two seconds: asked then, the same question gets its whole answer.
        const passedMs = lost.length > 0 ? 2_000 : 0;
        clock.wind(passedMs);
        const again = await runQuery(app, query, variables);
        expect(again.errors).toEqual([]);
        // Cursors carry the instant.
        const expected = passedMs > 0 ? await runQuery(app, cold(text), variables) : whole;
        expect(JSON.stringify(again.data)).toBe(JSON.stringify(expected.data));
        clock.wind(-passedMs);
        if (lost.length > 0) found[method] = [...new Set(lost.map(placeOf))];
      }
      const sorted = (table: Readonly<Record<StoreMethod, readonly string[]>>) =>
        Object.fromEntries(Object.entries(table).map(([method, places]) => [method, places.toSorted()]));
      const lossy = Object.entries(losses).filter(([, places]) => places.length > 0);
      expect(sorted(found)).toEqual(sorted(Object.fromEntries(lossy)));
    });

    it('tells nothing of a failure nobody foresaw but that there was one', async () => {
      const { text, variables } = questionOf(name);
      const whole = await runQuery(app, cold(text), variables);
      for (const method of Object.keys(losses) as StoreMethod[]) {
        failing.fail(method, new Error('connect ECONNREFUSED 10.0.0.7:5432'));
        const cut = await runQuery(app, cold(text), variables);
        failing.heal();
        expect(cut.errors.length > 0).toBe((losses[method] ?? []).length > 0);
        expect(JSON.stringify(cut.data)).toBe(jsonWithout(whole.data, lostPaths(cut)));
        for (const { message, extensions } of cut.errors)
          expect({ message, extensions }).toEqual({ message: 'Internal error', extensions: { code: 'INTERNAL' } });
        expect(cut.body).not.toContain('10.0.0.7');
      }
    });
  });

  it('shows a counter as it was last known, and where nobody has asked for it yet, that it could not be read', async () => {
    const query = `{ edition(code: EN) { name } article(id: "${id}") { engagement { views(window: WEEK) sharesText(window: WEEK) } } }`;
    const ask = () => runQuery(app, cold(query));
    const fail = () => failing.fail('engagement.counts', new StoreError('postgres', 'STORE_FAILED'));
    fail();
    const unknown = await ask();
    failing.heal();
    expect(unknown.data.article.engagement).toEqual({ views: null, sharesText: null });
    expect(unknown.errors.map(({ extensions }) => extensions['code'])).toEqual(['STORE_FAILED', 'STORE_FAILED']);
    expect(unknown.headers['cache-control']).toBe('no-store');
    const known = await ask();
    fail();
    const last = await ask();
    failing.heal();
    expect([last.data, last.errors]).toEqual([known.data, []]);
    // It stops nobody from keeping the rest.
    expect(last.headers['cache-control']).toBe('public, max-age=10');
    expect(last.headers['cache-status']).toBe('masthead; fwd=miss; stored');
  });

  it('every method that is called in an answer was failed', async () => {
    failing.takeCalls();
    for (const name of Object.keys(LOSSES)) {
      const { text, variables } = questionOf(name);
      await runQuery(app, cold(text), variables);
    }
    const called = new Set(failing.takeCalls());
    const failed = new Set(Object.values(LOSSES).flatMap((losses) => Object.keys(losses)));
    expect([...called].toSorted()).toEqual([...failed].toSorted());
    // These stores stand before no tier, which alone asks for the lists that it keeps: test/cache/resident-related.test.ts.
    expect(methods.filter((method) => !called.has(method))).toEqual(['articles.newest']);
  });

  it.each([
    ['front-page', 'articles.list', ['edition.sections[].articles']],
    ['section-listing', 'taxonomy.sections', ['edition.section.translations[]']],
  ] as const)('%s: when only the second %s fails, what the first gave stays', async (name, method, places) => {
    const { text, variables } = questionOf(name);
    const whole = await runQuery(app, cold(text), variables);
    failing.fail(method, new StoreError('postgres', 'STORE_TIMEOUT'), { call: 2 });
    const cut = await runQuery(app, cold(text), variables);
    failing.heal();
    expect([...new Set(lostPaths(cut).map(placeOf))]).toEqual(places);
    expect(JSON.stringify(cut.data)).toBe(jsonWithout(whole.data, lostPaths(cut)));
    for (const { extensions } of cut.errors) expect(extensions).toEqual({ code: 'STORE_TIMEOUT', store: 'postgres' });
  });

  it('a body goes without the lines to other articles when nobody can say whether those were withdrawn', async () => {
    const { text, variables } = questionOf('article-page');
    const query = cold(text);
    const whole = await runQuery(app, cold(text), variables);
    failing.fail('articles.byAddresses', new StoreError('postgres', 'STORE_FAILED'), { call: 2 });
    const cut = await runQuery(app, query, variables);
    failing.heal();
    const blocks: readonly { readonly __typename: string }[] = whole.data.edition.article.body;
    expect(blocks.some(({ __typename }) => __typename === 'ReadMore')).toBe(true);
    expect(cut.data.edition.article.body).toEqual(blocks.filter(({ __typename }) => __typename !== 'ReadMore'));
    clock.wind(2_000);
    expect((await runQuery(app, query, variables)).data).toEqual(whole.data);
  });
});
