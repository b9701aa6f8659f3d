import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readForeign, type ReadForeign } from '../../support/foreign-rig.ts';
import { PROJECT_ROOT } from '../../support/shared.ts';

const guide = readFileSync(join(PROJECT_ROOT, 'docs/import.md'), 'utf8');

/** Names between backticks in the table under `heading`, by column; the last column, which says what they become, is left. */
const namesUnder = (heading: string): readonly (readonly string[])[] => {
  const section = guide.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(1, -1).split('|'));
  const width = (rows[0]?.length ?? 1) - 1;
  return Array.from({ length: width }, (_, column) =>
    rows.flatMap((row) => [...(row[column] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)),
  );
};

/** An item with everything that the guide says has a place. */
const NINJS = [
  {
    uri: 'urn:1',
    version: '1',
    standard: { version: '3.1' },
    type: 'composite',
    language: 'en',
    firstCreated: '2026-11-20T08:00:00Z',
    versionCreated: '2026-11-20T09:00:00Z',
    headlines: [{ value: 'Talks' }],
    descriptions: [{ role: 'lead', value: 'They talk.' }],
    bodies: [{ value: 'Words.' }],
    genres: [{ name: 'Analysis' }],
    by: 'Rana',
    slugline: 'talks',
    subjects: [{ name: 'Grain' }],
    people: [{ name: 'Rana', rel: 'author' }, { name: 'A. Minister' }],
    organisations: [{ name: 'Port' }],
    places: [{ name: 'Beirut' }],
    objects: [{ name: 'MV Rana', rel: 'about' }],
    events: [{ name: 'Summit' }],
    infoSources: [{ name: 'Agency' }],
    pubStatus: 'usable',
    urgency: 1,
    copyrightHolder: 'Agency',
    usageTerms: 'None.',
    copyrightNotice: '(c)',
    embargoedUntil: '2026-11-20T10:00:00Z',
    embargoed: '2026-11-20T10:00:00Z',
    expires: '2027-11-20T10:00:00Z',
    renditions: [{ href: 'https://i.example/1.jpg', contentType: 'image/jpeg' }],
    associations: [{ uri: 'urn:2', type: 'picture', renditions: [{ href: 'https://i.example/2.jpg' }] }],
    altIds: [{ role: 'translationGroup', value: 'story-1' }],
  },
];

const NAMESPACES = [
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
].join(' ');
const DATE = '2026-11-20T08:00:00Z';

const RSS = [
  `<rss version="2.0" ${NAMESPACES}><channel><title>H</title><link>https://h.example/</link><language>en</language><copyright>c</copyright>` +
    `<pubDate>${DATE}</pubDate>` +
    `<item><title>T</title><link>/1</link><guid>1</guid><pubDate>${DATE}</pubDate><dcterms:modified>${DATE}</dcterms:modified>` +
    '<dc:creator>A</dc:creator><category>c</category><dc:subject>s</dc:subject><dc:language>en</dc:language><dc:rights>r</dc:rights>' +
    '<source url="https://s.example/">S</source><description>d</description><content:encoded>b</content:encoded>' +
    '<enclosure url="https://i.example/a.mp3" type="audio/mpeg"/><media:content url="https://i.example/v" type="video/mp4" medium="video" ' +
    'width="1" height="1" duration="9"><media:thumbnail url="https://i.example/t.jpg" width="1" height="1"/><media:description>d</media:description>' +
    '<media:credit>c</media:credit></media:content></item>' +
    `<item><title>T</title><guid isPermaLink="true">https://h.example/2</guid><dc:date>${DATE}</dc:date><author>A</author>` +
    '<media:content url="https://i.example/i.jpg"><media:title>t</media:title></media:content></item>' +
    '<item rdf:about="3"><title>T</title><atom:link href="https://h.example/3"/></item></channel></rss>',
  `<rss><channel><language>en</language><lastBuildDate>${DATE}</lastBuildDate><item><title>T</title><link>https://h.example/1</link></item></channel></rss>`,
];

const ATOM = [
  '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>F</title><link href="https://f.example/"/>' +
    `<entry><id>1</id><title type="html">T</title><link rel="alternate" href="https://f.example/1"/><published>${DATE}</published><updated>${DATE}</updated>` +
    '<author><name>A</name></author><category term="t"/><category term="t" label="l"/><rights>r</rights><summary>s</summary><content type="html">c</content>' +
    '<link rel="enclosure" type="image/png" href="https://f.example/i.png"/></entry></feed>',
];

const JSON_FEED = [
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'J',
    home_page_url: 'https://j.example/',
    language: 'en',
    items: [
      {
        id: '1',
        url: 'https://j.example/1',
        title: 'T',
        content_html: '<p>b</p>',
        summary: 's',
        date_published: DATE,
        date_modified: DATE,
        authors: [{ name: 'A' }],
        tags: ['t'],
        image: 'https://j.example/i.jpg',
        banner_image: 'https://j.example/b.jpg',
        attachments: [{ url: 'https://j.example/v', mime_type: 'video/mp4' }],
      },
      { id: '2', external_url: 'https://j.example/2', title: 'T', content_text: 'b', date_published: DATE },
    ],
  }),
];

const readAll = async (texts: readonly string[]): Promise<readonly string[]> => {
  const read: ReadForeign[] = [];
  for (const text of texts) read.push(await readForeign(text));
  expect(read.flatMap(({ bad }) => bad)).toEqual([]);
  return read.flatMap(({ fields }) => fields.mapped.map(({ field }) => field));
};

/** Mapped fields that no name of the guide stands for, and names that stand for none. A field ends in its name. */
const compare = (fields: readonly string[], names: readonly string[]): object => {
  const isNamed = (field: string, name: string): boolean =>
    field === name || field.endsWith(`/${name}`) || field.endsWith(`.${name}`);
  return {
    untold: [...new Set(fields)].filter((field) => !names.some((name) => isNamed(field, name))),
    unmapped: [...new Set(names)].filter((name) => !fields.some((field) => isNamed(field, name))),
  };
};

describe('the guide to files of others', () => {
  it('names every field of ninjs that has a place, and no other', async () => {
    const fields = await readAll([JSON.stringify(NINJS)]);
    const [names = []] = namesUnder('ninjs');
    const top = fields.map((field) => field.replace(/[.[].*$/, ''));
    const words = new Set(['rel', 'role']);
    expect(
      compare(
        top,
        names.filter((name) => !words.has(name)),
      ),
    ).toEqual({ untold: [], unmapped: [] });
  });

  it.each([
    ['RSS', 0, RSS, ['media:group']],
    ['Atom', 1, ATOM, ['atom:author', 'atom:source']],
    ['JSON Feed', 2, JSON_FEED, ['authors']],
  ] as const)('names every field of %s that has a place, and no other', async (_name, column, texts, around) => {
    const names = namesUnder('Feeds')[column] ?? [];
    const containers: readonly string[] = around;
    expect(
      compare(
        await readAll(texts),
        names.filter((name) => !containers.includes(name)),
      ),
    ).toEqual({ untold: [], unmapped: [] });
  });
});
