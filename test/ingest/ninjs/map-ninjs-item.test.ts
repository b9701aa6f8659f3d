import { describe, expect, it } from 'vitest';
import { droppedOf, mappedOf, readForeign } from '../../support/foreign-rig.ts';

const item = (fields: object = {}): object => ({
  uri: 'https://agency.example/items/4711',
  type: 'text',
  language: 'en',
  versionCreated: '2026-11-20T10:00:00+02:00',
  headlines: [{ role: 'main', value: 'Talks resume' }],
  bodies: [{ contentType: 'text/html', value: '<p>Words.</p>' }],
  ...fields,
});

const read = (fields: object = {}) => readForeign(JSON.stringify([item(fields)]));
const articleOf = async (fields: object = {}) => {
  const { articles, bad } = await read(fields);
  expect(bad).toEqual([]);
  return articles[0];
};

describe('a ninjs item', () => {
  it('becomes an article of the edition in its language', async () => {
    const { articles, bad, documents } = await read();
    expect(bad).toEqual([]);
    expect(documents.map(({ type }) => type)).toEqual(['section', 'article']);
    expect(articles).toMatchObject([
      {
        edition: 'EN',
        sourceId: 'https://agency.example/items/4711',
        headline: 'Talks resume',
        publishedAt: Date.UTC(2026, 10, 20, 8),
        updatedAt: Date.UTC(2026, 10, 20, 8),
        section: 'wire',
        html: '<p>Words.</p>',
        language: 'en',
      },
    ]);
  });

  it('takes the main headline, HTML before plain text, the lead as standfirst, and drops the other wordings by name', async () => {
    const headlines = [
      { role: 'seo', value: 'Other' },
      { role: 'main', contentType: 'text/html', value: 'Talks &amp; <b>more</b>' },
    ];
    const bodies = [
      { contentType: 'text/plain', value: 'Plain.' },
      { contentType: 'application/xhtml+xml', value: '<p>Rich. <a href="/about">us</a></p>' },
      { contentType: 'text/vnd.IPTC.NITF', value: '<nitf/>' },
    ];
    const descriptions = [
      { role: 'text', value: 'Text' },
      { role: 'lead', value: 'Lead' },
    ];
    const heard = await read({ headlines, bodies, descriptions });
    expect(heard.articles[0]).toMatchObject({
      headline: 'Talks & more',
      standfirst: 'Lead',
      html: '<p>Rich. <a href="https://agency.example/about">us</a></p>',
    });
    expect(droppedOf(heard)).toEqual(
      expect.arrayContaining(['headlines[].value', 'descriptions[].value', 'bodies[].value']),
    );
    expect(mappedOf(heard)).toEqual(
      expect.arrayContaining([
        'headlines[].value → headline',
        'bodies[].value → html',
        'descriptions[].value → standfirst',
      ]),
    );
  });

  it('makes paragraphs of plain text', async () => {
    const bodies = [{ value: 'One < two.\n\nThree.' }];
    expect((await articleOf({ bodies }))?.html).toBe('<p>One &lt; two.</p><p>Three.</p>');
  });

  it('sorts subjects into sections of ours and tags, places and people after them', async () => {
    const fields = {
      subjects: [
        { name: 'Grain' },
        { name: 'Politik', literal: 'politics' },
        { name: 'News' },
        { uri: 'urn:x' },
        { name: '…' },
      ],
      people: [
        { name: 'Rana Sabbouri', rel: 'author' },
        { name: 'A. Minister', rel: 'about' },
      ],
      places: [{ name: 'Beirut' }],
      objects: [
        { name: 'photo.jpg', rel: 'source' },
        { name: 'MV Rana', rel: 'about' },
      ],
    };
    const heard = await read(fields);
    expect(heard.bad).toEqual([]);
    expect(heard.articles[0]).toMatchObject({
      section: 'news/politics',
      sections: ['news'],
      tags: ['grain', 'a-minister', 'beirut', 'mv-rana'].map((slug) => ({ slug })),
      authors: [{ slug: 'rana-sabbouri', name: 'Rana Sabbouri' }],
    });
    expect(heard.documents).toHaveLength(1);
    expect(droppedOf(heard)).toEqual(expect.arrayContaining(['subjects[].uri', 'subjects[].name', 'objects[].name']));
  });

  it('carries rights, embargo, expiry, sources and byline', async () => {
    const fields = {
      by: 'By Rana Sabbouri',
      copyrightHolder: 'Agency',
      copyrightNotice: '(c) Agency',
      usageTerms: 'No archive.',
      embargoedUntil: '2026-11-21T00:00:00Z',
      expires: '2027-01-01T00:00:00Z',
      infoSources: [
        { name: 'Agency', uri: 'https://agency.example/' },
        { name: 'Some Writer', role: 'author' },
      ],
    };
    expect(await articleOf(fields)).toMatchObject({
      byline: 'Rana Sabbouri',
      rights: {
        holder: 'Agency',
        usageTerms: 'No archive. (c) Agency',
        embargoedUntil: Date.UTC(2026, 10, 21),
        expiresAt: Date.UTC(2027, 0, 1),
      },
      sources: [{ name: 'Agency', kind: 'AGENCY', url: 'https://agency.example/' }],
      authors: [{ slug: 'some-writer' }],
    });
  });

  it.each(['canceled', 'withheld', 'Cancelled'])('is withdrawn when its status is %s', async (pubStatus) => {
    expect((await read({ pubStatus })).documents).toEqual([
      {
        type: 'withdrawal',
        editions: ['EN', 'AR', 'ES'],
        sourceId: 'https://agency.example/items/4711',
        withdrawnAt: Date.UTC(2026, 10, 20, 8),
      },
    ]);
  });

  it('is left out when nobody knows its status or its embargo: either might mean that it may not be shown', async () => {
    expect((await read({ pubStatus: 'held' })).bad).toEqual([
      '1: pubStatus: "held" is not known: usable, withheld and canceled are',
    ]);
    expect((await read({ embargoedUntil: 'Friday' })).bad).toEqual([
      '1: embargoedUntil: "Friday" is no date with a zone',
    ]);
  });

  it.each([
    ['pubStatus', ['canceled'], 'must be a text, and is a list'],
    ['embargoedUntil', { date: '2026' }, 'must be a text, and is an object'],
    ['embargoed', true, 'must be a text, and is true'],
    ['embargoed', 1_795_161_600, '"1795161600" is no date with a zone'],
    ['expires', false, 'must be a text, and is false'],
  ])('is left out when %s is of a type that says nothing: %j', async (key, value, reason) => {
    expect((await read({ [key]: value })).bad).toEqual([`1: ${key}: ${reason}`]);
    expect((await read({ [key]: null })).bad).toEqual([]);
  });

  it('takes the later of two embargoes', async () => {
    const fields = { embargoedUntil: '2026-11-21T00:00:00Z', embargoed: '2026-11-22T00:00:00Z' };
    expect((await articleOf(fields))?.rights.embargoedUntil).toBe(Date.UTC(2026, 10, 22));
  });

  it('has no date where .NET writes that it has none', async () => {
    const heard = await read({ firstCreated: '0001-01-01T00:00:00Z', expires: '0001-01-01T00:00:00' });
    expect(heard.bad).toEqual([]);
    expect(heard.articles[0]).toMatchObject({ publishedAt: Date.UTC(2026, 10, 20, 8) });
    expect(heard.articles[0]?.rights.expiresAt).toBeUndefined();
    expect(droppedOf(heard)).toEqual(expect.arrayContaining(['firstCreated', 'expires']));
  });

  it('is left out when its terms would have to be cut, and says what else is', async () => {
    expect((await read({ usageTerms: 'a '.repeat(900), copyrightNotice: 'b'.repeat(300) })).bad).toEqual([
      '1: usageTerms and copyrightNotice: together more than 2,000 letters, and terms are not cut',
    ]);
    const heard = await read({ descriptions: [{ value: 'word '.repeat(500) }], by: 'Rana '.repeat(100) });
    expect(mappedOf(heard)).toEqual(
      expect.arrayContaining(['descriptions[].value → standfirst, shortened', 'by → byline, shortened']),
    );
  });

  it('is breaking for two hours at the highest urgency', async () => {
    expect(await articleOf({ urgency: 1 })).toMatchObject({
      breaking: true,
      breakingUntil: Date.UTC(2026, 10, 20, 10),
    });
    expect(await articleOf({ urgency: 2 })).toMatchObject({ breaking: false });
  });

  it.each([
    [{ type: 'picture' }, 'GALLERY'],
    [{ type: 'graphic' }, 'INFOGRAPHIC'],
    [{ type: 'video' }, 'VIDEO'],
    [{ genres: [{ uri: 'http://cv.iptc.org/newscodes/genre/Opinion' }] }, 'OPINION'],
    [{ genres: [{ name: 'Current' }, { name: 'Analysis' }] }, 'ANALYSIS'],
    [{ genres: [{ name: 'constructor' }] }, 'NEWS'],
  ])('has a kind by its type, or its genre: %j', async (fields, kind) => {
    expect((await articleOf(fields))?.kind).toBe(kind);
  });

  it('keeps tags apart that differ in their signs only, and one tag of one name', async () => {
    const names = ['C', 'C++', 'C#', 'C++', '#C'];
    const tags = (await articleOf({ subjects: names.map((name) => ({ name })) }))?.tags ?? [];
    expect(tags.map((tag) => (typeof tag === 'string' ? tag : tag.name))).toEqual(['C', 'C++', 'C#']);
    expect(tags[1]).toMatchObject({ slug: expect.stringMatching(/^c-[0-9a-f]{6}$/) as string });
  });

  it('ties translations together, whichever of them is read', async () => {
    const other = 'urn:a:arabic';
    const english = await articleOf({ uri: 'urn:b:english', associations: [{ uri: other, rel: 'translation' }] });
    const arabic = await articleOf({ uri: other, associations: [{ uri: 'urn:b:english', rel: 'isTranslationOf' }] });
    expect(english?.translationGroup).toBe(other);
    expect(arabic?.translationGroup).toBe(other);
    expect(await articleOf({ altIds: [{ role: 'translationGroup', value: 'story-1' }] })).toMatchObject({
      translationGroup: 'story-1',
    });
  });

  it.each([
    [{ standard: { name: 'ninjs', version: '4.0' } }, 'ninjs 4.0 is not known: versions 1 to 3 are'],
    [{ type: 'planning' }, 'type: a planning item is no article'],
    [{ uri: ' ' }, 'uri: missing, so nothing tells it from others'],
    [{ language: 'sv' }, 'is in "sv", and no edition is told by that: say whose it is with --edition (en, ar, es)'],
    [
      { language: undefined },
      'names no language, and no edition is told by that: say whose it is with --edition (en, ar, es)',
    ],
    [
      { language: 'Arabic' },
      'language: "Arabic" is no tag of a language, e.g. en or ar-LB: say whose it is with --edition',
    ],
    [
      { language: 'mul' },
      'names no language, and no edition is told by that: say whose it is with --edition (en, ar, es)',
    ],
    [{ headlines: [{ value: 'x'.repeat(10_000_000) }] }, 'headline: Too big: expected string to have <=500 characters'],
    [{ versionCreated: 'now' }, 'versionCreated: "now" is no date with a zone'],
  ])('is left out for a reason: %#', async (fields, reason) => {
    const { bad, articles } = await read(fields);
    expect(bad).toEqual([`1: ${reason}`]);
    expect(articles).toEqual([]);
  });
});

describe('the media of a ninjs item', () => {
  const picture = (name: string, fields: object = {}): object => ({
    name,
    type: 'picture',
    uri: `urn:${name}`,
    renditions: [
      { href: `https://img.example/${name}-small.jpg`, contentType: 'image/jpeg', width: 100, height: 50 },
      { href: `https://img.example/${name}.jpg`, contentType: 'image/jpeg', width: 1000, height: 500 },
    ],
    ...fields,
  });

  it('are a lead with its sizes, a gallery of the other pictures, and films', async () => {
    const film = {
      type: 'video',
      renditions: [
        { href: 'https://img.example/f.mp4', contentType: 'video/mp4', width: 640, height: 360, duration: 12.4 },
        { href: 'https://img.example/f.jpg', contentType: 'image/jpeg' },
      ],
    };
    const words = { descriptions: [{ role: 'caption', value: 'Quay' }], by: 'P. Hoto' };
    const article = await articleOf({ associations: [picture('a'), picture('mainpic', words), picture('b'), film] });
    expect(article?.lead).toMatchObject({
      type: 'image',
      url: 'https://img.example/mainpic.jpg',
      width: 1000,
      renditions: [{ width: 100 }, { width: 1000 }],
      caption: 'Quay',
      credit: 'P. Hoto',
    });
    expect(article?.media).toMatchObject([
      { type: 'gallery', images: [{ url: 'https://img.example/a.jpg' }, { url: 'https://img.example/b.jpg' }] },
      {
        type: 'video',
        durationSeconds: 12,
        poster: { url: 'https://img.example/f.jpg' },
        sources: [{ mimeType: 'video/mp4', height: 360 }],
      },
    ]);
  });

  it('leave out what may not be shown when the article is', async () => {
    const associations = [
      picture('held', { pubStatus: 'canceled' }),
      picture('later', { embargoedUntil: '2026-11-20T08:00:01Z' }),
      picture('unclear', { embargoedUntil: 'Friday' }),
      picture('now', { embargoedUntil: '2026-11-20T08:00:00Z' }),
    ];
    const heard = await read({ associations });
    expect(heard.articles[0]?.lead).toMatchObject({ url: 'https://img.example/now.jpg' });
    expect(heard.articles[0]?.media).toEqual([]);
  });

  it.each([
    ['its status is unknown', { pubStatus: 'held' }],
    ['its status is no text', { pubStatus: ['usable'] }],
    ['its embargo is no text', { embargoed: true }],
    ['its embargo is a number', { embargoedUntil: 1 }],
    ['it has expired', { expires: '2026-11-20T07:00:00Z' }],
    ['it expires before the article does', { expires: '2027-01-01T00:00:00Z' }],
    ['nobody can read when it expires', { expires: {} }],
  ])('are dropped when %s', async (_name, fields) => {
    const heard = await read({ associations: [picture('a', fields)], expires: '2027-01-02T00:00:00Z' });
    expect(heard.bad).toEqual([]);
    expect(heard.articles[0]?.lead).toBeUndefined();
    expect(droppedOf(heard)).toContain('associations[].renditions[].href');
  });

  it('are shown when they expire no sooner than the article, or say with null that they do not', async () => {
    const expires = '2027-01-02T00:00:00Z';
    const kept = [
      { expires, pubStatus: 'usable' },
      { expires: null, embargoed: null, pubStatus: null },
    ];
    for (const fields of kept)
      expect((await articleOf({ associations: [picture('a', fields)], expires }))?.lead).toBeDefined();
  });

  it('are said to be kept only when they are', async () => {
    const unsized = { href: 'https://img.example/x.jpg', contentType: 'image/jpeg' };
    const film = { href: 'https://img.example/f.mp4', contentType: 'video/mp4' };
    const words = { descriptions: [{ role: 'caption', value: 'Quay' }], by: 'P. Hoto' };
    const heard = await read({
      renditions: [film, unsized, unsized],
      associations: [
        ...Array.from({ length: 250 }, (_, index) => picture(`p${index}`, words)),
        ...Array.from({ length: 101 }, () => ({ type: 'video', renditions: [film], ...words })),
      ],
      people: Array.from({ length: 60 }, (_, index) => ({ name: `Writer ${index}`, rel: 'author' })),
    });
    expect(heard.bad).toEqual([]);
    const counted = (fields: readonly { field: string; count: number }[], name: string): number =>
      fields.filter(({ field }) => field === name).reduce((sum, { count }) => sum + count, 0);
    const { mapped, dropped } = heard.fields;
    const fate = (name: string): readonly number[] => [counted(mapped, name), counted(dropped, name)];
    expect(fate('renditions[].href')).toEqual([2, 1]);
    expect(fate('associations[].renditions[].href')).toEqual([2 * 200 + 99, 2 * 50 + 2]);
    expect(fate('associations[].by')).toEqual([299, 52]);
    expect(fate('people[].name')).toEqual([50, 10]);
    expect(heard.articles[0]?.media).toHaveLength(100);
    expect(heard.articles[0]?.authors).toHaveLength(50);
  });

  it('drop addresses that nobody may fetch', async () => {
    const renditions = [
      { href: 'javascript:alert(1)', contentType: 'image/png' },
      { href: '/etc/passwd', contentType: 'image/png' },
    ];
    const heard = await read({ renditions });
    expect(heard.articles[0]?.lead).toBeUndefined();
    expect(droppedOf(heard)).toContain('renditions[].href');
  });

  it('let sounds be heard at the end of the body', async () => {
    const renditions = [{ href: 'https://a.example/s.mp3?a=1&b="', contentType: 'audio/mpeg' }];
    expect((await articleOf({ renditions }))?.html).toBe(
      '<p>Words.</p><audio src="https://a.example/s.mp3?a=1&amp;b=&quot;"></audio>',
    );
  });
});
