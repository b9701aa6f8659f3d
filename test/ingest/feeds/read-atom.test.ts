import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { AT, atom } from './feed-samples.ts';

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

  it.each([
    ['http://www.w3.org/2007/app', 'yes'],
    ['http://purl.org/atom/app#', ' YES '],
    ['http://www.w3.org/2007/app', 'true'],
  ])('is left out when it is a draft: %s, %s', async (namespace, said) => {
    const control = `<p:control xmlns:p="${namespace}"><p:draft>${said}</p:draft></p:control>`;
    const { articles, bad, fields } = await readForeign(
      atom(`${entry(`<title>T</title>${control}`)}${entry('<title>U</title>').replace('urn:1', 'urn:2')}`),
    );
    expect(articles).toMatchObject([{ sourceId: 'urn:2' }]);
    expect(bad).toEqual(['1: is a draft (app:draft)']);
    expect(fields.leftOut).toContainEqual({ field: 'atom:entry/app:control/app:draft', count: 1 });
  });

  it('is taken when it says that it is no draft', async () => {
    const control = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>no</app:draft></app:control>';
    expect(await articleOf(`<title>T</title>${control}`)).toMatchObject({ headline: 'T' });
  });
});
