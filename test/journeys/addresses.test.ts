import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { minutesAgo, openDesk, story, storyId, type Desk } from './desk.ts';

const BASE = 'https://news.example';
const ROUTE = `query ($url: URL!) {
  route(url: $url) { status url node { __typename id } }
  articleByUrl(url: $url) { slug url }
}`;

describe('slugs and addresses', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const bySlug = async (edition: string, slug: string) =>
    (
      await desk.read(
        'query ($edition: EditionCode!, $slug: String!) { edition(code: $edition) { article(slug: $slug) { headline slug url aliases } } }',
        { edition, slug },
      )
    ).edition.article;
  const route = async (url: string) => (await desk.read(ROUTE, { url })).route;

  it('lead to the section that stands there now, before the article that has left', async () => {
    await desk.write(
      { type: 'section', edition: 'en', path: 'votes', name: 'Votes' },
      story('polls', { section: 'votes', slug: 'polls' }),
    );
    await desk.write(story('polls', { section: 'votes', slug: 'polls-renamed' }));
    expect(await route(`${BASE}/en/votes/polls`)).toMatchObject({ status: 'MOVED' });
    await desk.write({ type: 'section', edition: 'en', path: 'votes/polls', name: 'Polls' });
    const { route: found, articleByUrl } = await desk.read(ROUTE, { url: `${BASE}/en/votes/polls` });
    expect(found).toMatchObject({ status: 'FOUND', node: { __typename: 'Section' } });
    expect(articleByUrl).toBeNull();
    // By its slug the article is found all the same.
    expect(await bySlug('EN', 'polls')).toMatchObject({ slug: 'polls-renamed' });
  });

  describe('in any form', () => {
    const slug = 'إعادة-فتح-الميناء';
    const path = 'أخبار/ميناء';
    beforeAll(async () => {
      await desk.write(
        { type: 'section', edition: 'ar', path: 'أخبار', name: 'أخبار' },
        { type: 'section', edition: 'ar', path, name: 'ميناء' },
        { type: 'tag', edition: 'ar', slug: 'بحر', name: 'بحر' },
        { type: 'author', edition: 'ar', slug: 'سلمى', name: 'سلمى' },
        // As a publishing system may send it: percent-encoded in lower case.
        story('port', {
          edition: 'ar',
          slug: encodeURIComponent(slug).toLowerCase(),
          section: path,
          tags: ['بحر'],
          authors: ['سلمى'],
        }),
        { type: 'section', edition: 'es', path: 'región', name: 'Región' },
        story('cafe', { edition: 'es', slug: 'el-café-de-la-región', section: 'región' }),
      );
    });

    const forms = (text: string): readonly string[] => [
      text,
      encodeURIComponent(text),
      encodeURIComponent(text).toLowerCase(),
      text.normalize('NFD'),
      encodeURIComponent(text.normalize('NFD')),
      encodeURIComponent(text.normalize('NFD')).toLowerCase(),
    ];

    it('a slug finds the article decoded, encoded in either case, composed or not', async () => {
      for (const form of forms(slug)) expect((await bySlug('AR', form))?.slug).toBe(slug);
      for (const form of forms('el-café-de-la-región'))
        expect((await bySlug('ES', form))?.headline).toBe('Headline of cafe');
      expect(forms(slug)[3]).not.toBe(slug);
    });

    it('and so do paths of sections, slugs of tags and authors, in fields and in filters', async () => {
      for (const section of path
        .split('/')
        .map(forms)[0]
        ?.map((first, index) => `${first}/${forms('ميناء')[index]}`) ?? [])
        for (const tag of forms('بحر')) {
          const { edition } = await desk.read(
            `query ($section: String!, $tag: String!) {
              edition(code: AR) {
                section(path: $section) { path }
                tag(slug: $tag) { slug }
                articles(filter: { sectionPaths: [$section], tagSlugs: [$tag] }) { nodes { slug } }
              }
            }`,
            { section, tag },
          );
          expect(edition).toEqual({ section: { path }, tag: { slug: 'بحر' }, articles: { nodes: [{ slug }] } });
        }
    });

    it('a path is decoded and NFC, an address percent-encoded', async () => {
      const { edition } = await desk.read(
        '{ edition(code: ES) { article(slug: "el-café-de-la-región") { slug url section { path slug url } } } }',
      );
      expect(edition.article).toEqual({
        slug: 'el-café-de-la-región',
        url: `${BASE}/es/regi%C3%B3n/el-caf%C3%A9-de-la-regi%C3%B3n`,
        section: { path: 'región', slug: 'región', url: `${BASE}/es/regi%C3%B3n` },
      });
    });

    it('a lookup ignores scheme, query, fragment and a trailing slash', async () => {
      const plain = `${BASE}/ar/${path}/${slug}`;
      for (const url of [
        plain,
        new URL(plain).href,
        new URL(plain).href.toLowerCase(),
        plain.normalize('NFD'),
        plain.replace('https:', 'http:'),
        plain.replace('news.example', 'NEWS.example'),
        `${plain}/`,
        `${plain}?utm_source=x&y=%zz`,
        `${plain}#comments`,
        `${plain}/?a#b`,
      ]) {
        const { route: found, articleByUrl } = await desk.read(ROUTE, { url });
        expect(articleByUrl?.slug).toBe(slug);
        expect(found).toEqual({
          status: 'FOUND',
          url: new URL(plain).href,
          node: { __typename: 'Article', id: storyId('port', 'ar') },
        });
      }
    });

    it('everything in the graph that has an address is found at it', async () => {
      const { edition } = await desk.read(`{
        edition(code: AR) { id url sections { id url children { id url } } tags { nodes { id url } } authors { nodes { id url } } articles { nodes { id url } } }
      }`);
      const places = [
        edition,
        ...edition.sections,
        ...edition.sections.flatMap(({ children }: { children: readonly object[] }) => children),
        ...edition.tags.nodes,
        ...edition.authors.nodes,
        ...edition.articles.nodes,
      ];
      expect(places.length).toBeGreaterThanOrEqual(9);
      for (const { id, url } of places) expect(await route(url)).toMatchObject({ status: 'FOUND', url, node: { id } });
      expect(await route(`${edition.url}/?x#y`)).toMatchObject({ status: 'FOUND', url: edition.url });
    });
  });

  describe('renamed and removed', () => {
    beforeEach(async () => {
      await desk.write(story('old'), story('taken-down'), story('due', { publishedAt: minutesAgo(-60) }));
    });

    it('a former slug and a former address still find the article, which says where it is now', async () => {
      await desk.write(
        story('renamed', {
          slug: 'first-name',
          aliases: ['/import/ed-from/elsewhere', `${BASE}/en/2019/07/old-system`],
        }),
      );
      desk.clock.wind(60_000);
      await desk.write(
        story('renamed', {
          slug: 'second-name',
          section: 'world',
          aliases: ['/import/ed-from/elsewhere', `${BASE}/en/2019/07/old-system`],
        }),
      );
      const now = `${BASE}/en/world/second-name`;
      const first = `${BASE}/en/news/politics/first-name`;
      expect(await bySlug('EN', 'first-name')).toEqual({
        headline: 'Headline of renamed',
        slug: 'second-name',
        url: now,
        aliases: [first, `${BASE}/en/import/ed-from/elsewhere`, `${BASE}/en/2019/07/old-system`],
      });
      for (const url of [first, `${BASE}/en/import/ed-from/elsewhere/`, `${BASE}/en/2019/07/old-system?p=1`]) {
        const found = await desk.read(ROUTE, { url });
        expect(found.articleByUrl).toEqual({ slug: 'second-name', url: now });
        expect(found.route).toEqual({
          status: 'MOVED',
          url: now,
          node: { __typename: 'Article', id: storyId('renamed') },
        });
      }
      expect(await route(now)).toMatchObject({ status: 'FOUND', url: now });
    });

    it('a slug that is taken again is its new holder’s, and the old one is found where it went', async () => {
      await desk.write(story('one', { slug: 'shared' }));
      await desk.write(story('one', { slug: 'gave-way' }));
      expect((await bySlug('EN', 'shared')).slug).toBe('gave-way');
      await desk.write(story('two', { slug: 'shared' }));
      expect((await bySlug('EN', 'shared')).headline).toBe('Headline of two');
      expect(await route(`${BASE}/en/news/politics/shared`)).toMatchObject({
        status: 'FOUND',
        node: { id: storyId('two') },
      });
      expect((await bySlug('EN', 'gave-way')).aliases).toEqual([]);
    });

    it('GONE for what was withdrawn and what has expired, at every address it had', async () => {
      await desk.write(story('taken-down', { slug: 'later-name' }));
      await desk.write(story('taken-down', { slug: 'later-name', withdrawnAt: minutesAgo(0) }));
      for (const slug of ['taken-down', 'later-name']) {
        const url = `${BASE}/en/news/politics/${slug}`;
        expect(await desk.read(ROUTE, { url: `${url}/?x` })).toEqual({
          route: { status: 'GONE', url, node: null },
          articleByUrl: null,
        });
        expect(await bySlug('EN', slug)).toBeNull();
      }
      const url = `${BASE}/en/news/politics/brief`;
      await desk.write(story('brief', { rights: { expiresAt: minutesAgo(-600) } }));
      expect(await route(url)).toMatchObject({ status: 'FOUND' });
      desk.clock.wind(601 * 60_000);
      expect(await route(url)).toEqual({ status: 'GONE', url, node: null });
      desk.clock.wind(-601 * 60_000);
    });

    it('null for what is not yet to be seen: an address must not tell what is coming', async () => {
      await desk.write(
        story('embargoed', { rights: { embargoedUntil: minutesAgo(-600) } }),
        story('not-ours', { rights: { syndication: 'NONE' } }),
      );
      for (const slug of ['due', 'embargoed', 'not-ours']) {
        expect(await desk.read(ROUTE, { url: `${BASE}/en/news/politics/${slug}` })).toEqual({
          route: null,
          articleByUrl: null,
        });
        expect(await bySlug('EN', slug)).toBeNull();
      }
    });

    it.each([
      'https://elsewhere.example/en/news/politics/old',
      'https://news.example.evil.example/en/news/politics/old',
      'https://news.example:8443/en/news/politics/old',
      'https://news.example/news/politics/old',
      'https://news.example/ar/news/politics/old',
    ])('null for a foreign address: %s', async (url) => {
      expect(await desk.read(ROUTE, { url })).toEqual({ route: null, articleByUrl: null });
      expect(await route(`${BASE}/en/news/politics/old`)).toMatchObject({ status: 'FOUND' });
    });

    it.each([
      '/en/news',
      'news',
      'ftp://news.example/en',
      'javascript:alert(1)',
      '',
      `https://news.example/${'a'.repeat(2_001)}`,
    ])('what is no absolute address is an error with a code: %j', async (url) => {
      const { errors } = await desk.ask(ROUTE, { url });
      expect(errors.length).toBeGreaterThan(0);
      for (const { extensions } of errors) expect(extensions['code']).toBe('BAD_USER_INPUT');
    });
  });
});
