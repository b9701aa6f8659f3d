import { describe, expect, it } from 'vitest';
import { absoluteHtml, absoluteUrl, createLocator, urlOf } from '../../src/content/addresses.ts';
import type { Edition, EditionCode } from '../../src/content/edition.ts';
import { sanitiseHtml } from '../../src/ingest/html/sanitise-html.ts';
import { createEdition } from './create-edition.ts';

const edition = (code: EditionCode, url: string): Edition => createEdition(code, { url });

const located = (editions: readonly Edition[], url: string): string | null => {
  const found = createLocator(editions)(url);
  return found === null ? null : `${found.edition.code}:${found.path}`;
};

describe('createLocator', () => {
  const editions = [
    edition('EN', 'https://news.example/en'),
    edition('AR', 'https://news.example/en/ar'),
    edition('ES', 'https://es.news.example:8443'),
  ];

  it.each<[string, string | null, string]>([
    ['https://news.example/en/politics/talks', 'EN:politics/talks', 'what stands under an address'],
    ['http://news.example/en/politics/talks', 'EN:politics/talks', 'another scheme'],
    ['HTTPS://NEWS.EXAMPLE/en/politics/talks', 'EN:politics/talks', 'a host in capitals'],
    ['https://news.example/en/politics/talks/', 'EN:politics/talks', 'a slash at the end'],
    ['https://news.example/en/politics/talks?utm=1#top', 'EN:politics/talks', 'query and fragment'],
    ['https://news.example/en', 'EN:', 'the front page'],
    ['https://news.example/en/', 'EN:', 'the front page with a slash'],
    ['https://news.example/en?x=1', 'EN:', 'the front page with a query'],
    ['https://news.example/en/ar/talks', 'AR:talks', 'the longest of nested addresses'],
    ['https://news.example/en/ar', 'AR:', 'its front page'],
    ['https://news.example/en/arabia', 'EN:arabia', 'a section whose name begins alike'],
    ['https://news.example/english/talks', null, 'a first step that begins alike'],
    ['https://news.example/EN/talks', null, 'a path is told by its case'],
    ['https://news.example/', null, 'above every edition'],
    ['https://news.example/fr/talks', null, 'no edition of ours'],
    ['https://es.news.example:8443/a', 'ES:a', 'a port'],
    ['https://es.news.example:8443', 'ES:', 'a host of its own'],
    ['https://es.news.example/a', null, 'another port is another host'],
    ['https://news.example.evil.example/en/a', null, 'a host that begins alike'],
    ['https://evil.example/https://news.example/en/a', null, 'our address in a foreign path'],
    ['https://news.example@evil.example/en/a', null, 'our host as a user'],
    ['https://notnews.example/en/a', null, 'a host that ends alike'],
    ['/en/politics', null, 'no host at all'],
    ['not an address', null, 'nonsense'],
    [`https://news.example/en/${encodeURIComponent('أخبار').toLowerCase()}`, 'EN:أخبار', 'encoded in lower case'],
    ['https://news.example/en/أخبار', 'EN:أخبار', 'not encoded'],
  ])('%s is %s: %s', (url, expected) => {
    expect(located(editions, url)).toBe(expected);
    expect(located(editions.toReversed(), url)).toBe(expected);
  });

  it('knows an edition that has a whole host beside one that stands under it', () => {
    const hosts = [edition('EN', 'https://news.example'), edition('AR', 'https://news.example/ar')];
    expect(located(hosts, 'https://news.example/ar/a')).toBe('AR:a');
    expect(located(hosts, 'https://news.example/arts')).toBe('EN:arts');
  });

  it('knows an edition whose own address is Arabic', () => {
    const arabic = [edition('AR', 'https://news.example/عربي')];
    expect(located(arabic, `https://news.example/${encodeURIComponent('عربي')}/a`)).toBe('AR:a');
    expect(located(arabic, 'https://news.example/عـربي/a/b')).toBe('AR:a/b');
    expect(located(arabic, 'https://news.example/عـربي')).toBe('AR:');
    expect(located(arabic, 'https://news.example/عربيد/a')).toBe(null);
  });
});

describe('urlOf', () => {
  const base = { url: 'https://news.example/ar' };

  it('is absolute and percent-encoded', () => {
    expect(urlOf.article(base, { path: 'أخبار/a' })).toBe(`https://news.example/ar/${encodeURIComponent('أخبار')}/a`);
    expect(urlOf.section(base, { path: 'news' })).toBe('https://news.example/ar/news');
    expect(urlOf.tag(base, { slug: 'a/b' })).toBe('https://news.example/ar/tags/a/b');
    expect(urlOf.author(base, { slug: 'ñ' })).toBe('https://news.example/ar/authors/%C3%B1');
    expect([urlOf.path(base, ''), urlOf.path(base, 'a?')]).toEqual([
      'https://news.example/ar',
      'https://news.example/ar/a%3F',
    ]);
  });

  it('is located where it was made', () => {
    const editions = [edition('AR', 'https://news.example/ar')];
    for (const path of ['أخبار/سياسة', 'a b/c', 'ñ', '50%-off', 'what?'])
      expect(located(editions, urlOf.article(base, { path }))).toBe(`AR:${path}`);
  });
});

describe('absoluteUrl', () => {
  it.each([
    ['/media/a.svg', 'https://gateway.example/media/a.svg'],
    ['https://cdn.example/a.jpg', 'https://cdn.example/a.jpg'],
    ['https://cdn.example/صورة.jpg', `https://cdn.example/${encodeURIComponent('صورة')}.jpg`],
    ['https://cdn.example/a%20b?c=d e', 'https://cdn.example/a%20b?c=d%20e'],
    ['/media/صورة.svg', `https://gateway.example/media/${encodeURIComponent('صورة')}.svg`],
  ])('makes %s %s', (url, expected) => {
    expect(absoluteUrl(url, 'https://gateway.example')).toBe(expected);
  });
});

describe('absoluteHtml', () => {
  const base = { url: 'https://news.example/ar' };
  const absolute = (html: string): string => absoluteHtml(html, base, 'https://gateway.example');

  it.each([
    ['<a href="/politics/x">x</a>', '<a href="https://news.example/ar/politics/x">x</a>'],
    ['<img src="/media/a.svg" alt="">', '<img src="https://gateway.example/media/a.svg" alt="">'],
    ['<a href="/media/a.pdf">x</a>', '<a href="https://gateway.example/media/a.pdf">x</a>'],
    [
      '<video src="/media/a.mp4" poster="/media/a.jpg" controls="controls"></video>',
      '<video src="https://gateway.example/media/a.mp4" poster="https://gateway.example/media/a.jpg" controls="controls"></video>',
    ],
    [
      '<p><a href="/a">a</a> and <a href="/b">b</a></p>',
      '<p><a href="https://news.example/ar/a">a</a> and <a href="https://news.example/ar/b">b</a></p>',
    ],
  ])('%s stands where it stood', (html, expected) => {
    expect(absolute(html)).toBe(expected);
  });

  it.each([
    '<a href="https://elsewhere.example/a">a</a>',
    '<a href="//elsewhere.example/a">a</a>',
    '<a href="mailto:a@b.example">a</a>',
    '<a href="#top">a</a>',
    '<abbr title="href=&quot;/a&quot;">a</abbr>',
    '<p>no links</p>',
    '',
  ])('leaves %s alone', (html) => {
    expect(absolute(html)).toBe(html);
  });

  it.each([
    '<p>Write <code>&lt;a href="/x"&gt;</code> in your page.</p>',
    '<p>then href="/x" and src="/y"</p>',
    '<p>1 &lt; 2 href="/x"</p>',
  ])('leaves the words of %s alone, as the sanitiser writes them', (source) => {
    const html = sanitiseHtml(source);
    expect(absolute(html)).toBe(html);
  });

  it('leaves an attribute alone whose value only looks like one', () => {
    const html = sanitiseHtml(`<img alt='see href="/x" > src="/y"' src="/media/a.svg">`);
    expect(absolute(html)).toBe(html.replace('src="/media', 'src="https://gateway.example/media'));
  });
});
