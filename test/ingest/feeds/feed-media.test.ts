import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { growthOf } from '../../support/growth.ts';
import { item, rss } from './feed-samples.ts';

describe('what an item of RSS shows', () => {
  it('shows Media RSS: sizes of one picture in a group, words of it, films with their picture', async () => {
    const { articles } = await readForeign(
      rss(
        item(
          '<mm:group><mm:content url="https://i.example/s.jpg" width="100" height="50"/><mm:content url="/l.jpg" medium="image" width="1000" height="500"/>' +
            '<mm:credit role="photographer">P. Hoto</mm:credit><mm:description type="html">&lt;b&gt;Quay&lt;/b&gt;</mm:description></mm:group>' +
            '<mm:content url="https://i.example/v.mp4" type="video/mp4" duration="61"><mm:thumbnail url="https://i.example/t.jpg"/></mm:content>' +
            '<enclosure url="https://i.example/v.mp4" type="video/mp4" length="1"/><enclosure url="https://i.example/s.mp3" type="audio/mpeg" length="1"/>',
        ),
      ),
    );
    expect(articles[0]).toMatchObject({
      lead: {
        url: 'https://harbour.example/l.jpg',
        width: 1000,
        renditions: [{ width: 100 }, { width: 1000 }],
        caption: 'Quay',
        credit: 'P. Hoto',
      },
      media: [
        {
          type: 'video',
          url: 'https://i.example/v.mp4',
          durationSeconds: 61,
          poster: { url: 'https://i.example/t.jpg' },
        },
      ],
      html: '<audio src="https://i.example/s.mp3"></audio>',
    });
  });

  it('shows a thumbnail where there is nothing else', async () => {
    const { articles } = await readForeign(
      rss(item('<mm:thumbnail url="https://i.example/t.jpg" width="10" height="5"/><mm:credit>P</mm:credit>')),
    );
    expect(articles[0]?.lead).toMatchObject({ url: 'https://i.example/t.jpg', width: 10, credit: 'P' });
  });

  it('takes lists of pieces of a film for films', async () => {
    for (const type of ['application/x-mpegURL', 'application/vnd.apple.mpegurl']) {
      const { articles } = await readForeign(rss(item(`<enclosure url="https://i.example/live" type="${type}"/>`)));
      expect(articles[0]?.lead).toMatchObject({ type: 'video', sources: [{ mimeType: type }] });
    }
  });

  it('has a picture beside a film in its group as its poster, and drops it where there is another', async () => {
    const group = (more: string): string =>
      rss(
        item(
          '<mm:group><mm:content url="https://i.example/v.mp4" type="video/mp4"/>' +
            `<mm:content url="https://i.example/p.jpg" width="9"/>${more}</mm:group>`,
        ),
      );
    const alone = await readForeign(group(''));
    expect(alone.articles[0]?.lead).toMatchObject({ type: 'video', poster: { url: 'https://i.example/p.jpg' } });
    expect(alone.articles[0]?.media).toEqual([]);
    expect(alone.fields.dropped).toEqual([]);
    const another = await readForeign(group('<mm:thumbnail url="https://i.example/t.jpg"/>'));
    expect(another.articles[0]?.lead).toMatchObject({ poster: { url: 'https://i.example/t.jpg' } });
    expect(another.fields.dropped).toEqual([
      { field: 'item/media:group/media:content@url', count: 1 },
      { field: 'item/media:group/media:content@width', count: 1 },
    ]);
  });

  it('stops where an article has no more room, and reports the rest as dropped', async () => {
    const many = (count: number, ending: string): string =>
      Array.from({ length: count }, (_, index) => `<mm:content url="https://i.example/${index}.${ending}"/>`).join('');
    const { articles, bad, fields } = await readForeign(
      rss(item(many(300, 'jpg') + many(300, 'mp4') + many(300, 'mp3'))),
    );
    expect(bad).toEqual([]);
    const [gallery, ...films] = articles[0]?.media ?? [];
    expect(gallery).toMatchObject({ type: 'gallery', images: { length: 200 } });
    expect(films).toHaveLength(99);
    const field = 'item/media:content@url';
    expect(fields.mapped).toContainEqual({ field, to: 'media', count: 300 });
    expect(fields.mapped).toContainEqual({ field, to: 'html', count: 100 });
    expect(fields.dropped).toEqual([{ field, count: 500 }]);
  });

  it.each([
    ['media', '<mm:content url="https://i.example/N.jpg"/>'],
    ['groups', '<mm:group><mm:content url="https://i.example/N.mp4"/></mm:group>'],
    ['sounds', '<enclosure url="https://i.example/N.mp3" type="audio/mpeg"/>'],
  ])('costs work that grows with the number of %s alone', async (_name, one) => {
    const growth = await growthOf(12_000, (size) =>
      readForeign(rss(item(Array.from({ length: size }, (_, index) => one.replace('N', String(index))).join('')))),
    );
    expect(growth).toBeLessThan(3);
  });
});
