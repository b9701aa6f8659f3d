import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/search/analyse.ts';
import { finds } from './finds.ts';

describe('analyse', () => {
  it('says of each word where it stands', () => {
    const text = '«El Niño», dijo.';
    const words = analyse('es', text).map(({ position, start, end }) => [position, text.slice(start, end)]);
    expect(words).toEqual([
      [1, 'El'],
      [2, 'Niño'],
      [3, 'dijo'],
    ]);
  });

  it('knows common words of each language', () => {
    const common = (language: 'en' | 'ar' | 'es', text: string) =>
      analyse(language, text)
        .filter(({ isStopWord }) => isStopWord)
        .map(({ exact }) => exact);
    expect(common('en', 'The news of the war')).toEqual(['the', 'of', 'the']);
    expect(common('es', 'Él está en la ciudad')).toEqual(['él', 'está', 'en', 'la']);
    expect(common('ar', 'التقى الوزير في بيروت')).toEqual(['في']);
  });

  it('keeps the word as it was written, for who types it so', () => {
    expect(analyse('es', 'Habló')[0]).toMatchObject({ exact: 'habló' });
    expect(analyse('ar', 'الـمُـدُن')[0]).toMatchObject({ exact: 'المدن' });
    expect(analyse('en', 'Elections’')[0]).toMatchObject({ exact: 'elections' });
  });

  it.each([
    ['en', 'co-operation', 'cooperation'],
    ['en', 'U.S.', 'US'],
    ['en', 'O’Brien', "o'brien"],
    ['en', '1,000,000', '1000000'],
    ['en', '٢٠٢٦', '2026'],
    ['en', 'soft\u00ADhyphen', 'softhyphen'],
    ['en', 'كتاب', 'الكتاب'],
    ['es', '1.000.000', '1000000'],
    ['es', '3,5', '3,5'],
    ['ar', '٣٫٥', '3.5'],
    ['ar', '١٬٠٠٠', '1000'],
    ['ar', 'می\u200Cخواهم', 'ميخواهم'],
    ['ar', '\u202Bمدينة\u202C', 'مدينة'],
    ['ar', 'NATO', 'nato'],
    ['ar', 'São', 'sao'],
  ] as const)('in %s %s is found by %s', (language, text, query) => {
    expect(finds(language, query, text)).toBe(true);
    expect(finds(language, text, query)).toBe(true);
  });

  it.each([
    ['en', '3.5', '35'],
    ['en', '1.000', '1000'],
    ['es', '3,5', '3.500'],
    ['es', 'año', 'ano'],
    ['ar', '٣٫٥', '35'],
  ] as const)('in %s %s is not found by %s', (language, text, query) => {
    expect(finds(language, text, query)).toBe(false);
  });

  it.each([
    ['eau', 'L’eau'],
    ["l'eau", 'eau'],
    ['ecole', 'À l’École'],
    ['OEUVRE', 'œuvre'],
    ['Übung', 'ubung'],
    ['3.5', '3.5'],
    ['كتاب', 'الكتاب'],
  ])('reads a language it does not know as it is written: %s finds %s', (query, text) => {
    expect(finds('plain', query, text)).toBe(true);
  });

  it.each([
    ['talk', 'talks'],
    ['d', 'd’eau'],
    ['eau', 'beau'],
  ])('makes no forms up in a language it does not know: %s does not find %s', (query, text) => {
    expect(finds('plain', query, text)).toBe(false);
  });

  it('finds ñ by n, for keyboards without it, and never n by ñ', () => {
    expect(finds('es', 'nino', 'niño')).toBe(true);
    expect(finds('es', 'NINOS', 'niño')).toBe(true);
    expect(finds('es', 'niño', 'nino')).toBe(false);
  });

  it.each(['en', 'ar', 'es'] as const)(
    'in %s takes a vowel sign or a tatweel that stands alone for no word',
    (language) => {
      expect(analyse(language, '\uFE7F \uFE77 \u0640 a\u0301b').map(({ position }) => position)).toEqual([1]);
    },
  );

  it('finds every letter and every digit there is by itself, or takes it for no word', () => {
    const letters = Array.from({ length: 0x30000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((letter) => /[\p{L}\p{N}]/u.test(letter));
    expect(letters.length).toBeGreaterThan(100_000);
    const lost = letters.filter((letter) => analyse('en', letter).some(({ terms }) => terms.includes('')));
    expect(lost).toEqual([]);
  });

  it('finds every word by itself, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('en', 'ar', 'es'),
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: fc.constantFrom(...Array.from('اأإآبتثجحدرسعفقكلمنهةويىءئؤ')) }),
          fc.string({ unit: fc.constantFrom(...Array.from('abcdeghiklmnoprstuvyzñáéíóú')) }),
        ),
        (language, text) => {
          for (const { terms, sought, start, end, position } of analyse(language, text)) {
            expect(sought.length).toBeGreaterThan(0);
            expect(terms).toEqual(expect.arrayContaining([...sought]));
            expect(terms.every((term) => term !== '' && term.length <= 140)).toBe(true);
            expect(end).toBeGreaterThan(start);
            expect(position).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('remembers words, and not the texts they were read in', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const read = (round: number): void => {
      for (let text = 0; text < 500; text += 1)
        analyse('en', `longestwordofall${round}x${text} ${Buffer.alloc(100_000, '. ').toString()}`);
    };
    read(0);
    collect();
    const before = process.memoryUsage().heapUsed;
    read(1);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
  });

  it('takes time in proportion to a text, not more', () => {
    const hostile = [
      'a'.repeat(200_000),
      'a-'.repeat(100_000),
      "a'".repeat(100_000),
      '1,'.repeat(100_000),
      'وال'.repeat(70_000),
    ];
    for (const text of hostile) {
      const before = process.threadCpuUsage();
      analyse('ar', text);
      expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(2_000);
    }
  });
});
