import { describe, expect, it } from 'vitest';
import { createZipf } from './zipf.ts';

describe('createZipf', () => {
  it('gives every place its share', () => {
    const pick = createZipf(1, 4);
    const counts = [0, 0, 0, 0];
    for (let share = 0; share < 1; share += 1 / 25_000) counts[pick(share)] = (counts[pick(share)] ?? 0) + 1;
    // 1 + 1/2 + 1/3 + 1/4 = 25/12
    expect(counts.map((count) => Math.round(count / 1_000))).toEqual([12, 6, 4, 3]);
  });

  it('stays within its places at both ends', () => {
    const pick = createZipf(0.8, 3);
    expect([pick(0), pick(0.999_999_999), pick(1)]).toEqual([0, 2, 2]);
  });
});
