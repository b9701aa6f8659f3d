import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/search/parse-query.ts';
import { renderSnippet } from '../../../src/stores/postgres/snippet.ts';

const snippet = (query: string, text: string | null, language: 'en' | 'ar' | 'es' = 'en') =>
  renderSnippet(language, parseQuery(language, query), text);

const FILLER = Array.from({ length: 100 }, (_, index) => `filler${index}`).join(' ');

describe('renderSnippet', () => {
  it('is bounded in letters too, and ends in whole ones', () => {
    const hostile = [
      `word ${'.'.repeat(45_000)}`,
      'w'.repeat(19_000),
      '.😀'.repeat(200),
      `word ${'.😀'.repeat(2_000)}`,
    ];
    for (const text of hostile) {
      const html = snippet('word', text) ?? '';
      expect(html.length).toBeLessThan(700);
      expect(html.isWellFormed()).toBe(true);
    }
  });

  it('is cut between letters with all their marks', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    for (const letter of ['بّ\u064E', 'e\u0301', '👩‍🚀', '🇱🇧']) {
      const text = letter.repeat(700);
      // A letter longer or shorter than the bound is a multiple of shows the cut.
      for (const lead of ['', 'x', 'xy', 'xyz']) {
        const whole = [...graphemes.segment(lead + text)].map(({ segment }) => segment);
        const shown = (snippet('zebra', lead + text, 'ar') ?? '').replaceAll(/<\/?mark>/g, '');
        expect(shown.length).toBeGreaterThan(100);
        expect(shown.length).toBeLessThanOrEqual(500);
        expect([...graphemes.segment(shown)].map(({ segment }) => segment)).toEqual(
          whole.slice(0, [...graphemes.segment(shown)].length),
        );
      }
    }
  });

  it('holds no control of direction that has lost its other half', () => {
    const isolated = `\u2067${FILLER} grain ${FILLER}\u2069`;
    expect(snippet('grain', isolated)).not.toMatch(/[\u2066-\u2069]/);
    expect(snippet('grain', `${FILLER} \u2068the grain\u2069 ${FILLER}`)).toContain(
      '\u2068the <mark>grain</mark>\u2069',
    );
  });

  it('marks the matches and escapes the rest', () => {
    expect(snippet('bold', '"A" & <b>bold</b>\n  isn’t \'x\'')).toBe(
      '&quot;A&quot; &amp; &lt;b&gt;<mark>bold</mark>&lt;/b&gt; isn’t &#39;x&#39;',
    );
  });

  it('marks the words of the text, in whatever form they stand there', () => {
    expect(snippet('elections', 'He was elected twice.')).toBe('He was <mark>elected</mark> twice.');
    expect(snippet('مدينة', 'عادوا إلى الْمَدِينَةِ أمس', 'ar')).toBe('عادوا إلى <mark>الْمَدِينَةِ</mark> أمس');
    expect(snippet('طفل', 'وصل الأطفال.', 'ar')).toBe('وصل <mark>الأطفال</mark>.');
    expect(snippet('ninos', '¡Los NIÑOS!', 'es')).toBe('¡Los <mark>NIÑOS</mark>!');
  });

  it('marks a quoted phrase where it stands whole, and all parts of a word with hyphens', () => {
    expect(snippet('"grain corridor"', 'Grain passes the grain corridor.')).toBe(
      'Grain passes the <mark>grain</mark> <mark>corridor</mark>.',
    );
    expect(snippet('reelection', 'Her re-election')).toBe('Her <mark>re</mark>-election');
    expect(snippet('re-election', 'Her reelection, her re-election')).toBe(
      'Her <mark>reelection</mark>, her <mark>re</mark>-<mark>election</mark>',
    );
  });

  it('marks nothing that is excluded, and no common word', () => {
    expect(snippet('the grain -wheat', 'The grain is wheat.')).toBe('The <mark>grain</mark> is wheat.');
  });

  it('shows the passages with the most of what was asked for, in their order', () => {
    const text = `${FILLER} grain ${FILLER} grain corridor ${FILLER} corridor grain grain ${FILLER}`;
    const html = snippet('grain corridor', text) ?? '';
    expect(html.split(' … ')).toHaveLength(2);
    expect(html).toContain('<mark>grain</mark> <mark>corridor</mark>');
    expect(html).toContain('<mark>corridor</mark> <mark>grain</mark> <mark>grain</mark>');
    expect(html.indexOf('<mark>grain</mark> <mark>corridor')).toBeLessThan(
      html.indexOf('<mark>corridor</mark> <mark>grain'),
    );
    for (const passage of html.split(' … ')) expect(passage.split(' ').length).toBeLessThanOrEqual(30);
  });

  it('shows the beginning where nothing matches', () => {
    expect(snippet('harbour', FILLER)?.split(' ')).toHaveLength(30);
    expect(snippet('harbour', '*** !')).toBe('*** !');
  });

  it('shows nothing rather than an empty passage', () => {
    expect([null, '', ' \n '].map((text) => snippet('a', text))).toEqual([null, null, null]);
  });

  it('lets no markup through but its own, and no letters of nobody’s alphabet', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        (text, query) => {
          const html = snippet(query, `${text}\uE000${query}`) ?? '';
          expect(html.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"'\uE000]/);
          expect(html.split('<mark>')).toHaveLength(html.split('</mark>').length);
        },
      ),
    );
  });
});
