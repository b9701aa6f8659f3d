import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../src/content/batches-of.ts';

describe('batchesOf', () => {
  it('keeps the order and loses none', () => {
    expect(batchesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(batchesOf([1, 2], 2)).toEqual([[1, 2]]);
    expect(batchesOf([], 2)).toEqual([]);
  });
});
