import { describe, expect, it } from 'vitest';
import { droppedOf, mappedOf, readForeign } from '../../support/foreign-rig.ts';
import { AT, item, rss } from './feed-samples.ts';

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
