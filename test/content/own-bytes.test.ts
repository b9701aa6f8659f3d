import { describe, expect, it } from 'vitest';
import { ownBytes } from '../../src/content/own-bytes.ts';

describe('ownBytes', () => {
  it.each([
    ['a text', 'good morning'],
    ['a text of two-byte letters', 'صباح الخير'],
    ['a text with half a pair', 'a\ud83d.'],
    ['nothing', ''],
  ])('is what Node writes of %s, and of its bytes', (_what, text) => {
    const bytes = Buffer.from(text);
    expect(ownBytes(text)).toEqual(bytes);
    expect(ownBytes(bytes)).toEqual(bytes);
  });

  it('is no part of a larger piece', () => {
    for (const value of ['good morning', Buffer.from('good morning')])
      expect(ownBytes(value).buffer.byteLength).toBe(12);
    // As they come they are.
    expect(Buffer.from('good morning').buffer.byteLength).toBeGreaterThan(12);
  });
});
