import { describe, expect, it } from 'vitest';
import type { BodyBlock } from '../../../src/content/body.ts';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';

// What WordPress 6.1 rendered of posts written in its editors, addresses shortened.

const only = (html: string): BodyBlock => {
  const blocks = parseBody(html);
  expect(blocks).toHaveLength(1);
  return blocks[0] as BodyBlock;
};
const typesOf = (html: string): readonly string[] => parseBody(html).map(({ type }) => type);

const UPLOADS = 'https://desk.example/up';
const SRCSET =
  `srcset="${UPLOADS}/quay-1024x576.jpg 1024w, ${UPLOADS}/quay-300x169.jpg 300w, ${UPLOADS}/quay.jpg 1600w" ` +
  'sizes="(max-width: 1024px) 100vw, 1024px"';
const PICTURE =
  '<img decoding="async" loading="lazy" width="1024" height="576" ' +
  `src="${UPLOADS}/quay-1024x576.jpg" alt="A quay" class="wp-image-6" ${SRCSET} />`;

describe('blocks of WordPress', () => {
  it('are a paragraph with a drop cap, a mark where the front page cuts, and a heading', () => {
    const blocks = parseBody(
      '\n<p class="has-drop-cap">It’s the <a href="https://a.example/" target="_blank" rel="noreferrer noopener">first</a> &amp; last.</p>\n\n\n' +
        '<!--more-->\n\n\n<h2 id="h-what"><strong>What</strong> we know</h2>\n',
    );
    expect(blocks.map(({ html }) => html)).toEqual([
      '<p>It’s the <a href="https://a.example/">first</a> &amp; last.</p>',
      '<h2 id="what-we-know"><strong>What</strong> we know</h2>',
    ]);
  });

  it('are a picture in all its sizes, the largest first of all, shown as the desk chose', () => {
    const html = `<figure class="wp-block-image size-large">${PICTURE}<figcaption>The port. <cite>AP</cite></figcaption></figure>`;
    expect(only(html)).toMatchObject({
      type: 'Figure',
      media: {
        type: 'Image',
        url: `${UPLOADS}/quay.jpg`,
        width: 1600,
        height: 900,
        alt: 'A quay',
        caption: 'The port.',
        credit: 'AP',
        renditions: [
          { url: `${UPLOADS}/quay-300x169.jpg`, width: 300, height: 169 },
          { url: `${UPLOADS}/quay-1024x576.jpg`, width: 1024, height: 576 },
          { url: `${UPLOADS}/quay.jpg`, width: 1600, height: 900 },
        ],
      },
      html:
        `<figure><img src="${UPLOADS}/quay-1024x576.jpg" alt="A quay" width="1024" height="576" />` +
        '<figcaption>The port. <cite>AP</cite></figcaption></figure>',
    });
  });

  it.each([
    ['densities', `<img src="/a.jpg" width="10" height="10" srcset="/b.jpg 2x, /c.jpg 3x">`],
    ['no size of its own', `<img src="/a.jpg" srcset="/b.jpg 200w, /c.jpg 300w">`],
    ['addresses nobody can fetch', `<img src="/a.jpg" width="10" height="10" srcset="javascript:x 200w, //b 300w">`],
  ])('have no sizes beside the one where there are %s', (_, html) => {
    expect(only(html)).toMatchObject({ media: { url: '/a.jpg', renditions: [] } });
  });

  it('are a picture that floats', () => {
    const html = `<div class="wp-block-image"><figure class="alignright size-medium"><img src="/q.jpg" alt="" class="wp-image-6" /><figcaption>Floated</figcaption></figure></div>`;
    expect(only(html)).toMatchObject({ type: 'Figure', media: { alt: '', caption: 'Floated' } });
  });

  it.each([
    [
      'of nested pictures',
      `<figure class="is-layout-flex wp-block-gallery-1 wp-block-gallery has-nested-images columns-default is-cropped">
<figure class="wp-block-image size-large"><img data-id="6" src="/1.jpg" alt="One" /><figcaption class="wp-element-caption">First</figcaption></figure>


<figure class="wp-block-image size-large"><img data-id="7" src="/2.jpg" alt="Two" /></figure>
<figcaption class="blocks-gallery-caption wp-element-caption">Both days</figcaption></figure>`,
    ],
    [
      'of a list, before 5.9',
      `<figure class="wp-block-gallery columns-2 is-cropped"><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="/1.jpg" alt="One" data-id="6" /><figcaption class="blocks-gallery-item__caption">First</figcaption></figure></li><li class="blocks-gallery-item"><figure><img src="/2.jpg" alt="Two" data-id="6"/></figure></li></ul><figcaption class="blocks-gallery-caption">Both days</figcaption></figure>`,
    ],
  ])('are a gallery %s', (_, html) => {
    expect(only(html)).toMatchObject({
      media: {
        type: 'Gallery',
        images: [
          { url: '/1.jpg', alt: 'One', caption: 'First' },
          { url: '/2.jpg', alt: 'Two', caption: null },
        ],
        caption: 'Both days',
      },
    });
  });

  it('are quotes and pull quotes with who said it', () => {
    expect(
      parseBody(
        '<blockquote class="wp-block-quote">\n<p>We will not wait.</p>\n<cite>Lina Haddad</cite></blockquote>\n\n\n' +
          '<figure class="wp-block-pullquote"><blockquote><p>Not a day.</p><cite>L. H.</cite></blockquote></figure>',
      ),
    ).toMatchObject([
      { type: 'Quote', text: 'We will not wait.', attribution: 'Lina Haddad' },
      { type: 'Quote', text: 'Not a day.', attribution: 'L. H.' },
    ]);
  });

  it('are lists within lists', () => {
    expect(only('<ul>\n<li>One\n<ul>\n<li>Deep</li>\n</ul>\n</li>\n\n\n<li>Two</li>\n</ul>')).toMatchObject({
      type: 'ListBlock',
      items: [{ text: 'One Deep' }, { text: 'Two' }],
    });
  });

  it.each([
    [
      'an address that WordPress could not resolve',
      '<figure class="wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube wp-embed-aspect-16-9"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n</div><figcaption>The film</figcaption></figure>',
      { provider: 'YouTube', url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', title: 'The film' },
    ],
    [
      'the frame of a provider',
      '<figure class="wp-block-embed is-type-video is-provider-youtube"><div class="wp-block-embed__wrapper">\n<iframe loading="lazy" title="A film" width="500" height="281" src="https://www.youtube.com/embed/dQw4w9WgXcQ?feature=oembed" frameborder="0" allowfullscreen></iframe>\n</div></figure>',
      { provider: 'YouTube', url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', title: 'A film' },
    ],
    [
      'an address of a provider nobody knows',
      '<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper">\nhttps://news.example/story\n</div></figure>',
      { provider: 'news.example', url: 'https://news.example/story', title: null },
    ],
    [
      'a story of another WordPress',
      '<figure class="wp-block-embed is-type-wp-embed is-provider-news"><div class="wp-block-embed__wrapper">\n<blockquote class="wp-embedded-content" data-secret="x1"><a href="https://news.example/story/">A story</a></blockquote><iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);" title="&#8220;A story&#8221; &#8212; News" src="https://news.example/story/embed/#?secret=x1" data-secret="x1" width="500" height="282" frameborder="0"></iframe>\n</div></figure>',
      { provider: 'news.example', url: 'https://news.example/story/', title: 'A story' },
    ],
  ])('are an embed: %s', (_, html, expected) => {
    expect(only(html)).toMatchObject({ type: 'Embed', ...expected });
  });

  it('are what stands in columns, groups, covers, buttons and beside pictures', () => {
    const html = `<div class="is-layout-flex wp-container-7 wp-block-columns">
<div class="is-layout-flow wp-block-column">
<p>Left</p>
</div>


<div class="is-layout-flow wp-block-column">
<p>Right</p>
</div>
</div>
<div class="is-layout-flex wp-block-buttons">
<div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="https://d.example/">Donate</a></div>
</div>
<div class="wp-block-media-text alignwide is-stacked-on-mobile"><figure class="wp-block-media-text__media"><img src="/q.jpg" alt="Beside" class="wp-image-6 size-full" /></figure><div class="wp-block-media-text__content">
<p>Words beside</p>
</div></div>
<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><img class="wp-block-cover__image-background wp-image-6" alt="" src="/c.jpg" data-object-fit="cover" /><div class="wp-block-cover__inner-container">
<p class="has-text-align-center">On the picture</p>
</div></div>
<div style="height:100px" aria-hidden="true" class="wp-block-spacer"></div>`;
    expect(parseBody(html).map((block) => ('text' in block ? block.text : block.type))).toEqual([
      'Left',
      'Right',
      'Donate',
      'Figure',
      'Words beside',
      'Figure',
      'On the picture',
    ]);
  });

  it('are a table with its caption, a rule, a film, a sound and a verse, kept whole', () => {
    expect(
      typesOf(
        '<figure class="wp-block-table"><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>Votes</figcaption></figure>' +
          '<hr class="wp-block-separator has-alpha-channel-opacity"/>' +
          '<figure class="wp-block-video"><video controls poster="/q.jpg" src="/a.mp4"></video><figcaption>Film</figcaption></figure>' +
          '<figure class="wp-block-audio"><audio controls src="/a.mp3"></audio></figure>' +
          '<pre class="wp-block-verse">One\nTwo</pre>',
      ),
    ).toEqual(Array.from({ length: 5 }, () => 'HtmlBlock'));
  });

  it('are a file that is linked to once', () => {
    const html =
      '<div class="wp-block-file"><a href="https://v.example/a.pdf">The report</a><a href="https://v.example/a.pdf" class="wp-block-file__button wp-element-button" download>Download</a></div>';
    expect(only(html)).toMatchObject({
      type: 'Paragraph',
      html: '<p><a href="https://v.example/a.pdf">The report</a></p>',
    });
  });
});

describe('the classic editor of WordPress', () => {
  it('writes paragraphs with line breaks and typographic quotes', () => {
    const html = '<p>First line.<br />\nSecond line with &#8220;quotes&#8221;.</p>\n<p><!--more--></p>\n';
    expect(only(html)).toMatchObject({ type: 'Paragraph', text: 'First line. Second line with “quotes”.' });
  });

  it('writes captions', () => {
    const html =
      '<div id="attachment_6" style="width: 310px" class="wp-caption aligncenter"><img aria-describedby="caption-attachment-6" class="size-medium wp-image-6" src="/q.jpg" alt="A quay" width="300" height="169" /><p id="caption-attachment-6" class="wp-caption-text">The port, in <em>March</em></p></div>';
    expect(only(html)).toMatchObject({ type: 'Figure', media: { alt: 'A quay', caption: 'The port, in March' } });
  });

  it('writes addresses that are to be embeds, and others that are not', () => {
    expect(only('<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>')).toMatchObject({
      type: 'Embed',
      url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    });
    expect(only('<p>https://desk.example/a</p>')).toMatchObject({ type: 'Paragraph' });
    expect(only('<p>See https://youtu.be/dQw4w9WgXcQ</p>')).toMatchObject({ type: 'Paragraph' });
  });

  it.each([
    [
      'with definition lists',
      `<style type="text/css">#gallery-1 { margin: auto; }</style>
		<div id='gallery-1' class='gallery galleryid-8 gallery-columns-2 gallery-size-thumbnail'><dl class='gallery-item'>
			<dt class='gallery-icon landscape'>
				<img width="150" height="150" src="/1.jpg" class="attachment-thumbnail size-thumbnail" alt="One" />
			</dt>
				<dd class='wp-caption-text gallery-caption' id='gallery-1-6'>
				The port at <a href="https://t.example/">Tyre</a>.
				</dd></dl><dl class='gallery-item'>
			<dt class='gallery-icon landscape'>
				<a href='https://desk.example/two/'><img width="150" height="150" src="/2.jpg" alt="Two" /></a>
			</dt></dl>
			<br style='clear: both' />
		</div>`,
    ],
    [
      'with figures',
      `<div id='gallery-2' class='gallery galleryid-8 gallery-columns-3 gallery-size-thumbnail'><figure class='gallery-item'>
			<div class='gallery-icon landscape'>
				<img src="/1.jpg" alt="One" />
			</div>
				<figcaption class='wp-caption-text gallery-caption' id='gallery-2-6'>
				The port at Tyre.
				</figcaption></figure><figure class='gallery-item'>
			<div class='gallery-icon landscape'>
				<img src="/2.jpg" alt="Two" />
			</div></figure>
		</div>`,
    ],
  ])('writes galleries %s', (_, html) => {
    expect(only(html)).toMatchObject({
      type: 'Figure',
      media: {
        type: 'Gallery',
        images: [
          { url: '/1.jpg', alt: 'One', caption: 'The port at Tyre.' },
          { url: '/2.jpg', alt: 'Two', caption: null },
        ],
      },
    });
  });

  it('writes a gallery of one picture, which is a picture with its caption', () => {
    const html =
      "<div class='gallery'><dl class='gallery-item'><dt><img src='/1.jpg' alt='One' /></dt><dd class='wp-caption-text gallery-caption'>The port.</dd></dl></div>";
    expect(only(html)).toMatchObject({
      media: { type: 'Image', caption: 'The port.' },
      html: '<figure><img src="/1.jpg" alt="One" /><figcaption>The port.</figcaption></figure>',
    });
  });

  it('loses no words of something else that is called a gallery', () => {
    expect(typesOf('<div class="gallery"><p>Words</p><img src="/1.jpg"></div>')).toEqual(['Paragraph', 'Figure']);
  });

  it('writes films and sounds of its own', () => {
    const html =
      '<div style="width: 640px;" class="wp-video"><!--[if lt IE 9]><script>document.createElement(\'video\');</script><![endif]-->\n<video class="wp-video-shortcode" id="video-8-1" width="640" height="360" preload="metadata" controls="controls"><source type="video/mp4" src="https://v.example/a.mp4?_=1" /><a href="https://v.example/a.mp4">https://v.example/a.mp4</a></video></div>';
    expect(only(html)).toMatchObject({ type: 'HtmlBlock' });
    expect(only(html).html).toContain('<source src="https://v.example/a.mp4?_=1" type="video/mp4">');
  });
});
