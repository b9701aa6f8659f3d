import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liftTakedown, takeDown } from '../../src/ingest/takedown.ts';
import { minutesAgo, openDesk, story, storyId, type Desk } from './desk.ts';

const tags = [{ slug: 'grain', name: 'Grain' }];
const url = (path: string): string => `https://news.example/en/${path}`;

/** Every way to an article there is; `id` and `path` are those of the one that is taken down. */
const EVERYTHING = `query ($id: ID!, $other: ID!, $slug: String!, $url: URL!, $former: URL!) {
  article(id: $id) { id }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  articleByUrl(url: $url) { id }
  formerly: articleByUrl(url: $former) { id }
  route(url: $url) { status node { id } }
  formerRoute: route(url: $former) { status node { id } }
  edition(code: EN) {
    article(slug: $slug) { id }
    articles { nodes { id } }
    sections { articles { nodes { id } } }
    tag(slug: "grain") { articles { nodes { id } } }
    author(slug: "rana") { articles { nodes { id } } }
    narrowed: articles(filter: { tagSlugs: ["grain"], kinds: [NEWS] }) { nodes { id } }
    search(query: "headline") { nodes { id } }
    trending { id }
    mostRead { id }
  }
  other: article(id: $other) { related { id } body { __typename } excerpt }
  arabic: edition(code: AR) { articles { nodes { translations { id } translation(edition: EN) { id } } } }
}`;

/** How often each of the two is named when nothing hides it. */
const SHOWN = 19;
const OTHER_SHOWN = 8;

describe('an article that was taken down', () => {
  let desk: Desk;
  const id = storyId('x');
  const variables = {
    id,
    other: storyId('y'),
    slug: 'x-renamed',
    url: url('news/politics/x-renamed'),
    former: url('news/politics/x'),
  };
  beforeAll(async () => {
    desk = await openDesk();
    const rana = { authors: [{ slug: 'rana', name: 'Rana' }], tags };
    await desk.write(
      story('x', { ...rana, translationGroup: 'g' }),
      story('x', { ...rana, translationGroup: 'g', slug: 'x-renamed' }),
      story('y', { ...rana, html: '<p>Words.</p><p class="read-more"><a href="/news/politics/x">x</a></p>' }),
      story('z', { edition: 'ar', translationGroup: 'g', publishedAt: minutesAgo(30) }),
    );
    const { database } = desk.app;
    for (const one of [id, storyId('y')])
      await database.query(`INSERT INTO engagement_hours (article_id, hour, edition, views) VALUES ($1, $2, 'EN', 9)`, [
        one,
        new Date(desk.clock.now()),
      ]);
  });
  afterAll(() => desk.close());

  const shows = async (): Promise<string> => JSON.stringify(await desk.read(EVERYTHING, variables));
  const options = () => ({ editions: desk.app.config.editions, now: desk.clock.now() });
  /** What a store would do that has not heard of it. */
  const forget = () => desk.app.database.query('UPDATE articles SET withdrawn_at = NULL, taken_down_at = NULL');

  it('is shown in all of these ways before', async () => {
    const text = await shows();
    expect(text.split(id).length - 1).toBe(SHOWN);
    expect(text.split('ReadMore').length - 1).toBe(1);
  });

  it.each([
    ['as its store says', async () => undefined],
    ['whatever its store says', forget],
    [
      'when its store has lost it',
      async () => {
        await desk.app.database.query('DELETE FROM articles WHERE id = $1', [id]);
      },
    ],
  ])('is shown in none, and its addresses say GONE: %s', async (_, act) => {
    if ((await desk.app.database.query('SELECT FROM articles WHERE id = $1', [id])).length > 0)
      await takeDown(desk.app.database, id, options());
    await desk.app.changes.step();
    await act();
    const text = await shows();
    expect(text).not.toContain(id);
    expect(text).not.toContain('ReadMore');
    expect(text.split('"GONE"').length - 1).toBe(2);
    expect(text.split(variables.other).length - 1).toBe(OTHER_SHOWN);
  });
});

describe('a takedown', () => {
  it('ends what was kept at once, and lifted it brings the article back', async () => {
    const desk = await openDesk();
    await desk.write(story('x'), story('y'));
    const list = '{ edition(code: EN) { articles { nodes { id } totalCount } } }';
    const page = `{ articleByUrl(url: "${url('news/politics/x')}") { headline } }`;
    const before = [await desk.read(list), await desk.read(page)];
    const options = { editions: desk.app.config.editions, now: desk.clock.now() };
    await takeDown(desk.app.database, 'en:x', options);
    await desk.app.changes.step();
    expect([await desk.read(list), await desk.read(page)]).toEqual([
      { edition: { articles: { nodes: [{ id: storyId('y') }], totalCount: 1 } } },
      { articleByUrl: null },
    ]);
    await liftTakedown(desk.app.database, 'en:x', options);
    await desk.app.changes.step();
    expect([await desk.read(list), await desk.read(page)]).toEqual(before);
    await desk.close();
  });

  it('is counted nowhere, whatever its store says, and its neighbours everywhere', async () => {
    const desk = await openDesk();
    await desk.write(story('x', { tags }), story('y', { tags }), story('z', { publishedAt: minutesAgo(30) }));
    await takeDown(desk.app.database, 'en:x', { editions: desk.app.config.editions, now: desk.clock.now() });
    await desk.app.changes.step();
    await desk.app.database.query('UPDATE articles SET withdrawn_at = NULL, taken_down_at = NULL');
    const { edition } = await desk.read(`{ edition(code: EN) {
      articles { totalCount nodes { id } }
      narrowed: articles(filter: { tagSlugs: ["grain"] }) { totalCount nodes { id } }
      tag(slug: "grain") { articles { totalCount nodes { id } } }
      search(query: "headline") { totalCount nodes { id } }
    } }`);
    const lists = [edition.articles, edition.narrowed, edition.tag.articles, edition.search];
    expect(lists.map(({ totalCount, nodes }) => [totalCount, nodes.length])).toEqual([
      [2, 2],
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
    await desk.close();
  });

  it('leaves a page empty, whose cursor leads on to the rest of the list', async () => {
    const desk = await openDesk();
    await desk.write(story('x'), story('y', { publishedAt: minutesAgo(90) }));
    await takeDown(desk.app.database, 'en:x', { editions: desk.app.config.editions, now: desk.clock.now() });
    await desk.app.changes.step();
    // Its store has not heard of it: it still fills a page of one.
    await desk.app.database.query('UPDATE articles SET withdrawn_at = NULL, taken_down_at = NULL');
    const read = (list: string, after: string | null) =>
      desk.read(
        `query ($after: String) { edition(code: EN) { list: ${list} {
        nodes { id } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
    for (const list of ['articles(first: 1, after: $after)', 'search(query: "headline", first: 1, after: $after)']) {
      const pages = [await read(list, null)];
      expect(pages[0].edition.list).toEqual({
        nodes: [],
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      });
      pages.push(await read(list, pages[0].edition.list.pageInfo.endCursor));
      expect(pages[1].edition.list).toMatchObject({ nodes: [{ id: storyId('y') }], pageInfo: { hasNextPage: false } });
    }
    await desk.close();
  });

  it('leaves a section alone that was made where the article once stood', async () => {
    const desk = await openDesk();
    await desk.write(story('x', { slug: 'economy' }), story('x', { slug: 'x' }));
    await takeDown(desk.app.database, 'en:x', { editions: desk.app.config.editions, now: desk.clock.now() });
    await desk.write({ type: 'section', edition: 'en', path: 'news/politics/economy', name: 'Economy' });
    const route = `{ route(url: "${url('news/politics/economy')}") { status node { __typename } } }`;
    expect(await desk.read(route)).toEqual({ route: { status: 'FOUND', node: { __typename: 'Section' } } });
    await desk.close();
  });
});
