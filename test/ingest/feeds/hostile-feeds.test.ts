import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { growthOf } from '../../support/growth.ts';

const rss = (inner: string, before = ''): string =>
  `<?xml version="1.0"?>\n${before}<rss version="2.0"><channel><language>en</language>${inner}</channel></rss>`;
const item = (inner: string): string =>
  `<item><guid>1</guid><title>T</title><pubDate>20 Nov 2026 08:00 GMT</pubDate>${inner}</item>`;

/** What it is refused with, or that it was taken. */
const refusal = async (content: string | Uint8Array): Promise<string> =>
  readForeign(content, {}, 'feed').then(
    () => 'taken',
    (error: Error) => `${error.name}: ${error.message}`,
  );

const DTD = 'a document type (DTD), which is refused: entities declared in one can fill a memory or read other files';

describe('a feed that means harm', () => {
  it.each([
    [
      'a billion laughs',
      `<!DOCTYPE r [<!ENTITY a "lol">${'bcdefgh'.replace(/./g, (letter) => `<!ENTITY ${letter} "${`&${String.fromCharCode(letter.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>`,
    ],
    ['one long entity, often', `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(100_000)}">]>`],
    ['a file of the machine', '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ['a parameter entity', '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://x.example/a.dtd"> %a;]>'],
    ['a DTD elsewhere', '<!DOCTYPE rss SYSTEM "http://x.example/rss.dtd">'],
    ['a DTD in small letters', '<!doctype rss>'],
  ])('is refused for its document type: %s', async (_name, doctype) => {
    expect(await refusal(rss(item('<description>&a;&h;</description>'), doctype))).toBe(
      `FileError: line 2, column 1: ${DTD}`,
    );
  });

  it('is refused when it nests without end', async () => {
    expect(await refusal(rss('<a>'.repeat(1_000_000)))).toMatch(
      /^FileError: line 2, column \d+: elements nest deeper than 200$/,
    );
  });

  it('is refused when it is nothing but elements, or attributes', async () => {
    expect(await refusal(rss('<a/>'.repeat(600_000)))).toMatch(/more than 500,000 elements and attributes$/);
    const attributes = Array.from({ length: 2_000 }, (_, index) => `a${index}=""`).join(' ');
    expect(await refusal(rss(`<a ${attributes}/>`))).toMatch(/an element with more than 1000 attributes$/);
    const declarations = Array.from({ length: 200 }, (_, index) => `xmlns:a${index}="urn:${index}"`).join(' ');
    expect(await refusal(rss(`<a ${declarations}/>`))).toBe('FileError: more than 100 namespaces, which no feed needs');
  });

  it('is refused when it is JSON of nothing but values', async () => {
    const zeros = Array.from({ length: 600_000 }, () => 0).join(',');
    const file = `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","x":[${zeros}]}]}`;
    expect(await refusal(file)).toMatch(/more than 500,000 values, which is the most that is read at once/);
  });

  it('is refused with the place of a character that XML does not know, written or named', async () => {
    expect(await refusal(rss('\n <ttl>\u0000</ttl>'))).toBe(
      'FileError: line 3, column 7: the character U+0000, which XML does not know',
    );
    expect(await refusal(rss('\n <ttl>\u000b</ttl>'))).toMatch(/U\+000B/);
    expect(await refusal(rss('\n <ttl>&#0;</ttl>'))).toBe(
      'FileError: line 3, column 7: &#0; stands for no character that XML knows',
    );
    expect(await refusal(rss('\n <ttl a="&#xD800;"/>'))).toMatch(/line 3, column 10: &#xD800; stands for no character/);
    expect(await refusal(rss('<ttl>&#x110000;</ttl>'))).toMatch(/stands for no character/);
    expect(await refusal(rss('<ttl><![CDATA[&#0;]]></ttl>'))).toBe('taken');
  });

  it.each([
    [
      rss('').slice(0, -16),
      /^FileError: line 2, column \d+: the file ends within <channel>: it is cut off, or that is not closed$/,
    ],
    [
      rss('<item><title>T'),
      /^FileError: line 2, column 82: the file ends within <channel>: it is cut off, or that is not closed$/,
    ],
    [`${rss('').slice(0, -16)}<ttl a="x`, /a tag that does not end: the file is cut off, or a quote is missing$/],
    [rss('<![CDATA[ x'), /a CDATA section that does not end: the file is cut off$/],
    [rss('<!-- x'), /a comment that does not end: the file is cut off$/],
    ['<?xml version="1.0"', /a processing instruction that does not end: the file is cut off$/],
    [rss('<a></b>'), /^FileError: line 2, column \d+: broken XML: /],
    [rss('AT&T'), /^FileError: line 2, column \d+: broken XML: /],
    [rss('<a b=c/>'), /^FileError: line 2, column \d+: broken XML: /],
    [
      `${rss('')}${rss('')}`,
      /^FileError: line 2, column 68: an XML declaration that is not at the beginning: several files in one, or one within another$/,
    ],
    ['<rss></rss><rss></rss>', /^FileError: line 1, column \d+: broken XML: Multiple possible root nodes found$/],
    ['<', /^FileError: line 1, column 1: a tag that does not end: the file is cut off, or a quote is missing$/],
    ['', /^FileError: it is empty$/],
    [' \n\ufeff', /^FileError: it is empty$/],
    ['words', /^FileError: line 1, column 1: broken XML: char 'w' is not expected$/],
    ['<!-- x -->', /^FileError: line 1: broken XML: Start tag expected$/],
  ])('is refused with the place when it is cut off or broken: %#', async (text, expected) => {
    expect(await refusal(text)).toMatch(expected);
  });

  it.each([
    ['<!DOCTYPE html><html><head><meta charset="utf-8"></head></html>', 'line 1, column 1: an HTML page, not a feed'],
    ['\n<html lang="en"><br></html>', 'line 2, column 1: an HTML page, not a feed'],
    [
      '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"/>',
      'no feed that is known: its root element is {http://iptc.org/std/nar/2006-10-01/}newsMessage; rss, rdf:RDF and Atom’s feed are',
    ],
    [
      '<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>',
      'no feed that is known: its root element is atom03:feed; rss, rdf:RDF and Atom’s feed are',
    ],
    ['<rss version="2.0"/>', 'no feed: no channel in its root element rss'],
    ['{"items": 5}', 'JSON, but no JSON Feed: it has no list of items'],
    ['{"items": [', 'not JSON: '],
  ])('is refused for what it is: %s', async (text, reason) => {
    expect(await refusal(text)).toContain(`FileError: ${reason}`);
  });

  it('is refused when it is longer than is read at once', async () => {
    const long = Buffer.concat([Buffer.from(rss('').slice(0, -16)), Buffer.alloc(17 * 1024 * 1024, 0x20)]);
    expect(await refusal(long)).toMatch(
      /^FileError: longer than 16 MB, which is the most that is read at once: cut it/,
    );
  });

  it('does not make objects of names that objects have', async () => {
    expect(await refusal(rss('<__proto__><polluted>x</polluted></__proto__>'))).toBe(
      'FileError: an element or attribute named "__proto__", which is not taken',
    );
    expect(await refusal(rss('<a __proto__="x"/>'))).toBe(
      'FileError: an element or attribute named "__proto__", which is not taken',
    );
    expect(await refusal(rss('<constructor/>'))).toBe(
      'FileError: an element or attribute named "constructor", which is not taken',
    );
    expect(await refusal(rss('<a toString="y"/><hasOwnProperty/>'))).toBe('taken');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it.each([
    ['references', '&amp;', 100_000],
    ['CDATA sections', '<![CDATA[]]>', 10_000],
  ])('costs work that grows with its length when it is nothing but %s', async (_name, part, count) => {
    const read = (size: number) => refusal(rss(`<ttl>${part.repeat(size)}</ttl>`));
    expect(await read(count)).toBe('taken');
    expect(await growthOf(count, read)).toBeLessThan(3);
  });

  it('has its bodies sanitised by nobody but the import: script goes there as it came', async () => {
    const { articles } = await readForeign(
      rss(item('<description>&lt;p onclick="x()"&gt;a&lt;script&gt;b&lt;/script&gt;&lt;/p&gt;</description>')),
    );
    expect(articles[0]?.html).toBe('<p onclick="x()">a</p>');
  });

  it('leaves out the item whose body nests without end, and no other', async () => {
    const deep = item(`<description>${'&lt;div&gt;'.repeat(5_000)}</description>`);
    const { bad, articles } = await readForeign(rss(`${deep}${item('').replace('>1<', '>2<')}`));
    expect(bad).toEqual(['1: html: elements nest deeper than 200']);
    expect(articles).toHaveLength(1);
  });
});
