import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES, parseLine } from '../../src/ingest/parse-line.ts';

const article = {
  sourceId: '1',
  edition: 'en',
  slug: 'a',
  headline: 'A',
  publishedAt: '2026-11-20T08:00:00Z',
  section: 'news',
};
const parse = (value: unknown) => parseLine(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('parseLine', () => {
  it('takes a line without a type for an article and fills in what it leaves out', () => {
    expect(parse(article)).toMatchObject({
      type: 'article',
      edition: 'EN',
      kind: 'NEWS',
      publishedAt: Date.UTC(2026, 10, 20, 8),
      tags: [],
      rights: { syndication: 'FULL' },
      html: '',
    });
  });

  it.each([
    ['By Rana Sabbouri', 'Rana Sabbouri'],
    ['by: Rana Sabbouri', 'Rana Sabbouri'],
    ['Por Lucía Ferrer', 'Lucía Ferrer'],
    ['بقلم: كريم الطحاوري', 'كريم الطحاوري'],
    ['Byron Porter', 'Byron Porter'],
    ['Porfirio Byrne', 'Porfirio Byrne'],
    ['By', 'By'],
  ])('takes the word for "by" off a byline: %s', (given, kept) => {
    expect(parse({ ...article, byline: given })).toMatchObject({ byline: kept });
  });

  it('ignores blank lines and a byte order mark', () => {
    expect(parse('')).toBeNull();
    expect(parse(' \t\r')).toBeNull();
    expect(parse(`\ufeff${JSON.stringify(article)}`)).toMatchObject({ slug: 'a' });
  });

  it('puts texts, slugs and paths into NFC, decoded, in one line', () => {
    const line = { ...article, slug: 'cafe%CC%81', headline: ' Two\n cafe\u0301s\t', section: '/العالم/أوروبا/' };
    expect(parse(line)).toMatchObject({ slug: 'café', headline: 'Two cafés', section: 'العالم/أوروبا' });
  });

  it.each([
    ['{"edition"', /^not JSON: /],
    ['[1]', /^not a JSON object$/],
    ['null', /^not a JSON object$/],
    ['"x"', /^not a JSON object$/],
    ['{"type":"podcast"}', /^type: must be section, tag, author, live, article, or absent$/],
    ['{"type":"__proto__"}', /^type: must be/],
    [{ ...article, headline: undefined }, /^headline: expected string, received undefined$/],
    [{ ...article, headline: ' \n ' }, /^headline: must not be empty$/],
    [{ ...article, headlin: 'x' }, /^Unrecognized key: "headlin"$/],
    [{ ...article, edition: 'fr' }, /^edition: unknown edition "fr"$/],
    [{ ...article, publishedAt: '2026-11-20' }, /^publishedAt: must be an RFC 3339 instant/],
    [{ ...article, publishedAt: '2026-02-30T00:00:00Z' }, /^publishedAt: must be an RFC 3339 instant/],
    [{ ...article, publishedAt: '0000-01-01T00:00:00Z' }, /^publishedAt: must lie between the years/],
    [{ ...article, slug: 'a/b' }, /^slug: must be one step/],
    [{ ...article, slug: '..' }, /^slug: must be one step/],
    [{ ...article, slug: 'a%0Ab' }, /^slug: must be one step/],
    [{ ...article, section: '/' }, /^section: must be the path/],
    [{ ...article, section: 'news/../x' }, /^section: must be the path/],
    [{ ...article, language: 'not a tag' }, /^language: must be a BCP 47/],
    [{ ...article, kind: 'POEM' }, /^kind: Invalid option: expected one of/],
    [{ ...article, lead: { type: 'image', url: 'javascript:x()' } }, /^lead\.url: must be an http\(s\) URL/],
    [{ ...article, lead: { type: 'image', url: '//evil.example/a.jpg' } }, /^lead\.url: must be an http\(s\) URL/],
    [{ ...article, lead: { type: 'image', url: '/\\evil.example/a.jpg' } }, /^lead\.url: must be an http\(s\) URL/],
    [{ ...article, lead: { type: 'hologram', url: '/a' } }, /^lead\.type: Invalid discriminator value/],
    [{ ...article, tags: [{ slug: 'x', name: '' }] }, /^tags\.0\.name: must not be empty$/],
    [{ ...article, tags: [7] }, /^tags\.0: /],
    [{ ...article, headline: 'x'.repeat(501) }, /^headline: Too big/],
    [{ ...article, html: 'x'.repeat(2_000_001) }, /^html: Too big/],
    [{ ...article, html: '<p>a\u0000b</p>' }, /^html: holds a NUL character$/],
    [{ ...article, tags: [{ slug: 'x', name: '\ud800' }] }, /^tags\.0\.name: holds half a character/],
    [{ ...article, headline: '\udfff x' }, /^headline: holds half a character/],
  ])('refuses %j and says why', (line, reason) => {
    expect(() => parse(line)).toThrow(reason);
  });

  it('names everything that is wrong with a line, in one line', () => {
    expect(() => parse({ ...article, edition: 'xx', slug: '', publishedAt: 'soon' })).toThrow(
      /^edition: unknown edition "xx"; slug: .*; publishedAt: must be an RFC 3339 instant/,
    );
  });

  it('cuts an endless list of faults short', () => {
    const tags = Array.from({ length: 40 }, () => 7);
    expect(() => parse({ ...article, tags })).toThrow(/; and 32 more$/);
  });

  it('refuses bytes that are not UTF-8 instead of guessing', () => {
    expect(() => parseLine(Buffer.from('{"headline":"caf\xe9"}', 'latin1'))).toThrow('not UTF-8');
  });

  it('says how long a line may be', () => {
    expect(() => parseLine(null)).toThrow(`longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`);
  });

  it('lets an escaped backslash before u0000 be what it is', () => {
    expect(parse({ ...article, headline: String.raw`the escape \u0000` })).toMatchObject({
      headline: String.raw`the escape \u0000`,
    });
  });
});
