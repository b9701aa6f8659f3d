import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairBidi } from '../../src/content/pair-bidi.ts';

const [RLE, RLO, PDF, RLI, FSI, PDI] = ['\u202B', '\u202E', '\u202C', '\u2067', '\u2068', '\u2069'];

describe('pairBidi', () => {
  it.each([
    ['plain words', 'plain words', 'nothing to do'],
    [`a ${FSI}b${PDI} c`, `a ${FSI}b${PDI} c`, 'a pair stays'],
    [`a ${FSI}b`, 'a b', 'an opener without an end goes'],
    [`b${PDI} c`, 'b c', 'an end without an opener goes'],
    [`${RLI}a ${FSI}b${PDI} c`, `a ${FSI}b${PDI} c`, 'of nested ones the outer goes'],
    [`${RLE}a${PDF} b${PDF}`, `${RLE}a${PDF} b`, 'embeddings pair likewise'],
    [`${RLO}a`, 'a', 'an override never runs on'],
    [`${FSI}${RLE}a${PDI} b`, `${FSI}${RLE}a${PDI} b`, 'the end of an isolate ends embeddings in it'],
    [`${RLE}${FSI}a${PDF}${PDI}b${PDF}`, `${RLE}${FSI}a${PDI}b${PDF}`, 'no embedding ends across an isolate'],
    ['a\u200Fb\u200Ec\u061C', 'a\u200Fb\u200Ec\u061C', 'marks are no pairs'],
  ])('%j becomes %j: %s', (part, paired) => {
    expect(pairBidi(part)).toBe(paired);
  });

  it('takes away and never adds, and what is left is whole', () => {
    const unit = fc.constantFrom('a', 'ب', RLE, RLO, PDF, RLI, FSI, PDI);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (part) => {
        const paired = pairBidi(part);
        expect(pairBidi(paired)).toBe(paired);
        expect(paired.replaceAll(/[\u202A-\u2069]/g, '')).toBe(part.replaceAll(/[\u202A-\u2069]/g, ''));
        const count = (pattern: RegExp): number => paired.match(pattern)?.length ?? 0;
        expect(count(/[\u2066-\u2068]/g)).toBe(count(/\u2069/g));
      }),
    );
  });
});
