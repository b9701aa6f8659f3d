import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { openDesk, story, storyId, type Desk } from './desk.ts';

describe('what is not there', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.write(
      { type: 'tag', edition: 'en', slug: 'sea', name: 'Sea' },
      { type: 'author', edition: 'en', slug: 'ann', name: 'Ann' },
      story('first', { tags: ['sea'], authors: ['ann'] }),
      story('second'),
      // The same slug, another desk's story.
      story('first', { edition: 'ar', headline: 'أولى' }),
      story('only-arabic', { edition: 'ar' }),
      { type: 'tag', edition: 'ar', slug: 'sea', name: 'بحر' },
      { type: 'author', edition: 'es', slug: 'ann', name: 'Ana' },
    );
  });
  afterAll(() => desk.close());

  const codesOf = async (query: string, variables = {}) =>
    (await desk.ask(query, variables)).errors.map(({ extensions }) => extensions['code']);

  it('a null argument counts as left out, wherever it stands', async () => {
    const variables = { nothing: null };
    const data = await desk.read(
      `query ($nothing: Int) {
        edition(code: EN) {
          bare: articles { nodes { id } pageInfo { hasPreviousPage } }
          nulls: articles(filter: null, orderBy: null, first: null, after: null, last: null, before: null) { nodes { id } pageInfo { hasPreviousPage } }
          variables: articles(first: $nothing, last: $nothing) { nodes { id } }
          fields: articles(filter: { kinds: null, sectionPaths: null, tagSlugs: null, authorSlugs: null, publishedAfter: null, publishedBefore: null, updatedAfter: null, breaking: null }) { nodes { id } }
          tags(first: null, after: null) { nodes { name } }
          authors(first: $nothing) { nodes { name } }
          search(query: "words", filter: null, first: null, after: null) { nodes { id } }
          trending(first: null) { id }
          mostRead(first: null, window: null) { id }
          article(slug: "first") {
            excerpt(maxLength: null)
            related(first: null) { id }
            translation(edition: AR, fallback: null) { id }
            engagement { views(window: null) }
          }
        }
      }`,
      variables,
    );
    const { edition } = data;
    expect(edition.bare.nodes).toHaveLength(2);
    expect(edition.nulls).toEqual(edition.bare);
    expect(edition.variables.nodes).toEqual(edition.bare.nodes);
    expect(edition.fields.nodes).toEqual(edition.bare.nodes);
    expect(edition.tags.nodes).toEqual([{ name: 'Sea' }]);
    expect(edition.authors.nodes).toEqual([{ name: 'Ann' }]);
    expect(edition.search.nodes).toHaveLength(2);
    expect(edition.article).toEqual({
      excerpt: 'Words of first.',
      related: [{ id: storyId('second') }],
      translation: null,
      engagement: { views: 0 },
    });
  });

  it('ids are URL-safe, at most 128 characters, and different for everything in the graph', async () => {
    const { edition } = await desk.read(`{
      edition(code: EN) {
        id
        sections { id children { id } }
        tags { nodes { id } }
        authors { nodes { id } }
        articles { nodes { id } }
      }
    }`);
    const ids = [...JSON.stringify(edition).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(ids.length).toBe(9);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,128}$/);
  });

  it('every id finds its own thing again, by node and by nodes', async () => {
    const ids = [
      'edn_en',
      idOf.section('EN', 'news'),
      idOf.tag('EN', 'sea'),
      idOf.author('EN', 'ann'),
      storyId('first'),
    ];
    const { nodes, ...single } = await desk.read(
      `query ($ids: [ID!]!) {
        nodes(ids: $ids) { __typename id }
        ${ids.map((id, index) => `n${index}: node(id: "${id}") { __typename id }`).join('\n')}
      }`,
      { ids },
    );
    expect(nodes).toEqual(
      ['Edition', 'Section', 'Tag', 'Author', 'Article'].map((__typename, index) => ({ __typename, id: ids[index] })),
    );
    expect(Object.values(single)).toEqual(nodes);
  });

  it('an id survives a rename and a move to another section', async () => {
    await desk.write(story('moving'));
    const before = await desk.read(`{ edition(code: EN) { article(slug: "moving") { id url } } }`);
    await desk.write(story('moving', { slug: 'moved', section: 'world' }));
    const after = await desk.read(`{ edition(code: EN) { article(slug: "moved") { id url } } }`);
    expect(after.edition.article.id).toBe(before.edition.article.id);
    expect(after.edition.article.url).not.toBe(before.edition.article.url);
  });

  it.each([
    '',
    'x',
    'art_en_',
    '1',
    'art_en_!!!!!!!!!!!!!!!!!!!!',
    `art_en_${'0'.repeat(200)}`,
    'edn_EN',
    'art_en_\u0000',
  ])('a malformed id is an error with a code: %j', async (id) => {
    const query = 'query ($id: ID!) { article(id: $id) { id } }';
    expect(await codesOf(query, { id })).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual(['BAD_USER_INPUT']);
    const { data, errors } = await desk.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: ['edn_en', id],
    });
    expect(data.nodes).toEqual([{ id: 'edn_en' }, null]);
    expect(errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['nodes', 1], 'BAD_USER_INPUT'],
    ]);
    const mutation =
      'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { id } } }';
    expect(await codesOf(mutation, { id })).toEqual(['BAD_USER_INPUT']);
  });

  it('an unknown id, one of another type and one of an unknown edition are null', async () => {
    const unknown = storyId('never-written');
    const elsewhere = unknown.replace('_en_', '_fr_');
    expect(
      await desk.read(
        `query ($unknown: ID!, $elsewhere: ID!, $tag: ID!) {
          article(id: $unknown) { id }
          ofTag: article(id: $tag) { id }
          ofElsewhere: article(id: $elsewhere) { id }
          ofEdition: article(id: "edn_en") { id }
          node(id: $unknown) { id }
          foreign: node(id: "edn_fr") { id }
          nodes(ids: [$unknown, $elsewhere, "edn_fr", "edn_en"]) { id }
        }`,
        { unknown, elsewhere, tag: idOf.tag('EN', 'sea') },
      ),
    ).toEqual({
      article: null,
      ofTag: null,
      ofElsewhere: null,
      ofEdition: null,
      node: null,
      foreign: null,
      nodes: [null, null, null, { id: 'edn_en' }],
    });
  });

  it('more than a hundred ids at once are an error', async () => {
    const ids = Array.from({ length: 101 }, () => 'edn_en');
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await codesOf(query, { ids })).toEqual(['BAD_USER_INPUT']);
    expect((await desk.read(query, { ids: ids.slice(1) })).nodes).toHaveLength(100);
  });

  it('an unknown section, slug, tag, author or address is null', async () => {
    expect(
      await desk.read(`{
        edition(code: EN) {
          section(path: "news/nothing") { id }
          slug: section(path: "politics") { id }
          article(slug: "nothing") { id }
          tag(slug: "nothing") { id }
          author(slug: "nothing") { id }
        }
        articleByUrl(url: "https://news.example/en/news/nothing") { id }
        route(url: "https://news.example/en/news/nothing") { status }
        tagRoute: route(url: "https://news.example/en/tags/nothing") { status }
        authorRoute: route(url: "https://news.example/en/authors/nothing") { status }
        beside: route(url: "https://news.example/fr/news") { status }
        prefix: route(url: "https://news.example/english") { status }
      }`),
    ).toEqual({
      edition: { section: null, slug: null, article: null, tag: null, author: null },
      articleByUrl: null,
      route: null,
      tagRoute: null,
      authorRoute: null,
      beside: null,
      prefix: null,
    });
  });

  it.each([
    '\u0000',
    'a\u0000b',
    '%00',
    '\ud800',
    '%',
    '%ff',
    '%e0%a4',
    "' OR 1=1 --",
    '../../etc/passwd',
    'a'.repeat(5_000),
  ])('no slug is strange enough to break a page: %j', async (slug) => {
    const data = await desk.read(
      `query ($slug: String!, $slugs: [String!]) {
          edition(code: EN) {
            article(slug: $slug) { id }
            section(path: $slug) { id }
            tag(slug: $slug) { id }
            author(slug: $slug) { id }
            tags: articles(filter: { tagSlugs: $slugs }) { nodes { id } totalCount }
            authors: articles(filter: { authorSlugs: $slugs }) { nodes { id } }
            sections: articles(filter: { sectionPaths: $slugs }) { nodes { id } }
          }
        }`,
      { slug, slugs: [slug] },
    );
    expect(data.edition).toEqual({
      article: null,
      section: null,
      tag: null,
      author: null,
      tags: { nodes: [], totalCount: 0 },
      authors: { nodes: [] },
      sections: { nodes: [] },
    });
  });

  it.each([
    'https://news.example/en/%00',
    'https://news.example/en/%ff%fe',
    'https://news.example/en/%ED%A0%80',
    'https://news.example/en//',
    'https://[::1]/en',
    `https://news.example/en/tags/%00`,
  ])('no address is strange enough to break a page: %s', async (url) => {
    const { errors } = await desk.ask(
      'query ($url: URL!) { route(url: $url) { url } articleByUrl(url: $url) { id } }',
      { url },
    );
    expect(errors).toEqual([]);
  });

  it('the same slug in two editions never crosses', async () => {
    const data = await desk.read(`{
      en: edition(code: EN) { article(slug: "first") { headline edition { code } } tag(slug: "sea") { name } author(slug: "ann") { name } none: article(slug: "only-arabic") { id } }
      ar: edition(code: AR) { article(slug: "first") { headline edition { code } } tag(slug: "sea") { name } author(slug: "ann") { name } }
      es: edition(code: ES) { article(slug: "first") { headline } tag(slug: "sea") { name } author(slug: "ann") { name } articles(filter: { tagSlugs: ["sea"], sectionPaths: ["news"] }) { nodes { id } } }
      url: articleByUrl(url: "https://news.example/ar/news/politics/first") { headline }
    }`);
    expect(data).toEqual({
      en: {
        article: { headline: 'Headline of first', edition: { code: 'EN' } },
        tag: { name: 'Sea' },
        author: { name: 'Ann' },
        none: null,
      },
      ar: { article: { headline: 'أولى', edition: { code: 'AR' } }, tag: { name: 'بحر' }, author: null },
      es: { article: null, tag: null, author: { name: 'Ana' }, articles: { nodes: [] } },
      url: { headline: 'أولى' },
    });
  });
});
