import { describe, expect, it } from 'vitest';
import { heapBytes } from '../../src/cache/heap-bytes.ts';

describe('heapBytes', () => {
  it('counts letters once or twice, as they are kept', () => {
    const latin = heapBytes('x'.repeat(1_000));
    expect(latin).toBeGreaterThanOrEqual(1_000);
    expect(latin).toBeLessThan(1_100);
    expect(heapBytes('خ'.repeat(1_000)) - latin).toBe(1_000);
  });

  it('counts all that is in something, at any depth', () => {
    const word = 'y'.repeat(500);
    for (const value of [{ word }, [word], { a: { b: [[word]] } }]) expect(heapBytes(value)).toBeGreaterThan(500);
    expect(heapBytes([word, word])).toBeGreaterThan(1_000);
    expect(heapBytes({ a: null, b: 1, c: undefined, d: true })).toBeLessThan(100);
  });
});
