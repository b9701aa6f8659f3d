import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
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
});
