import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesAgo, openDesk, story, storyId, type Desk } from './desk.ts';

const BODY = `{
  article(id: "ID") {
    headline standfirst
    body { __typename html ... on ReadMore { label url article { slug } } }
    bodyHtml bodyText excerpt wordCount readingMinutes
    rights { syndication holder usageTerms }
    seo { title description canonicalUrl noIndex image { url } }
  }
}`;

describe('what a caller may have', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const article = async (key: string) => (await desk.read(BODY.replace('ID', storyId(key)))).article;

  it('FULL: the whole text, in every form', async () => {
    await desk.write(
      story('full', { html: '<h2>Part</h2><p>One two <a href="/world">three</a>.</p><ul><li>four</li></ul>' }),
    );
    expect(await article('full')).toEqual({
      headline: 'Headline of full',
      standfirst: null,
      body: [
        { __typename: 'Heading', html: expect.stringContaining('Part') },
        { __typename: 'Paragraph', html: '<p>One two <a href="https://news.example/en/world">three</a>.</p>' },
        { __typename: 'ListBlock', html: '<ul><li>four</li></ul>' },
      ],
      bodyHtml: expect.stringContaining('https://news.example/en/world'),
      bodyText: 'Part\n\nOne two three.\n\nfour',
      excerpt: 'One two three. four',
      wordCount: 5,
      readingMinutes: 1,
      rights: { syndication: 'FULL', holder: null, usageTerms: null },
      seo: {
        title: 'Headline of full',
        description: null,
        canonicalUrl: 'https://news.example/en/news/politics/full',
        noIndex: false,
        image: null,
      },
    });
  });

  it('EXCERPT: the head and the excerpt; the rest of the text is null, without an error', async () => {
    const words = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
    await desk.write(
      story('cut', {
        html: `<p>${words} secretword.</p>`,
        standfirst: 'Known.',
        rights: { syndication: 'EXCERPT', holder: 'Agency', usageTerms: 'Head only.' },
      }),
    );
    const cut = await article('cut');
    expect(cut).toMatchObject({
      headline: 'Headline of cut',
      standfirst: 'Known.',
      body: null,
      bodyHtml: null,
      bodyText: null,
      wordCount: null,
      readingMinutes: null,
      rights: { syndication: 'EXCERPT', holder: 'Agency', usageTerms: 'Head only.' },
    });
    expect(cut.excerpt).toMatch(/^word0 word1 .*…$/);
    expect([...cut.excerpt].length).toBeLessThanOrEqual(200);
  });

  it('EXCERPT: a search finds it by the words of its head and excerpt, and by none that are withheld', async () => {
    const withheld = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');
    const passedOn = (syndication: string) =>
      story('passed-on', {
        html: `<h2>Subtitleword</h2><p>Openingword ${withheld} secretword.</p>`,
        headline: 'Headlineword',
        rights: { syndication },
      });
    const search = async (query: string) => {
      const { edition } = await desk.read(
        `query ($query: String!) {
          edition(code: EN) { search(query: $query) { totalCount edges { snippetHtml node { slug } } } }
        }`,
        { query },
      );
      return edition.search;
    };
    await desk.write(passedOn('FULL'));
    for (const word of ['openingword', 'secretword', 'subtitleword'])
      expect(await search(word)).toMatchObject({ totalCount: 1, edges: [{ node: { slug: 'passed-on' } }] });
    // Answers that were kept from before end, too.
    await desk.write(passedOn('EXCERPT'));
    for (const word of ['openingword', 'headlineword', 'headlineword -secretword'])
      expect(await search(word)).toEqual({
        totalCount: 1,
        edges: [{ snippetHtml: null, node: { slug: 'passed-on' } }],
      });
    for (const word of ['secretword', 'subtitleword', '"word99 secretword"'])
      expect(await search(word)).toEqual({ totalCount: 0, edges: [] });
  });

  it('NONE: absent everywhere, counts included', async () => {
    await desk.write(
      { type: 'tag', edition: 'en', slug: 'rights', name: 'Rights' },
      { type: 'author', edition: 'en', slug: 'agency', name: 'Agency' },
      { type: 'section', edition: 'en', path: 'agency', name: 'Agency' },
    );
    const held = {
      section: 'agency',
      tags: ['rights'],
      authors: ['agency'],
      translationGroup: 'held',
      headline: 'Platypus',
    };
    await desk.write(
      story('shown', {
        ...held,
        translationGroup: 'shown',
        html: '<p>Text.</p><p class="read-more"><a href="/agency/held">Held</a></p>',
      }),
      story('held', { ...held, rights: { syndication: 'NONE' } }),
      story('held', { edition: 'ar', translationGroup: 'held' }),
    );
    await desk.app.database.query(
      `INSERT INTO engagement_hours (article_id, hour, edition, views) VALUES ($1, $2, 'EN', 1000)`,
      [storyId('held'), minutesAgo(0)],
    );
    const answer = await desk.read(
      `query ($id: ID!, $arabic: ID!, $shown: ID!) {
        article(id: $id) { id }
        node(id: $id) { id }
        nodes(ids: [$id]) { id }
        route(url: "https://news.example/en/agency/held") { status }
        articleByUrl(url: "https://news.example/en/agency/held") { id }
        arabic: article(id: $arabic) { translations { id } translation(edition: EN) { id } }
        shown: article(id: $shown) { related { id } body { html } }
        edition(code: EN) {
          article(slug: "held") { id }
          articles(filter: { tagSlugs: ["rights"] }) { totalCount nodes { slug } }
          section(path: "agency") { articles { totalCount nodes { slug } } }
          tag(slug: "rights") { articles(orderBy: UPDATED_DESC) { totalCount nodes { slug } } }
          author(slug: "agency") { articles(orderBy: PUBLISHED_ASC) { totalCount nodes { slug } } }
          search(query: "platypus") { totalCount nodes { slug } }
          trending(first: 100) { slug }
          mostRead(first: 100) { slug }
        }
      }`,
      { id: storyId('held'), arabic: storyId('held', 'ar'), shown: storyId('shown') },
    );
    const one = { totalCount: 1, nodes: [{ slug: 'shown' }] };
    expect(answer).toEqual({
      article: null,
      node: null,
      nodes: [null],
      route: null,
      articleByUrl: null,
      arabic: { translations: [], translation: null },
      shown: { related: [], body: [{ html: '<p>Text.</p>' }] },
      edition: {
        article: null,
        articles: one,
        section: { articles: one },
        tag: { articles: one },
        author: { articles: one },
        search: one,
        trending: [],
        mostRead: [],
      },
    });
  });

  it('a line to another article is there with it, dropped while that is not to be seen, and back again', async () => {
    const line = (slug: string) =>
      `<p class="read-more"><a href="/news/politics/${slug}">Read more: The ${slug} story</a></p>`;
    await desk.write(
      story('target'),
      story('coming', { publishedAt: minutesAgo(-5) }),
      story('reader', {
        html: `<p>Text.</p>${line('target')}${line('coming')}<p class="read-more"><a href="https://elsewhere.example/x">Elsewhere</a></p>`,
      }),
    );
    const lines = async () => {
      const { body, bodyHtml, bodyText } = await article('reader');
      const found = body
        .filter(({ __typename }: { __typename: string }) => __typename === 'ReadMore')
        .map(({ label, url, article: led }: { label: string; url: string; article: { slug: string } | null }) => [
          label,
          url,
          led?.slug ?? null,
        ]);
      for (const [label, url] of found) {
        expect(bodyText).toContain(label);
        expect(bodyHtml).toContain(url);
      }
      expect(bodyHtml.split('<a ').length - 1).toBe(found.length);
      return found;
    };
    const target = ['The target story', 'https://news.example/en/news/politics/target', 'target'];
    const coming = ['The coming story', 'https://news.example/en/news/politics/coming', 'coming'];
    const elsewhere = ['Elsewhere', 'https://elsewhere.example/x', null];
    expect(await lines()).toEqual([target, elsewhere]);
    await desk.write(story('target', { withdrawnAt: minutesAgo(0) }));
    expect(await lines()).toEqual([elsewhere]);
    await desk.write(story('target'));
    desk.clock.wind(5 * 60_000);
    expect(await lines()).toEqual([target, coming, elsewhere]);
  });

  it('a line to an article that was renamed leads to where it is now', async () => {
    await desk.write(
      story('walks'),
      story('follows', { html: '<p>Text.</p><p class="read-more"><a href="/news/politics/walks">Walks</a></p>' }),
    );
    await desk.write(story('walks', { slug: 'walked' }));
    const { body } = await article('follows');
    expect(body[1]).toMatchObject({ __typename: 'ReadMore', article: { slug: 'walked' } });
  });

  it('texts are plain: what looks like HTML is text, and no bidi control is added', async () => {
    await desk.write(
      story('plain', {
        kicker: 'A & B',
        headline: '  5 < 6\n “و” 7 ',
        standfirst: '<b>not bold</b>',
        byline: 'Ann <ann@example.org>',
        lead: { url: '/media/x.svg', alt: '', caption: '<i>c</i>', credit: '(AP Photo/A)' },
        media: [{ url: '/media/y.svg' }],
        html: '<p>A &amp; <b>B</b> &lt;c&gt;</p>',
      }),
    );
    const { article: plain } = await desk.read(`{
      article(id: "${storyId('plain')}") {
        kicker headline standfirst byline
        lead { caption credit ... on Image { url alt } }
        media { ... on Image { url alt } }
        body { html ... on Paragraph { text } }
      }
    }`);
    expect(plain).toEqual({
      kicker: 'A & B',
      headline: '5 < 6 “و” 7',
      standfirst: '<b>not bold</b>',
      byline: 'Ann <ann@example.org>',
      lead: { caption: '<i>c</i>', credit: '(AP Photo/A)', url: 'https://news.example/media/x.svg', alt: '' },
      media: [{ url: 'https://news.example/media/y.svg', alt: null }],
      body: [{ html: '<p>A &amp; <b>B</b> &lt;c&gt;</p>', text: 'A & B <c>' }],
    });
  });

  it('an edition is a desk and no language: an article says what it is written in, and how that runs', async () => {
    await desk.write(
      story('in-english'),
      story('in-arabic', { language: 'ar', headline: 'عنوان' }),
      story('in-english', { edition: 'ar', language: 'en' }),
    );
    const fields = '{ language direction edition { code language direction } }';
    const { mine, arabic, theirs } = await desk.read(`{
      mine: article(id: "${storyId('in-english')}") ${fields}
      arabic: article(id: "${storyId('in-arabic')}") ${fields}
      theirs: article(id: "${storyId('in-english', 'ar')}") ${fields}
    }`);
    const english = { code: 'EN', language: 'en', direction: 'LTR' };
    expect(mine).toEqual({ language: 'en', direction: 'LTR', edition: english });
    expect(arabic).toEqual({ language: 'ar', direction: 'RTL', edition: english });
    expect(theirs).toEqual({
      language: 'en',
      direction: 'LTR',
      edition: { code: 'AR', language: 'ar', direction: 'RTL' },
    });
  });

  it('every address is absolute, whatever the importer was given', async () => {
    await desk.write(
      { type: 'live', edition: 'en', title: 'Live', url: '/live' },
      { type: 'author', edition: 'en', slug: 'pictured', name: 'Pictured', avatar: { url: '/media/a.svg' } },
      story('rooted', {
        authors: ['pictured'],
        sources: [{ name: 'Us', url: '/about-us' }],
        lead: {
          type: 'video',
          url: '/watch/1',
          sources: [{ url: '/media/1.mp4', mimeType: 'video/mp4' }],
          poster: { url: '/media/p.svg', renditions: [{ url: '/media/p2.svg', width: 1, height: 1 }] },
        },
        media: [
          { type: 'gallery', images: [{ url: '/media/g.svg' }] },
          { type: 'infographic', image: { url: '/media/é.svg' } },
        ],
        seo: { canonicalUrl: '/canonical', image: { url: '/media/s.svg' } },
        html: '<figure><img src="/media/f.svg" alt=""></figure><iframe src="https://www.youtube.com/embed/abc"></iframe>',
      }),
    );
    const { article: rooted, edition } = await desk.read(`{
      edition(code: EN) { url live { url } links { url } navigation { url } }
      article(id: "${storyId('rooted')}") {
        url aliases sources { url } authors { url avatar { url } } seo { canonicalUrl image { url } }
        lead { ... on Video { url sources { url } poster { url renditions { url } } } }
        media { ... on Gallery { images { url } } ... on Infographic { image { url } } }
        body { html ... on Figure { media { ... on Image { url } } } ... on Embed { url } }
      }
    }`);
    const urls = [...JSON.stringify([rooted, edition]).matchAll(/"(?:url|canonicalUrl)":("[^"]*"|null)/g)].map(
      ([, url]) => JSON.parse(url ?? ''),
    );
    expect(urls.length).toBeGreaterThan(20);
    for (const url of urls.filter((each) => each !== null)) expect(URL.parse(url)?.href.replace(/\/$/, '')).toBe(url);
    expect(rooted.sources).toEqual([{ url: 'https://news.example/about-us' }]);
    expect(edition.live).toEqual({ url: 'https://news.example/live' });
    expect(JSON.stringify(rooted.body)).not.toMatch(/(?:src|href)=\\"\//);
  });
});
