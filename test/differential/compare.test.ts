import { describe, expect, it } from 'vitest';
import { findDifference, hasSpread } from './compare.ts';

const error = (...path: readonly (string | number)[]) => ({ message: 'x', path });

describe('findDifference', () => {
  it('finds other data, keys in another order, and errors that are missing, added or otherwise', () => {
    const right = { data: { a: 1, b: null }, errors: [error('b')] };
    expect(findDifference(right, right)).toBe(undefined);
    expect(findDifference(right, { ...right, data: { a: 2, b: null } })).toContain('data');
    expect(findDifference(right, { ...right, data: { b: null, a: 1 } })).toContain('data');
    expect(findDifference(right, { data: right.data })).toContain('errors at ["b"]');
    expect(findDifference({ data: right.data }, right)).toContain('errors at ["b"]');
    expect(findDifference(right, { ...right, errors: [{ ...error('b'), message: 'y' }] })).toContain('errors at');
    expect(findDifference(right, { ...right, errors: [error('b'), error('b')] })).toContain('errors at');
  });

  it('takes errors in whatever order they happened', () => {
    const data = { a: null, b: null };
    const errors = [error('a'), error('b')];
    expect(findDifference({ data, errors }, { data, errors: errors.toReversed() })).toBe(undefined);
  });

  it('takes one of several failures for the loss they share, and nothing for none', () => {
    const data = { list: [{ box: null }] };
    const first = error('list', 0, 'box', 'must');
    const second = error('list', 0, 'box', 'should');
    expect(findDifference({ data, errors: [first] }, { data, errors: [second] })).toBe(undefined);
    expect(findDifference({ data, errors: [first] }, { data })).toContain('errors at ["list",0,"box"]');
    expect(findDifference({ data, errors: [first] }, { data, errors: [second, error('list')] })).toContain('errors at');
  });
});

describe('hasSpread', () => {
  it('tells errors that cost more than their field', () => {
    expect(hasSpread({ data: { a: null }, errors: [error('a')] })).toBe(false);
    expect(hasSpread({ data: { a: null }, errors: [error('a', 'b')] })).toBe(true);
    expect(hasSpread({ data: null, errors: [error('a')] })).toBe(true);
  });
});
