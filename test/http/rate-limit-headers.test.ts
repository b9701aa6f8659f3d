import { describe, expect, it } from 'vitest';
import { writeRateLimit } from '../../src/http/rate-limit-headers.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');

describe('writeRateLimit', () => {
  it('says what there is, what is left, and when all of it is back', () => {
    const budget = { capacity: 10_000, refillPerMinute: 600 };
    expect(writeRateLimit({ budget, remaining: 9_988, resetAt: NOW + 1_200 }, NOW)).toEqual([
      ['ratelimit-policy', '"cost";q=10000;w=1000'],
      ['ratelimit', '"cost";r=9988;t=2'],
    ]);
  });

  it('writes whole numbers alone, and none below 0', () => {
    const budget = { capacity: 100, refillPerMinute: 7 };
    expect(writeRateLimit({ budget, remaining: 100, resetAt: NOW - 1 }, NOW)).toEqual([
      ['ratelimit-policy', '"cost";q=100;w=858'],
      ['ratelimit', '"cost";r=100;t=0'],
    ]);
  });
});
