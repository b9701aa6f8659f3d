import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';

const embedOf = (html: string) => parseBody(html)[0];

describe('frames', () => {
  it.each([
    [
      'https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0&start=3',
      'YouTube',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    ],
    ['//www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'YouTube', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?si=x', 'YouTube', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://www.youtube.com/embed/videoseries?list=PL1', 'YouTube', 'https://www.youtube.com/playlist?list=PL1'],
    ['https://player.vimeo.com/video/123456?h=a', 'Vimeo', 'https://vimeo.com/123456'],
    ['https://www.dailymotion.com/embed/video/x8abc', 'Dailymotion', 'https://www.dailymotion.com/video/x8abc'],
    ['https://platform.twitter.com/embed/Tweet.html?id=99', 'X', 'https://x.com/i/status/99'],
    [
      'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1&width=500',
      'Facebook',
      'https://www.facebook.com/a/posts/1',
    ],
    [
      'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2F',
      'Facebook',
      'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2F',
    ],
    ['https://www.instagram.com/p/Cx_1/embed/captioned', 'Instagram', 'https://www.instagram.com/p/Cx_1'],
    ['https://www.tiktok.com/embed/v2/7', 'TikTok', 'https://www.tiktok.com/embed/v2/7'],
    ['https://open.spotify.com/embed/episode/4x?utm=1', 'Spotify', 'https://open.spotify.com/episode/4x'],
    ['https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b', 'SoundCloud', 'https://soundcloud.com/a/b'],
    ['https://t.me/channel/12?embed=1', 'Telegram', 'https://t.me/channel/12'],
    ['https://datawrapper.dwcdn.net/aB3x/4/', 'Datawrapper', 'https://datawrapper.dwcdn.net/aB3x'],
    ['https://flo.uri.sh/visualisation/123/embed', 'Flourish', 'https://public.flourish.studio/visualisation/123'],
    ['https://www.google.com/maps/embed?pb=1', 'Google Maps', 'https://www.google.com/maps/embed?pb=1'],
    ['https://maps.desk.example/w?id=1', 'maps.desk.example', 'https://maps.desk.example/w?id=1'],
    ['https://notyoutube.com/embed/x', 'notyoutube.com', 'https://notyoutube.com/embed/x'],
  ])('%s is an embed of %s', (source, provider, url) => {
    expect(embedOf(`<p><iframe src="${source.replaceAll('&', '&amp;')}" title="A title"></iframe></p>`)).toEqual({
      type: 'Embed',
      provider,
      url,
      title: 'A title',
      html: `<p><a href="${url.replaceAll('&', '&amp;')}">A title</a></p>`,
    });
  });

  it('takes the caption of the figure around a frame for its title, and the provider for want of one', () => {
    const frame = '<iframe src="https://vimeo.com/1"></iframe>';
    expect(embedOf(`<figure>${frame}<figcaption>The launch</figcaption></figure>`)).toMatchObject({
      title: 'The launch',
    });
    expect(embedOf(frame)).toMatchObject({ title: null, html: '<p><a href="https://vimeo.com/1">Vimeo</a></p>' });
  });

  it.each(['about:blank', '/local', '', 'javascript:x()', 'data:text/html,x'])('drops a frame of "%s"', (source) => {
    expect(parseBody(`<iframe src="${source}"></iframe>`)).toEqual([]);
  });

  it('reads an address that WordPress would have framed', () => {
    const html =
      '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=abc\n</div></figure>';
    expect(embedOf(html)).toMatchObject({
      type: 'Embed',
      provider: 'YouTube',
      url: 'https://www.youtube.com/watch?v=abc',
    });
  });
});

describe('quotes of social networks', () => {
  it('makes an embed of a tweet, with its words for a title', () => {
    const html =
      '<blockquote class="twitter-tweet" data-lang="en"><p>Talks resume. <a href="https://t.co/x">pic</a></p>&mdash; Desk (@desk) ' +
      '<a href="https://twitter.com/desk/status/1578?ref_src=x">7 October 2022</a></blockquote><script src="https://platform.twitter.com/widgets.js"></script>';
    expect(parseBody(html)).toEqual([
      {
        type: 'Embed',
        provider: 'X',
        url: 'https://x.com/desk/status/1578',
        title: 'Talks resume. pic — Desk (@desk) 7 October 2022',
        html: '<p><a href="https://x.com/desk/status/1578">Talks resume. pic — Desk (@desk) 7 October 2022</a></p>',
      },
    ]);
  });

  it('makes embeds of posts of Instagram and TikTok', () => {
    const html =
      '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/reel/Ab-1/?utm=1">x</blockquote>' +
      '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@desk/video/712"><section>y</section></blockquote>';
    expect(parseBody(html)).toMatchObject([
      { type: 'Embed', provider: 'Instagram', url: 'https://www.instagram.com/reel/Ab-1' },
      { type: 'Embed', provider: 'TikTok', url: 'https://www.tiktok.com/@desk/video/712' },
    ]);
  });

  it('leaves an ordinary quote a quote', () => {
    expect(embedOf('<blockquote>See <a href="https://x.com/a/status/1">this</a></blockquote>')).toMatchObject({
      type: 'Quote',
    });
  });

  it('cuts a long title between words', () => {
    const block = embedOf(
      `<blockquote class="twitter-tweet">${'word '.repeat(100)}<a href="https://x.com/a/status/1">d</a></blockquote>`,
    );
    expect(block?.type === 'Embed' && block.title?.length).toBeLessThanOrEqual(300);
    expect(block).toMatchObject({ title: expect.stringMatching(/ word…$/) as string });
  });
});
