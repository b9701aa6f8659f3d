import { describe, expect, it } from 'vitest';
import { parseXml, refuseLost } from '../../../src/ingest/feeds/parse-xml.ts';
import { childrenOf, wordsOf } from '../../../src/ingest/feeds/xml-element.ts';
import { mappedOf, readForeign } from '../../support/foreign-rig.ts';

describe('parseXml', () => {
  it.each([
    ['two of them', "<a/><?gen don't?><b/><b/><?gen can't?><b/>"],
    ['one alone', "<a/><?gen don't?><b/><b/><b/>"],
    ['one over lines, with tags in it', '<a/><?gen "\n<b>\n?><b/><b/><b/>'],
    ['one before the root', '<a/><b/><b/><b/>', "<?gen don't?>"],
  ])('keeps every element around processing instructions with quotes: %s', (_name, inner, before = '') => {
    const { root } = parseXml(`<?xml version='1.0'?>${before}<r>${inner}</r>`);
    expect(childrenOf(root, 'a', 'b')).toHaveLength(4);
  });

  it('leaves what only looks like an instruction, in CDATA, and names places as they are', () => {
    expect(wordsOf(parseXml("<r><![CDATA[<?php echo 'don't' ?>]]><!-- <?x don't?> --></r>").root)).toBe(
      "<?php echo 'don't' ?>",
    );
    expect(() => parseXml('<?x\n\n?><r>AT&T</r>')).toThrow(/^line 3, column \d+: broken XML: /);
  });
});

describe('prefixes that are not declared', () => {
  it('stand for what everybody means by them, and are named once', () => {
    const { root, assumed } = parseXml(
      '<r><dc:creator>A</dc:creator><dc:date/><x xmlns:media="urn:own"><media:a/></x><nobody:b/><a rdf:about=""/></r>',
    );
    expect(root.children.map((child) => (typeof child === 'string' ? child : child.name))).toEqual([
      'dc:creator',
      'dc:date',
      'x',
      '{undeclared}nobody:b',
      'a',
    ]);
    expect(childrenOf(root, 'x').flatMap(({ children }) => children)).toMatchObject([{ name: '{urn:own}a' }]);
    expect(assumed).toEqual(['dc', 'rdf']);
  });

  it('are reported', async () => {
    const heard = await readForeign(
      '<rss version="2.0"><channel><language>en</language><item><guid>1</guid><title>T</title><dc:date>2026-11-20T08:00Z</dc:date>' +
        '<dc:creator>Ana</dc:creator><content:encoded>b</content:encoded><description>s</description></item></channel></rss>',
    );
    expect(heard.articles).toMatchObject([{ html: 'b', standfirst: 's', byline: 'Ana' }]);
    expect(mappedOf(heard).slice(0, 2)).toEqual([
      'xmlns:dc → its usual namespace, though it is not declared',
      'xmlns:content → its usual namespace, though it is not declared',
    ]);
  });
});

describe('refuseLost', () => {
  it('refuses a file in which the parser met fewer elements than stand there', () => {
    expect(() => refuseLost(9, 9)).not.toThrow();
    expect(() => refuseLost(9, 7)).toThrow('it cannot be read for certain: 9 elements stand in it, 7 were understood');
  });
});

describe('a feed with processing instructions', () => {
  const item = (id: number): string =>
    `<item><guid>${id}</guid><title>T${id}</title><pubDate>20 Nov 2026 08:00 GMT</pubDate></item>`;
  const items = (...parts: readonly (number | string)[]): string =>
    `<rss version="2.0"><channel><language>en</language>${parts.map((part) => (typeof part === 'number' ? item(part) : part)).join('')}</channel></rss>`;

  it.each([
    ['two', items(1, "<?gen don't?>", 2, 3, "<?gen can't?>", 4)],
    ['one', items(1, "<?gen don't?>", 2, 3, 4)],
  ])('keeps every item: %s', async (_name, text) => {
    const heard = await readForeign(text);
    expect(heard.articles.map(({ sourceId }) => sourceId)).toEqual(['1', '2', '3', '4']);
    expect(mappedOf(heard)).toContain('item/title → headline');
  });
});
