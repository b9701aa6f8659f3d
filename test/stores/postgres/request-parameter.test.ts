import { describe, expect, it } from 'vitest';
import { requestParameter, sqlInstant } from '../../../src/stores/postgres/request-parameter.ts';

describe('requestParameter', () => {
  it('numbers the requests, unless they have numbers', () => {
    expect(JSON.parse(requestParameter([{ slug: 'a' }, { slug: 'b', ordinal: 7 }]))).toEqual([
      { ordinal: 0, slug: 'a' },
      { ordinal: 7, slug: 'b' },
    ]);
  });

  it('replaces what PostgreSQL has no text for, wherever it stands', () => {
    expect(requestParameter([{ slugs: ['a\0b', '\uD800', 'سلام'] }])).toBe(
      '[{"ordinal":0,"slugs":["a\uFFFDb","\uFFFD","سلام"]}]',
    );
  });
});

describe('sqlInstant', () => {
  it('writes instants in UTC, and those no calendar reaches as infinite', () => {
    expect([Date.parse('2026-11-23T14:00:00+02:00'), 8.64e15, Infinity, -8.64e15, -Infinity].map(sqlInstant)).toEqual([
      '2026-11-23T12:00:00.000Z',
      'infinity',
      'infinity',
      '-infinity',
      '-infinity',
    ]);
  });
});
