import { describe, expect, it } from 'vitest';
import { droppedOf, mappedOf, readForeign } from '../../support/foreign-rig.ts';

/** Prefixes as nobody writes them: what counts is what they stand for. */
const NAMESPACES =
  'xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:core="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:mm="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom" ' +
  'xmlns:dc="http://not-dublin-core.example/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';

const rss = (items: string, channel = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${NAMESPACES}><channel><title>Harbour &amp;amp; Hills</title>` +
  `<link>https://harbour.example/</link><language>en-GB</language>${channel}${items}</channel></rss>`;

const item = (inner: string): string =>
  `<item><title>Title</title><link>https://harbour.example/news/late/</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>${inner}</item>`;

const atom = (entries: string, attributes = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es" ${attributes}><title>El Faro</title><link href="https://faro.example/"/>` +
  `<author><name>Redacción</name></author>${entries}</feed>`;

const AT = Date.UTC(2026, 10, 20, 8);

describe('an item of RSS 2.0', () => {
  it('becomes an article of the edition in the channel’s language', async () => {
    const heard = await readForeign(
      rss(
        item(
          '<guid isPermaLink="false">h-1</guid><description>&lt;p&gt;Short &amp;amp; good&lt;/p&gt;</description><c:encoded><![CDATA[<p>Long &amp; <b>good</b></p>]]></c:encoded>',
        ),
      ),
    );
    expect(heard).toMatchObject({ standard: 'RSS 2.0', bad: [] });
    expect(heard.articles).toMatchObject([
      {
        edition: 'EN',
        language: 'en-GB',
        sourceId: 'h-1',
        slug: expect.stringMatching(/^late-[0-9a-f]{6}$/) as string,
        headline: 'Title',
        standfirst: 'Short & good',
        html: '<p>Long &amp; <b>good</b></p>',
        publishedAt: AT,
        section: 'wire',
        seo: { canonicalUrl: 'https://harbour.example/news/late/' },
        sources: [{ name: 'Harbour & Hills', kind: 'PARTNER', url: 'https://harbour.example/' }],
      },
    ]);
    expect(mappedOf(heard)).toEqual(
      expect.arrayContaining(['item/guid → sourceId', 'item/content:encoded → html', 'item/description → standfirst']),
    );
  });

  it('has its description as body where there is nothing longer', async () => {
    const { articles } = await readForeign(rss(item('<description>&lt;p&gt;All of it&lt;/p&gt;</description>')));
    expect(articles[0]).toMatchObject({ html: '<p>All of it</p>', standfirst: undefined });
  });

  it('has the link as its id where it has no guid, and the guid as its link where it has no link', async () => {
    const noGuid = await readForeign(rss(item('')));
    expect(noGuid.articles[0]).toMatchObject({ sourceId: 'https://harbour.example/news/late/' });
    expect(mappedOf(noGuid)).toContain('item/link → seo.canonicalUrl, sourceId');
    const story = (attribute: string): string =>
      rss(
        `<item><title>T</title><guid${attribute}>https://harbour.example/2</guid><pubDate>20 Nov 26 08:00 UT</pubDate></item>`,
      );
    expect((await readForeign(story(''))).articles[0]?.seo).toMatchObject({
      canonicalUrl: 'https://harbour.example/2',
    });
    expect((await readForeign(story(' isPermaLink="false"'))).articles[0]?.seo).toBeUndefined();
  });

  it.each([
    ['AT&amp;amp;T', 'AT&T'],
    ['AT&amp;T', 'AT&T'],
    ['<![CDATA[AT&amp;T]]>', 'AT&T'],
    ['&lt;i&gt;Late&lt;/i&gt; again', 'Late again'],
    ['&amp;amp;lt;b&amp;amp;gt;', '&lt;b&gt;'],
    ['Caf&#233; &#x627;&nbsp;x', 'Café ا x'],
    ['a &lt; b', 'a < b'],
  ])('has its title decoded once: %s', async (written, headline) => {
    const text = rss(item('')).replace('<title>Title</title>', `<title>${written}</title>`);
    expect((await readForeign(text)).articles[0]?.headline).toBe(headline);
  });

  it('resolves addresses against xml:base, else its own link', async () => {
    const body = '<description>&lt;a href="/about"&gt;a&lt;/a&gt; &lt;img src="p.jpg"&gt;</description>';
    expect((await readForeign(rss(item(body)))).articles[0]?.html).toBe(
      '<a href="https://harbour.example/about">a</a> <img src="https://harbour.example/news/late/p.jpg">',
    );
    const based = body.replace('<description>', '<description xml:base="https://cdn.example/x/">');
    expect((await readForeign(rss(item(based)))).articles[0]?.html).toContain('src="https://cdn.example/x/p.jpg"');
  });

  it('takes authors from Dublin Core, or the name beside an address', async () => {
    const names = async (inner: string) => (await readForeign(rss(item(inner)))).articles[0];
    expect(await names('<core:creator>By Ana Ruiz</core:creator><core:creator>رنا</core:creator>')).toMatchObject({
      byline: 'Ana Ruiz, رنا',
      authors: [
        { slug: 'ana-ruiz', name: 'Ana Ruiz' },
        { slug: 'رنا', name: 'رنا' },
      ],
    });
    expect(await names('<author>ana@harbour.example (Ana Ruiz)</author>')).toMatchObject({ byline: 'Ana Ruiz' });
    expect(await names('<author>ana@harbour.example</author>')).toMatchObject({ byline: undefined, authors: [] });
    // Another vocabulary under the prefix everybody knows.
    expect(await names('<dc:creator>Nobody</dc:creator>')).toMatchObject({ authors: [] });
  });

  it('sorts categories into sections of ours and tags', async () => {
    const { articles } = await readForeign(
      rss(
        item(
          '<category domain="x">Ferries</category><category>News/Politics</category><core:subject>news</core:subject>',
        ),
      ),
    );
    expect(articles[0]).toMatchObject({
      section: 'news/politics',
      sections: ['news'],
      tags: [{ slug: 'ferries', name: 'Ferries' }],
    });
  });

  it('shows Media RSS: sizes of one picture in a group, words of it, films with their picture', async () => {
    const { articles } = await readForeign(
      rss(
        item(
          '<mm:group><mm:content url="https://i.example/s.jpg" width="100" height="50"/><mm:content url="/l.jpg" medium="image" width="1000" height="500"/>' +
            '<mm:credit role="photographer">P. Hoto</mm:credit><mm:description type="html">&lt;b&gt;Quay&lt;/b&gt;</mm:description></mm:group>' +
            '<mm:content url="https://i.example/v.mp4" type="video/mp4" duration="61"><mm:thumbnail url="https://i.example/t.jpg"/></mm:content>' +
            '<enclosure url="https://i.example/v.mp4" type="video/mp4" length="1"/><enclosure url="https://i.example/s.mp3" type="audio/mpeg" length="1"/>',
        ),
      ),
    );
    expect(articles[0]).toMatchObject({
      lead: {
        url: 'https://harbour.example/l.jpg',
        width: 1000,
        renditions: [{ width: 100 }, { width: 1000 }],
        caption: 'Quay',
        credit: 'P. Hoto',
      },
      media: [
        {
          type: 'video',
          url: 'https://i.example/v.mp4',
          durationSeconds: 61,
          poster: { url: 'https://i.example/t.jpg' },
        },
      ],
      html: '<audio src="https://i.example/s.mp3"></audio>',
    });
  });

  it('shows a thumbnail where there is nothing else', async () => {
    const { articles } = await readForeign(
      rss(item('<mm:thumbnail url="https://i.example/t.jpg" width="10" height="5"/><mm:credit>P</mm:credit>')),
    );
    expect(articles[0]?.lead).toMatchObject({ url: 'https://i.example/t.jpg', width: 10, credit: 'P' });
  });

  it('has the date and the rights of the channel where it has none', async () => {
    const text = rss(
      '<item><title>T</title><guid>1</guid></item>',
      '<pubDate>20 Nov 2026 08:00 GMT</pubDate><copyright>© Harbour</copyright>',
    );
    expect((await readForeign(text)).articles[0]).toMatchObject({
      publishedAt: AT,
      rights: { usageTerms: '© Harbour' },
    });
  });

  it('drops what has no place, and names it', async () => {
    const heard = await readForeign(
      rss(
        item(
          '<comments>https://x.example</comments><itunes:author>x</itunes:author><dc:thing at="1">x</dc:thing><nobody:knows>x</nobody:knows>',
        ),
        '<ttl>60</ttl>',
      ),
    );
    expect(droppedOf(heard)).toEqual([
      'rss/channel/ttl',
      'item/comments',
      'item/itunes:author',
      'item/{http://not-dublin-core.example/}thing@at',
      'item/{http://not-dublin-core.example/}thing',
      'item/{undeclared}nobody:knows',
    ]);
  });

  it('is left out by its number when it lacks what an article needs, or has a second one’s id', async () => {
    const { bad, articles } = await readForeign(
      rss(
        `${item('<guid>1</guid>')}<item><title>T</title></item>${item('<guid>1</guid>')}<item><guid>4</guid></item>` +
          `<item><guid>5</guid><title>T</title></item><item><guid>6</guid><title>T</title><pubDate>soon</pubDate></item>` +
          item('<guid>7</guid>').replace('Title', 'x'.repeat(10_000_000)),
      ),
    );
    expect(articles).toHaveLength(1);
    expect(bad).toEqual([
      '2: neither an id nor a link: nothing tells it from others',
      '3: its id "1" is that of item 1, which was taken',
      '4: title: missing',
      '5: published: missing, and the feed has no date either',
      '6: published: "soon" is no date with a zone',
      '7: headline: Too big: expected string to have <=500 characters',
    ]);
  });
});

describe('RSS of older days', () => {
  it('is read: 1.0 with its items beside the channel', async () => {
    const heard = await readForeign(
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
        '<channel rdf:about="https://a.example/"><title>خبر</title><dc:language>ar</dc:language></channel>' +
        '<item rdf:about="https://a.example/1"><title>ميناء بيروت</title><link>https://a.example/1</link><dc:date>2026-11-20T08:00Z</dc:date></item></rdf:RDF>',
    );
    expect(heard).toMatchObject({
      standard: 'RSS 1.0',
      bad: [],
      articles: [{ edition: 'AR', headline: 'ميناء بيروت', publishedAt: AT }],
    });
    expect(heard.articles[0]?.slug).toMatch(/^ميناء-بيروت-/);
  });

  it('is read: 0.92 with a date of the channel', async () => {
    const heard = await readForeign(
      '<rss version="0.92"><channel><language>es</language><lastBuildDate>20 Nov 2026 08:00 GMT</lastBuildDate><item><title>T</title><link>https://a.example/1</link></item></channel></rss>',
    );
    expect(heard).toMatchObject({ standard: 'RSS 0.92', bad: [], articles: [{ edition: 'ES', publishedAt: AT }] });
  });
});

describe('an entry of Atom', () => {
  const entry = (inner: string): string =>
    `<entry><id>urn:1</id><updated>2026-11-20T08:00:00Z</updated>${inner}</entry>`;
  const articleOf = async (inner: string, attributes?: string) =>
    (await readForeign(atom(entry(inner), attributes))).articles[0];

  it('takes text, HTML and XHTML for what they are', async () => {
    expect(await articleOf('<title>AT&amp;amp;T &lt;b&gt;</title><content>One &lt; two</content>')).toMatchObject({
      headline: 'AT&amp;T <b>',
      html: '<p>One &lt; two</p>',
    });
    expect(
      await articleOf(
        '<title type="html">AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</title><content type="html">&lt;p&gt;One&lt;/p&gt;</content>',
      ),
    ).toMatchObject({ headline: 'AT&T x', html: '<p>One</p>' });
    const xhtml =
      '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>One<h:br/>&amp; <h:a href="two?a=1&amp;b=2">two</h:a></h:p></h:div>';
    expect(
      await articleOf(
        `<title type="xhtml">${xhtml}</title><content type="xhtml" xml:base="https://faro.example/x/">${xhtml}</content>`,
      ),
    ).toMatchObject({
      headline: 'One & two',
      html: '<div><p>One<br>&amp; <a href="https://faro.example/x/two?a=1&amp;b=2">two</a></p></div>',
    });
  });

  it('resolves every address against xml:base, around and within', async () => {
    const inner =
      '<title>T</title><link href="marea"/><link rel="enclosure" type="image/png" href="x.png"/><content type="html" xml:base="sub/">&lt;a href="o"&gt;o&lt;/a&gt;</content>';
    expect(await articleOf(inner, 'xml:base="https://faro.example/blog/"')).toMatchObject({
      seo: { canonicalUrl: 'https://faro.example/blog/marea' },
      lead: { url: 'https://faro.example/blog/x.png' },
      html: '<a href="https://faro.example/blog/sub/o">o</a>',
    });
  });

  it('has its own author and source, else the feed’s; labels of categories; both dates', async () => {
    const inner =
      '<title>T</title><published>2026-11-19T08:00:00Z</published><category term="mar" label="El mar"/><category term="vela"/><summary>Resumen</summary><content>x</content>';
    expect(await articleOf(inner)).toMatchObject({
      byline: 'Redacción',
      sources: [{ name: 'El Faro', url: 'https://faro.example/' }],
      tags: [{ name: 'El mar' }, { name: 'vela' }],
      publishedAt: Date.UTC(2026, 10, 19, 8),
      updatedAt: AT,
      standfirst: 'Resumen',
    });
    const own = '<title>T</title><author><name>Inés</name></author><source><title>Otro</title></source>';
    expect(await articleOf(own)).toMatchObject({ byline: 'Inés', sources: [{ name: 'Otro' }] });
  });

  it('goes to the edition in its own language where it has one', async () => {
    const { articles } = await readForeign(
      atom('<entry xml:lang="ar"><id>1</id><title>ط</title><updated>2026-11-20T08:00:00Z</updated></entry>'),
    );
    expect(articles[0]?.edition).toBe('AR');
  });

  it('leaves content that lies elsewhere, or is no text', async () => {
    expect(
      await articleOf(
        '<title>T</title><content src="https://x.example/a.pdf" type="application/pdf"/><summary>Here</summary>',
      ),
    ).toMatchObject({ html: '<p>Here</p>', standfirst: undefined });
  });
});

describe('an item of JSON Feed', () => {
  it('becomes an article', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      home_page_url: 'https://j.example/',
      language: 'en',
      items: [
        {
          id: 7,
          url: '/a',
          title: 'T',
          content_html: '<p><a href="b">x</a></p>',
          summary: 'S',
          date_published: '2026-11-20T08:00:00Z',
          tags: ['News', 'x'],
          image: 'i.jpg',
          attachments: [{ url: 'https://j.example/v.mp4', mime_type: 'video/mp4' }],
          authors: [{ name: 'A' }],
          _own: { x: 1 },
        },
        {
          id: '8',
          title: 'U',
          content_text: 'a\n\nb',
          date_published: '2026-11-20T08:00:00Z',
          banner_image: 'https://j.example/b.jpg',
        },
        5,
      ],
    };
    const heard = await readForeign(JSON.stringify(feed));
    expect(heard.standard).toBe('JSON Feed 1.1');
    expect(heard.articles).toMatchObject([
      {
        sourceId: '7',
        section: 'news',
        html: '<p><a href="https://j.example/b">x</a></p>',
        standfirst: 'S',
        byline: 'A',
        lead: { url: 'https://j.example/i.jpg' },
        media: [{ type: 'video' }],
        seo: { canonicalUrl: 'https://j.example/a' },
      },
      { sourceId: '8', html: '<p>a</p><p>b</p>', lead: { url: 'https://j.example/b.jpg' } },
    ]);
    expect(heard.bad).toEqual(['3: neither an id nor a link: nothing tells it from others']);
    expect(droppedOf(heard)).toEqual(['items[]._own.x']);
    expect(heard.fields.leftOut).toEqual([{ field: 'items[]', count: 1 }]);
  });
});

describe('the edition of a feed', () => {
  it('is asked for once when neither the feed nor a story tells it', async () => {
    const silent = rss(item('')).replace('<language>en-GB</language>', '');
    await expect(readForeign(silent)).rejects.toThrow(
      'the feed names no language, and no edition is told by that: say whose it is with --edition (en, ar, es)',
    );
    await expect(readForeign(silent.replace('<link>', '<language>sv</language><link>'))).rejects.toThrow(
      'the feed is in "sv", and no edition',
    );
    expect((await readForeign(silent, { edition: 'ES' })).articles[0]?.edition).toBe('ES');
  });
});
