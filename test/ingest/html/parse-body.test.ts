import { describe, expect, it } from 'vitest';
import type { BodyBlock } from '../../../src/content/body.ts';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';

const only = (html: string): BodyBlock => {
  const blocks = parseBody(html);
  expect(blocks).toHaveLength(1);
  return blocks[0] as BodyBlock;
};
const typesOf = (html: string): readonly string[] => parseBody(html).map(({ type }) => type);
const image = { type: 'Image', renditions: [], width: null, height: null, alt: null, caption: null, credit: null };

describe('parseBody: paragraphs', () => {
  it('keeps the links of a paragraph and gives its words as plain text', () => {
    expect(only('<p class="intro" onclick="x()">Rain &amp; <a href="/weather" rel="x">wind</a>\n  return</p>')).toEqual(
      {
        type: 'Paragraph',
        text: 'Rain & wind return',
        html: '<p>Rain &amp; <a href="/weather">wind</a> return</p>',
      },
    );
  });

  it('puts text into NFC, in words and in HTML', () => {
    const decomposed = 'cafe\u0301 \u0627\u0654\u0645';
    expect(only(`<p>${decomposed} <b>${decomposed}</b></p>`)).toEqual({
      type: 'Paragraph',
      text: 'café أم café أم',
      html: '<p>café أم <b>café أم</b></p>',
    });
  });

  it('adds no direction marks to Arabic and keeps the direction a desk has set', () => {
    const block = only('<p dir="rtl">قال الوزير (Reuters) في 2026.</p>');
    expect(block).toEqual({
      type: 'Paragraph',
      text: 'قال الوزير (Reuters) في 2026.',
      html: '<p dir="rtl">قال الوزير (Reuters) في 2026.</p>',
    });
  });

  it('makes paragraphs of words that stand between blocks', () => {
    expect(
      parseBody('One <i>and</i> a half<p>Two</p>Three<hr>Four').map((block) => 'text' in block && block.text),
    ).toEqual(['One and a half', 'Two', 'Three', '', 'Four']);
  });

  it('keeps line breaks inside a paragraph and drops those around it', () => {
    expect(only('<p><br>One<br><br>Two<br> </p>').html).toBe('<p>One<br /><br />Two</p>');
  });

  it('puts text into NFC across what it drops', () => {
    expect(only('<p>cafe<script>x</script>\u0301 <b>y</b></p>').html).toBe('<p>café <b>y</b></p>');
    expect(only('<p>cafe<!-- x -->\u0301</p>')).toMatchObject({ text: 'café', html: '<p>café</p>' });
  });

  it('takes containers apart, however deep, and drops empty blocks and comments', () => {
    const html =
      '<!-- wp:group --><div class="wp-block-group"><section><div><p>A</p><p>&nbsp;</p><p></p></div></section>' +
      '<article>B<div>C</div></article></div><!-- /wp:group --><ul><li> </li></ul><h2></h2><blockquote></blockquote>';
    expect(parseBody(html).map((block) => 'text' in block && block.text)).toEqual(['A', 'B', 'C']);
  });

  it('reads emoji that WordPress drew as the letters they are, and drops tracking pixels', () => {
    const html =
      '<p>Fire <img class="emoji" alt="🔥" src="https://s.w.org/f.svg"><img src="https://t.example/p" width="1" height="1"></p>';
    expect(only(html).html).toBe('<p>Fire 🔥</p>');
  });

  it('refuses a body that nests too deep to be read', () => {
    expect(() => parseBody(`${'<b>'.repeat(600_000)}x`)).toThrow('html: elements nest deeper than 200');
    expect(typesOf(`${'<div>'.repeat(150)}x`)).toEqual(['Paragraph']);
  });
});

describe('parseBody: headings', () => {
  it('keeps levels between 2 and 6 and gives every heading an anchor of its own, in any script', () => {
    const html =
      '<h1>The talks</h1><h2 id="mine">The <em>talks</em></h2><h6>محادثات السلام</h6><h3>¿Qué pasó?</h3><h4>…</h4>';
    expect(parseBody(html)).toEqual([
      { type: 'Heading', level: 2, text: 'The talks', anchor: 'the-talks', html: '<h2 id="the-talks">The talks</h2>' },
      {
        type: 'Heading',
        level: 2,
        text: 'The talks',
        anchor: 'the-talks-2',
        html: '<h2 id="the-talks-2">The <em>talks</em></h2>',
      },
      {
        type: 'Heading',
        level: 6,
        text: 'محادثات السلام',
        anchor: 'محادثات-السلام',
        html: '<h6 id="محادثات-السلام">محادثات السلام</h6>',
      },
      { type: 'Heading', level: 3, text: '¿Qué pasó?', anchor: 'qué-pasó', html: '<h3 id="qué-pasó">¿Qué pasó?</h3>' },
      { type: 'Heading', level: 4, text: '…', anchor: 'section', html: '<h4 id="section">…</h4>' },
    ]);
  });

  it('never gives one anchor twice, even when a heading reads like a numbered one', () => {
    const anchors = parseBody('<h2>A 2</h2><h2>A</h2><h2>A</h2>').map(
      (block) => block.type === 'Heading' && block.anchor,
    );
    expect(anchors).toEqual(['a-2', 'a', 'a-3']);
  });

  it('takes a picture out of a heading', () => {
    expect(typesOf('<h2>Words <img src="/a.jpg"></h2>')).toEqual(['Heading', 'Figure']);
  });
});

describe('parseBody: quotes', () => {
  it.each([
    ['<blockquote><p>We will not wait.</p><cite>— Lina Haddad, minister</cite></blockquote>', 'Lina Haddad, minister'],
    ['<blockquote>We will not wait.<footer>Lina Haddad</footer></blockquote>', 'Lina Haddad'],
    [
      '<figure class="wp-block-pullquote"><blockquote><p>We will not wait.</p><cite>L. H.</cite></blockquote></figure>',
      'L. H.',
    ],
    ['<figure><blockquote>We will not wait.</blockquote><figcaption>– L. H.</figcaption></figure>', 'L. H.'],
    ['<blockquote><p>We will not wait.</p></blockquote>', null],
  ])('tells who said it from what was said: %s', (html, attribution) => {
    expect(only(html)).toMatchObject({ type: 'Quote', text: 'We will not wait.', attribution });
  });

  it('keeps the attribution in its HTML', () => {
    const html = '<blockquote><p>Yes.</p><cite>A</cite></blockquote>';
    expect(only(html).html).toBe(html);
  });
});

describe('parseBody: lists', () => {
  it('keeps links in items and lists inside them', () => {
    expect(
      only(
        '<ol class="x"><li>One <a href="https://a.example/1">link</a><ul><li>deep</li></ul></li><li><p>Two</p></li><li></li></ol>',
      ),
    ).toEqual({
      type: 'ListBlock',
      ordered: true,
      items: [
        { html: 'One <a href="https://a.example/1">link</a><ul><li>deep</li></ul>', text: 'One link deep' },
        { html: '<p>Two</p>', text: 'Two' },
      ],
      html: '<ol><li>One <a href="https://a.example/1">link</a><ul><li>deep</li></ul></li><li><p>Two</p></li><li></li></ol>',
    });
  });

  it('lets a frame inside a list follow it as an embed', () => {
    expect(typesOf('<ul><li>See <iframe src="https://www.youtube.com/embed/abc"></iframe></li></ul>')).toEqual([
      'ListBlock',
      'Embed',
    ]);
  });
});

describe('parseBody: pictures', () => {
  it('tells the credit from the caption and keeps size and alternative text', () => {
    const html =
      '<figure class="wp-block-image"><a href="/full.jpg"><img src="/a.jpg" alt="A quay" width="1600" height="900" class="x"></a>' +
      '<figcaption>The port at <a href="/tyre">Tyre</a>. <cite>AP Photo</cite></figcaption></figure>';
    expect(only(html)).toEqual({
      type: 'Figure',
      media: {
        ...image,
        url: '/a.jpg',
        width: 1600,
        height: 900,
        alt: 'A quay',
        caption: 'The port at Tyre.',
        credit: 'AP Photo',
      },
      html:
        '<figure><img src="/a.jpg" alt="A quay" width="1600" height="900" />' +
        '<figcaption>The port at <a href="/tyre">Tyre</a>. <cite>AP Photo</cite></figcaption></figure>',
    });
  });

  it.each(['credit', 'photo-credit', 'image_credit', 'wp-caption-credit'])(
    'finds a credit marked by class %s',
    (name) => {
      const html = `<figure><img src="/a.jpg"><figcaption>C <span class="${name}">Reuters</span></figcaption></figure>`;
      expect(only(html)).toMatchObject({ media: { caption: 'C', credit: 'Reuters' } });
    },
  );

  it('keeps a decorative picture decorative and an undescribed one undescribed', () => {
    expect(only('<img src="/a.jpg" alt="">')).toMatchObject({
      media: { alt: '' },
      html: '<figure><img src="/a.jpg" alt="" /></figure>',
    });
    expect(only('<img src="/a.jpg">')).toMatchObject({
      media: { alt: null },
      html: '<figure><img src="/a.jpg" /></figure>',
    });
  });

  it('takes pictures out of a paragraph, where they stood', () => {
    const blocks = parseBody('<p>Before <a href="/f"><img src="/a.jpg"></a> after</p>');
    expect(blocks.map(({ type, html }) => [type, html])).toEqual([
      ['Paragraph', '<p>Before</p>'],
      ['Figure', '<figure><img src="/a.jpg" /></figure>'],
      ['Paragraph', '<p>after</p>'],
    ]);
  });

  it('makes one gallery of a figure with several pictures, each with its own caption', () => {
    const html =
      '<figure class="wp-block-gallery"><figure><img src="/1.jpg"><figcaption>One</figcaption></figure>' +
      '<figure><img src="/2.jpg"></figure><figcaption>Both <cite>AP</cite></figcaption></figure>';
    expect(only(html)).toMatchObject({
      type: 'Figure',
      media: {
        type: 'Gallery',
        images: [
          { url: '/1.jpg', caption: 'One' },
          { url: '/2.jpg', caption: null },
        ],
        caption: 'Both',
        credit: 'AP',
      },
    });
  });

  it('reads the captions of classic WordPress and the addresses of pictures that wait for a script', () => {
    const html =
      '<div class="wp-caption"><img src="data:image/gif;base64,R0" data-src="https://i.example/a.jpg"><p class="wp-caption-text">Words</p></div>';
    expect(only(html)).toMatchObject({ type: 'Figure', media: { url: 'https://i.example/a.jpg', caption: 'Words' } });
  });

  it('takes the picture of a <picture> once', () => {
    expect(only('<picture><source srcset="/a.webp"><img src="/a.jpg"></picture>')).toMatchObject({
      media: { type: 'Image', url: '/a.jpg' },
    });
  });

  it('drops a picture nobody can fetch', () => {
    expect(parseBody('<p><img src="data:image/png;base64,AAAA"></p><figure><img src="file:///x"></figure>')).toEqual(
      [],
    );
  });
});

describe('parseBody: what it cannot name', () => {
  it('keeps a table whole, sanitised, with its words', () => {
    expect(
      only('<table class="t" style="x"><tr><td onclick="x()">1</td><td><a href="javascript:x">2</a></td></tr></table>'),
    ).toEqual({
      type: 'HtmlBlock',
      html: '<table><tr><td>1</td><td>2</td></tr></table>',
      text: '1 2',
    });
  });

  it.each([
    '<dl><dt>a</dt><dd>b</dd></dl>',
    '<pre>a\n  b</pre>',
    '<hr />',
    '<details><summary>a</summary>b</details>',
    '<figure><table><tr><td>a</td></tr></table><figcaption>b</figcaption></figure>',
    '<video src="/a.mp4" controls="controls"></video>',
    '<a href="/x"><div>a block in a link</div></a>',
  ])('keeps %s as it is', (html) => {
    expect(only(html)).toMatchObject({ type: 'HtmlBlock', html });
  });
});

describe('parseBody on bodies nobody would write', () => {
  const MAX_LETTERS = 2_000_000;
  it.each([
    ['comments', '<!---->', ''],
    ['equal headings', '<h2>a</h2>', ''],
    ['credits', '<cite>a</cite>', '<figure><img src="/a.jpg"><figcaption>'],
    ['attributions', '<cite>a</cite>', '<blockquote>x'],
    ['pictures', '<img src="/a">', '<figure>'],
    ['dots beside a link', '.', '<p>Read more: <a href="/x">y</a> x'],
    ['blanks in an address', ' ', '<a href="x'],
  ])(
    'reads two million letters of %s within the time of a test',
    (_, piece, before) => {
      expect(() => parseBody(before + piece.repeat((MAX_LETTERS - before.length) / piece.length))).not.toThrow();
    },
    120_000,
  );
});
