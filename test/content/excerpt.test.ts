import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BodyBlock } from '../../src/content/body.ts';
import { cutText, EXCERPT_LETTERS, excerptOf, textOf, withinExcerpt } from '../../src/content/excerpt.ts';

const lengthOf = (text: string | null): number => [...(text ?? '')].length;

describe('cutText', () => {
  it.each([
    ['Talks resume in Geneva', 100, 'Talks resume in Geneva', 'whole, when there is room'],
    ['Talks resume', 12, 'Talks resume', 'whole, to the last letter'],
    ['Talks resume', 11, 'Talks…', 'between words'],
    ['Talks resume', 6, 'Talks…', 'just after a word'],
    ['Talks resume', 5, 'Talk…', 'inside a word when it is the first'],
    ['Talks resume', 1, '…', 'to nothing but the ellipsis'],
    ['  Talks \n\n resume\t', 100, 'Talks resume', 'blanks are made one'],
    ['one two three four', 9, 'one two…', 'at the last word that fits with the ellipsis'],
    ['one two three four', 8, 'one two…', 'exactly to its end'],
    ['one two three four', 7, 'one…', 'and one before'],
    ['تعود المحادثات إلى جنيف بعد توقف', 20, 'تعود المحادثات إلى…', 'Arabic by its letters'],
    ['👩‍🚀🚀🌍 liftoff', 8, '👩‍🚀🚀🌍…', 'emoji by code point'],
    ['🌍🌍🌍🌍🌍', 3, '🌍🌍…', 'never through half of one'],
    ['𝕋𝕒𝕝𝕜𝕤', 4, '𝕋𝕒𝕝…', 'nor half a letter beyond the first plane'],
    ['مُحَمَّدٌ', 4, 'مُ…', 'a vocalised word between letters, each with its vowels'],
    ['ﷺﷺﷺ', 2, 'ﷺ…', 'a sign that stands for a sentence is one letter'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…', 'never between a letter and its accent'],
    ['👩‍🚀👩‍🚀👩‍🚀', 5, '👩‍🚀…', 'never within a joined emoji'],
    ['🇱🇧🇲🇽🇬🇧', 4, '🇱🇧…', 'never within a flag'],
    ['q\u0301\u0302\u0303\u0304', 3, '…', 'nothing of a letter that does not fit whole'],
    ['قال \u2068Anthropology Today\u2069 أمس', 20, 'قال Anthropology…', 'an isolate that lost its end goes'],
    ['قال \u2068BBC\u2069 أمس الأول', 14, 'قال \u2068BBC\u2069 أمس…', 'one that kept it stays'],
    ['\u202Babc\u202C def ghi', 10, '\u202Babc\u202C def…', 'so does an embedding'],
  ])('cuts %j to %d as %j: %s', (text, limit, cut) => {
    expect(cutText(text, limit)).toBe(cut);
  });

  it.each(['', '   ', '\n\u00a0\t'])('gives null for nothing: %j', (text) => {
    expect(cutText(text, 10)).toBe(null);
  });

  it('never exceeds its limit, never breaks a letter, and says so when something was left out', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', 'é', 'م', '🌍', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (whole, limit) => {
        const cut = cutText(whole, limit);
        const plain = whole.replaceAll(/\s+/g, ' ').trim();
        expect(lengthOf(cut)).toBeLessThanOrEqual(limit);
        expect(cut?.isWellFormed() ?? true).toBe(true);
        expect(cut?.endsWith('…') ?? false).toBe(lengthOf(plain) > limit);
        expect(plain.startsWith(cut?.replace(/…$/, '') ?? '')).toBe(true);
      }),
    );
  });
});

describe('textOf', () => {
  const html = '<b>never</b>';
  it.each<[Parameters<typeof textOf>[0], string]>([
    [{ type: 'Paragraph', html, text: 'words' }, 'words'],
    [{ type: 'Heading', html, text: 'words', level: 2, anchor: 'a' }, 'words'],
    [{ type: 'HtmlBlock', html, text: 'a table' }, 'a table'],
    [{ type: 'Quote', html, text: 'words', attribution: null }, 'words'],
    [{ type: 'Quote', html, text: 'words', attribution: 'Salma' }, 'words — Salma'],
    [
      {
        type: 'ListBlock',
        html,
        ordered: true,
        items: [
          { html, text: 'one' },
          { html, text: 'two' },
        ],
      },
      'one\ntwo',
    ],
    [{ type: 'Figure', html, media: null }, ''],
    [{ type: 'ReadMore', label: 'label' }, 'label'],
    [{ type: 'Embed', html, provider: 'YouTube', url: 'https://x.example', title: 'title' }, 'title'],
    [{ type: 'Embed', html, provider: 'YouTube', url: 'https://x.example', title: null }, ''],
  ])('gives the plain words of %j', (block, text) => {
    expect(textOf(block)).toBe(text);
  });
});

describe('excerptOf', () => {
  const html = '<p></p>';
  const heading = { type: 'Heading', html, level: 2, anchor: 'a', text: 'heading' } as const;

  it('begins with the prose, and leaves out what stands between it', () => {
    const prose = ['one two', 'three'].map((text) => ({ type: 'Paragraph', html, text }) as const);
    expect(excerptOf([heading, ...prose], 100)).toBe('one two three');
    expect(excerptOf([heading, ...prose], 10)).toBe('one two…');
  });

  it('takes whatever there is where there is no prose', () => {
    expect(excerptOf([heading], 100)).toBe('heading');
    expect(excerptOf([], 100)).toBeNull();
  });
});

describe('withinExcerpt', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 700 }),
    fc.constantFrom(
      '',
      ' ',
      'x'.repeat(499),
      'x'.repeat(500),
      'x'.repeat(501),
      'one two '.repeat(90),
      '\u{1F469}\u200D\u{1F4BB}'.repeat(200),
    ),
  );
  const blocks = fc.array(
    fc.tuple(fc.constantFrom('Paragraph', 'HtmlBlock', 'ReadMore', 'Embed'), words).map(([type, text]): BodyBlock => {
      switch (type) {
        case 'ReadMore':
          return { type, html: '<b>', label: text, url: '/x' };
        case 'Embed':
          return { type, html: '<b>', provider: 'x', url: 'https://x.example', title: text };
        case 'Paragraph':
        case 'HtmlBlock':
          return { type, html: '<b>', text };
      }
    }),
    { maxLength: 6 },
  );

  it('makes the excerpts of the whole body, of whatever length, and holds little more', () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 1, max: EXCERPT_LETTERS }), (body, limit) => {
        const kept = withinExcerpt(body);
        expect(excerptOf(kept, limit)).toBe(excerptOf(body, limit));
        expect(kept.every(({ html }) => html === '')).toBe(true);
        const letters = kept.filter(({ type }) => type !== 'ReadMore').map((block) => lengthOf(textOf(block)));
        expect(letters.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(EXCERPT_LETTERS + 1);
      }),
    );
  });
});
