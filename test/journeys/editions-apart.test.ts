import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeDown } from '../../src/ingest/takedown.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { openDesk, story, storyId, type Desk } from './desk.ts';

const TOKEN = 'correct-horse-battery-staple';
const BASE = 'https://news.example';
const ARABIC = 'ممر-الحبوب';

/** Everything that is looked up by a slug or an address, in one edition. */
const BY_NAME = `query ($code: EditionCode!, $slug: String!, $section: String!, $url: URL!, $tagUrl: URL!, $authorUrl: URL!) {
  edition(code: $code) {
    article(slug: $slug) { id edition { code } }
    section(path: $section) { id edition { code } }
    tag(slug: $slug) { id edition { code } }
    author(slug: $slug) { id edition { code } }
    bySection: articles(filter: { sectionPaths: [$section] }) { nodes { id edition { code } } }
    byTag: articles(filter: { tagSlugs: [$slug] }) { nodes { id edition { code } } }
    byAuthor: articles(filter: { authorSlugs: [$slug] }) { nodes { id edition { code } } }
  }
  articleByUrl(url: $url) { id edition { code } }
  route(url: $url) { status node { id } }
  tagRoute: route(url: $tagUrl) { status node { id } }
  authorRoute: route(url: $authorUrl) { status node { id } }
}`;

const variablesOf = (code: string, slug: string, section = 'news/politics') => ({
  code,
  slug,
  section,
  url: `${BASE}/${code.toLowerCase()}/${section}/${slug}`,
  tagUrl: `${BASE}/${code.toLowerCase()}/tags/${slug}`,
  authorUrl: `${BASE}/${code.toLowerCase()}/authors/${slug}`,
});

describe('a slug of one edition', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ variables: { ADMIN_TOKEN: TOKEN } });
    const named = (slug: string) => ({ slug, tags: [{ slug, name: slug }], authors: [{ slug, name: slug }] });
    await desk.write(
      story('shared', { ...named('shared'), translationGroup: 'shared' }),
      story('shared', { ...named('shared'), edition: 'es', translationGroup: 'shared' }),
      story('only-arabic', { ...named(ARABIC), edition: 'ar' }),
      story('moved', { slug: 'moved-away' }),
      story('moved', { slug: 'arrived' }),
      story('moved', { edition: 'ar', slug: 'moved-away' }),
    );
  });
  afterAll(() => desk.close());

  /** As made, and as kept. */
  const get = async (query: string, variables: object) => {
    const url = graphqlAddress({ query, variables: JSON.stringify(variables) });
    const [made, kept] = [await desk.app.server.inject({ url }), await desk.app.server.inject({ url })];
    expect(kept.headers['cache-status']).toMatch(/; hit;/);
    expect(kept.body).toBe(made.body);
    const { data, errors } = JSON.parse(kept.body);
    expect(errors).toBeUndefined();
    return data;
  };

  it.each(['EN', 'ES'])('answers in it with its own, though another has the same: %s', async (code) => {
    const id = storyId('shared', code.toLowerCase());
    const data = await get(BY_NAME, variablesOf(code, 'shared'));
    const codes = JSON.stringify(data).match(/"code":"(..)"/g);
    expect(new Set(codes)).toEqual(new Set([`"code":"${code}"`]));
    expect(codes?.length).toBeGreaterThanOrEqual(8);
    expect([data.edition.article.id, data.articleByUrl.id, data.route.node.id]).toEqual([id, id, id]);
    expect(data.tagRoute.node.id).toMatch(new RegExp(`^tag_${code.toLowerCase()}_`));
    expect(data.authorRoute.node.id).toMatch(new RegExp(`^aut_${code.toLowerCase()}_`));
    expect(data.edition.byTag.nodes).toEqual([{ id, edition: { code } }]);
    expect(data.edition.byAuthor.nodes).toEqual([{ id, edition: { code } }]);
  });

  it.each([
    ['AR', 'shared'],
    ['EN', ARABIC],
    ['ES', encodeURIComponent(ARABIC).toLowerCase()],
    ['EN', 'ممـر-الحبوب'],
  ])('never answers in another: %s has no %s', async (code, slug) => {
    const data = await get(BY_NAME, variablesOf(code, slug));
    const { bySection: _bySection, section: _section, ...named } = data.edition;
    expect({ ...data, edition: named }).toEqual({
      edition: { article: null, tag: null, author: null, byTag: { nodes: [] }, byAuthor: { nodes: [] } },
      articleByUrl: null,
      route: null,
      tagRoute: null,
      authorRoute: null,
    });
  });

  it('never answers in another when it is a former one', async () => {
    const { edition, route } = await get(BY_NAME, variablesOf('EN', 'moved-away'));
    expect([edition.article.id, route.status]).toEqual([storyId('moved'), 'MOVED']);
    expect((await get(BY_NAME, variablesOf('AR', 'moved-away'))).route).toMatchObject({ status: 'FOUND' });
    const { edition: spanish, route: nowhere } = await get(BY_NAME, variablesOf('ES', 'moved-away'));
    expect([spanish.article, nowhere]).toEqual([null, null]);
  });

  it('leads to other editions by translation alone', async () => {
    const { edition } = await get(
      '{ edition(code: EN) { article(slug: "shared") { translations { id edition { code } } translation(edition: AR) { id } } } }',
      {},
    );
    expect(edition.article).toEqual({
      translations: [{ id: storyId('shared', 'es'), edition: { code: 'ES' } }],
      translation: null,
    });
  });

  it('ends the answers of its own edition and no other’s, when a change names it', async () => {
    const one = 'query ($code: EditionCode!) { edition(code: $code) { article(slug: "shared") { headline } } }';
    const stateOf = async (code: string) => {
      const url = graphqlAddress({ query: one, variables: JSON.stringify({ code }) });
      return (await desk.app.server.inject({ url })).headers['cache-status'];
    };
    for (const code of ['EN', 'ES', 'AR']) await stateOf(code);
    const { statusCode } = await desk.app.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { id: 'es-shared', changes: [{ tags: ['slug:es:article:shared'] }] },
    });
    expect([200, 202]).toContain(statusCode);
    expect([await stateOf('EN'), await stateOf('AR'), await stateOf('ES')]).toEqual([
      expect.stringMatching(/; hit;/),
      expect.stringMatching(/; hit;/),
      expect.stringMatching(/fwd=/),
    ]);
  });

  it('is hidden in its own edition alone when its article is taken down', async () => {
    await takeDown(desk.app.database, 'es:shared', { editions: desk.app.config.editions, now: desk.clock.now() });
    await desk.app.changes.step();
    const spanish = await get(BY_NAME, variablesOf('ES', 'shared'));
    expect([spanish.edition.article, spanish.route]).toEqual([null, { status: 'GONE', node: null }]);
    const english = await get(BY_NAME, variablesOf('EN', 'shared'));
    expect([english.edition.article.id, english.route.status]).toEqual([storyId('shared'), 'FOUND']);
    expect((await get(BY_NAME, variablesOf('AR', 'shared'))).route).toBeNull();
  });
});
