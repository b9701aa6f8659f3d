import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { StoreError } from '../../src/errors.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createGate } from '../support/gate.ts';
import { linesOf } from '../support/import-lines.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';

const clock = createWoundClock(Date.UTC(2026, 5, 1, 12));
let app: TestApp;
/** Null: the stores that hold the content; a test puts others in their place and takes them away again. */
let otherStores: Stores | null = null;
let stores: Stores;

beforeAll(async () => {
  app = await createTestApp({ clock, swap: { storesOf: () => otherStores ?? stores } });
  stores = createPostgresStores(app.database);
});
afterAll(() => app.close());

const seconds = (count: number): string => new Date(clock.now() + count * 1000).toISOString();

/** An article of a test as its desk sends it. */
const article = (sourceId: string, fields: object = {}) => ({
  sourceId,
  slug: sourceId,
  edition: 'en',
  headline: `Headline of ${sourceId}`,
  section: 'news/health',
  publishedAt: '2026-05-30T08:00:00Z',
  html: '<p>A harbour at night.</p>',
  ...fields,
});

/** Imports `documents` as the desk does, and waits until this process knows. */
const publish = async (...documents: readonly object[]): Promise<void> => {
  const { bad } = await importDocuments(
    { database: app.database, editions: app.config.editions, clock },
    linesOf(documents),
    { source: 'desk' },
  );
  expect(bad).toEqual([]);
  await app.changes.step();
};

const get = (query: string) => app.server.inject({ url: graphqlAddress({ query }) });
const stateOf = async (query: string): Promise<'hit' | 'miss'> =>
  /; hit;/.test(String((await get(query)).headers['cache-status'])) ? 'hit' : 'miss';

const bySlug = (slug: string, edition = 'EN'): string =>
  `{ edition(code: ${edition}) { article(slug: "${slug}") { slug headline breaking } } }`;
const inSection = (path: string, edition = 'EN'): string =>
  `{ edition(code: ${edition}) { section(path: "${path}") { articles(first: 50) { nodes { slug headline } } } } }`;
const ofKind = (kind: string): string =>
  `{ edition(code: EN) { articles(first: 50, filter: { kinds: [${kind}] }) { nodes { slug } } } }`;

/** Answers about much of the newsroom, by what they read. */
const READERS = {
  'the article': bySlug('tide'),
  'its address': '{ route(url: "https://news.example/en/news/health/tide") { status } }',
  'its former or later slug': bySlug('tide-turned'),
  'another article': bySlug('night-train-returns-to-the-coast'),
  'an article that is not there': bySlug('never-written'),
  'its section': inSection('news/health'),
  'the section above': inSection('news'),
  'another section': inSection('videos'),
  'everything of its edition': '{ edition(code: EN) { articles(first: 50) { nodes { headline } } } }',
  'its kind': ofKind('NEWS'),
  'another kind': ofKind('BLOG'),
  'a search': '{ edition(code: EN) { search(query: "harbour") { nodes { headline } } } }',
  'the menu': '{ edition(code: EN) { navigation { label url } } }',
  'the editions': '{ editions { name } }',
  'the same slug elsewhere': bySlug('tide', 'AR'),
  'the same section elsewhere': inSection('videos', 'ES'),
  'another edition': '{ edition(code: AR) { articles(first: 50) { nodes { headline } } } }',
} as const;
type Reader = keyof typeof READERS;

const LISTS: readonly Reader[] = [
  'its section',
  'the section above',
  'everything of its edition',
  'its kind',
  'a search',
];

const warm = async (): Promise<void> => {
  for (const query of Object.values(READERS)) await get(query);
  for (const query of Object.values(READERS)) expect(await stateOf(query)).toBe('hit');
};
const ended = async (): Promise<readonly string[]> => {
  const names: string[] = [];
  for (const [name, query] of Object.entries(READERS)) if ((await stateOf(query)) === 'miss') names.push(name);
  return names;
};

describe('a change that was imported', () => {
  const change = async (document: object): Promise<readonly string[]> => {
    await warm();
    await publish(document);
    return ended();
  };
  const sorted = (...names: readonly Reader[]): readonly Reader[] =>
    (Object.keys(READERS) as Reader[]).filter((name) => names.includes(name));

  it('published: ends lists it enters and answers that said it was not there, and no other', async () => {
    expect(await change(article('tide'))).toEqual(sorted('the article', 'its address', ...LISTS));
    expect((await get(READERS['the article'])).json().data.edition.article.slug).toBe('tide');
    expect((await get(READERS['its section'])).body).toContain('Headline of tide');
  });

  it('edited: ends what showed it, with a new ETag', async () => {
    const before = await get(READERS['the article']);
    expect(await change(article('tide', { headline: 'High tide' }))).toEqual(
      sorted('the article', 'its address', ...LISTS),
    );
    const after = await app.server.inject({
      url: graphqlAddress({ query: READERS['the article'] }),
      headers: { 'if-none-match': String(before.headers['etag']) },
    });
    expect(after.statusCode).toBe(200);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(after.json().data.edition.article.headline).toBe('High tide');
  });

  it('imported again as it is: ends nothing', async () => {
    expect(await change(article('tide', { headline: 'High tide' }))).toEqual([]);
  });

  it('renamed: both slugs find it', async () => {
    expect(await change(article('tide', { headline: 'High tide', slug: 'tide-turned' }))).toEqual(
      sorted('the article', 'its address', 'its former or later slug', ...LISTS),
    );
    for (const reader of ['the article', 'its former or later slug'] as const)
      expect((await get(READERS[reader])).json().data.edition.article.slug).toBe('tide-turned');
    expect((await get(READERS['its address'])).json().data.route.status).toBe('MOVED');
  });

  it('taken down: is gone from every answer at once', async () => {
    expect(
      await change(article('tide', { headline: 'High tide', slug: 'tide-turned', withdrawnAt: seconds(0) })),
    ).toEqual(sorted('the article', 'its address', 'its former or later slug', ...LISTS));
    for (const query of Object.values(READERS)) expect((await get(query)).body).not.toContain('High tide');
    expect((await get(READERS['its address'])).json().data.route.status).toBe('GONE');
  });

  it('in another edition: leaves every answer of this one', async () => {
    const endedNames = await change(article('tide', { edition: 'ar', headline: 'المد', section: 'أخبار/صحة' }));
    expect(endedNames).toEqual(sorted('the same slug elsewhere', 'another edition'));
  });
});

describe('time', () => {
  const life = async (query: string): Promise<unknown> => (await get(query)).headers['cache-control'];

  it('ends an answer when an embargo lifts, and clients are told when', async () => {
    await publish(article('embargoed', { rights: { embargoedUntil: seconds(30) } }));
    const list = inSection('news/health');
    for (const query of [bySlug('embargoed'), list]) expect((await get(query)).body).not.toContain('Headline of emb');
    clock.wind(27_000);
    expect(await stateOf(list)).toBe('hit');
    expect(await life(bySlug('embargoed'))).toBe('public, max-age=3');
    expect(await life(list)).toBe('public, max-age=3');
    clock.wind(2_500);
    expect(await life(list)).toBe('no-store');
    expect(await stateOf(list)).toBe('hit');
    clock.wind(500);
    for (const query of [bySlug('embargoed'), list]) {
      expect(await stateOf(query)).toBe('miss');
      expect((await get(query)).body).toContain('Headline of embargoed');
    }
    expect(await life(list)).toBe('public, max-age=10');
  });

  it('ends an answer when its article stops being breaking news', async () => {
    await publish(article('broken', { breaking: true, breakingUntil: seconds(20) }));
    expect((await get(bySlug('broken'))).json().data.edition.article.breaking).toBe(true);
    clock.wind(15_000);
    expect(await life(bySlug('broken'))).toBe('public, max-age=5');
    clock.wind(5_000);
    expect((await get(bySlug('broken'))).json().data.edition.article.breaking).toBe(false);
  });

  it('ends an answer when its article expires', async () => {
    await publish(article('fleeting', { rights: { expiresAt: seconds(20) } }));
    expect((await get(bySlug('fleeting'))).json().data.edition.article.slug).toBe('fleeting');
    clock.wind(19_000);
    expect(await life(bySlug('fleeting'))).toBe('public, max-age=1');
    clock.wind(1_000);
    expect((await get(bySlug('fleeting'))).json().data.edition.article).toBeNull();
  });
});

/** `method` of the engagement store replaced. */
const withRankings = (rankings: Stores['engagement']['rankings']): Stores => ({
  ...stores,
  engagement: { ...stores.engagement, rankings },
});

describe('an answer with an error', () => {
  it('speaks for those who ask within two seconds, kept by nobody further out', async () => {
    const query = '{ edition(code: EN) { name trending(first: 2) { id } } }';
    let calls = 0;
    otherStores = withRankings(async () => {
      calls += 1;
      throw new StoreError('postgres', 'STORE_FAILED');
    });
    for (const [status, asked] of [
      ['masthead; fwd=miss', 1],
      ['masthead; hit; ttl=0', 1],
      ['masthead; fwd=stale', 2],
    ] as const) {
      if (asked === 2) clock.wind(2_000);
      const { statusCode, headers, body } = await get(query);
      expect(statusCode).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        data: { edition: { name: 'Meridian English', trending: null } },
        errors: [{ path: ['edition', 'trending'], extensions: { code: 'STORE_FAILED', store: 'postgres' } }],
      });
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'cache-status': status });
      expect(headers).not.toHaveProperty('etag');
      expect(calls).toBe(asked);
    }
    otherStores = null;
    clock.wind(2_000);
    expect((await get(query)).json().errors).toBeUndefined();
    expect(await stateOf(query)).toBe('hit');
  });

  it.each([
    ['a document', '{ nosuch }'],
    ['an argument', '{ edition(code: EN) { articles(first: 0) { totalCount } } }'],
    ['an id', '{ article(id: "no id") { id } }'],
  ])('in %s is not kept either', async (_where, query) => {
    for (let asked = 0; asked < 2; asked += 1) {
      const { headers, body } = await get(query);
      expect(JSON.parse(body).errors).toHaveLength(1);
      expect(headers['cache-control']).toBe('no-store');
      expect(String(headers['cache-status'])).not.toMatch(/hit|stored/);
    }
  });
});

describe('a mutation', () => {
  it('is neither kept nor answered from what is kept', async () => {
    const id = (await get(bySlug('night-train-returns-to-the-coast').replace('headline', 'id'))).json().data.edition
      .article.id;
    const query = `mutation { recordEngagement(input: { articleId: "${id}", kind: SHARE }) { article { engagement { shares } } } }`;
    const shares: number[] = [];
    for (let asked = 0; asked < 2; asked += 1) {
      const { headers, body } = await app.server.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query },
        // The same reader would count once.
        remoteAddress: `192.0.2.${asked}`,
      });
      expect(headers).toMatchObject({ 'cache-control': 'private, no-store', 'cache-status': 'masthead; fwd=bypass' });
      expect(headers).not.toHaveProperty('etag');
      shares.push(JSON.parse(body).data.recordEngagement.article.engagement.shares);
    }
    expect((shares[1] ?? 0) - (shares[0] ?? 0)).toBe(1);
  });
});

describe('requests for one answer at once', () => {
  it('share one making of it, and say so', async () => {
    const query = '{ edition(code: ES) { trending(first: 3) { slug } } }';
    const gate = createGate();
    let calls = 0;
    otherStores = withRankings(async (...request) => {
      calls += 1;
      await gate.pass();
      return stores.engagement.rankings(...request);
    });
    const first = get(query);
    await gate.reached;
    const others = [get(query), get(query.replace('{ trending', '{  trending'))];
    gate.open();
    const answers = [await first, ...(await Promise.all(others))];
    otherStores = null;
    expect(calls).toBe(1);
    expect(answers.map(({ headers }) => headers['cache-status'])).toEqual([
      'masthead; fwd=miss; stored',
      'masthead; fwd=miss; collapsed; stored',
      'masthead; fwd=miss; collapsed; stored',
    ]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });
});
