import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesAgo, openDesk, story, type Desk } from './desk.ts';

describe('filters, sections and editorial order', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    const sea = { slug: 'sea', name: 'Sea' };
    const ports = { slug: 'ports', name: 'Ports' };
    const zinc = { slug: 'zinc', name: 'Zinc' };
    const ann = { slug: 'ann', name: 'Ann' };
    const bob = { slug: 'bob', name: 'Bob' };
    await desk.write(
      story('politics', {
        publishedAt: minutesAgo(10),
        section: 'news/politics',
        tags: [zinc, sea, ports],
        authors: [bob, ann],
      }),
      story('sport', {
        publishedAt: minutesAgo(20),
        section: 'news/sport',
        kind: 'ANALYSIS',
        tags: [sea],
        authors: [ann],
      }),
      // In three lists that all hang under one section.
      story('rowing', {
        publishedAt: minutesAgo(30),
        section: 'news/sport/rowing',
        sections: ['news/politics', 'news'],
        kind: 'FEATURE',
        tags: [ports],
        authors: [bob],
      }),
      story('world', { publishedAt: minutesAgo(40), section: 'world', kind: 'OPINION', authors: [] }),
    );
  });
  afterAll(() => desk.close());

  const slugs = async (filter: object): Promise<readonly string[]> => {
    const { edition } = await desk.read(
      'query ($filter: ArticleFilter) { edition(code: EN) { articles(filter: $filter) { totalCount nodes { slug } } } }',
      { filter },
    );
    const found = edition.articles.nodes.map(({ slug }: { slug: string }) => slug);
    expect(edition.articles.totalCount).toBe(found.length);
    return found;
  };

  it.each([
    ['nothing restricts nothing', {}, ['politics', 'sport', 'rowing', 'world']],
    [
      'empty lists restrict nothing',
      { kinds: [], sectionPaths: [], tagSlugs: [], authorSlugs: [] },
      ['politics', 'sport', 'rowing', 'world'],
    ],
    ['OR within kinds', { kinds: ['ANALYSIS', 'OPINION'] }, ['sport', 'world']],
    ['OR within tags', { tagSlugs: ['sea', 'ports'] }, ['politics', 'sport', 'rowing']],
    ['OR within authors', { authorSlugs: ['ann', 'bob'] }, ['politics', 'sport', 'rowing']],
    [
      'OR within sections, each article once',
      { sectionPaths: ['news', 'news/sport', 'news/politics', 'world'] },
      ['politics', 'sport', 'rowing', 'world'],
    ],
    ['AND between fields', { tagSlugs: ['sea', 'ports'], authorSlugs: ['ann'], kinds: ['NEWS'] }, ['politics']],
    ['AND that nothing satisfies', { kinds: ['OPINION'], tagSlugs: ['sea'] }, []],
    ['an unknown tag finds nothing', { tagSlugs: ['unknown'] }, []],
    ['an unknown author finds nothing', { authorSlugs: ['unknown'] }, []],
    ['an unknown section finds nothing', { sectionPaths: ['unknown'] }, []],
    [
      'an unknown slug beside a known one takes nothing away',
      { tagSlugs: ['unknown', 'ports'] },
      ['politics', 'rowing'],
    ],
    ['an unknown slug beside another field still finds nothing', { tagSlugs: ['unknown'], kinds: ['NEWS'] }, []],
    ['a section takes in what lies below it', { sectionPaths: ['news/sport'] }, ['sport', 'rowing']],
    ['outer slashes of a path do not matter', { sectionPaths: ['/news/sport/'] }, ['sport', 'rowing']],
    ['publishedAfter takes its own instant', { publishedAfter: minutesAgo(20) }, ['politics', 'sport']],
    ['publishedBefore does not', { publishedBefore: minutesAgo(20) }, ['rowing', 'world']],
    ['the two meet in one instant', { publishedAfter: minutesAgo(20), publishedBefore: minutesAgo(19) }, ['sport']],
    ['an empty span finds nothing', { publishedAfter: minutesAgo(20), publishedBefore: minutesAgo(20) }, []],
    ['updatedAfter takes its own instant', { updatedAfter: minutesAgo(30) }, ['politics', 'sport', 'rowing']],
    ['an instant in any offset', { publishedAfter: '2026-11-23T17:10:00+05:30' }, ['politics', 'sport']],
    [
      'instants at the ends of the calendar',
      { publishedAfter: '0001-01-01T00:00:00Z', publishedBefore: '9999-12-31T23:59:59Z' },
      ['politics', 'sport', 'rowing', 'world'],
    ],
    ['the year nought', { publishedAfter: '0000-01-01T00:00:00+14:00' }, ['politics', 'sport', 'rowing', 'world']],
  ])('%s', async (_sentence, filter, expected) => {
    expect(await slugs(filter)).toEqual(expected);
  });

  it.each(['yesterday', '2026-11-23', '2026-11-23T12:00:00', '2026-02-30T00:00:00Z', '2026-11-23T12:60:00Z'])(
    'an instant that is none is an error with a code: %s',
    async (publishedAfter) => {
      const query =
        'query ($filter: ArticleFilter) { edition(code: EN) { articles(filter: $filter) { nodes { id } } } }';
      const { errors } = await desk.ask(query, { filter: { publishedAfter } });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    },
  );

  it('the lists of a section, a tag and an author take the same filters', async () => {
    const { edition } = await desk.read(`{
      edition(code: EN) {
        section(path: "news") { articles(filter: { tagSlugs: ["sea"], authorSlugs: ["bob"] }) { totalCount nodes { slug } } }
        tag(slug: "ports") { articles(filter: { sectionPaths: ["news/sport"] }) { totalCount nodes { slug } } }
        author(slug: "ann") { articles(filter: { kinds: [ANALYSIS] }) { totalCount nodes { slug } } }
      }
    }`);
    expect(edition).toEqual({
      section: { articles: { totalCount: 1, nodes: [{ slug: 'politics' }] } },
      tag: { articles: { totalCount: 1, nodes: [{ slug: 'rowing' }] } },
      author: { articles: { totalCount: 1, nodes: [{ slug: 'sport' }] } },
    });
  });

  it('a section holds everything below it, each article once; the section above is not in its sections', async () => {
    const { edition } = await desk.read(`{
      edition(code: EN) {
        section(path: "news") { articles { totalCount nodes { slug } } }
        article(slug: "rowing") { section { path } sections { path } }
      }
    }`);
    expect(edition.section.articles).toEqual({
      totalCount: 3,
      nodes: [{ slug: 'politics' }, { slug: 'sport' }, { slug: 'rowing' }],
    });
    expect(edition.article).toEqual({
      section: { path: 'news/sport/rowing' },
      sections: [{ path: 'news/sport/rowing' }, { path: 'news/politics' }, { path: 'news' }],
    });
  });

  it('sections stand in display order: the top level in the edition, the rest below their parents', async () => {
    const { edition } = await desk.read(`{
      edition(code: EN) {
        sections { path slug parent { path } ancestors { path } children { path } }
        section(path: "/news/sport/rowing/") { path slug parent { path } ancestors { path } children { path } }
      }
    }`);
    expect(edition.sections).toEqual([
      { path: 'world', slug: 'world', parent: null, ancestors: [], children: [] },
      {
        path: 'news',
        slug: 'news',
        parent: null,
        ancestors: [],
        children: [{ path: 'news/sport' }, { path: 'news/politics' }],
      },
    ]);
    expect(edition.section).toEqual({
      path: 'news/sport/rowing',
      slug: 'rowing',
      parent: { path: 'news/sport' },
      ancestors: [{ path: 'news' }, { path: 'news/sport' }],
      children: [],
    });
  });

  it('tags and authors stand as the desk put them, and as it puts them next', async () => {
    const query = '{ edition(code: EN) { article(slug: "politics") { tags { slug } authors { slug } version } } }';
    expect((await desk.read(query)).edition.article).toEqual({
      tags: [{ slug: 'zinc' }, { slug: 'sea' }, { slug: 'ports' }],
      authors: [{ slug: 'bob' }, { slug: 'ann' }],
      version: 1,
    });
    await desk.write(
      story('politics', { publishedAt: minutesAgo(10), tags: ['ports', 'zinc', 'sea'], authors: ['ann', 'bob'] }),
    );
    expect((await desk.read(query)).edition.article).toEqual({
      tags: [{ slug: 'ports' }, { slug: 'zinc' }, { slug: 'sea' }],
      authors: [{ slug: 'ann' }, { slug: 'bob' }],
      version: 2,
    });
  });

  it('the way to an article leads from the front page over its primary section', async () => {
    const { edition } = await desk.read(
      '{ edition(code: EN) { article(slug: "rowing") { breadcrumbs { label url section { path } } } } }',
    );
    expect(edition.article.breadcrumbs).toEqual([
      { label: 'Home', url: 'https://news.example/en', section: null },
      { label: 'News', url: 'https://news.example/en/news', section: { path: 'news' } },
      { label: 'Sport', url: 'https://news.example/en/news/sport', section: { path: 'news/sport' } },
      { label: 'Rowing', url: 'https://news.example/en/news/sport/rowing', section: { path: 'news/sport/rowing' } },
      { label: 'Headline of rowing', url: 'https://news.example/en/news/sport/rowing/rowing', section: null },
    ]);
  });

  it('an unmapped kind is NEWS, an unmapped kind of section TOPIC', async () => {
    await desk.write(
      { type: 'section', edition: 'en', path: 'plain', name: 'Plain' },
      story('plain', { section: 'plain' }),
    );
    const { edition } = await desk.read('{ edition(code: EN) { article(slug: "plain") { kind section { kind } } } }');
    expect(edition.article).toEqual({ kind: 'NEWS', section: { kind: 'TOPIC' } });
  });
});
