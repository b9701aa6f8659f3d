import { describe, expect, it } from 'vitest';
import { resolveLinks } from '../../../src/ingest/foreign/resolve-links.ts';
import { htmlOfText, shorten, slugOfWords, textOfHtml } from '../../../src/ingest/foreign/words.ts';

describe('slugOfWords', () => {
  it('keeps letters and digits of any script, and cuts between words', () => {
    expect(slugOfWords('  Arts & Culture: 2026! ')).toBe('arts-culture-2026');
    expect(slugOfWords('ميناء بيروت يعود')).toBe('ميناء-بيروت-يعود');
    expect(slugOfWords('one two three', 9)).toBe('one-two');
    expect(slugOfWords('😀 ***')).toBe('');
    expect(slugOfWords('x'.repeat(10_000_000))).toHaveLength(100);
  });
});

describe('htmlOfText', () => {
  it('makes paragraphs of what empty lines part, or else of lines', () => {
    expect(htmlOfText('a\r\nb <i>\r\n\r\n \r\nc')).toBe('<p>a<br>b &lt;i&gt;</p><p>c</p>');
    expect(htmlOfText('a\n b\n')).toBe('<p>a</p><p>b</p>');
  });
});

describe('textOfHtml', () => {
  it('decodes once', () => {
    expect(textOfHtml('Ports &amp; <i>ferries</i> &amp;lt;now&amp;gt; a < b')).toBe(
      'Ports & ferries &lt;now&gt; a < b',
    );
  });
});

describe('shorten', () => {
  it('cuts between words, and says that it did', () => {
    expect(shorten('a bb  ccc', 20)).toBe('a bb ccc');
    expect(shorten('some words of a text', 12)).toBe('some words…');
    expect(shorten('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});

describe('resolveLinks', () => {
  it('makes addresses absolute, and leaves those that are', () => {
    expect(
      resolveLinks(
        '<a href="/b">x</a><img src="../i.jpg"><a href="https://o.example/خبر">y</a><a href="mailto:a@b.example">m</a>',
        'https://a.example/p/q/',
      ),
    ).toBe(
      '<a href="https://a.example/b">x</a><img src="https://a.example/p/i.jpg"><a href="https://o.example/خبر">y</a><a href="mailto:a@b.example">m</a>',
    );
  });

  it('takes away a link nobody can resolve: it would lead into the edition', () => {
    expect(resolveLinks('<a href="/about">About</a>', undefined)).toBe('<a>About</a>');
  });

  it.each([
    ['<img srcset="s.jpg 1x, /l.jpg 2x" alt="x">', '<img alt="x" src="https://a.example/l.jpg">'],
    ['<img src="" srcset="https://b.example/خبر.jpg">', '<img src="https://b.example/خبر.jpg">'],
    [
      '<img src="data:image/gif;base64,R0" data-srcset="s.jpg 480w, l.jpg 99w">',
      '<img src="https://a.example/p/s.jpg">',
    ],
    ['<img src="o.jpg" srcset="l.jpg 2x">', '<img src="https://a.example/p/o.jpg">'],
    ['<img srcset="javascript:x 2x, l.jpg">', '<img src="https://a.example/p/l.jpg">'],
  ])('gives a picture that only has a choice the largest of it: %s', (html, resolved) => {
    expect(resolveLinks(html, 'https://a.example/p/')).toBe(resolved);
  });
});
