import { describe, expect, it } from 'vitest';
import { droppedOf, readForeign } from '../../support/foreign-rig.ts';
import { growthOf } from '../../support/growth.ts';

describe('an item of JSON Feed', () => {
  it('becomes an article', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      home_page_url: 'https://j.example/',
      language: 'en',
      items: [
        {
          id: 7,
          url: '/a',
          title: 'T',
          content_html: '<p><a href="b">x</a></p>',
          summary: 'S',
          date_published: '2026-11-20T08:00:00Z',
          tags: ['News', 'x'],
          image: 'i.jpg',
          attachments: [{ url: 'https://j.example/v.mp4', mime_type: 'video/mp4' }],
          authors: [{ name: 'A' }],
          _own: { x: 1 },
        },
        {
          id: '8',
          title: 'U',
          content_text: 'a\n\nb',
          date_published: '2026-11-20T08:00:00Z',
          banner_image: 'https://j.example/b.jpg',
        },
        5,
      ],
    };
    const heard = await readForeign(JSON.stringify(feed));
    expect(heard.standard).toBe('JSON Feed 1.1');
    expect(heard.articles).toMatchObject([
      {
        sourceId: '7',
        section: 'news',
        html: '<p><a href="https://j.example/b">x</a></p>',
        standfirst: 'S',
        byline: 'A',
        lead: { url: 'https://j.example/i.jpg' },
        media: [{ type: 'video' }],
        seo: { canonicalUrl: 'https://j.example/a' },
      },
      { sourceId: '8', html: '<p>a</p><p>b</p>', lead: { url: 'https://j.example/b.jpg' } },
    ]);
    expect(heard.bad).toEqual(['3: neither an id nor a link: nothing tells it from others']);
    expect(droppedOf(heard)).toEqual(['items[]._own.x']);
    expect(heard.fields.leftOut).toEqual([{ field: 'items[]', count: 1 }]);
  });

  const withFiles = (attachments: readonly object[]): string =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      language: 'en',
      items: [{ id: 1, title: 'T', date_published: '2026-11-20', attachments }],
    });

  it('shows a film that is attached twice once, and takes lists of its pieces for films', async () => {
    const film = { url: 'https://j.example/v', mime_type: 'application/vnd.apple.mpegurl' };
    const { articles, fields } = await readForeign(withFiles([film, film]));
    expect(articles[0]).toMatchObject({ lead: { type: 'video' }, media: [] });
    expect(fields.dropped).toEqual([]);
  });

  const files = (size: number, type: string): readonly object[] =>
    Array.from({ length: size }, (_, index) => ({ url: `https://j.example/${index}`, mime_type: type }));

  it.each([
    ['image/png', 201],
    ['video/mp4', 99],
    ['audio/mpeg', 100],
  ])('has room for some, and reports the rest as dropped: %s', async (type, room) => {
    const { bad, fields } = await readForeign(withFiles(files(300, type)));
    expect(bad).toEqual([]);
    expect(fields.dropped[0]).toEqual({ field: 'items[].attachments[].url', count: 300 - room });
  });

  it('costs work that grows with the number of its attachments alone', async () => {
    expect(await growthOf(40_000, (size) => readForeign(withFiles(files(size, 'image/png'))))).toBeLessThan(3);
  });
});
