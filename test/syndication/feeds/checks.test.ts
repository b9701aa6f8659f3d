import { describe, expect, it } from 'vitest';
import { faultsOfAtom } from './check-atom.ts';
import { faultsOfRss } from './check-rss.ts';
import { readXml } from './check-xml.ts';

const URL = 'https://gateway.example/feeds/en.rss';
const item = `<item xml:lang="en"><title>T</title><link>https://news.example/a</link><guid isPermaLink="false">urn:a</guid>
  <pubDate>Mon, 23 Nov 2026 16:06:00 +0200</pubDate><atom:updated>2026-11-23T14:06:00.000Z</atom:updated>
  <description>&lt;div lang="en" dir="ltr"&gt;x&lt;/div&gt;</description></item>`;
const rss = (
  inner: string,
): string => `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>
  <link>https://news.example</link><description>D</description><language>en</language>
  <lastBuildDate>Mon, 23 Nov 2026 16:06:00 +0200</lastBuildDate><atom:link rel="self" href="${URL}"/>${inner}</channel></rss>`;
const entry = `<entry xml:lang="en"><id>urn:a</id><title>T</title><link rel="alternate" href="https://news.example/a"/>
  <updated>2026-11-23T14:06:00Z</updated><published>2026-11-23T14:06:00Z</published></entry>`;
const atom = (inner: string): string => `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>T</title>
  <updated>2026-11-23T14:06:00Z</updated><author><name>A</name></author><link rel="self" href="${URL}"/>${inner}</feed>`;

describe('the rules feeds are held to', () => {
  it('find nothing in a feed that is right', () => {
    expect(faultsOfRss(rss(item), URL)).toEqual([]);
    expect(faultsOfAtom(atom(entry), URL)).toEqual([]);
  });

  it.each([
    ['another address', rss(item).replace(URL, `${URL}?x`), /is not at/],
    ['two items of one guid', rss(item + item), /two items/],
    ['a day that is another', rss(item.replace('Mon,', 'Tue,')), /date that is none/],
    ['a relative address', rss(item.replace('&gt;x', '&gt;&lt;a href="/x"&gt;x&lt;/a&gt;')), /not absolute/],
    ['a script', rss(item.replace('&gt;x', '&gt;&lt;script&gt;')), /drop/],
    ['text without a direction', rss(item.replace(' dir="ltr"', '')), /direction/],
    ['an unknown element', rss(item.replace('</item>', '<x/></item>')), /no reader knows: x/],
    ['no title', rss(item.replace('<title>T</title>', '')), /not one title/],
  ])('notice %s in RSS', (_, xml, fault) => {
    expect(faultsOfRss(xml, URL).join()).toMatch(fault);
  });

  it.each([
    ['no author', atom(entry).replace('<author><name>A</name></author>', ''), /no author/],
    ['two entries of one id', atom(entry + entry), /two entries/],
    [
      'two pages in one language',
      atom(entry.replace('<updated>', '<link rel="alternate" href="https://news.example/b"/><updated>')),
      /two alternates/,
    ],
    ['no instant', atom(entry.replace('<published>2026', '<published>26')), /published is no instant/],
  ])('notice %s in Atom', (_, xml, fault) => {
    expect(faultsOfAtom(xml, URL).join()).toMatch(fault);
  });

  it.each(['<a>&nbsp;</a>', '<a>\u0001</a>', '<a b="<"/>', '<a><b></a>'])(
    'take no XML that is not well-formed: %j',
    (xml) => {
      expect(() => readXml(xml, () => undefined)).toThrow(/\S/);
    },
  );
});
