import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/test-database.ts';
import { minutesAgo, openDesk, story, type Desk } from './desk.ts';

const SEARCH = `query ($query: String!, $first: Int, $after: String, $filter: ArticleFilter) {
  edition(code: EN) {
    search(query: $query, first: $first, after: $after, filter: $filter) {
      totalCount
      edges { cursor snippetHtml node { slug } }
      nodes { slug }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

interface Edge {
  readonly cursor: string;
  readonly snippetHtml: string | null;
  readonly node: { readonly slug: string };
}

describe.each(databaseKinds)('search, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ kind });
    await desk.write(
      { type: 'author', edition: 'en', slug: 'keeper', name: 'Keeper' },
      // Alike but for their age, and some of the same instant.
      ...Array.from({ length: 17 }, (_, index) =>
        story(`alike-${index}`, {
          headline: 'Lighthouse',
          html: '<p>Lighthouse keepers.</p>',
          publishedAt: minutesAgo(60 * 24 * Math.floor(index / 3)),
          authors: index % 2 === 0 ? ['keeper'] : [],
        }),
      ),
      story('mentioned', { html: '<p>Far down somebody names a lighthouse.</p>' }),
      story('hostile', {
        headline: 'Angle brackets',
        html: '<p>Write &lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;zebrawood&lt;/b&gt; "quoted" \uE000mark\uE001.</p>',
      }),
      story('ميناء', { edition: 'ar', headline: 'فتح المِينَاء الجديد', html: '<p>أُعيد فتح الميناء أمام السفن.</p>' }),
      story('anos', { edition: 'es', headline: 'Canción de otoño', html: '<p>Las canciones del puerto.</p>' }),
      story('withdrawn', { headline: 'Lighthouse', withdrawnAt: minutesAgo(1) }),
      story('pending', { headline: 'Lighthouse', publishedAt: minutesAgo(-60) }),
      story('embargoed', { headline: 'Lighthouse', rights: { embargoedUntil: '2030-01-01T00:00:00Z' } }),
      story('not-ours', { headline: 'Lighthouse', rights: { syndication: 'NONE' } }),
    );
  });
  afterAll(() => desk.close());

  const search = async (variables: object) => (await desk.read(SEARCH, { ...variables })).edition.search;
  const slugs = ({ edges }: { readonly edges: readonly Edge[] }) => edges.map(({ node }) => node.slug);

  it('finds what may be seen, best first, and counts it', async () => {
    const found = await search({ query: 'lighthouse', first: 100 });
    expect(found.totalCount).toBe(18);
    expect(slugs(found)).toHaveLength(18);
    expect(slugs(found).slice(0, 3).toSorted()).toEqual(['alike-0', 'alike-1', 'alike-2']);
    // Named in the text alone, it weighs less than in a headline however old.
    expect(slugs(found).at(-1)).toBe('mentioned');
    expect(found.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(slugs(found));
  });

  it('has 20 on a page that says no length', async () => {
    expect(slugs(await search({ query: 'lighthouse' }))).toHaveLength(18);
    expect((await search({ query: 'words OR lighthouse' })).edges.length).toBeLessThanOrEqual(20);
  });

  it('takes filters', async () => {
    const found = await search({
      query: 'lighthouse',
      first: 100,
      filter: { authorSlugs: ['keeper'], kinds: ['NEWS'] },
    });
    expect(found.totalCount).toBe(9);
    expect(slugs(found)).toHaveLength(9);
    expect(await search({ query: 'lighthouse', filter: { authorSlugs: ['unknown'] } })).toMatchObject({
      totalCount: 0,
      edges: [],
    });
  });

  it('pages join to the whole, though time passes and stories come between them', async () => {
    const whole = slugs(await search({ query: 'lighthouse', first: 100 }));
    const found: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const read: {
        readonly edges: readonly Edge[];
        readonly pageInfo: {
          readonly hasNextPage: boolean;
          readonly hasPreviousPage: boolean;
          readonly endCursor: string;
        };
      } = await search({ query: 'lighthouse', first: 4, after });
      found.push(...slugs(read));
      expect(read.pageInfo.hasPreviousPage).toBe(page > 0);
      if (!read.pageInfo.hasNextPage) break;
      after = read.pageInfo.endCursor;
      // Weeks go by: the ranking is that of the first page's instant all the same.
      desk.clock.wind(10 * 24 * 60 * 60_000);
      await desk.write(
        story(`later-${page}`, { headline: 'Lighthouse', publishedAt: new Date(desk.clock.now()).toISOString() }),
      );
    }
    expect(found).toEqual(whole);
    // Whoever begins now finds the new ones.
    expect(slugs(await search({ query: 'lighthouse', first: 3 }))).toContain('later-3');
  });

  it('leaves out of later pages what came out of an embargo meanwhile', async () => {
    const hour = 60 * 60_000;
    const now = desk.clock.now();
    await desk.write(
      story('held-back', {
        headline: 'Lighthouse',
        publishedAt: new Date(now - 60 * 24 * hour).toISOString(),
        rights: { embargoedUntil: new Date(now + hour).toISOString() },
      }),
    );
    const first = await search({ query: 'lighthouse', first: 1 });
    desk.clock.wind(2 * hour);
    const later = await search({ query: 'lighthouse', first: 100, after: first.pageInfo.endCursor });
    expect(slugs(later)).not.toContain('held-back');
    expect(slugs(await search({ query: 'lighthouse', first: 100 }))).toContain('held-back');
  });

  it('refuses a cursor of another search', async () => {
    const { pageInfo } = await search({ query: 'lighthouse', first: 2 });
    for (const variables of [
      { query: 'lighthouses' },
      { query: 'lighthouse', filter: { kinds: ['NEWS'] } },
      { query: 'lighthouse', after: 'nonsense' },
    ]) {
      const { errors } = await desk.ask(SEARCH, { after: pageInfo.endCursor, ...variables });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    }
  });

  it.each(['', '   ', 'x'.repeat(201), '😀'.repeat(201)])(
    'refuses a query that is empty or too long: %#',
    async (query) => {
      const { errors } = await desk.ask(SEARCH, { query });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    },
  );

  it.each([0, -1, 101])('refuses a page of %i', async (first) => {
    const { errors } = await desk.ask(SEARCH, { query: 'lighthouse', first });
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    'x',
    '😀'.repeat(200),
    'x'.repeat(200),
    '"',
    '"unclosed',
    'a & | ! ( ) :* <->',
    '\u0000',
    '\ud800',
    '--',
    'the',
    "';",
    '%',
    '\\',
    '\uE000',
  ])('takes any other: %j', async (query) => {
    const { errors } = await desk.ask(SEARCH, { query });
    expect(errors).toEqual([]);
  });

  it('a snippet is escaped text with <mark> only', async () => {
    for (const query of ['zebrawood', 'quoted', 'mark']) {
      const { edges } = await search({ query });
      const { snippetHtml } = edges.find(({ node }: Edge) => node.slug === 'hostile');
      expect(snippetHtml).toMatch(/<mark>[^<>]+<\/mark>/);
      expect(snippetHtml.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      expect(snippetHtml).toContain('&amp;');
    }
  });

  it('finds words in other forms, in the language of the desk', async () => {
    const { ar, es, marked } = await desk.read(`{
      ar: edition(code: AR) { search(query: "ميناء") { nodes { slug } } }
      es: edition(code: ES) { search(query: "canciones") { nodes { slug } } }
      marked: edition(code: AR) { search(query: "سفينة") { edges { snippetHtml } } }
    }`);
    expect(marked.search.edges[0].snippetHtml).toContain('<mark>السفن</mark>');
    expect(ar.search.nodes).toEqual([{ slug: 'ميناء' }]);
    expect(es.search.nodes).toEqual([{ slug: 'anos' }]);
  });

  it('finds nothing of another desk', async () => {
    const { es } = await desk.read(
      '{ es: edition(code: ES) { search(query: "lighthouse") { totalCount nodes { slug } } } }',
    );
    expect(es.search).toEqual({ totalCount: 0, nodes: [] });
  });

  it('no longer finds what was withdrawn since, in an answer that was kept', async () => {
    expect(slugs(await search({ query: 'mentioned lighthouse names' }))).toEqual(['mentioned']);
    await desk.write(
      story('mentioned', { html: '<p>Far down somebody names a lighthouse.</p>', withdrawnAt: minutesAgo(0) }),
    );
    expect(slugs(await search({ query: 'mentioned lighthouse names' }))).toEqual([]);
  });
});
