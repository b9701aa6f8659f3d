import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutGraphemes } from '../../src/content/graphemes.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const lettersOf = (text: string): readonly string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

describe('cutGraphemes', () => {
  it('gives whole letters from the beginning, and as many as there is room for', () => {
    const unit = fc.constantFrom('a', ' ', 'e\u0301', 'بّ', 'ـ', '👩‍🚀', '🇱🇧', '🌍', '\r\n', '\u0301', '\u200D');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const cut = cutGraphemes(text, limit);
        const letters = lettersOf(text);
        const count = lettersOf(cut).length;
        expect(cut).toBe(letters.slice(0, count).join(''));
        expect(cut.length).toBeLessThanOrEqual(limit);
        const next = letters[count]?.length ?? Infinity;
        expect(cut.length + next).toBeGreaterThan(limit);
      }),
    );
  });
});
