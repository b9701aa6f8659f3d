import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeDown } from '../../src/ingest/takedown.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { databaseKinds } from '../support/test-database.ts';
import { openDesk, story, storyId, type Desk } from './desk.ts';

const TOKEN = 'correct-horse-battery-staple';
const BASE = 'https://news.example';

/** Every way `text` may be asked for that means the same; the first is as the desk writes it. */
const spellingsOf = (text: string): readonly string[] => {
  const spelled = [
    text,
    text.normalize('NFD'),
    text.replaceAll('ا', 'اـ').replaceAll('ي', 'يــ'),
    // Lam and alef in one sign, the others in the forms they have alone.
    text.replaceAll('لا', 'ﻻ').replaceAll('م', 'ﻡ').replaceAll('ن', 'ﻥ').replaceAll('ر', 'ﺭ'),
    `\u200F${text}\u200E`,
    `\u2067${text}\u2069`,
    text.replace('-', '\u200D-\u200C'),
    text.replaceAll('-', '－'),
  ];
  return spelled.flatMap((one) => [one, encodeURIComponent(one), encodeURIComponent(one).toLowerCase()]);
};

const ARTICLE = `query ($slug: String!) { edition(code: AR) { article(slug: $slug) { id slug } } }`;
const AT = `query ($url: URL!) { articleByUrl(url: $url) { id url } route(url: $url) { status url node { id } } }`;
const NAMES = `query ($section: String!, $tag: String!, $author: String!) {
  edition(code: AR) { section(path: $section) { id path } tag(slug: $tag) { id slug } author(slug: $author) { id slug }
    articles(filter: { sectionPaths: [$section], tagSlugs: [$tag], authorSlugs: [$author] }) { totalCount nodes { id } } } }`;

describe.each(databaseKinds)('spellings of slugs and addresses, on %s', (kind) => {
  const slug = 'إعادة-الأمل-في-الميناء';
  const section = 'أخبار-اليوم/ميناء-الشام';
  const tag = 'بلاد-الشام';
  const author = 'سلمى-الأمين';
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ kind, variables: { ADMIN_TOKEN: TOKEN } });
    await desk.write(
      { type: 'section', edition: 'ar', path: 'أخبار-اليوم', name: 'أخبار' },
      { type: 'section', edition: 'ar', path: section, name: 'ميناء' },
      { type: 'tag', edition: 'ar', slug: tag, name: 'الشام' },
      { type: 'author', edition: 'ar', slug: author, name: 'سلمى' },
      story('port', { edition: 'ar', slug, section, tags: [tag], authors: [author] }),
    );
  });
  afterAll(() => desk.close());

  it('find the article by its slug and by its address', async () => {
    const id = storyId('port', 'ar');
    const url = `${BASE}/ar/${[...section.split('/'), slug].map(encodeURIComponent).join('/')}`;
    const [, stepsOfSection] = [section, section.split('/').map(spellingsOf)];
    for (const [index, spelled] of spellingsOf(slug).entries()) {
      expect((await desk.read(ARTICLE, { slug: spelled })).edition.article).toEqual({ id, slug });
      const path = [...stepsOfSection.map((steps) => steps[index]), spelled].join('/');
      expect(await desk.read(AT, { url: `${BASE}/ar/${path}` })).toEqual({
        articleByUrl: { id, url },
        route: { status: 'FOUND', url, node: { id } },
      });
    }
  });

  it('find sections, tags and authors, in fields, filters and routes, which give them as they were published', async () => {
    const { edition: plain } = await desk.read(NAMES, { section, tag, author });
    expect(plain).toMatchObject({
      section: { path: section },
      tag: { slug: tag },
      author: { slug: author },
      articles: { totalCount: 1 },
    });
    const [tags, authors] = [spellingsOf(tag), spellingsOf(author)];
    const steps = section.split('/').map(spellingsOf);
    for (const [index, spelledTag] of tags.entries()) {
      const spelled = {
        section: steps.map((one) => one[index]).join('/'),
        tag: spelledTag,
        author: authors[index] ?? '',
      };
      expect((await desk.read(NAMES, spelled)).edition).toEqual(plain);
      for (const [path, node] of [
        [`tags/${spelled.tag}`, plain.tag],
        [`ａuthors/${spelled.author}`, plain.author],
        [spelled.section, plain.section],
      ]) {
        const { route } = await desk.read(AT, { url: `${BASE}/ar/${path}` });
        expect(route).toMatchObject({ status: 'FOUND', node: { id: node.id } });
        expect(decodeURI(route.url)).toMatch(new RegExp(`/${node.slug ?? node.path}$`));
      }
    }
  });

  it('share the cursors of one list', async () => {
    await desk.write(story('second', { edition: 'ar', section, tags: [tag] }));
    const PAGE = `query ($tag: String!, $after: String) { edition(code: AR) {
      articles(first: 1, after: $after, filter: { tagSlugs: [$tag] }) { nodes { id } pageInfo { endCursor } } } }`;
    const { articles } = (await desk.read(PAGE, { tag })).edition;
    const next = await desk.read(PAGE, { tag: `\u200F${tag}`, after: articles.pageInfo.endCursor });
    const ids: readonly string[] = [...articles.nodes, ...next.edition.articles.nodes].map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids)).toEqual(new Set([storyId('port', 'ar'), storyId('second', 'ar')]));
  });

  const get = async (query: string, variables: object) => {
    const { headers, body } = await desk.app.server.inject({
      url: graphqlAddress({ query, variables: JSON.stringify(variables) }),
    });
    return { state: /; hit;/.test(String(headers['cache-status'])) ? 'hit' : 'miss', data: JSON.parse(body).data };
  };

  it('“not found” under one dies when the slug is published under another', async () => {
    const late = 'وصول-الباخرة-الأولى';
    const [published = '', ...others] = spellingsOf(late).toReversed();
    const id = storyId('late', 'ar');
    const path = (one: string): string => `${BASE}/ar/world/${one}`;
    const asked = others.flatMap((one) => [
      [ARTICLE, { slug: one }, `"article":{"id":"${id}"`] as const,
      [AT, { url: path(one) }, `"route":{"status":"FOUND"`] as const,
      [NAMES, { section: 'world', tag: one, author: one }, '"tag":{"id":"tag_ar_'] as const,
      [NAMES, { section: 'world', tag: one, author: one }, '"author":{"id":"aut_ar_'] as const,
    ]);
    for (const [query, variables] of asked) await get(query, variables);
    for (const [query, variables, shown] of asked) {
      const { state, data } = await get(query, variables);
      expect(state).toBe('hit');
      expect(JSON.stringify(data)).not.toContain(shown);
    }
    await desk.write(
      { type: 'tag', edition: 'ar', slug: published, name: 'باخرة' },
      { type: 'author', edition: 'ar', slug: published, name: 'باخرة' },
      story('late', { edition: 'ar', section: 'world', slug: published, tags: [published], authors: [published] }),
    );
    const states: string[] = [];
    for (const [query, variables, shown] of asked) {
      const { state, data } = await get(query, variables);
      states.push(state);
      expect(JSON.stringify(data)).toContain(shown);
    }
    // The second question about names is answered by what the first one has just made.
    expect(states).toEqual(others.flatMap(() => ['miss', 'miss', 'miss', 'hit']));
  });

  it('a list narrowed by one ends when an article comes under another', async () => {
    const LIST = `query ($tag: String!) { edition(code: AR) { articles(filter: { tagSlugs: [$tag] }) { totalCount } } }`;
    const spelled = new Set(spellingsOf('خبز-وملح'));
    for (const one of spelled) await get(LIST, { tag: one });
    // Stored with a joiner that an editor pasted: its id and its lists are those of the plain spelling.
    await desk.write(
      story('bread', { edition: 'ar', section: 'world', tags: [{ slug: 'خبز\u200D-وملح', name: 'خبز' }] }),
    );
    for (const one of spelled)
      expect(await get(LIST, { tag: one })).toEqual({
        state: 'miss',
        data: { edition: { articles: { totalCount: 1 } } },
      });
  });

  it('a change that names a slug or an address in one ends answers by another', async () => {
    const report = (id: string, tags: readonly string[]) =>
      desk.app.server.inject({
        method: 'POST',
        url: '/changes',
        headers: { authorization: `Bearer ${TOKEN}` },
        payload: { id, changes: [{ tags }] },
      });
    const spelled = spellingsOf(slug);
    const path = `${section}/${slug}`;
    for (const [index, one] of spelled.entries()) {
      for (const [query, variables, named] of [
        [ARTICLE, { slug }, `slug:ar:article:${one}`],
        [AT, { url: `${BASE}/ar/${path}` }, `url:ar:${section}/${one}`],
      ] as const) {
        await get(query, variables);
        expect((await get(query, variables)).state).toBe('hit');
        const { statusCode } = await report(`${kind}-${index}-${named.slice(0, 4)}`.replaceAll(/\s/g, ''), [named]);
        expect([200, 202]).toContain(statusCode);
        expect((await get(query, variables)).state).toBe('miss');
      }
    }
  });

  it('a takedown by one hides the article under all, whatever its store says', async () => {
    const taken = 'خبر-عن-الميناء';
    await desk.write(story('taken', { edition: 'ar', section, slug: taken }));
    const options = { editions: desk.app.config.editions, now: desk.clock.now() };
    for (const one of spellingsOf(taken)) {
      const done = await takeDown(desk.app.database, `ar:${one}`, options);
      expect(done.articleId).toBe(storyId('taken', 'ar'));
      const byAddress = await takeDown(desk.app.database, `${BASE}/ar/${section}/${one}`, options);
      expect(byAddress.isChanged).toBe(false);
    }
    await desk.app.changes.step();
    await desk.app.database.query('UPDATE articles SET withdrawn_at = NULL, taken_down_at = NULL WHERE id = $1', [
      storyId('taken', 'ar'),
    ]);
    for (const one of spellingsOf(taken)) {
      expect((await desk.read(ARTICLE, { slug: one })).edition.article).toBeNull();
      expect(await desk.read(AT, { url: `${BASE}/ar/${section}/${one}` })).toMatchObject({
        articleByUrl: null,
        route: { status: 'GONE', node: null },
      });
    }
  });
});
